import { limits } from '../../limits.js';
import { hasControl, isName } from '../control.js';
import type { Decoder, Leaf, Source } from '../decoder.js';
import { frameLeaves } from '../frame.js';
import { element, member, named } from '../path.js';
import { type Place, TypedLeaves } from '../typed.js';

/**
 * TARS, formerly JCE, the binary format of Tencent's services and SDKs (TarsCloud, "Tars protocol", encoding rules): each value begins with
 * its tag in four bits and its type in four. There is no name, no length of the whole and no magic number: what is guessed must be written as
 * every encoder writes it (the shortest form of each number, tags in order), end with the bytes, and hold texts.
 */
const TYPE = {
  int8: 0,
  int64: 3,
  float: 4,
  double: 5,
  shortText: 6,
  longText: 7,
  map: 8,
  list: 9,
  structBegin: 10,
  structEnd: 11,
  zero: 12,
  bytes: 13,
} as const;

/** What stands in bytes inside is TARS more often than not: calls carry each argument in a buffer of its own. */
const CONTENT_TYPE = 'application/x-tars';

/** A tag of this many and more stands in a byte of its own. */
const WIDE_TAG = 15;
/** Of a text with one byte for its length. */
const LONGEST_SHORT = 255;
/** Undeclared, a document begins with one of its first tags. */
const LARGEST_FIRST_TAG = 2;
/** Bytes of text that chance does not write. */
const LEAST_TEXT = 8;
/** The length of a call, itself included, before it. */
const FRAME = 4;
/** Heads that a first look reads: noise breaks off long before. */
const LOOK = 64;

class Reader {
  readonly leaves: TypedLeaves;
  at = 0;
  broken = false;
  /** Ran past the end of bytes of which only the beginning was kept. */
  cut = false;
  readonly #source: Source;
  readonly #bytes: Buffer;
  readonly #strict: boolean;
  #tag = 0;

  constructor(source: Source) {
    this.leaves = new TypedLeaves(source.work);
    this.#source = source;
    this.#strict = !(source.declared && source.base);
    this.#bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
  }

