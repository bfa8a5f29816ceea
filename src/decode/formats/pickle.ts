/**
 * Danger: a pickle is a program. It is not run: instructions that would import or call something leave what they were given side by side as data. Values may
 * contain themselves and each other, so that a few bytes stand for endless trees. Fences: depth, fields, and every value that is walked past costs work.
 */
import { isName } from '../control.js';
import type { Decoder, Source } from '../decoder.js';
import { element, member, named } from '../path.js';
import { type PickleGroup, type PickleValue, unpickle } from '../pickle.js';
import { type Place, TypedLeaves } from '../typed.js';

const STOP = 0x2e;
const PROTOCOL = 0x80;
/** Protocols that say which they are (PEP 307, PEP 3154, PEP 574). */
const FIRST = 2;
const LAST = 5;
/** First bytes of the others: a mark, an empty dictionary, an empty list, a class. */
const OLDER: ReadonlySet<number> = new Set([0x28, 0x7d, 0x5d, 0x63]);
const LONGEST_HEAD = 12;
/** What is shorter holds no name. */
const SHORTEST = 8;

/** What walking past one thing that a call was given costs, in bytes read. */
const GIVEN_COST = 16;

/** Gives the values of an unpickled tree. */
class Values {
  readonly leaves: TypedLeaves;
  /** Names that were met. */
  names = 0;
  readonly #source: Source;
  /** Those that the value stands in. */
  readonly #around = new Set<PickleGroup>();

  constructor(source: Source) {
    this.#source = source;
    this.leaves = new TypedLeaves(source.work);
  }

  put(value: PickleValue, place: Place, depth: number): void {
    const { work } = this.#source;
    const size =
      value.kind === 'text' || value.kind === 'bytes' ? value.bytes.length : value.kind === 'group' ? value.given.length * GIVEN_COST : 0;
    if (this.leaves.full || !work.read(size, place.path) || !this.leaves.enters(place, depth)) return;
    if (value.kind === 'text') this.leaves.text(place, value.bytes);
    else if (value.kind === 'bytes') this.leaves.bytes(place, value.bytes, '');
    else if (value.kind === 'number') this.leaves.number(place, value.value);
    else if (value.kind === 'boolean') this.leaves.boolean(place, value.value);
    else if (value.kind === 'null') this.leaves.list.push({ ...place, value: 'null', kind: 'null' });
    // A child that knows its parent: what stands in that is told there.
    else if (value.kind === 'group' && !this.#around.has(value)) {
      this.#around.add(value);
      this.#inside(value, place, depth);
      this.#around.delete(value);
    }
  }

  #inside(value: PickleGroup, place: Place, depth: number): void {
    const [only, ...others] = value.given;
    // A call with one argument is that value in another dress: a decimal, a date.
    if (only?.kind === 'group' && others.length + value.items.length + value.entries.length === 0 && only.items.length === 1) {
      const [dressed] = only.items;
      if (dressed!.kind !== 'group' && only.entries.length === 0) {
        this.put(dressed!, place, depth + 1);
        return;
      }
    }
    let index = 0;
    const parts = [value, ...value.given];
    const isNamed = parts.some((each) => each.kind === 'group' && each.entries.length > 0);
    const group = isNamed ? this.#source.work.group() : place.group;
    // What stands in a call without being one itself is of the object; all else is of its own.
    for (const each of parts) {
      if (this.leaves.full) return;
      if (each.kind === 'group' && (each === value || each.given.length === 0))
        index = this.#members(each, { ...place, group }, index, depth);
      else this.put(each, { ...place, path: element(place.path, index++) }, depth + 1);
    }
  }

  /** @param index of the next value that has no name. @returns that behind these. */
  #members({ items, entries }: PickleGroup, place: Place, index: number, depth: number): number {
    let next = index;
    for (const item of items) {
      if (this.leaves.full) return next;
      this.put(item, { ...place, path: element(place.path, next++) }, depth + 1);
    }
    for (const [key, value] of entries) {
      if (this.leaves.full) return next;
      const name = key.kind === 'text' ? key.bytes.toString('utf8') : key.kind === 'number' ? String(key.value) : null;
      if (name === null || !isName(name)) this.put(value, { ...place, path: element(place.path, next++) }, depth + 1);
      else {
        this.names++;
        this.put(value, { ...place, path: member(place.path, name), keys: named(place.keys, name) }, depth + 1);
      }
    }
    return next;
  }
}

/** What a dictionary, a list and an object begin with in protocols 0 and 1: they are put down to be referred to. */
const WRITTEN = /^(?:\([dl]p\d|[}\]]q\0|ccopy_reg\n)/;

function isBinary(bytes: Uint8Array): boolean {
  return bytes[0] === PROTOCOL && bytes[1]! >= FIRST && bytes[1]! <= LAST;
}

function isOlder(bytes: Uint8Array): boolean {
  return (
    OLDER.has(bytes[0]!) &&
    WRITTEN.test(Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(LONGEST_HEAD, bytes.length)).toString('latin1'))
  );
}

/** What Python's `pickle` writes, one or several behind one another. */
export const decoder: Decoder = {
  id: 'pickle',
  says: { zh: 'Python pickle（只看不执行）', en: 'Python pickle (read, never run)' },
  order: 12,
  begins: ['(dp', '(lp'],
  first: (byte) => byte === PROTOCOL || OLDER.has(byte),
  magic: (bytes) => bytes.length >= SHORTEST && bytes[bytes.length - 1] === STOP && (isBinary(bytes) || isOlder(bytes)),
  open(source) {
    const { bytes, root, keys, work } = source;
    if (bytes.length < SHORTEST || !(isBinary(bytes) || isOlder(bytes))) return null;
    const trees: PickleValue[] = [];
    let end = 0;
    while (end < bytes.length) {
      const next = unpickle(bytes, end, work, root);
      if (next === null) break;
      trees.push(next.value);
      end = next.end;
    }
    const values = new Values(source);
    for (const [index, tree] of trees.entries())
      values.put(tree, { path: trees.length === 1 ? root : element(root, index), keys, group: work.group() }, 0);
    return values.names > 0 && values.leaves.list.length > 0 ? { leaves: values.leaves.list, consumed: end } : null;
  },
};
