/**
 * Danger: texts, objects and classes that stood before are referred to by number, so that a few bytes may name a long text thousands of times, and a class
 * may have a thousand million names, which each of its objects has. Fences: depth, fields, texts that are referred to cost work, objects that are referred to
 * are told where they stood first, of long names only the beginning is kept.
 */
import { limits } from '../limits.js';
import type { ByteCursor } from './byte-cursor.js';
import { element, member, named } from './path.js';
import type { Place, TypedLeaves } from './typed.js';
import type { Work } from './work.js';

/** Types (AMF 3 specification, 3.1). */
const TYPE = {
  undefined: 0x00,
  null: 0x01,
  false: 0x02,
  true: 0x03,
  integer: 0x04,
  double: 0x05,
  string: 0x06,
  document: 0x07,
  date: 0x08,
  array: 0x09,
  object: 0x0a,
  xml: 0x0b,
  bytes: 0x0c,
  integers: 0x0d,
  unsigned: 0x0e,
  doubles: 0x0f,
  objects: 0x10,
  dictionary: 0x11,
} as const;

interface Traits {
  readonly names: readonly string[];
  readonly isDynamic: boolean;
  /** What it writes is known to its class alone. */
  readonly isExternal: boolean;
  readonly className: string;
}

/** A character of a name takes at most four bytes; what is longer than is kept of one must still be seen to be. */
const NAME_BYTES = 4 * (limits.decodeKey + 1);
/** What a text that is referred to costs, in bytes read for each of its own: it is searched once more at each place. */
const AGAIN_COST = 8;

/** Lists of Flex, which write the array that they hold. */
const LISTS = /^flex\.messaging\.io\.(?:ArrayCollection|ArrayList|ObjectProxy)$/;

/** Reads values of AMF 3. */
export class Amf3Reader {
  readonly #cursor: ByteCursor;
  readonly #leaves: TypedLeaves;
  readonly #work: Work;
  readonly #texts: Buffer[] = [];
  readonly #traits: Traits[] = [];
  /** Objects so far; what refers to one is told where that stood. */
  #objects = 0;
  readonly #count: () => void;

  /** @param count is told of each name that is read. */
  constructor(cursor: ByteCursor, leaves: TypedLeaves, work: Work, count: () => void) {
    this.#cursor = cursor;
    this.#leaves = leaves;
    this.#work = work;
    this.#count = count;
  }

