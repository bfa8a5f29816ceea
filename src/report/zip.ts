import { crc32 } from 'node:zlib';

export interface ZipEntry {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Content that need not be in memory: its size and checksum are known before it is read, as a ZIP has them in front of it. */
export interface ZipContent {
  readonly path: string;
  readonly size: number;
  readonly crc32: number;
  /** From the beginning, whenever it is asked for. */
  pieces(): Iterable<Uint8Array>;
}

/** Sizes of the records without names (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16). */
export const HEADER_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;

/** 1980-01-01, the first day a ZIP can name: the same content gives the same bytes, whenever it is written. */
const DOS_DATE = 0x0021;
/** Bit 11: names are UTF-8 (APPNOTE.TXT 4.4.4). */
const UTF8_NAMES = 0x0800;
const VERSION = 20;

function header(signature: number, fields: ReadonlyArray<readonly [size: 2 | 4, value: number]>, tail: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(4 + fields.reduce((sum, [size]) => sum + size, 0));
  head.writeUInt32LE(signature, 0);
  let at = 4;
  for (const [size, value] of fields) {
    if (size === 2) head.writeUInt16LE(value, at);
    else head.writeUInt32LE(value, at);
    at += size;
  }
  return Buffer.concat([head, ...tail]);
}

/** The record in front of an entry's content. */
export function entryRecord({ path, size, crc32 }: Pick<ZipContent, 'path' | 'size' | 'crc32'>): Buffer {
  const name = Buffer.from(path, 'utf8');
  return header(0x04034b50, sharedFields(size, crc32, name), [name]);
}

/** What stands behind the entries: the directory and its end. */
export function directoryRecord(entries: ReadonlyArray<Pick<ZipContent, 'path' | 'size' | 'crc32'>>): Buffer {
  let offset = 0;
  const central = entries.map(({ path, size, crc32 }) => {
    const name = Buffer.from(path, 'utf8');
    const fields = [[2, VERSION], ...sharedFields(size, crc32, name), [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]] as const;
    offset += HEADER_SIZE + name.length + size;
    return header(0x02014b50, fields, [name]);
  });
  const directory = Buffer.concat(central);
  const end = header(
    0x06054b50,
    [
      [2, 0],
      [2, 0],
      [2, entries.length],
      [2, entries.length],
      [4, directory.length],
      [4, offset],
      [2, 0],
    ],
    [],
  );
  return Buffer.concat([directory, end]);
}

function sharedFields(size: number, checksum: number, name: Uint8Array) {
  return [
    [2, VERSION],
    [2, UTF8_NAMES],
    [2, 0],
    [2, 0],
    [2, DOS_DATE],
    [4, checksum],
    [4, size],
    [4, size],
    [2, name.length],
    [2, 0],
  ] as const;
}

/** Bytes of the whole archive. */
export function zipSize(entries: ReadonlyArray<Pick<ZipContent, 'path' | 'size'>>): number {
  const names = entries.reduce((sum, { path }) => sum + Buffer.byteLength(path), 0);
  return entries.reduce((sum, { size }) => sum + size, 0) + entries.length * (HEADER_SIZE + CENTRAL_SIZE) + 2 * names + END_SIZE;
}

/**
 * A ZIP archive (APPNOTE.TXT 6.3, without ZIP64) of entries that are stored, not compressed: compressed bytes differ between zlib
 * versions, and a report must not. In pieces, so that an entry may be larger than memory.
 */
export function* zipPieces(entries: readonly ZipContent[]): Generator<Uint8Array> {
  for (const entry of entries) {
    yield entryRecord(entry);
    yield* entry.pieces();
  }
  yield directoryRecord(entries);
}

/** The same of entries that are in memory. */
export function zip(entries: readonly ZipEntry[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat([
      ...zipPieces(entries.map(({ path, bytes }) => ({ path, size: bytes.length, crc32: crc32(bytes), pieces: () => [bytes] }))),
    ]),
  );
}
