import { crc32 } from 'node:zlib';

export interface ZipEntry {
  readonly path: string;
  readonly bytes: Uint8Array;
}

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

/**
 * A ZIP archive (APPNOTE.TXT 6.3, without ZIP64) of entries that are stored, not compressed: compressed bytes differ between zlib
 * versions, and a report must not.
 */
export function zip(entries: readonly ZipEntry[]): Uint8Array {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { path, bytes } of entries) {
    const name = Buffer.from(path, 'utf8');
    const shared = [
      [2, VERSION],
      [2, UTF8_NAMES],
      [2, 0],
      [2, 0],
      [2, DOS_DATE],
      [4, crc32(bytes)],
      [4, bytes.length],
      [4, bytes.length],
      [2, name.length],
      [2, 0],
    ] as const;
    const record = header(0x04034b50, shared, [name, bytes]);
    local.push(record);
    central.push(header(0x02014b50, [[2, VERSION], ...shared, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]], [name]));
    offset += record.length;
  }
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
  return new Uint8Array(Buffer.concat([...local, directory, end]));
}
