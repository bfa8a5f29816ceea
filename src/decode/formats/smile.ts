import { ByteCursor } from '../byte-cursor.js';
import { isName } from '../control.js';
import type { Decoder, Source } from '../decoder.js';
import { element, member, named } from '../path.js';
import { type Place, TypedLeaves } from '../typed.js';

/** `:)`, the end of a line, and a byte of version and flags. */
const HEADER = [0x3a, 0x29, 0x0a] as const;
const START = 4;
/** Texts and names of so many bytes may be referred to, and so many of them. */
const SHARED_LENGTH = 64;
const SHARED_COUNT = 1_024;
const END_OF_TEXT = 0xfc;
const END_OF_CONTENT = 0xff;
const END_OF_OBJECT = 0xfb;
const END_OF_ARRAY = 0xf9;

/** Texts that may be referred to; a full list begins anew. */
class Shared {
  readonly #list: Buffer[] = [];

  add(bytes: Buffer): Buffer {
    if (bytes.length > SHARED_LENGTH) return bytes;
    if (this.#list.length >= SHARED_COUNT) this.#list.length = 0;
    this.#list.push(bytes);
    return bytes;
  }

  get(index: number): Buffer | undefined {
    return this.#list[index];
  }
}

class Reader {
  readonly cursor: ByteCursor;
  readonly leaves: TypedLeaves;
  readonly #source: Source;
  readonly #names = new Shared();
  readonly #texts = new Shared();

  constructor(source: Source) {
    this.#source = source;
    this.cursor = new ByteCursor(source.bytes);
    this.cursor.at = START;
    this.leaves = new TypedLeaves(source.work);
  }

  get #ended(): boolean {
    return this.cursor.broken || this.leaves.full;
  }

  get next(): number {
    return this.cursor.bytes[this.cursor.at] ?? -1;
  }

