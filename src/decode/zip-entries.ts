import { inflate } from './inflate.js';
import type { Work } from './work.js';

const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END = 0x06054b50;

/** A file of an archive as it stands there. */
export interface ZipEntry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly content: Buffer;
  /** The archive breaks off in it. */
  readonly isCut: boolean;
}

/** Start of the central directory (APPNOTE.TXT 4.3.16), looked for from the end as the comment behind it may be long. */
function directoryOf(bytes: Buffer): { at: number; count: number } | null {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 65_557); at--) {
    if (bytes.readUInt32LE(at) === END) return { at: bytes.readUInt32LE(at + 16), count: bytes.readUInt16LE(at + 10) };
  }
  return null;
}

/** Name and content of the entry whose header (4.3.7) begins at `local`, up to `end`; null where there is none. */
function entryAt(bytes: Buffer, local: number, end: number): { name: string; content: Buffer } | null {
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL) return null;
  const nameEnd = local + 30 + bytes.readUInt16LE(local + 26);
  const from = nameEnd + bytes.readUInt16LE(local + 28);
  return { name: bytes.toString('utf8', local + 30, nameEnd), content: bytes.subarray(from, Math.max(from, end)) };
}

/** As the directory lists them. */
function* listed(bytes: Buffer, directory: { readonly at: number; readonly count: number }): Generator<ZipEntry> {
  let { at } = directory;
  for (let i = 0; i < directory.count; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) return;
    const [flags, method] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)];
    const packed = bytes.readUInt32LE(at + 20);
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const entry = entryAt(bytes, bytes.readUInt32LE(at + 42), bytes.length);
    const name = bytes.toString('utf8', at + 46, nameEnd);
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    yield { name, flags, method, content: entry?.content.subarray(0, packed) ?? bytes.subarray(0, 0), isCut: false };
  }
}

/**
 * Of an archive that was cut, whose directory stood behind the cut: from header to header. Whoever writes to a stream leaves the size open
 * (bit 3), and deflate knows its own end.
 */
function* walked(bytes: Buffer): Generator<ZipEntry> {
  const mark = bytes.subarray(0, 4);
  for (let at = 0; at >= 0; ) {
    const next = bytes.indexOf(mark, at + 4);
    const end = next < 0 ? bytes.length : next;
    const entry = entryAt(bytes, at, end);
    if (entry === null) return;
    const [flags, method] = [bytes.readUInt16LE(at + 6), bytes.readUInt16LE(at + 8)];
    const packed = (flags & 8) === 0 ? bytes.readUInt32LE(at + 18) : entry.content.length;
    yield { ...entry, flags, method, content: entry.content.subarray(0, packed), isCut: next < 0 };
    at = next;
  }
}

/** The entries of an archive; null where there is no directory of them, and nothing was cut off. */
export function zipEntries(bytes: Buffer, truncated: boolean): Generator<ZipEntry> | null {
  const directory = directoryOf(bytes);
  if (directory !== null) return listed(bytes, directory);
  return truncated ? walked(bytes) : null;
}

/** What an entry holds, and whether it was packed; null: it is encrypted, or packed in a way that is not read here. */
export function unzip(
  { flags, method, content, isCut }: ZipEntry,
  path: string,
  work: Work,
): { readonly bytes: Uint8Array; readonly isPacked: boolean } | null {
  if ((flags & 1) !== 0) return null;
  if (method === 0) return { bytes: content, isPacked: false };
  const inflated = method === 8 ? inflate('rawdeflate', content, work.inflatable(content.length), isCut) : null;
  if (inflated?.cut === true) work.hit(path, 'decodeInflated');
  return inflated === null ? null : { bytes: inflated.bytes, isPacked: true };
}
