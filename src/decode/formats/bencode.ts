import { OPAQUE_SHAPE } from '../../model/field.js';
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

/** Of a document that breaks off: a text that begins like one by chance has no second name. */
const LEAST_NAMES = 2;

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

class Reader {
  readonly cursor: ByteCursor;
  readonly leaves: TypedLeaves;
  /** Names of dictionaries that were read. */
  names = 0;
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
    this.cursor = new ByteCursor(source.bytes);
    this.leaves = new TypedLeaves(source.work);
  }

  get #ended(): boolean {
    return this.cursor.broken || this.leaves.full;
  }

  /** Whether it broke because the bytes end in the midst of it, and of nothing that is false. */
  isCut = false;

  #digits(sign: number, most: number): string {
    const { cursor } = this;
    const from = cursor.at;
    const text = cursor.until(sign).toString('latin1', 0, most + 1);
    if (cursor.broken) this.isCut = cursor.left <= most && /^-?\d*$/.test(cursor.bytes.toString('latin1', from));
    else if (!/^-?\d+$/.test(text) || text.length > most) cursor.broken = true;
    return text;
  }

  #text(): Buffer {
    const size = this.#digits(COLON, LONGEST_LENGTH);
    if (this.cursor.broken) return this.cursor.slice(-1);
    const text = this.cursor.slice(Number(size));
    this.isCut = this.cursor.broken;
    return text;
  }

  value(place: Place, depth: number): void {
    const { cursor, leaves } = this;
    if (!leaves.enters(place, depth)) cursor.broken = true;
    if (this.#ended) return;
    const type = cursor.bytes[cursor.at];
    if (type === undefined) this.isCut = true;
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
        if (!cursor.broken) this.names++;
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

/** A length of at most two digits: those of the names of a dictionary, and of the texts that a message begins with. */
function beginsText(bytes: Uint8Array, at: number): boolean {
  return isDigit(bytes[at]) && (bytes[at + 1] === COLON || (isDigit(bytes[at + 1]) && bytes[at + 2] === COLON));
}

function beginsDictionary(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === DICTIONARY && beginsText(bytes, at + 1);
}

/**
 * Bencode (BitTorrent, BEP 3), as peers and trackers write it: every name and value says its length. One that breaks off is read as far as it goes, once two
 * of its names have been read.
 */
export const decoder: Decoder = {
  id: 'bencode',
  says: { zh: 'bencode（BEP 3）', en: 'bencode (BEP 3)' },
  order: 17,
  first: (byte) => byte === DICTIONARY || byte === LIST,
  magic: (bytes) => beginsDictionary(bytes, 0) || (bytes[0] === LIST && (beginsDictionary(bytes, 1) || beginsText(bytes, 1))),
  mime: (mime) => mime === 'application/x-bittorrent' || mime === 'application/x-bencode',
  open(source) {
    const { bytes, root, truncated } = source;
    if (bytes[0] !== DICTIONARY && bytes[0] !== LIST) return null;
    const reader = new Reader(source);
    reader.value({ path: root, keys: source.keys, group: source.work.group() }, 0);
    const { cursor, leaves } = reader;
    if (leaves.list.length === 0) return null;
    if (leaves.full || (!cursor.broken && cursor.left === 0)) return { leaves: leaves.list };
    if (!reader.isCut || reader.names < LEAST_NAMES) return null;
    const rest = Buffer.from(bytes.buffer, bytes.byteOffset + cursor.at, cursor.left);
    // A body that was cut says so by itself.
    const unread = truncated ? [] : [{ path: root, bytes: rest, shape: [OPAQUE_SHAPE.unreadPart, 'bencode'] }];
    return { leaves: leaves.list, unread };
  },
};
