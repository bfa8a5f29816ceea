import { limits } from '../limits.js';
import type { Decoded, Field } from '../model/field.js';
import type { DataType } from '../model/rulebook.js';
import { importFolder } from '../modules.js';
import type { Candidate } from './candidate.js';
import { groupsOf } from './groups.js';
import type { KeyDictionary } from './keys.js';

/** What several fields say together and none says alone: a pair of coordinates, a list of packages, a contact book. */
export interface Composite {
  /** Whether a field under these names may be part of a find by its name. */
  readonly named?: (keys: readonly string[], dictionary: KeyDictionary) => boolean;
  /**
   * A first look at every field, whose name may have been `named`: the composite is asked only about messages in which this was true of
   * one field. A number or a switch that was not `named` is not shown. A composite without it is always asked.
   */
  readonly stirs?: (field: Field, named: boolean) => boolean;
  /** Running text (`isProse`) may stir it, whatever its name; to others such a text is shown only where its name was `named`. */
  readonly prose?: true;
  /**
   * It works with the leaves left out that nobody wanted, and takes what it needs of them by `among`. Others are given all fields of a
   * message that stirs them.
   */
  readonly spares?: true;
  /** Of a composite that is always asked: whether a field may be a find of it wherever it stands. */
  readonly tells?: (value: string) => boolean;
  /** @returns what was found, and the paths whose own readings it takes the place of. */
  readonly find: (scope: CompositeScope) => CompositeFinding[];
}

export interface CompositeFinding {
  readonly candidate: Candidate;
  /** Paths of the parts: their single readings would say the same thing again, once for each part. */
  readonly absorbs: readonly string[];
}

export interface CompositeScope {
  readonly decoded: Decoded;
  /** Readings of the single fields. */
  readonly candidates: readonly Candidate[];
  /** Group of the field that the n-th of them reads. */
  readonly groupOf: (index: number) => number;
  readonly lists: readonly FieldList[];
  readonly groups: ReadonlyMap<number, readonly Field[]>;
  readonly types: ReadonlyMap<string, DataType>;
  readonly dictionary: KeyDictionary;
  /** `tellingsOf` a value, remembered. */
  readonly tellings: (value: string) => number;
  /** Fields of the message, with those that nobody wanted where they stand in objects or arrays that pass, and their own text does. */
  among(
    stands: (path: string, isElement: boolean, group: number) => boolean,
    reads?: (value: string, keys: readonly string[]) => boolean,
  ): readonly Field[];
  /** The same with all that nobody wanted. */
  readonly whole: CompositeScope;
}

/** An array of the message, its elements taken apart. */
export interface FieldList {
  /** Path of the array: `body.$.contacts`. */
  readonly path: string;
  /** Name of the array, outermost first; empty where it has none. */
  readonly keys: readonly string[];
  readonly elements: ReadonlyArray<readonly Field[]>;
}

export const composites: readonly Composite[] = (await importFolder<Composite>(new URL('./composites/', import.meta.url), 'composite')).map(
  ({ value }) => value,
);

/** Composites that are asked about every message, as bits. */
const ALWAYS = composites.reduce((bits, { stirs }, index) => (stirs === undefined ? bits | (1 << index) : bits), 0);

const EVERY = (1 << composites.length) - 1;
const PROSE = composites.reduce((bits, { prose }, index) => (prose === true ? bits | (1 << index) : bits), 0);

function askedOf({ kind }: Field, awaited: number, prose = false): number {
  if (prose) return awaited | PROSE;
  return kind === 'string' || kind === 'binary' ? EVERY : awaited;
}

function stirredBy(field: Field, awaited: number, asked: number): number {
  let bits = 0;
  for (let index = 0; index < composites.length; index++) {
    const bit = 1 << index;
    if ((asked & bit) !== 0 && composites[index]!.stirs?.(field, (awaited & bit) !== 0) === true) bits |= bit;
  }
  return bits;
}

/** Whether a value may be a find wherever it stands of a composite that is always asked. */
export function tellsComposite(value: string): boolean {
  return composites.some(({ tells }) => tells?.(value) === true);
}

/** Looks at the fields of one message for what would make a composite worth asking. */
export class Stirring {
  #stirred = ALWAYS;

  /** @param awaited bits of the composites that look out for the field's name. @param prose whether the field is one of a body that is running text. */
  see(field: Field, awaited: number, prose = false): void {
    const asked = askedOf(field, awaited, prose) & ~this.#stirred;
    if (asked !== 0) this.#stirred |= stirredBy(field, awaited, asked);
  }

  /** Whether a field would stir any. */
  static wakes(field: Field, awaited: number): boolean {
    return stirredBy(field, awaited, askedOf(field, awaited)) !== 0;
  }

