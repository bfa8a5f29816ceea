import { limits } from '../../limits.js';
import { areReadable, isName } from '../control.js';
import type { Decoder, Leaf, Source } from '../decoder.js';
import { element, member, named } from '../path.js';
import { readSequence } from '../sequence.js';
import { shortestSingle } from '../single.js';

/**
 * MessagePack (msgpack.org, spec.md). Read by hand rather than by a library: a length is believed only as far as there are
 * bytes, integers keep all 64 bits, and nothing is built that is not emitted.
 */
class Reader {
  readonly leaves: Leaf[] = [];
  at = 0;
  readonly #source: Source;
  readonly #bytes: Buffer;
  broken = false;

  constructor(source: Source) {
    this.#source = source;
    this.#bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
  }

  #take(size: number): number {
    const from = this.at;
    if (size > this.#bytes.length - from) {
      this.broken = true;
      return 0;
    }
    this.at += size;
    return from;
  }

  #uint(size: 1 | 2 | 4): number {
    const from = this.#take(size);
    return this.broken ? 0 : this.#bytes.readUIntBE(from, size);
  }

  #emit(path: string, keys: readonly string[], group: number, value: string, kind: Leaf['kind']): void {
    this.leaves.push({ path, keys, group, value, kind });
  }

  #bin(size: number, path: string, keys: readonly string[], group: number): void {
    const from = this.#take(size);
    if (!this.broken) this.leaves.push({ path, keys, group, value: '', kind: 'binary', bytes: this.#bytes.subarray(from, from + size) });
  }

  #str(size: number): string {
    const from = this.#take(size);
    return this.broken ? '' : this.#bytes.toString('utf8', from, from + size);
  }

  /** No more is kept of this message. A list that claims four thousand million elements must not be counted to its end. */
  get full(): boolean {
    return this.leaves.length > this.#source.work.fieldsLeft;
  }

  #array(count: number, path: string, keys: readonly string[], group: number, depth: number): void {
    for (let i = 0; i < count && !this.broken && !this.full; i++) this.value(element(path, i), keys, group, depth + 1);
  }

  #map(count: number, path: string, keys: readonly string[], depth: number): void {
    const group = this.#source.work.group();
    for (let i = 0; i < count && !this.broken && !this.full; i++) {
      const key = this.#key();
      if (!this.broken) this.value(member(path, key), named(keys, key), group, depth + 1);
    }
  }

  /** Keys are texts or integers; anything else is a sign of noise. */
  #key(): string {
    const type = this.#bytes[this.#take(1)] ?? 0xc1;
    if (type < 0x80) return String(type);
    if (type >= 0xe0) return String(type - 256);
    let key = '';
    if (type >= 0xa0 && type < 0xc0) key = this.#str(type & 0x1f);
    else if (type === 0xd9) key = this.#str(this.#uint(1));
    else if (type === 0xda) key = this.#str(this.#uint(2));
    else if (type === 0xcc || type === 0xcd || type === 0xce) return String(this.#uint(type === 0xcc ? 1 : type === 0xcd ? 2 : 4));
    else this.broken = true;
    if (!isName(key)) this.broken = true;
    return key;
  }

  value(path: string, keys: readonly string[], group: number, depth: number): void {
    const { work } = this.#source;
    if (this.full) return;
    if (depth >= limits.jsonDepth) {
      work.hit(path, 'jsonDepth');
      this.broken = true;
      return;
    }
    const from = this.#take(1);
    if (this.broken) return;
    const type = this.#bytes[from]!;
    if (type < 0x80) this.#emit(path, keys, group, String(type), 'number');
    else if (type < 0x90) this.#map(type & 0x0f, path, keys, depth);
    else if (type < 0xa0) this.#array(type & 0x0f, path, keys, group, depth);
    else if (type < 0xc0) this.#emit(path, keys, group, this.#str(type & 0x1f), 'string');
    else if (type >= 0xe0) this.#emit(path, keys, group, String(type - 256), 'number');
    else this.#typed(type, path, keys, group, depth);
  }

  #typed(type: number, path: string, keys: readonly string[], group: number, depth: number): void {
    switch (type) {
      case 0xc0:
        this.#emit(path, keys, group, 'null', 'null');
        return;
      case 0xc2:
      case 0xc3:
        this.#emit(path, keys, group, type === 0xc3 ? 'true' : 'false', 'boolean');
        return;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        this.#bin(this.#uint(widthOf(type - 0xc4)), path, keys, group);
        return;
      case 0xc7:
      case 0xc8:
      case 0xc9: {
        const size = this.#uint(widthOf(type - 0xc7));
        this.#take(1);
        this.#bin(size, path, keys, group);
        return;
      }
      case 0xca:
      case 0xcb: {
        const at = this.#take(type === 0xca ? 4 : 8);
        if (this.broken) return;
        const value = type === 0xca ? shortestSingle(this.#bytes.readFloatBE(at)) : this.#bytes.readDoubleBE(at);
        this.#emit(path, keys, group, String(value), 'number');
        return;
      }
      case 0xcc:
      case 0xcd:
      case 0xce:
        this.#emit(path, keys, group, String(this.#uint(widthOf(type - 0xcc))), 'number');
        return;
      case 0xcf:
      case 0xd3: {
        const at = this.#take(8);
        if (this.broken) return;
        this.#emit(
          path,
          keys,
          group,
          (type === 0xcf ? this.#bytes.readBigUInt64BE(at) : this.#bytes.readBigInt64BE(at)).toString(),
          'number',
        );
        return;
      }
      case 0xd0:
      case 0xd1:
      case 0xd2: {
        const width = widthOf(type - 0xd0);
        const at = this.#take(width);
        if (!this.broken) this.#emit(path, keys, group, String(this.#bytes.readIntBE(at, width)), 'number');
        return;
      }
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        this.#take(1);
        this.#bin(2 ** (type - 0xd4), path, keys, group);
        return;
      case 0xd9:
      case 0xda:
      case 0xdb:
        this.#emit(path, keys, group, this.#str(this.#uint(widthOf(type - 0xd9))), 'string');
        return;
      case 0xdc:
      case 0xdd:
        this.#array(this.#uint(type === 0xdc ? 2 : 4), path, keys, group, depth);
        return;
      case 0xde:
      case 0xdf:
        this.#map(this.#uint(type === 0xde ? 2 : 4), path, keys, depth);
        return;
      default:
        this.broken = true;
    }
  }
}

