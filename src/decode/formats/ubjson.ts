import { ByteCursor } from '../byte-cursor.js';
import { isName } from '../control.js';
import type { Decoder, Source } from '../decoder.js';
import { element, member, named } from '../path.js';
import { type Place, TypedLeaves } from '../typed.js';

const OBJECT = 0x7b;
const ARRAY = 0x5b;
const END_OBJECT = 0x7d;
const END_ARRAY = 0x5d;
const TYPE = 0x24;
const COUNT = 0x23;
const BYTE = 0x55;
const NOTHING = 0x4e;

class Reader {
  readonly cursor: ByteCursor;
  readonly leaves: TypedLeaves;
  /** Names that were read. */
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

  #integer(type: number): number | bigint {
    const { cursor } = this;
    switch (type) {
      case 0x69: // i
        return cursor.int(1);
      case BYTE: // U
        return cursor.uint(1);
      case 0x49: // I
        return cursor.int(2);
      case 0x6c: // l
        return cursor.int(4);
      case 0x4c: // L
        return cursor.int64();
      default:
        cursor.broken = true;
        return 0;
    }
  }

  /** A length, which is an integer of any type. */
  #length(): number {
    return Number(this.#integer(this.cursor.byte()));
  }

  value(type: number, place: Place, depth: number): void {
    const { cursor, leaves } = this;
    if (!leaves.enters(place, depth)) cursor.broken = true;
    if (this.#ended) return;
    switch (type) {
      case OBJECT:
      case ARRAY:
        this.#container(type === OBJECT, place, depth);
        return;
      case 0x5a: // Z
        leaves.list.push({ ...place, value: 'null', kind: 'null' });
        return;
      case 0x54: // T
      case 0x46: // F
        leaves.boolean(place, type === 0x54);
        return;
      case 0x53: // S
      case 0x43: // C
      case 0x48: {
        // H: a number of any length, in digits
        const text = cursor.slice(type === 0x43 ? 1 : this.#length());
        if (!cursor.broken) leaves.text(place, text);
        return;
      }
      case 0x64: {
        const value = cursor.float();
        if (!cursor.broken) leaves.single(place, value);
        return;
      }
      case 0x44: {
        const value = cursor.double();
        if (!cursor.broken) leaves.number(place, value);
        return;
      }
      default: {
        const value = this.#integer(type);
        if (!cursor.broken) leaves.number(place, value);
      }
    }
  }

  /** All values of one type, and how many there are, may be said before them. */
  #container(isObject: boolean, place: Place, depth: number): void {
    const { cursor } = this;
    const next = () => cursor.bytes[cursor.at];
    let type: number | null = null;
    let count: number | null = null;
    if (next() === TYPE) {
      cursor.byte();
      type = cursor.byte();
      // A type without a count is no container.
      if (next() !== COUNT) cursor.broken = true;
    }
    if (next() === COUNT) {
      cursor.byte();
      count = this.#length();
    }
    if (type === BYTE && !isObject) {
      const bytes = cursor.slice(count ?? -1);
      if (!cursor.broken) this.leaves.bytes(place, bytes, '');
      return;
    }
    const group = isObject ? this.#source.work.group() : place.group;
    for (let index = 0; count === null || index < count; ) {
      if (this.#ended) return;
      if (count === null && next() === (isObject ? END_OBJECT : END_ARRAY)) {
        cursor.byte();
        return;
      }
      if (next() === NOTHING && type === null) {
        cursor.byte();
        continue;
      }
      let inner: Place = { ...place, path: element(place.path, index) };
      if (isObject) {
        const name = cursor.slice(this.#length()).toString('utf8');
        if (name === '' || !isName(name)) cursor.broken = true;
        else this.names++;
        inner = { path: member(place.path, name), keys: named(place.keys, name), group };
      }
      this.value(type ?? cursor.byte(), inner, depth + 1);
      index++;
    }
  }
}

/** What begins an object: a short name, which JSON has no control character for, or its type and count. */
function beginsObject(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== OBJECT) return false;
  const first = bytes[at + 1];
  const isShort = (first === 0x69 || first === BYTE) && bytes[at + 2]! > 0 && bytes[at + 2]! < 0x20;
  return isShort || (first === TYPE && bytes[at + 3] === COUNT) || (first === COUNT && (bytes[at + 2] === 0x69 || bytes[at + 2] === BYTE));
}

/** Universal Binary JSON (ubjson.org, draft 12): the types of JSON behind letters. */
export const decoder: Decoder = {
  id: 'ubjson',
  says: { zh: 'UBJSON', en: 'UBJSON' },
  order: 17,
  first: (byte) => byte === OBJECT || byte === ARRAY,
  magic: (bytes) => beginsObject(bytes, 0) || (bytes[0] === ARRAY && beginsObject(bytes, 1)),
  mime: (mime) => mime === 'application/ubjson' || mime === 'application/x-ubjson',
  open(source) {
    const [first = 0] = source.bytes;
    if (first !== OBJECT && first !== ARRAY) return null;
    const reader = new Reader(source);
    reader.cursor.byte();
    reader.value(first, { path: source.root, keys: source.keys, group: source.work.group() }, 0);
    const { cursor, leaves, names } = reader;
    const isWhole = leaves.full || (!cursor.broken && cursor.left === 0);
    return leaves.list.length > 0 && names > 0 && isWhole ? { leaves: leaves.list } : null;
  },
};
