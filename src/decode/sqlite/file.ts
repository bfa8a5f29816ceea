/**
 * Danger: a page may refer to itself, pages to each other in rings, and thousands of cells to the same bytes. Fences: no page is read twice, cells of one page
 * may not be more than the page, trees are no deeper than SQLite itself reads them, and every page costs work.
 */
import type { Work } from '../work.js';
import { Freed, stretchesOf } from './freed.js';

/** What every database begins with, its zero included (sqlite.org/fileformat2.html, 1.3). */
export const HEADER = 'SQLite format 3\0';
const HEADER_SIZE = 100;
/** Kinds of pages (1.6): of a table, whose rows have a number, and of an index, in which tables without such numbers are kept. */
const PAGE = { indexInterior: 2, tableInterior: 5, indexLeaf: 10, tableLeaf: 13 } as const;
/** Deeper trees SQLite takes for damaged (`BTCURSOR_MAX_DEPTH` in btreeInt.h). */
const DEEPEST = 20;
/** What reading a byte of a page costs, in bytes read: its rows become texts. */
const BYTE_COST = 4;

/** How texts are written (1.3.13). */
const ENCODINGS = ['utf8', 'utf8', 'utf16le', 'utf16be'] as const;
export type SqliteEncoding = (typeof ENCODINGS)[number];

/** A row as it is stored. */
export interface SqliteRow {
  /** Its number; null in a table that has none. */
  readonly id: bigint | null;
  readonly record: Buffer;
  /** It was put together of several pages. */
  readonly isSpread: boolean;
}

/** Variable-length integer (1.6): seven bits a byte, the highest first, and all eight of the ninth. */
export function varint(bytes: Buffer, at: number): { readonly value: bigint; readonly end: number } | null {
  let value = 0n;
  for (let i = 0; i < 9; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    if (i === 8) return { value: BigInt.asIntN(64, (value << 8n) | BigInt(byte)), end: at + 9 };
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) return { value, end: at + i + 1 };
  }
  return null;
}

/** The pages of a database. */
export class SqliteFile {
  readonly encoding: SqliteEncoding;
  /** Pages and rows that could not be read so far. */
  lost = 0;
  readonly #bytes: Buffer;
  readonly #pageSize: number;
  /** Bytes of a page without those that extensions keep for themselves. */
  readonly #usable: number;
  readonly #seen: Uint8Array;
  /** What holds rows on the pages that were read, and what no longer does. */
  readonly #used: Buffer[] = [];
  readonly #freed: Freed;
  /** Rows were left unread, of which copies may be what no longer holds any; the bound that was reached says so. */
  #isLeft = false;
  /** The list of tables is being read: what was dropped from it are no rows. */
  #isSchema = false;
  readonly #work: Work;
  readonly #path: string;

  /** @param bytes of which `isDatabase` is true. */
  constructor(bytes: Buffer, work: Work, path: string) {
    this.#bytes = bytes;
    this.#work = work;
    this.#path = path;
    this.#pageSize = pageSizeOf(bytes);
    this.#usable = this.#pageSize - bytes[20]!;
    this.encoding = ENCODINGS[bytes.readUInt32BE(56)] ?? 'utf8';
    this.#freed = new Freed(this.encoding !== 'utf8');
    this.#seen = new Uint8Array(Math.ceil(bytes.length / this.#pageSize) + 1);
  }