  /** A whole number of seven bits a byte, the highest first, six in the last, which has its highest bit set. */
  #number(): bigint {
    let value = 0n;
    for (let i = 0; i < 11; i++) {
      const byte = this.cursor.byte();
      if (byte >= 0x80) return (value << 6n) | BigInt(byte & 0x3f);
      value = (value << 7n) | BigInt(byte);
    }
    this.cursor.broken = true;
    return 0n;
  }

  /** Signs stand in the lowest bit. */
  #signed(value: bigint): bigint {
    return (value >> 1n) ^ -(value & 1n);
  }

  /** Bytes in groups of seven bits, the rest of them in the last. */
  #sevens(size: number): Buffer {
    const written = this.cursor.slice(Math.ceil((size * 8) / 7));
    const bytes = Buffer.alloc(this.cursor.broken ? 0 : size);
    let bits = 0;
    let held = 0;
    let at = 0;
    for (const [index, byte] of written.entries()) {
      const width = index === written.length - 1 ? size * 8 - 7 * index : 7;
      held = (held << width) | (byte & ((1 << width) - 1));
      bits += width;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = held >> bits;
        held &= (1 << bits) - 1;
      }
    }
    return bytes;
  }

  #float(size: 4 | 8): number {
    // The first byte holds what seven bits do not divide.
    let value = 0n;
    for (const byte of this.cursor.slice(size === 4 ? 5 : 10)) value = (value << 7n) | BigInt(byte & 0x7f);
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt.asUintN(64, value));
    return size === 4 ? bytes.readFloatBE(4) : bytes.readDoubleBE(0);
  }

  value(place: Place, depth: number): void {
    const { cursor, leaves } = this;
    if (!leaves.enters(place, depth)) cursor.broken = true;
    if (this.#ended) return;
    const code = cursor.byte();
    if (code >= 0x01 && code <= 0x1f) this.#reference(place, code - 1);
    else if (code >= 0x40 && code <= 0x7f) this.#text(place, cursor.slice(code - 0x3f));
    else if (code >= 0x80 && code <= 0xbf) this.#text(place, cursor.slice(code - 0x7e));
    else if (code >= 0xc0 && code <= 0xdf) leaves.number(place, this.#signed(BigInt(code & 0x1f)));
    else if (code >= 0xec && code <= 0xef) this.#reference(place, ((code & 3) << 8) | cursor.byte());
    else this.#other(code, place, depth);
  }

  #text(place: Place, bytes: Buffer): void {
    if (!this.cursor.broken) this.leaves.text(place, this.#texts.add(bytes));
  }

  #reference(place: Place, index: number): void {
    const known = this.#texts.get(index);
    if (known === undefined) this.cursor.broken = true;
    else this.leaves.text(place, known);
  }

  #other(code: number, place: Place, depth: number): void {
    const { cursor, leaves } = this;
    switch (code) {
      case 0x20:
        leaves.list.push({ ...place, value: '', kind: 'string' });
        return;
      case 0x21:
        leaves.list.push({ ...place, value: 'null', kind: 'null' });
        return;
      case 0x22:
      case 0x23:
        leaves.boolean(place, code === 0x23);
        return;
      case 0x24:
      case 0x25:
        leaves.number(place, this.#signed(this.#number()));
        return;
      case 0x28:
        leaves.single(place, this.#float(4));
        return;
      case 0x29:
        leaves.number(place, this.#float(8));
        return;
      // A number of any length stays bytes; one with a point has its scale before them.
      case 0x26:
      case 0x2a:
      case 0xe8: {
        if (code === 0x2a) this.#number();
        const bytes = this.#sevens(Number(this.#number()));
        if (!cursor.broken) leaves.bytes(place, bytes, '');
        return;
      }
      case 0xe0:
      case 0xe4: {
        const bytes = cursor.until(END_OF_TEXT);
        if (!cursor.broken) leaves.text(place, bytes);
        return;
      }
      case 0xfd: {
        const bytes = cursor.slice(Number(this.#number()));
        if (!cursor.broken) leaves.bytes(place, bytes, '');
        return;
      }
      case 0xf8:
        for (let index = 0; !this.#ended && !this.#passed(END_OF_ARRAY); index++)
          this.value({ ...place, path: element(place.path, index) }, depth + 1);
        return;
      case 0xfa:
        this.#object(place, depth);
        return;
      default:
        cursor.broken = true;
    }
  }

  #passed(sign: number): boolean {
    const isHere = this.next === sign;
    if (isHere) this.cursor.at++;
    return isHere;
  }

  #object(place: Place, depth: number): void {
    const group = this.#source.work.group();
    while (!this.#ended && !this.#passed(END_OF_OBJECT)) {
      const name = this.#name().toString('utf8');
      if (!isName(name)) this.cursor.broken = true;
      this.value({ path: member(place.path, name), keys: named(place.keys, name), group }, depth + 1);
    }
  }

  #name(): Buffer {
    const { cursor } = this;
    const code = cursor.byte();
    let known: Buffer | undefined;
    if (code === 0x20) return Buffer.alloc(0);
    if (code >= 0x80 && code <= 0xbf) return this.#names.add(cursor.slice(code - 0x7f));
    if (code >= 0xc0 && code <= 0xf7) return this.#names.add(cursor.slice(code - 0xbe));
    if (code === 0x34) return cursor.until(END_OF_TEXT);
    if (code >= 0x40 && code <= 0x7f) known = this.#names.get(code - 0x40);
    else if (code >= 0x30 && code <= 0x33) known = this.#names.get(((code & 3) << 8) | cursor.byte());
    if (known === undefined) cursor.broken = true;
    return known ?? Buffer.alloc(0);
  }
}

/** Smile (github.com/FasterXML/smile-format-specification): the JSON of Jackson in bytes, in which names and texts that come again are numbers. */
export const decoder: Decoder = {
  id: 'smile',
  says: { zh: 'Smile（Jackson 的二进制 JSON）', en: 'Smile (binary JSON of Jackson)' },
  order: 9,
  first: (byte) => byte === HEADER[0],
  magic: (bytes) => bytes[0] === HEADER[0] && bytes[1] === HEADER[1] && bytes[2] === HEADER[2] && bytes.length > START,
  mime: (mime) => mime === 'application/x-jackson-smile',
  open(source) {
    const { bytes, root, keys, work } = source;
    // Version 0 is the only one.
    if (HEADER.some((byte, index) => bytes[index] !== byte) || bytes[3]! >= 0x10) return null;
    const reader = new Reader(source);
    const { cursor, leaves } = reader;
    reader.value({ path: root, keys, group: work.group() }, 0);
    const end = reader.next === END_OF_CONTENT ? cursor.at + 1 : cursor.at;
    if (leaves.list.length === 0 || (cursor.broken && !leaves.full)) return null;
    return { leaves: leaves.list, ...(leaves.full ? {} : { consumed: end }) };
  },
};