  get #ended(): boolean {
    return this.#cursor.broken || this.#leaves.full;
  }

  /** Up to 29 bits: seven a byte, and all eight of the fourth (1.3.1). */
  #u29(): number {
    let value = 0;
    for (let i = 0; i < 3; i++) {
      const byte = this.#cursor.byte();
      value = (value << 7) | (byte & 0x7f);
      if (byte < 0x80) return value;
    }
    return (value << 8) | this.#cursor.byte();
  }

  /** A text, or the number of one that stood before (1.3.2). */
  #text(place: Place): Buffer {
    const head = this.#u29();
    if ((head & 1) === 0) {
      const text = this.#texts[head >> 1];
      if (text === undefined || !this.#work.read(AGAIN_COST * text.length, place.path)) this.#cursor.broken = true;
      return text ?? Buffer.alloc(0);
    }
    const text = this.#cursor.slice(head >> 1);
    if (text.length > 0) this.#texts.push(text);
    return text;
  }

  /** A name, as far as paths and names keep it; '' ends a list of them. */
  #name(place: Place): string {
    return this.#text(place).toString('utf8', 0, NAME_BYTES);
  }

  /** Head of something that may be referred to. @returns null: it stood before. */
  #head(): number | null {
    const head = this.#u29();
    if ((head & 1) === 0) {
      if (head >> 1 >= this.#objects) this.#cursor.broken = true;
      return null;
    }
    this.#objects++;
    return head >> 1;
  }

  value(place: Place, depth: number): void {
    const { broken } = this.#cursor;
    if (broken || !this.#leaves.enters(place, depth)) this.#cursor.broken = true;
    if (this.#ended) return;
    const type = this.#cursor.byte();
    switch (type) {
      case TYPE.undefined:
      case TYPE.null:
        if (!this.#cursor.broken) this.#leaves.list.push({ ...place, value: 'null', kind: 'null' });
        return;
      case TYPE.false:
      case TYPE.true:
        this.#leaves.boolean(place, type === TYPE.true);
        return;
      case TYPE.integer: {
        const value = this.#u29();
        if (!this.#cursor.broken) this.#leaves.number(place, (value << 3) >> 3);
        return;
      }
      case TYPE.double:
        this.#double(place);
        return;
      case TYPE.string: {
        const text = this.#text(place);
        if (!this.#cursor.broken) this.#leaves.text(place, text);
        return;
      }
      default:
        this.#referable(type, place, depth);
    }
  }

  #double(place: Place): void {
    const value = this.#cursor.double();
    if (!this.#cursor.broken) this.#leaves.number(place, value);
  }

  #referable(type: number, place: Place, depth: number): void {
    if (type < TYPE.document || type > TYPE.dictionary) {
      this.#cursor.broken = true;
      return;
    }
    if (type === TYPE.object) {
      this.#object(place, depth);
      return;
    }
    const head = this.#head();
    if (head === null) return;
    if (type === TYPE.date) this.#double(place);
    else if (type === TYPE.array) this.#array(head, place, depth);
    else if (type === TYPE.dictionary) this.#dictionary(head, place, depth);
    else if (type >= TYPE.integers) this.#vector(type, head, place, depth);
    else {
      const bytes = this.#cursor.slice(head);
      if (this.#cursor.broken) return;
      if (type === TYPE.bytes) this.#leaves.bytes(place, bytes, '');
      else this.#leaves.text(place, bytes);
    }
  }

  /** Names with their values, up to an empty one. */
  #members(place: Place, depth: number): void {
    while (!this.#ended) {
      const name = this.#name(place);
      if (name === '') return;
      this.#member(name, place, depth);
    }
  }

  #member(name: string, place: Place, depth: number): void {
    this.#count();
    this.value({ path: member(place.path, name), keys: named(place.keys, name), group: place.group }, depth + 1);
  }

  #array(count: number, place: Place, depth: number): void {
    this.#members({ ...place, group: this.#work.group() }, depth);
    for (let index = 0; index < count && !this.#ended; index++) this.value({ ...place, path: element(place.path, index) }, depth + 1);
  }

  #vector(type: number, count: number, place: Place, depth: number): void {
    this.#cursor.byte();
    if (type === TYPE.objects) this.#text(place);
    for (let index = 0; index < count && !this.#ended; index++) {
      const inner = { ...place, path: element(place.path, index) };
      if (type === TYPE.objects) this.value(inner, depth + 1);
      else if (!this.#leaves.enters(inner, depth)) this.#cursor.broken = true;
      else if (type === TYPE.doubles) this.#double(inner);
      else {
        const value = type === TYPE.integers ? this.#cursor.int(4) : this.#cursor.uint(4);
        if (!this.#cursor.broken) this.#leaves.number(inner, value);
      }
    }
  }

  /** Names may be values of any kind. */
  #dictionary(count: number, place: Place, depth: number): void {
    this.#cursor.byte();
    const group = this.#work.group();
    for (let index = 0; index < count && !this.#ended; index++) {
      if (this.#cursor.bytes[this.#cursor.at] === TYPE.string) {
        this.#cursor.byte();
        this.#member(this.#name(place), { ...place, group }, depth);
      } else {
        const path = element(place.path, index);
        this.value({ ...place, path: `${path}.key` }, depth + 1);
        this.value({ ...place, path: `${path}.value` }, depth + 1);
      }
    }
  }

  #object(place: Place, depth: number): void {
    const head = this.#head();
    if (head === null) return;
    const traits = this.#traitsOf(head, place);
    if (traits === null || this.#cursor.broken) {
      this.#cursor.broken = true;
      return;
    }
    if (traits.isExternal) {
      if (LISTS.test(traits.className)) this.value(place, depth + 1);
      else this.#cursor.broken = true;
      return;
    }
    const group = this.#work.group();
    for (const name of traits.names) {
      if (this.#ended) return;
      this.#member(name, { ...place, group }, depth);
    }
    if (traits.isDynamic) this.#members({ ...place, group }, depth);
  }

  /** What a class is made of (3.12), or the number of one that stood before. */
  #traitsOf(head: number, place: Place): Traits | null {
    if ((head & 1) === 0) return this.#traits[head >> 1] ?? null;
    const isExternal = (head & 2) !== 0;
    const className = this.#name(place);
    const names: string[] = [];
    const count = isExternal ? 0 : head >> 3;
    for (let index = 0; index < count && !this.#ended && this.#leaves.enters(place, 0); index++) names.push(this.#name(place));
    const traits = { names, isDynamic: (head & 4) !== 0, isExternal, className };
    this.#traits.push(traits);
    return traits;
  }
}
