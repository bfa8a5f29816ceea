import { limits } from '../../limits.js';
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
  readonly leaves: TypedLeaves;
  at = 0;
  broken = false;
  readonly #source: Source;
  readonly #bytes: Buffer;

  constructor(source: Source) {
    this.leaves = new TypedLeaves(source.work);
    this.#source = source;
    this.#bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
  }

  #slice(size: number): Buffer {
    if (size < 0 || size > this.#bytes.length - this.at) {
      this.broken = true;
      return this.#bytes.subarray(0, 0);
    }
    this.at += size;
    return this.#bytes.subarray(this.at - size, this.at);
  }

  #int32(): number {
    const bytes = this.#slice(4);
    return this.broken ? 0 : bytes.readInt32LE(0);
  }

  /** Text up to a zero. */
  #name(): string {
    const end = this.#bytes.indexOf(0, this.at);
    if (end < 0) this.broken = true;
    const bytes = this.#slice(end - this.at);
    this.at++;
    return bytes.toString('utf8');
  }

  document(path: string, keys: readonly string[], depth: number, isArray: boolean): void {
    const { work } = this.#source;
    if (depth >= limits.structDepth) {
      work.hit(path, 'structDepth');
      this.broken = true;
      return;
    }
    const from = this.at;
    const length = this.#int32();
    const group = work.group();
    for (let index = 0; !this.broken && !this.leaves.full; index++) {
      const type = this.#slice(1)[0] ?? 0;
      if (type === 0) {
        if (this.at - from !== length) this.broken = true;
        return;
      }
      const name = this.#name();
      if (!isName(name)) this.broken = true;
      const place = isArray ? { path: element(path, index), keys, group } : { path: member(path, name), keys: named(keys, name), group };
      if (!this.broken) this.#value(type, place, depth);
    }
  }

  #value(type: number, place: Place, depth: number): void {
    const { leaves } = this;
    switch (type) {
      case TYPE.document:
      case TYPE.array:
        this.document(place.path, place.keys, depth + 1, type === TYPE.array);
        return;
      case TYPE.text:
      case TYPE.code:
      case TYPE.symbol: {
        const text = this.#slice(this.#int32());
        if (text.at(-1) !== 0) this.broken = true;
        if (!this.broken) leaves.text(place, text.subarray(0, -1));
        return;
      }
      case TYPE.bytes: {
        const size = this.#int32();
        this.#slice(1);
        const bytes = this.#slice(size);
        if (!this.broken) leaves.bytes(place, bytes, '');
        return;
      }
      case TYPE.objectId: {
        const id = this.#slice(12);
        if (!this.broken) leaves.list.push({ ...place, value: id.toString('hex'), kind: 'string' });
        return;
      }
      case TYPE.boolean: {
        const value = this.#slice(1)[0] ?? 0;
        if (!this.broken) leaves.boolean(place, value === 1);
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
        if (!this.broken) leaves.number(place, value);
        return;
      }
      case TYPE.decimal: {
        const bytes = this.#slice(16);
        if (!this.broken) leaves.bytes(place, bytes, '');
        return;
      }
      case TYPE.double:
      case TYPE.date:
      case TYPE.timestamp:
      case TYPE.int64: {
        const bytes = this.#slice(8);
        if (!this.broken) leaves.number(place, type === TYPE.double ? bytes.readDoubleLE(0) : bytes.readBigInt64LE(0));
        return;
      }
      default:
        this.broken = true;
    }
  }
}

/** BSON (bsonspec.org): what MongoDB Realm and Atlas Device Sync send, and what some SDKs keep their events in. It says its own length, and every name. */
export const decoder: Decoder = {
  id: 'bson',
  order: 16,
  magic: (bytes) => bytes.length > SHORTEST && isDocument(bytes),
  mime: (mime) => mime === 'application/bson' || mime === 'application/x-bson',
  open(source) {
    if (source.bytes.length <= SHORTEST) return null;
    const reader = new Reader(source);
    reader.document(source.root, source.keys, 0, false);
    const { leaves, broken, at } = reader;
    return leaves.list.length > 0 && !broken && (at === source.bytes.length || leaves.full) ? { leaves: leaves.list } : null;
  },
};