  #take(size: number): number {
    const from = this.at;
    if (size < 0 || size > this.#bytes.length - from) {
      this.broken = true;
      this.cut = this.#source.truncated && size >= 0;
      return 0;
    }
    this.at += size;
    return from;
  }

  #byte(): number {
    return this.#bytes[this.#take(1)] ?? 0;
  }

  /** The type of the next value; its tag is left in `#tag`. */
  #head(): number {
    const head = this.#byte();
    this.#tag = head >> 4;
    if (this.#tag === WIDE_TAG) {
      this.#tag = this.#byte();
      if (this.#tag < WIDE_TAG) this.broken = true;
    }
    return head & 15;
  }

  /** @returns 0 where it is none. */
  #integer(type: number): number | bigint {
    if (type === TYPE.zero) return 0;
    if (type > TYPE.int64) {
      this.broken = true;
      return 0;
    }
    const size = 2 ** type;
    const from = this.#take(size);
    if (this.broken) return 0;
    if (type === TYPE.int64) {
      const wide = this.#bytes.readBigInt64BE(from);
      if (this.#strict && wide === BigInt.asIntN(32, wide)) this.broken = true;
      return wide;
    }
    const value = this.#bytes.readIntBE(from, size);
    if (this.#strict && (type === 0 ? value === 0 : Math.abs(value + 0.5) < 2 ** (4 * size - 1))) this.broken = true;
    return value;
  }

  /** How many follow: a number under tag 0. */
  #count(): number {
    const type = this.#head();
    const count = Number(this.#integer(type));
    if (this.#tag !== 0 || count < 0) this.broken = true;
    return this.broken ? 0 : count;
  }

  #text(type: number): Buffer {
    const wide = type === TYPE.longText;
    const at = this.#take(wide ? 4 : 1);
    const size = this.broken ? 0 : wide ? this.#bytes.readUInt32BE(at) : this.#bytes[at]!;
    if (this.#strict && wide && size <= LONGEST_SHORT) this.broken = true;
    const from = this.broken ? 0 : this.#take(size);
    return this.broken ? this.#bytes.subarray(0, 0) : this.#bytes.subarray(from, from + size);
  }

  /** Fields up to the end of the struct; of the outermost one that is the end of the bytes. */
  struct(path: string, keys: readonly string[], depth: number): void {
    const { work } = this.#source;
    const group = work.group();
    let last = -1;
    while (!this.broken && !this.leaves.full) {
      if (depth === 0 && this.at === this.#bytes.length) return;
      const type = this.#head();
      if (this.broken) return;
      if (type === TYPE.structEnd && depth > 0) {
        if (this.#tag !== 0) this.broken = true;
        return;
      }
      if (this.#tag <= last) {
        this.broken = true;
        return;
      }
      last = this.#tag;
      const name = String(last);
      this.#value(type, { path: member(path, name), keys: this.#isArgument(depth) ? keys : named(keys, name), group }, depth);
    }
  }

  /** The one value of a buffer is called as the buffer is. */
  #isArgument(depth: number): boolean {
    return depth === 0 && this.#tag === 0 && this.#source.declared && !this.#source.base;
  }

  #value(type: number, place: Place, depth: number): void {
    const { work } = this.#source;
    if (depth >= limits.structDepth) {
      work.hit(place.path, 'structDepth');
      this.broken = true;
      return;
    }
    if (type <= TYPE.int64 || type === TYPE.zero) {
      const value = this.#integer(type);
      if (!this.broken) this.leaves.number(place, value);
    } else if (type === TYPE.float || type === TYPE.double) {
      const from = this.#take(type === TYPE.float ? 4 : 8);
      if (this.broken) return;
      if (type === TYPE.float) this.leaves.single(place, this.#bytes.readFloatBE(from));
      else this.leaves.number(place, this.#bytes.readDoubleBE(from));
    } else if (type === TYPE.shortText || type === TYPE.longText) {
      const text = this.#text(type);
      if (!this.broken) this.leaves.text(place, text);
    } else if (type === TYPE.map) this.#map(place, depth);
    else if (type === TYPE.list) {
      const count = this.#count();
      for (let i = 0; i < count && !this.broken && !this.leaves.full; i++) {
        const inner = this.#head();
        if (this.#tag !== 0) this.broken = true;
        if (!this.broken) this.#value(inner, { ...place, path: element(place.path, i) }, depth + 1);
      }
    } else if (type === TYPE.structBegin) this.struct(place.path, place.keys, depth + 1);
    else if (type === TYPE.bytes) {
      if (this.#byte() !== TYPE.int8) this.broken = true;
      const size = this.broken ? 0 : this.#count();
      const from = this.broken ? 0 : this.#take(size);
      if (!this.broken) this.leaves.bytes(place, this.#bytes.subarray(from, from + size), CONTENT_TYPE);
    } else this.broken = true;
  }

  #map({ path, keys }: Place, depth: number): void {
    const group = this.#source.work.group();
    const count = this.#count();
    for (let i = 0; i < count && !this.broken && !this.leaves.full; i++) {
      const key = this.#key();
      const type = this.broken ? 0 : this.#head();
      if (this.#tag !== 1) this.broken = true;
      if (!this.broken) this.#value(type, { path: member(path, key), keys: named(keys, key), group }, depth + 1);
    }
  }

  /** Keys are texts or integers; anything else is a sign of noise. */
  #key(): string {
    const type = this.#head();
    if (this.#tag !== 0) this.broken = true;
    if (this.broken) return '';
    if (type !== TYPE.shortText && type !== TYPE.longText) return String(this.#integer(type));
    const key = this.#text(type).toString('utf8');
    if (!isName(key)) this.broken = true;
    return key;
  }
}

/** Whether bytes are a text for `TypedLeaves`, by its control characters alone. */
function mayBeText(bytes: Uint8Array, from: number, end: number): boolean {
  if (end > bytes.length) return false;
  for (let i = from; i < end; i++) if (bytes[i]! < 0x20 && bytes[i] !== 9 && bytes[i] !== 10 && bytes[i] !== 13) return false;
  return true;
}

/** How many bytes come after the head of a value at `at` that is a number or a text; -1: it is neither. */
function sizeAfter(bytes: Uint8Array, at: number, type: number): number {
  if (type <= TYPE.int64) return 2 ** type;
  if (type === TYPE.float || type === TYPE.double) return 4 * (type - 3);
  if (type === TYPE.shortText) return 1 + (bytes[at] ?? 0);
  if (type === TYPE.longText) return 4 + ((bytes[at] ?? 0) * 2 ** 24 + ((bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!));
  return type === TYPE.map || type === TYPE.list || type === TYPE.structBegin || type === TYPE.structEnd || type === TYPE.zero ? 0 : -1;
}

/**
 * False where the bytes from `at` on cannot be TARS that is kept, by types, lengths and the texts. A value, whatever it stands in, begins with its head: nothing
 * need be remembered but how many structs are open.
 */
function mayEnd(bytes: Uint8Array, from: number, truncated: boolean): boolean {
  if (bytes[from]! >> 4 > LARGEST_FIRST_TAG) return false;
  let open = 0;
  let texts = 0;
  let at = from;
  for (let heads = 0; at < bytes.length; heads++) {
    if (heads >= LOOK) return true;
    const head = bytes[at++]!;
    const type = head & 15;
    if (head >> 4 === WIDE_TAG && (bytes[at++] ?? 0) < WIDE_TAG) return truncated && at >= bytes.length;
    if (type === TYPE.structBegin) open++;
    else if (type === TYPE.structEnd && open-- === 0) return false;
    let size = sizeAfter(bytes, at, type);
    if (type === TYPE.bytes) {
      const count = bytes[at + 1] ?? 0;
      if (bytes[at] !== 0 || count > 2 || at + 2 + 2 ** count > bytes.length) size = bytes[at] === 0 && count === TYPE.zero ? 2 : -1;
      else {
        size = 2 + 2 ** count;
        for (let i = 0, length = 0; i < 2 ** count; i++) {
          length = length * 256 + bytes[at + 2 + i]!;
          if (i === 2 ** count - 1) size += length;
        }
      }
    }
    if (size < 0) return truncated && at + 8 >= bytes.length;
    if (type === TYPE.shortText || type === TYPE.longText) {
      const lead = type === TYPE.shortText ? 1 : 4;
      if (!truncated && !mayBeText(bytes, at + lead, at + size)) return false;
      texts += size - lead;
    }
    at += size;
  }
  return truncated || (at === bytes.length && open === 0 && texts >= LEAST_TEXT);
}

/**
 * Calls with their length before each, as they go over a socket, several in one body where they were queued.
 * @returns where each begins, and where the last one ends; null: the bytes are none. Of a cut body the last one may be cut.
 */
function framesIn(bytes: Uint8Array, truncated: boolean): readonly number[] | null {
  const starts = [0];
  for (let at = 0; at < bytes.length; ) {
    // Calls stay below 16 MiB (TarsCloud's own bound is 10), so the first byte of a length is zero.
    const length = bytes[at] === 0 && at + FRAME <= bytes.length ? (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]! : 0;
    const isCut = truncated && at > 0 && at + Math.max(length, FRAME) > bytes.length;
    if (!isCut && (length <= FRAME || at + length > bytes.length)) return null;
    at = isCut ? bytes.length : at + length;
    starts.push(at);
  }
  return starts;
}

/** Each call of several as a document of its own. */
function calls(source: Source, starts: readonly number[]): readonly Leaf[] {
  const { bytes, work } = source;
  // One more than may be kept says that there were more.
  const count = Math.min(starts.length - 1, work.fieldsLeft + 1);
  return frameLeaves(
    source,
    starts.slice(0, count).map((start, index) => ({ bytes: bytes.subarray(start + FRAME, starts[index + 1]), contentType: CONTENT_TYPE })),
  );
}

export const decoder: Decoder = {
  id: 'tars',
  says: { zh: 'TARS/JCE（腾讯）：路径中的数字为标签号', en: 'TARS/JCE (Tencent): numbers in the path are tags' },
  order: 81,
  first: (byte) => byte >> 4 <= LARGEST_FIRST_TAG && (byte & 15) <= TYPE.bytes && (byte & 15) !== TYPE.structEnd,
  guess: (bytes, { truncated }) => {
    if (bytes.length < LEAST_TEXT + 2) return false;
    const frames = framesIn(bytes, truncated);
    if (frames === null) return mayEnd(bytes, 0, truncated);
    const cut = truncated ? frames.length - 2 : -1;
    return frames.slice(0, -1).every((start, index) => mayEnd(bytes.subarray(start, frames[index + 1]), FRAME, index === cut));
  },
  mime: (mime) => /^application\/(?:x-)?(?:tars|jce|wup)$/.test(mime),
  open(source) {
    const { bytes, declared, text, truncated } = source;
    const frames = framesIn(bytes, truncated);
    if (frames !== null && frames.length > 2) return { leaves: calls(source, frames) };
    if (frames !== null && frames.length === 2)
      return { child: { bytes: bytes.subarray(FRAME), step: `skip-${FRAME}`, sure: false, structured: true, contentType: CONTENT_TYPE } };
    if (declared ? text !== null && !hasControl(text) : bytes[0]! >> 4 > LARGEST_FIRST_TAG) return null;
    const reader = new Reader(source);
    reader.struct(source.root, source.keys, 0);
    const { leaves, broken, cut } = reader;
    if (leaves.list.length === 0 || (broken && !cut) || leaves.dark > 0) return null;
    const earned = leaves.list.length >= 2 && leaves.readable >= LEAST_TEXT;
    return earned || (declared && !cut) ? { leaves: leaves.list } : null;
  },
};