  /** Runs the composites that have something to look at. @param all of the message, with the leaves that nobody wanted. */
  find(
    decoded: Decoded,
    all: () => Decoded,
    candidates: readonly Candidate[],
    groupOf: (index: number) => number,
    types: ReadonlyMap<string, DataType>,
    dictionary: KeyDictionary,
    tellings: (value: string) => number,
  ): CompositeFinding[] {
    const spared = new Scope(decoded, all, candidates, groupOf, types, dictionary, tellings);
    return composites.flatMap((composite, index) => {
      if ((this.#stirred & (1 << index)) === 0) return [];
      return composite.find(composite.spares === true ? spared : spared.whole);
    });
  }
}

/** Groups and lists are put together when the first composite asks for them. */
class Scope implements CompositeScope {
  #lists: readonly FieldList[] | null = null;
  #groups: ReadonlyMap<number, readonly Field[]> | null = null;
  #whole: Scope | null = null;

  constructor(
    readonly decoded: Decoded,
    readonly all: () => Decoded,
    readonly candidates: readonly Candidate[],
    readonly groupOf: (index: number) => number,
    readonly types: ReadonlyMap<string, DataType>,
    readonly dictionary: KeyDictionary,
    readonly tellings: (value: string) => number,
  ) {}

  get whole(): Scope {
    if (this.decoded.idle === undefined) return this;
    this.#whole ??= new Scope(this.all(), this.all, this.candidates, this.groupOf, this.types, this.dictionary, this.tellings);
    return this.#whole;
  }

  get lists(): readonly FieldList[] {
    this.#lists ??= listsOf(this.decoded.fields);
    return this.#lists;
  }

  among(
    stands: (path: string, isElement: boolean, group: number) => boolean,
    reads?: (value: string, keys: readonly string[]) => boolean,
  ): readonly Field[] {
    return this.decoded.idle?.among(stands, reads) ?? this.decoded.fields;
  }

  get groups(): ReadonlyMap<number, readonly Field[]> {
    this.#groups ??= groupsOf(this.decoded.fields);
    return this.#groups;
  }
}

/**
 * Arrays, told from the paths: everything up to each `[n]` is one. `query.a`, `query.a[1]` (a repeated name) is one too.
 * Fields deeper inside an element belong to it.
 */
export function listsOf(fields: readonly Field[]): FieldList[] {
  const lists = new Map<string, { keys: readonly string[]; elements: Field[][] }>();
  // `body.$.events[3]` -> its fields; null where the brackets hold no position.
  const known = new Map<string, Field[] | null>();
  // Innermost element of the field before, and all that it lies in: the fields of one object come one after another.
  let last = '';
  let around: Field[][] = [];
  for (const field of fields) {
    const { path } = field;
    // From the inside out; arrays nested deeper than any list of an app are not followed.
    let close = path.lastIndexOf(']');
    if (close <= 0) continue;
    if (close + 1 === last.length && path.startsWith(last)) {
      for (const element of around) element.push(field);
      continue;
    }
    last = path.slice(0, close + 1);
    around = [];
    for (let depth = 0; close > 0 && depth < limits.listDepth; depth++) {
      const open = path.lastIndexOf('[', close);
      if (open <= 0) break;
      const place = path.slice(0, close + 1);
      const element = known.get(place);
      if (element) {
        element.push(field);
        around.push(element);
      } else if (element === undefined) {
        const begun = begin(field, open, close);
        known.set(place, begun);
        if (begun !== null) around.push(begun);
      }
      close = path.lastIndexOf(']', open);
    }
  }
  const result: FieldList[] = [];
  for (const [path, { keys, elements }] of lists) if (!/^(?:ws|grpc|sse|url\.path)$/.test(path)) result.push({ path, keys, elements });
  return result;

  /** The first field of an element. */
  function begin(field: Field, open: number, close: number): Field[] | null {
    const { path } = field;
    if (!/^\d{1,6}$/.test(path.slice(open + 1, close))) return null;
    const base = path.slice(0, open);
    const list = lists.get(base) ?? { keys: keysAbove(field, path.slice(close + 1)), elements: [] };
    const element = [field];
    list.elements.push(element);
    lists.set(base, list);
    return element;
  }
}

/** Names that lie above the rest of a path: as many as it does not itself contain. */
function keysAbove(field: Field, rest: string): readonly string[] {
  const own =
    rest
      .replace(/\|[^.[]*/g, '')
      .match(/\.[^.[\]]+|\["/g)
      ?.filter((segment) => segment !== '.$').length ?? 0;
  return own === 0 ? field.keys : field.keys.slice(0, Math.max(0, field.keys.length - own));
}
