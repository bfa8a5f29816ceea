import { limits } from '../../limits.js';
import { ByteCursor } from '../byte-cursor.js';
import { isName } from '../control.js';
import type { Decoder, Source } from '../decoder.js';
import { element, member, named } from '../path.js';
import { type Place, TypedLeaves } from '../typed.js';

/** Types of elements (bsonspec.org, version 1.1). */
const TYPE = {
  double: 1,
  text: 2,
  document: 3,
  array: 4,
  bytes: 5,
  undefined: 6,
  objectId: 7,
  boolean: 8,
  date: 9,
  null: 10,
  pattern: 11,
  code: 13,
  symbol: 14,
  int32: 16,
  timestamp: 17,
  int64: 18,
  decimal: 19,
} as const;

/** An empty document: its length and its end. */
const SHORTEST = 5;

/** Whether the bytes say their own length and end as a document does, and begin with an element that has a name. */
function isDocument(bytes: Uint8Array): boolean {
  const length = bytes[0]! | (bytes[1]! << 8) | (bytes[2]! << 16) | (bytes[3]! << 24);
  return (
    length === bytes.length && bytes[length - 1] === 0 && bytes[4]! > 0 && bytes[4]! <= TYPE.decimal && bytes[5]! > 0x20 && bytes[5]! < 0x7f
  );
}

class Reader {
  readonly cursor: ByteCursor;
  readonly leaves: TypedLeaves;
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
    this.cursor = new ByteCursor(source.bytes);
    this.leaves = new TypedLeaves(source.work);
  }

  #int32(): number {
    const bytes = this.cursor.slice(4);
    return this.cursor.broken ? 0 : bytes.readInt32LE(0);
  }

  #name(): string {
    return this.cursor.until(0).toString('utf8');
  }

  document(path: string, keys: readonly string[], depth: number, isArray: boolean): void {
    const { cursor } = this;
    const { work } = this.#source;
    if (depth >= limits.structDepth) {
      work.hit(path, 'structDepth');
      cursor.broken = true;
      return;
    }
    const from = cursor.at;
    const length = this.#int32();
    const group = work.group();
    for (let index = 0; !cursor.broken && !this.leaves.full; index++) {
      const type = cursor.byte();
      if (type === 0) {
        if (cursor.at - from !== length) cursor.broken = true;
        return;
      }
      const name = this.#name();
      if (!isName(name)) cursor.broken = true;
      const place = isArray ? { path: element(path, index), keys, group } : { path: member(path, name), keys: named(keys, name), group };
      if (!cursor.broken) this.#value(type, place, depth);
    }
  }

  #value(type: number, place: Place, depth: number): void {
    const { cursor, leaves } = this;
    switch (type) {
      case TYPE.document:
      case TYPE.array:
        this.document(place.path, place.keys, depth + 1, type === TYPE.array);
        return;
      case TYPE.text:
      case TYPE.code:
      case TYPE.symbol: {
        const text = cursor.slice(this.#int32());
        if (text.at(-1) !== 0) cursor.broken = true;
        if (!cursor.broken) leaves.text(place, text.subarray(0, -1));
        return;
      }
      case TYPE.bytes: {
        const size = this.#int32();
        cursor.slice(1);
        const bytes = cursor.slice(size);
        if (!cursor.broken) leaves.bytes(place, bytes, '');
        return;
      }
      case TYPE.objectId: {
        const id = cursor.slice(12);
        if (!cursor.broken) leaves.list.push({ ...place, value: id.toString('hex'), kind: 'string' });
        return;
      }
      case TYPE.boolean: {
        const value = cursor.byte();
        if (!cursor.broken) leaves.boolean(place, value === 1);
        return;
      }
      case TYPE.null:
      case TYPE.undefined:
        leaves.list.push({ ...place, value: 'null', kind: 'null' });
        return;
      case TYPE.pattern:
        leaves.list.push({ ...place, value: this.#name(), kind: 'string' });
        this.#name();
        return;
      case TYPE.int32: {
        const value = this.#int32();
        if (!cursor.broken) leaves.number(place, value);
        return;
      }
      case TYPE.decimal: {
        const bytes = cursor.slice(16);
        if (!cursor.broken) leaves.bytes(place, bytes, '');
        return;
      }
      case TYPE.double:
      case TYPE.date:
      case TYPE.timestamp:
      case TYPE.int64: {
        const bytes = cursor.slice(8);
        if (!cursor.broken) leaves.number(place, type === TYPE.double ? bytes.readDoubleLE(0) : bytes.readBigInt64LE(0));
        return;
      }
      default:
        cursor.broken = true;
    }
  }
}

/** BSON (bsonspec.org): what MongoDB Realm and Atlas Device Sync send, and what some SDKs keep their events in. It says its own length, and every name. */
export const decoder: Decoder = {
  id: 'bson',
  says: { zh: 'BSON', en: 'BSON' },
  order: 16,
  magic: (bytes) => bytes.length > SHORTEST && isDocument(bytes),
  mime: (mime) => mime === 'application/bson' || mime === 'application/x-bson',
  open(source) {
    if (source.bytes.length <= SHORTEST) return null;
    const reader = new Reader(source);
    reader.document(source.root, source.keys, 0, false);
    const { cursor, leaves } = reader;
    return leaves.list.length > 0 && !cursor.broken && (cursor.left === 0 || leaves.full) ? { leaves: leaves.list } : null;
  },
};
