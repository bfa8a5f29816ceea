/**
 * Danger: the archive that is verified comes from somebody else. Fences: names in it are compared and printed, never used as a path;
 * nothing is inflated (our archives are stored, and another method is a sign that it is not ours); sizes are checked against the bytes
 * that are there before anything is cut out; the number of entries is bounded.
 */
import { limits } from '../limits.js';
import { type ZipEntry, zip } from './zip.js';

export interface Archive {
  readonly entries: readonly ZipEntry[];
  /** Where the bytes first differ from the archive that these entries make, by name; null: they are exactly that archive. */
  readonly broken: string | null;
}

const LOCAL_HEADER = 0x04034b50;
const HEADER_SIZE = 30;
/** How the part behind the entries is called in messages. */
export const DIRECTORY = 'archive directory';

/**
 * The entries of an archive that `zip` wrote, as far as they can be read. Only the records in front of each entry are believed; that the
 * directory at the end says the same is seen by making the archive anew, which finds every changed byte.
 */
export function readArchive(bytes: Uint8Array): Archive {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: ZipEntry[] = [];
  const starts: number[] = [];
  let at = 0;
  while (at + HEADER_SIZE <= view.length && view.readUInt32LE(at) === LOCAL_HEADER && entries.length < limits.evidenceFiles) {
    const size = view.readUInt32LE(at + 18);
    const nameSize = view.readUInt16LE(at + 26);
    const from = at + HEADER_SIZE + nameSize;
    if (view.readUInt16LE(at + 8) !== 0 || view.readUInt16LE(at + 28) !== 0 || from + size > view.length) break;
    starts.push(at);
    entries.push({ path: view.toString('utf8', at + HEADER_SIZE, from), bytes: bytes.subarray(from, from + size) });
    at = from + size;
  }
  return { entries, broken: firstDifference(view, Buffer.from(zip(entries)), entries, [...starts, at]) };
}

function firstDifference(given: Buffer, made: Buffer, entries: readonly ZipEntry[], starts: readonly number[]): string | null {
  if (given.equals(made)) return null;
  let at = 0;
  while (at < given.length && at < made.length && given[at] === made[at]) at += 1;
  const index = starts.findLastIndex((start) => start <= at);
  return entries[index]?.path ?? DIRECTORY;
}