function widthOf(step: number): 1 | 2 | 4 {
  return step === 0 ? 1 : step === 1 ? 2 : 4;
}

function isContainer(first: number): boolean {
  return (first >= 0x80 && first < 0xa0) || (first >= 0xdc && first <= 0xdf);
}

/** Heads that a first look reads: noise breaks off or ends beside the end long before. */
const LOOK = 64;
/** Bytes that follow the heads 0xca to 0xd8: floats, integers, fixed extensions with their type. */
const FIXED = [4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 2, 3, 5, 9, 17];

/** False where the bytes cannot be one value that ends with them; by lengths alone. */
function mayEnd(bytes: Uint8Array): boolean {
  let at = 0;
  let wanted = 1;
  const length = (size: number): number => {
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + (bytes[at++] ?? 0);
    return value;
  };
  for (let heads = 0; wanted > 0; heads++) {
    if (heads >= LOOK) return true;
    if (at >= bytes.length) return false;
    const type = bytes[at++]!;
    wanted--;
    if (type < 0x80 || type >= 0xe0 || type === 0xc0 || type === 0xc2 || type === 0xc3) continue;
    let skipped = 0;
    if (type < 0x90) wanted += 2 * (type & 0x0f);
    else if (type < 0xa0) wanted += type & 0x0f;
    else if (type < 0xc0) skipped = type & 0x1f;
    else if (type === 0xc1) return false;
    else if (type >= 0xde) wanted += 2 * length(type === 0xde ? 2 : 4);
    else if (type >= 0xdc) wanted += length(type === 0xdc ? 2 : 4);
    else if (type >= 0xd9) skipped = length(widthOf(type - 0xd9));
    else if (type <= 0xc6) skipped = length(widthOf(type - 0xc4));
    else if (type <= 0xc9) skipped = length(widthOf(type - 0xc7)) + 1;
    else skipped = FIXED[type - 0xca]!;
    at += skipped;
  }
  return at === bytes.length;
}

export const decoder: Decoder = {
  id: 'msgpack',
  says: { zh: 'MessagePack', en: 'MessagePack' },
  order: 88,
  first: isContainer,
  guess: (bytes) => bytes.length >= 3 && isContainer(bytes[0]!) && mayEnd(bytes),
  mime: (mime) => /msgpack|messagepack/.test(mime),
  open(source) {
    const { bytes, declared } = source;
    const first = bytes[0] ?? 0;
    // Each byte of ASCII is a number by itself: JSON under this name would be a stream of them.
    if (bytes.length < 3 || !(isContainer(first) || (declared && source.text === null))) return null;
    const reader = new Reader(source);
    reader.value(source.root, source.keys, source.work.group(), 0);
    if (declared && !reader.broken && !reader.full && reader.at < bytes.length) return readSequence(new Reader(source), source);
    const { leaves, broken, at } = reader;
    if (leaves.length === 0) return null;
    if (declared) return broken && !source.truncated ? null : { leaves };
    const isMap = (first & 0xf0) === 0x80 || first >= 0xde;
    const texts = leaves.filter((leaf) => leaf.kind === 'string' && leaf.value.length >= 3).length;
    const earned = !broken && at === bytes.length && leaves.length >= 2 && areReadable(leaves) && (isMap || texts >= 2);
    return earned ? { leaves } : null;
  },
};
