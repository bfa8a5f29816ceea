import { ByteCursor } from '../byte-cursor.js';
import { isName } from '../control.js';
import type { Decoder, Source } from '../decoder.js';
import { element, member, named } from '../path.js';
import { type Place, TypedLeaves } from '../typed.js';

const DICTIONARY = 0x64;
const LIST = 0x6c;
const NUMBER = 0x69;
const END = 0x65;
const COLON = 0x3a;
/** Digits of a length; more than a message has bytes are a lie. */
const LONGEST_LENGTH = 8;
/** Digits of a number: those of 64 bits with their sign. */
const LONGEST_NUMBER = 20;

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
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

  get #ended(): boolean {
    return this.cursor.broken || this.leaves.full;
  }

  #digits(sign: number, most: number): string {
    const text = this.cursor.until(sign).toString('latin1', 0, most + 1);
    if (!/^-?\d+$/.test(text) || text.length > most) this.cursor.broken = true;
    return text;
  }

  #text(): Buffer {
    const size = this.#digits(COLON, LONGEST_LENGTH);
    return this.cursor.slice(this.cursor.broken ? -1 : Number(size));
  }

  value(place: Place, depth: number): void {
    const { cursor, leaves } = this;
    if (!leaves.enters(place, depth)) cursor.broken = true;
    if (this.#ended) return;
    const type = cursor.bytes[cursor.at];
    if (isDigit(type)) {
      const text = this.#text();
      if (!cursor.broken) leaves.text(place, text);
      return;
    }
    cursor.byte();
    if (type === NUMBER) {
      const digits = this.#digits(END, LONGEST_NUMBER);
      if (!cursor.broken) leaves.number(place, BigInt(digits));
    } else if (type === LIST) {
      for (let index = 0; !this.#ended && !this.#atEnd(); index++) this.value({ ...place, path: element(place.path, index) }, depth + 1);
    } else if (type === DICTIONARY) {
      const group = this.#source.work.group();
      while (!this.#ended && !this.#atEnd()) {
        const name = this.#text().toString('utf8');
        if (name === '' || !isName(name)) cursor.broken = true;
        this.value({ path: member(place.path, name), keys: named(place.keys, name), group }, depth + 1);
      }
    } else cursor.broken = true;
  }

  #atEnd(): boolean {
    const isEnd = this.cursor.bytes[this.cursor.at] === END;
    if (isEnd) this.cursor.at++;
    return isEnd;
  }
}

/** A dictionary in bencode (BitTorrent, BEP 3), as peers and trackers write them: every name and value says its length. */
export const decoder: Decoder = {
  id: 'bencode',
  order: 17,
  first: (byte) => byte === DICTIONARY,
  magic: (bytes) => bytes[0] === DICTIONARY && isDigit(bytes[1]) && (bytes[2] === COLON || (isDigit(bytes[2]) && bytes[3] === COLON)),
  mime: (mime) => mime === 'application/x-bittorrent' || mime === 'application/x-bencode',
  open(source) {
    if (source.bytes[0] !== DICTIONARY) return null;
    const reader = new Reader(source);
    reader.value({ path: source.root, keys: source.keys, group: source.work.group() }, 0);
    const { cursor, leaves } = reader;
    const isWhole = leaves.full || (!cursor.broken && cursor.left === 0);
    return leaves.list.length > 0 && isWhole ? { leaves: leaves.list } : null;
  },
};
