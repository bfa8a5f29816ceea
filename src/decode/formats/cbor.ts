import { limits } from '../../limits.js';
import { areReadable, isName } from '../control.js';
import type { Decoder, Leaf, Source } from '../decoder.js';
import { element, member, named } from '../path.js';
import { readSequence } from '../sequence.js';
import { shortestSingle } from '../single.js';

const BREAK = 0xff;
/** Tag of a byte string that is an unsigned number, the next one of a negative (section 3.4.3): 20 digits exceed 64 bits. Longer ones are keys. */
const BIGNUM = 2;
const LONGEST_BIGNUM = 16;
/** Chunks of one text that wait to be joined; a sender that flushes a buffer makes a few. */
const MOST_CHUNKS = 1_024;
/** Tag of a byte string that holds CBOR (RFC 8949 section 3.4.5.1). */
const ENCODED = 24;

/** Half precision (RFC 8949 appendix D). */
function halfFloat(half: number): number {
  const exponent = (half >> 10) & 0x1f;
  const mantissa = half & 0x3ff;
  const value =
    exponent === 0
      ? mantissa * 2 ** -24
      : exponent === 31
        ? mantissa === 0
          ? Number.POSITIVE_INFINITY
          : Number.NaN
        : (mantissa + 1024) * 2 ** (exponent - 25);
  return (half & 0x8000) !== 0 ? -value : value;
}

/** CBOR (RFC 8949): definite and indefinite lengths, tags passed through. By hand for the reasons given in `msgpack.ts`. */
class Reader {
  readonly leaves: Leaf[] = [];
  at = 0;
  broken = false;
  readonly #source: Source;
  readonly #bytes: Buffer;

  constructor(source: Source) {
    this.#source = source;
    this.#bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
  }

  /** Argument of a head; -1 for an indefinite length. */
  #argument(low: number): bigint | number {
    if (low < 24) return low;
    if (low === 31) return -1;
    const size = low > 27 ? 0 : 2 ** (low - 24);
    if (size === 0 || this.at + size > this.#bytes.length) {
      this.broken = true;
      return 0;
    }
    const from = this.at;
    this.at += size;
    return size === 8 ? this.#bytes.readBigUInt64BE(from) : this.#bytes.readUIntBE(from, size);
  }

  #slice(size: bigint | number): Buffer {
    const length = Number(size);
    if (length < 0 || length > this.#bytes.length - this.at) {
      this.broken = true;
      return this.#bytes.subarray(0, 0);
    }
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  #atBreak(): boolean {
    if (this.at >= this.#bytes.length) {
      this.broken = true;
      return true;
    }
    if (this.#bytes[this.at] !== BREAK) return false;
    this.at++;
    return true;
  }

  /** A byte or text string, joined where it comes in chunks. */
  #string(major: number, argument: bigint | number): Buffer {
    if (argument !== -1) return this.#slice(argument);
    const chunks: Buffer[] = [];
    while (!this.broken && !this.#atBreak()) {
      const head = this.#bytes[this.at++]!;
      if (head >> 5 !== major || (head & 0x1f) === 31) this.broken = true;
      else chunks.push(this.#slice(this.#argument(head & 0x1f)));
      // A megabyte of chunks of one byte are a hundred megabytes of views.
      if (chunks.length === MOST_CHUNKS) chunks.splice(0, MOST_CHUNKS, Buffer.concat(chunks));
    }
    return Buffer.concat(chunks);
  }

  /** No more is kept of this message. A list that claims 2^64 elements must not be counted to its end. */
  get full(): boolean {
    return this.leaves.length > this.#source.work.fieldsLeft;
  }

  value(path: string, keys: readonly string[], group: number, depth: number): void {
    const { work } = this.#source;
    if (this.full) return;
    if (depth >= limits.jsonDepth) {
      work.hit(path, 'jsonDepth');
      this.broken = true;
    }
    if (this.at >= this.#bytes.length) this.broken = true;
    if (this.broken) return;
    const head = this.#bytes[this.at++]!;
    const major = head >> 5;
    const low = head & 0x1f;
    if (major === 7) {
      this.#simple(low, path, keys, group);
      return;
    }
    const argument = this.#argument(low);
    if (this.broken) return;
    if (major < 2) {
      if (argument === -1) this.broken = true;
      else this.#emit(path, keys, group, major === 0 ? String(argument) : (-1n - BigInt(argument)).toString(), 'number');
    } else if (major === 2) {
      const bytes = this.#string(2, argument);
      if (!this.broken) this.leaves.push({ path, keys, group, value: '', kind: 'binary', bytes });
    } else if (major === 3) {
      const bytes = this.#string(3, argument);
      if (!this.broken) this.#emit(path, keys, group, bytes.toString('utf8'), 'string');
    } else if (major === 4) {
      for (let i = 0; !this.broken && !this.full && (argument === -1 ? !this.#atBreak() : i < argument); i++)
        this.value(element(path, i), keys, group, depth + 1);
    } else if (major === 5) this.#map(argument, path, keys, depth);
    else if (argument === ENCODED && this.#bytes[this.at]! >> 5 === 2) {
      const head = this.#bytes[this.at++]!;
      const bytes = this.#string(2, this.#argument(head & 0x1f));
      if (!this.broken) this.leaves.push({ path, keys, group, value: '', kind: 'binary', bytes, contentType: 'application/cbor' });
    } else if ((argument === BIGNUM || argument === BIGNUM + 1) && this.#bytes[this.at]! >> 5 === 2) {
      const head = this.#bytes[this.at++]!;
      const bytes = this.#string(2, this.#argument(head & 0x1f));
      if (this.broken) return;
      if (bytes.length === 0 || bytes.length > LONGEST_BIGNUM) this.leaves.push({ path, keys, group, value: '', kind: 'binary', bytes });
      else {
        const number = BigInt(`0x${bytes.toString('hex')}`);
        this.#emit(path, keys, group, String(argument === BIGNUM ? number : -1n - number), 'number');
      }
    } else this.value(path, keys, group, depth + 1);
  }

  #map(argument: bigint | number, path: string, keys: readonly string[], depth: number): void {
    const group = this.#source.work.group();
    for (let i = 0; !this.broken && !this.full && (argument === -1 ? !this.#atBreak() : i < argument); i++) {
      const head = this.#bytes[this.at++] ?? BREAK;
      const major = head >> 5;
      const size = this.#argument(head & 0x1f);
      let key = '';
      if (major === 3) key = this.#string(3, size).toString('utf8');
      else if (major === 0) key = String(size);
      else if (major === 1) key = (-1n - BigInt(size)).toString();
      else this.broken = true;
      if (!isName(key)) this.broken = true;
      if (!this.broken) this.value(member(path, key), named(keys, key), group, depth + 1);
    }
  }

  #simple(low: number, path: string, keys: readonly string[], group: number): void {
    if (low === 20 || low === 21) {
      this.#emit(path, keys, group, low === 21 ? 'true' : 'false', 'boolean');
      return;
    }
    if (low === 22 || low === 23) {
      this.#emit(path, keys, group, 'null', 'null');
      return;
    }
    const size = low === 25 ? 2 : low === 26 ? 4 : low === 27 ? 8 : 0;
    const bytes = size === 0 ? null : this.#slice(size);
    if (bytes === null || this.broken) {
      this.broken = true;
      return;
    }
    const value = size === 2 ? halfFloat(bytes.readUInt16BE(0)) : size === 4 ? shortestSingle(bytes.readFloatBE(0)) : bytes.readDoubleBE(0);
    this.#emit(path, keys, group, String(value), 'number');
  }

  #emit(path: string, keys: readonly string[], group: number, value: string, kind: Leaf['kind']): void {
    this.leaves.push({ path, keys, group, value, kind });
  }
}

