import { varint } from './file.js';

/** A value of a row. Texts are in the encoding of the database. */
export type SqliteValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'number'; readonly value: number | bigint }
  | { readonly kind: 'text' | 'blob'; readonly bytes: Buffer };

const NULL: SqliteValue = { kind: 'null' };
/** Bytes of the integers of types 1 to 6 (sqlite.org/fileformat2.html, 2.1). */
const WIDTHS = [0, 1, 2, 3, 4, 6, 8];
/** Types from here on are blobs, where even, and texts; what stands before them for nothing is reserved. */
const FIRST_LONG = 12;
const REAL = 7;
const ZERO = 8;
const ONE = 9;

/** More columns no build of SQLite allows (sqlite.org/limits.html, SQLITE_MAX_COLUMN). */
const MOST_VALUES = 32_767;

/** Bytes of a value of this type; -1: there is no such type. */
function widthOf(type: number): number {
  if (type >= FIRST_LONG) return Math.floor((type - FIRST_LONG) / 2);
  return type === REAL ? 8 : type === ZERO || type === ONE ? 0 : (WIDTHS[type] ?? -1);
}

function valueAs(type: number, bytes: Buffer): SqliteValue {
  if (type >= FIRST_LONG) return { kind: type % 2 === 0 ? 'blob' : 'text', bytes };
  if (type === 0) return NULL;
  if (type === REAL) return { kind: 'number', value: bytes.readDoubleBE(0) };
  if (type === ZERO || type === ONE) return { kind: 'number', value: type - ZERO };
  return { kind: 'number', value: bytes.length === 8 ? bytes.readBigInt64BE(0) : bytes.readIntBE(0, bytes.length) };
}

/**
 * The values of a record (sqlite.org/fileformat2.html, 2.1).
 * @returns those that can be read; `isWhole` is false where there were more.
 */
export function readRecord(record: Buffer): { readonly values: readonly SqliteValue[]; readonly isWhole: boolean } {
  const values: SqliteValue[] = [];
  const head = varint(record, 0);
  if (head === null || head.value < 1n || head.value > BigInt(record.length)) return { values, isWhole: false };
  const end = Number(head.value);
  let at = end;
  for (let next = head.end; next < end; ) {
    const found = varint(record, next);
    if (found === null || found.value < 0n || found.value > BigInt(Number.MAX_SAFE_INTEGER)) return { values, isWhole: false };
    const type = Number(found.value);
    const width = widthOf(type);
    if (width < 0 || width > record.length - at || values.length >= MOST_VALUES) return { values, isWhole: false };
    values.push(valueAs(type, record.subarray(at, at + width)));
    next = found.end;
    at += width;
  }
  return { values, isWhole: at === record.length };
}
