/**
 * Danger: the archive that is verified comes from somebody else. Fences: names in it are compared and printed, never used as a path;
 * nothing is inflated (our archives are stored, and another method is a sign that it is not ours); sizes are checked against the bytes
 * that are there before anything is read; the number of entries is bounded; content is read a piece at a time.
 */
import { limits } from '../limits.js';
import { directoryRecord, entryRecord, HEADER_SIZE } from './zip.js';

/** Bytes that are read where they are needed: a file, or a text in memory. */
export interface ByteSource {
  readonly size: number;
  /** Fewer bytes only where the source ends. */
  read(at: number, length: number): Uint8Array;
}

export interface ArchiveEntry {
  readonly path: string;
  /** Where its record begins, and its content. */
  readonly start: number;
  readonly at: number;
  readonly size: number;
}

export interface Archive {
  readonly entries: readonly ArchiveEntry[];
  /** Where the part behind the entries begins. */
  readonly end: number;
}

const LOCAL_HEADER = 0x04034b50;
const PIECE = 1024 * 1024;
/** A name that is longer is none of ours. */
const NAME = 256;
/** How the part behind the entries is called in messages. */
export const DIRECTORY = 'archive directory';

/** Bytes in memory, read like a file. */
export function sourceOf(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (at, length) => bytes.subarray(at, at + length) };
}

/**
 * The entries of an archive that `zip` wrote, as far as they can be read. Only the records in front of each entry are believed; that the
 * directory at the end says the same is seen by making the records anew (`firstDifference`), which finds every changed byte.
 */
export function readArchive(source: ByteSource): Archive {
  const entries: ArchiveEntry[] = [];
  let start = 0;
  while (start + HEADER_SIZE <= source.size && entries.length < limits.evidenceFiles) {
    const head = buffer(source.read(start, HEADER_SIZE));
    if (head.length < HEADER_SIZE || head.readUInt32LE(0) !== LOCAL_HEADER) break;
    const size = head.readUInt32LE(18);
    const nameSize = head.readUInt16LE(26);
    const at = start + HEADER_SIZE + nameSize;
    if (head.readUInt16LE(8) !== 0 || head.readUInt16LE(28) !== 0 || nameSize > NAME || at + size > source.size) break;
    entries.push({ path: buffer(source.read(start + HEADER_SIZE, nameSize)).toString('utf8'), start, at, size });
    start = at + size;
  }
  return { entries, end: start };
}

/** The content of an entry, a piece at a time. */
export function* piecesOf(source: ByteSource, { at, size }: Pick<ArchiveEntry, 'at' | 'size'>): Generator<Uint8Array> {
  for (let from = at; from < at + size; from += PIECE) yield source.read(from, Math.min(PIECE, at + size - from));
}

/**
 * Where the records first differ from those that these entries make, by name; null: the archive is exactly the one they make.
 * @param checksums CRC-32 of each entry's content as it is.
 */
export function firstDifference(source: ByteSource, { entries, end }: Archive, checksums: readonly number[]): string | null {
  const summed = entries.map(({ path, size }, index) => ({ path, size, crc32: checksums[index] ?? 0 }));
  for (const [index, { path, start, at }] of entries.entries()) {
    const made = summed[index];
    if (made === undefined || !entryRecord(made).equals(buffer(source.read(start, at - start)))) return path;
  }
  const directory = directoryRecord(summed);
  const intact = source.size === end + directory.length && directory.equals(buffer(source.read(end, directory.length)));
  return intact ? null : DIRECTORY;
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
