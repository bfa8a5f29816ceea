import { isUtf8 } from 'node:buffer';
import { limits } from '../limits.js';
import type { Decoded, Field, IdleLeaves, LimitHit, Part, PlaceOfLeaves } from '../model/field.js';
import type { Around } from './around.js';
import type { Names } from './names.js';

/**
 * Numbers kept for each leaf: start and end in the text; position in its array (from one on, none for a member) with its kind in the last two
 * bits; what it stands in, and its names, by their places in lists. References in their stead would cost the collector as much as the reading.
 */
const WIDTH = 5;
const POSITION = 2;
const AROUND = 3;
const NAMES = 4;
const KINDS = ['string', 'number', 'boolean', 'null'] as const;
export type IdleKind = 0 | 1 | 2 | 3;
const KIND_BITS = 2;
const KIND = 3;

/** Room for the leaves of a document while it is read, handed from one to the next. What is larger is not kept. */
const ROOM = WIDTH * 4_096;
const LARGEST_ROOM = 16 * ROOM;
let room: Int32Array | null = null;
let made = 0;

/** The document that idle leaves stand in. */
export interface IdleDocument {
  readonly text: string;
  /** Its layer; null: it was cut out of a text, and stands in none as it is. */
  readonly bytes: Uint8Array | null;
  readonly part: Part;
  readonly steps: readonly string[];
}

/**
 * Places of leaves that nobody wants, while their document is read and afterwards. Numbers in one array: a field with its path costs ten
 * times as much.
 */
export class Idle implements IdleLeaves {
  readonly #document: IdleDocument;
  #bytes: Uint8Array | null;
  /** Set by the reader, who counts arrays, and where a name may look like one. */
  isDeep = false;
  /** Set by the reader: names that it first met at one of them. */
  named = 0;
  #numbers: Int32Array;
  /** The objects and arrays that they stand in, as they were come to; one that another lies in comes again behind it. */
  readonly #arounds: Around[] = [];
  #around: Around | null = null;
  /** Their names, each once. */
  readonly #names: Names[] = [];
  readonly #number = ++made;
  /** How many leaves there were when the reader made each of its fields. */
  readonly #marks: number[] = [];
  /** Where each field that the reader made came to stand among the fields of the message. */
  readonly #places: number[] = [];
  #count = 0;
  #beyond: LimitHit | null = null;
  /** How many of them the message may keep. */
  #kept = 0;
  #fields: readonly Field[] = [];
  #verbatim: Uint8Array = new Uint8Array(0);
  #whole: Pick<Decoded, 'fields' | 'verbatim'> | null = null;

  constructor(document: IdleDocument) {
    this.#document = document;
    this.#bytes = document.bytes;
    this.#numbers = room ?? new Int32Array(ROOM);
    room = null;
  }

  get steps(): readonly string[] {
    return this.#document.steps;
  }

  get bytes(): Uint8Array {
    this.#bytes ??= Buffer.from(this.#document.text, 'utf8');
    return this.#bytes;
  }

  /** Leaves taken in by the reader. */
  get count(): number {
    return this.#count;
  }

  /** The bound that was reached in taking them in, with the first leaf that was left. */
  get beyond(): LimitHit | null {
    return this.#beyond;
  }

  get kept(): number {
    return this.#kept;
  }