/** 0xd9d9f7 is the "self-described CBOR" tag (RFC 8949 section 3.4.6). */
function isDescribed(bytes: Uint8Array): boolean {
  return bytes[0] === 0xd9 && bytes[1] === 0xd9 && bytes[2] === 0xf7;
}

/** Lone values are too easily had: undeclared, only arrays and maps count. */
function isContainer(bytes: Uint8Array): boolean {
  const major = bytes[0]! >> 5;
  return major === 4 || major === 5 || isDescribed(bytes);
}

/** Heads that a first look reads: noise breaks off or ends beside the end long before. */
const LOOK = 64;

/** False where the bytes cannot be one value that ends with them, by lengths alone; what is open takes any number of values up to its break. */
function mayEnd(bytes: Uint8Array): boolean {
  let at = 0;
  let wanted = 1;
  let outer: number[] | null = null;
  for (let heads = 0; wanted > 0; heads++) {
    if (heads >= LOOK) return true;
    if (at >= bytes.length) return false;
    const head = bytes[at++]!;
    if (head === BREAK) {
      const around: number | undefined = wanted === Number.POSITIVE_INFINITY ? outer?.pop() : undefined;
      if (around === undefined) return false;
      wanted = around;
      continue;
    }
    const major = head >> 5;
    const low = head & 0x1f;
    wanted--;
    if (low === 31) {
      if (major < 2 || major > 5) return false;
      outer ??= [];
      outer.push(wanted);
      wanted = Number.POSITIVE_INFINITY;
      continue;
    }
    if (low > 27) return false;
    let argument = low;
    if (low >= 24) {
      argument = 0;
      for (let size = 2 ** (low - 24); size > 0; size--) argument = argument * 256 + (bytes[at++] ?? 0);
    }
    if (major === 2 || major === 3) at += argument;
    else if (major === 4) wanted += argument;
    else if (major === 5) wanted += 2 * argument;
    else if (major === 6) wanted++;
    else if (major === 7 && (low < 20 || low === 24)) return false;
  }
  return at === bytes.length;
}

export const decoder: Decoder = {
  id: 'cbor',
  says: { zh: 'CBOR（RFC 8949）', en: 'CBOR (RFC 8949)' },
  order: 86,
  first: (byte) => isContainer(Uint8Array.of(byte)) || byte === 0xd9,
  guess: (bytes) => bytes.length >= 3 && isContainer(bytes) && (isDescribed(bytes) || mayEnd(bytes)),
  mime: (mime) => /^application\/cbor(?:-seq)?$|\+cbor(?:-seq)?$/.test(mime),
  open(source) {
    const { bytes, declared } = source;
    const first = bytes[0] ?? 0;
    const major = first >> 5;
    const described = isDescribed(bytes);
    // A letter of ASCII is the head of a short text: a form under this name would begin with one.
    if (bytes.length < 3 || !(isContainer(bytes) || (declared && source.text === null))) return null;
    if (declared && source.mime.endsWith('-seq')) return readSequence(new Reader(source), source);
    const reader = new Reader(source);
    reader.value(source.root, source.keys, source.work.group(), 0);
    const { leaves, broken, at } = reader;
    if (leaves.length === 0) return null;
    if (declared || described) {
      // Sequences travel under the name of a single item, too.
      if (!broken && !reader.full && at < bytes.length) return readSequence(new Reader(source), source);
      return broken && !source.truncated ? null : { leaves };
    }
    const texts = leaves.filter((leaf) => leaf.kind === 'string' && leaf.value.length >= 3);
    const clean = areReadable(leaves);
    const earned = !broken && at === bytes.length && leaves.length >= 2 && clean && (major === 5 || texts.length >= 2);
    return earned ? { leaves } : null;
  },
};