  /**
   * What stands on pages that were given up (1.5), and between the rows of those that were read, copies of rows that were moved left out.
   * Asked for when all rows have been.
   */
  remains(): Buffer {
    const found: Buffer[] = [];
    for (let number = this.#bytes.readUInt32BE(32); number !== 0; ) {
      const trunk = this.#page(number);
      if (trunk === null) break;
      const count = Math.min(trunk.readUInt32BE(4), (this.#usable - 8) >> 2);
      for (let i = 0; i < count && 12 + 4 * i <= trunk.length; i++) {
        const leaf = this.#page(trunk.readUInt32BE(8 + 4 * i));
        if (leaf !== null) found.push(leaf);
      }
      number = trunk.readUInt32BE(0);
    }
    const size = this.#used.reduce((sum, { length }) => sum + length, 0);
    const isCompared = !this.#freed.isEmpty && !this.#isLeft && this.#work.read(size, this.#path);
    return Buffer.concat([...found.filter((page) => this.#freed.hasWords(page)), ...(isCompared ? this.#freed.gone(this.#used) : [])]);
  }

  /**
   * The rows of a table in their order. What cannot be read is counted in `lost`.
   * @param root number of its first page. @param take false: no more is wanted.
   */
  rows(root: number, take: (row: SqliteRow) => boolean): void {
    this.#isSchema = root === 1;
    this.#tree(root, take, 0);
  }

  /** A page that nobody has read before; null: there is none of this number. */
  #page(number: number): Buffer | null {
    const start = (number - 1) * this.#pageSize;
    const page = this.#bytes.subarray(start, start + this.#pageSize);
    if (number < 1 || page.length < this.#usable || this.#seen[number] === 1) return null;
    this.#seen[number] = 1;
    return this.#work.read(this.#pageSize * BYTE_COST, this.#path) ? page : null;
  }

  #tree(number: number, take: (row: SqliteRow) => boolean, depth: number): boolean {
    const page = depth < DEEPEST ? this.#page(number) : null;
    const head = number === 1 ? HEADER_SIZE : 0;
    const kind = page?.[head];
    const isInterior = kind === PAGE.tableInterior || kind === PAGE.indexInterior;
    if (page === null || !(isInterior || kind === PAGE.tableLeaf || kind === PAGE.indexLeaf)) {
      this.lost++;
      return true;
    }
    if (kind === PAGE.indexInterior) this.#used.push(page);
    if (!isInterior && !this.#isSchema) {
      const { used, freed } = stretchesOf(page, head, this.#usable);
      this.#used.push(...used);
      for (const stretch of freed) this.#freed.add(stretch);
    }
    const count = page.readUInt16BE(head + 3);
    const pointers = head + (isInterior ? 12 : 8);
    let used = pointers + 2 * count;
    for (let i = 0; i < count; i++) {
      const at = used > this.#usable ? 0 : page.readUInt16BE(pointers + 2 * i);
      if (at < pointers || at + 4 > this.#usable) {
        this.lost++;
        break;
      }
      if (isInterior && !this.#tree(page.readUInt32BE(at), take, depth + 1)) return false;
      if (kind === PAGE.tableInterior) continue;
      const row = this.#row(page, isInterior ? at + 4 : at, kind === PAGE.tableLeaf);
      used += row?.size ?? this.#usable;
      if (row === null || used > this.#usable) {
        this.lost++;
        break;
      }
      if (!take(row)) {
        this.#isLeft = true;
        return false;
      }
    }
    return !isInterior || this.#tree(page.readUInt32BE(head + 8), take, depth + 1);
  }

  /** The row of a cell (1.6), with as many of its bytes as this page holds; null: it is none. */
  #row(page: Buffer, at: number, isNumbered: boolean): (SqliteRow & { readonly size: number }) | null {
    const length = varint(page, at);
    const id = length !== null && isNumbered ? varint(page, length.end) : null;
    if (length === null || (isNumbered && id === null) || length.value < 0n || length.value > BigInt(this.#bytes.length)) return null;
    const size = Number(length.value);
    const start = (id ?? length).end;
    const local = this.#local(size, isNumbered);
    const end = start + local;
    if (end + (local < size ? 4 : 0) > this.#usable) return null;
    const here = page.subarray(start, end);
    const record = local < size ? this.#spread(here, size, page.readUInt32BE(end)) : here;
    return { id: id?.value ?? null, record, isSpread: local < size, size: end - at };
  }

  /** How many of the bytes of a record stand in its cell; the others follow on overflow pages. */
  #local(size: number, isNumbered: boolean): number {
    const most = isNumbered ? this.#usable - 35 : Math.floor(((this.#usable - 12) * 64) / 255) - 23;
    if (size <= most) return size;
    const least = Math.floor(((this.#usable - 12) * 32) / 255) - 23;
    const fitting = least + ((size - least) % (this.#usable - 4));
    return fitting <= most ? fitting : least;
  }

  /** A record with what stands on overflow pages (1.7); shorter than it says where these cannot be read. */
  #spread(here: Buffer, size: number, first: number): Buffer {
    const parts = [here];
    let left = size - here.length;
    for (let number = first; left > 0; ) {
      const page = this.#page(number);
      if (page === null) {
        this.lost++;
        break;
      }
      const part = page.subarray(4, Math.min(this.#usable, 4 + left));
      parts.push(part);
      this.#used.push(part);
      left -= part.length;
      number = page.readUInt32BE(0);
    }
    return Buffer.concat(parts);
  }
}

function pageSizeOf(bytes: Buffer): number {
  const size = bytes.readUInt16BE(16);
  return size === 1 ? 65_536 : size;
}

/** Whether these are the first bytes of a database, whose first page is not encrypted. */
export function isDatabase(bytes: Buffer): boolean {
  if (bytes.length < HEADER_SIZE + 8 || bytes.toString('latin1', 0, HEADER.length) !== HEADER) return false;
  const size = pageSizeOf(bytes);
  const kind = bytes[HEADER_SIZE];
  // SQLite reads no page of which less than 480 bytes are its own.
  const isSound = size >= 512 && (size & (size - 1)) === 0 && size - bytes[20]! >= 480;
  return isSound && (kind === PAGE.tableLeaf || kind === PAGE.tableInterior);
}