  /**
   * @param index position in the array, -1 for a member.
   * @returns false: there are as many as may be, and this one was left.
   */
  add(around: Around, index: number, names: Names, kind: IdleKind, start: number, end: number): boolean {
    const count = this.#count;
    const at = count * WIDTH;
    if (at >= this.#numbers.length && !this.#widen(around, index, names)) return false;
    this.#count = count + 1;
    const numbers = this.#numbers;
    numbers[at] = start;
    numbers[at + 1] = end;
    numbers[at + POSITION] = ((index + 1) << KIND_BITS) | kind;
    if (around !== this.#around) {
      this.#around = around;
      this.#arounds.push(around);
    }
    numbers[at + AROUND] = this.#arounds.length - 1;
    if (names.idle !== this.#number) {
      names.idle = this.#number;
      names.place = this.#names.push(names) - 1;
    }
    numbers[at + NAMES] = names.place;
    return true;
  }

  #widen(around: Around, index: number, names: Names): boolean {
    if (this.#count >= limits.decodeIdle) {
      this.#beyond ??= { path: around.pathOf(index, names), limit: 'decodeIdle' };
      return false;
    }
    const wider = new Int32Array(Math.min(this.#numbers.length * 2, limits.decodeIdle * WIDTH));
    wider.set(this.#numbers);
    this.#numbers = wider;
    return true;
  }

  /** The reader has made its next field. */
  mark(): void {
    this.#marks.push(this.#count);
  }

  /** The reader has come to its end: from now on it takes no more room than it needs. */
  close(): void {
    const all = this.#numbers;
    this.#numbers = all.slice(0, this.#count * WIDTH);
    if (all.length <= LARGEST_ROOM) room = all;
  }

  /** How many leaves the reader met before its n-th field. */
  before(field: number): number {
    return this.#marks[field] ?? this.#count;
  }

  /** The next field of the reader comes to stand here; `kept` leaves come before it. */
  place(position: number, kept: number): void {
    this.#places.push(position);
    this.#kept = kept;
  }

  path(leaf: number): string {
    return this.#aroundOf(leaf).pathOf(this.#positionOf(leaf), this.#namesOf(leaf));
  }

  #positionOf(leaf: number): number {
    return (this.#numbers[leaf * WIDTH + POSITION]! >> KIND_BITS) - 1;
  }

  #aroundOf(leaf: number): Around {
    return this.#arounds[this.#numbers[leaf * WIDTH + AROUND]!]!;
  }

  #namesOf(leaf: number): Names {
    return this.#names[this.#numbers[leaf * WIDTH + NAMES]!]!;
  }

  #kindOf(leaf: number): IdleKind {
    return (this.#numbers[leaf * WIDTH + POSITION]! & KIND) as IdleKind;
  }

  /** All fields of the message are made; the leaves lie among them. */
  settle(fields: readonly Field[], verbatim: Uint8Array): void {
    this.#fields = fields;
    this.#verbatim = verbatim;
  }

  whole(): Pick<Decoded, 'fields' | 'verbatim'> {
    if (this.#whole === null) {
      const fields: Field[] = [];
      const verbatim: number[] = [];
      this.#merge(null, (field, isVerbatim) => {
        fields.push(field);
        verbatim.push(isVerbatim);
        return true;
      });
      this.#whole = { fields, verbatim: Uint8Array.from(verbatim) };
    }
    return this.#whole;
  }

  each(take: (field: Field) => boolean): void {
    this.#merge(null, take);
  }

  among(
    stands: (place: PlaceOfLeaves, isElement: boolean) => boolean,
    reads?: (value: string, keys: readonly string[]) => boolean,
  ): readonly Field[] {
    const { text } = this.#document;
    let around = -1;
    let isElement = false;
    let passes = false;
    let some = false;
    const taken = new Uint8Array(this.#kept);
    for (let leaf = 0; leaf < this.#kept; leaf++) {
      const at = leaf * WIDTH;
      const own = this.#numbers[at + AROUND]!;
      const isListed = this.#numbers[at + POSITION]! > KIND;
      // Members of one object come one after another.
      if (own !== around || isListed !== isElement) {
        around = own;
        isElement = isListed;
        passes = stands(this.#arounds[own]!, isListed);
      }
      if (passes && (reads === undefined || reads(text.slice(this.#numbers[at], this.#numbers[at + 1]), this.#namesOf(leaf).keys))) {
        taken[leaf] = 1;
        some = true;
      }
    }
    if (!some) return this.#fields;
    const fields: Field[] = [];
    this.#merge(taken, (field) => fields.push(field) > 0);
    return fields;
  }

  isNamed(names: ReadonlySet<string>): boolean {
    for (const { keys } of this.#names) if (names.has(keys[keys.length - 1] ?? '')) return true;
    return false;
  }

  holdsAny(texts: ReadonlyMap<string, unknown>): boolean {
    const lengths = new Set<number>();
    for (const text of texts.keys()) lengths.add(text.length);
    const { text } = this.#document;
    for (let leaf = 0; leaf < this.#kept; leaf++) {
      const start = this.#numbers[leaf * WIDTH]!;
      const end = this.#numbers[leaf * WIDTH + 1]!;
      if (this.#kindOf(leaf) < 2 && lengths.has(end - start) && texts.has(text.slice(start, end))) return true;
    }
    return false;
  }

  touches(stretches: ReadonlyArray<readonly [start: number, end: number]>): boolean {
    const { bytes } = this;
    const { text } = this.#document;
    const ascii = text.length === bytes.length;
    // Of a text with a character that could not be read it is not known where it stands.
    if (!ascii && !isUtf8(bytes)) return stretches.length > 0;
    let at = !ascii && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    let units = 0;
    for (const [start, end] of stretches.toSorted(([a], [b]) => a - b)) {
      if (ascii) units = start;
      // Bytes that begin a character are one unit of UTF-16, those that begin one of four bytes are two.
      else
        for (; at < start; at++) {
          const byte = bytes[at]!;
          if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
        }
      // No character has more units than bytes.
      if (this.#reaches(units, units + end - start)) return true;
    }
    return false;
  }

  #reaches(start: number, end: number): boolean {
    let low = 0;
    let high = this.#kept;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#numbers[middle * WIDTH + 1]! <= start) low = middle + 1;
      else high = middle;
    }
    return low < this.#kept && this.#numbers[low * WIDTH]! < end;
  }

  /**
   * Goes through fields and leaves in the order of the message.
   * @param taken 1 for each leaf that is meant; null: all are.
   * @param give returns whether it wants the next one.
   */
  #merge(taken: Uint8Array | null, give: (field: Field, isVerbatim: number) => boolean): void {
    let next = 0;
    const until = (position: number): boolean => {
      for (; next < position; next++) if (!give(this.#fields[next]!, this.#verbatim[next]!)) return false;
      return true;
    };
    const isVerbatim = this.#document.bytes === null ? 0 : 1;
    // Fields of the reader that come before the leaf.
    let read = 0;
    for (let leaf = 0; leaf < this.#kept; leaf++) {
      while (read < this.#marks.length && this.#marks[read]! <= leaf) read++;
      if (taken !== null && taken[leaf] === 0) continue;
      if (!until(this.#places[read] ?? this.#fields.length) || !give(this.#field(leaf), isVerbatim)) return;
    }
    until(this.#fields.length);
  }

  #field(leaf: number): Field {
    const { text, part, steps } = this.#document;
    const at = leaf * WIDTH;
    return {
      path: this.path(leaf),
      part,
      keys: this.#namesOf(leaf).keys,
      value: text.slice(this.#numbers[at], this.#numbers[at + 1]),
      kind: KINDS[this.#kindOf(leaf)],
      steps,
      group: this.#aroundOf(leaf).group,
    };
  }
}
