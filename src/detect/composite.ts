import { limits } from '../limits.js';
import type { Decoded, Field, PlaceOfLeaves } from '../model/field.js';
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
  readonly triggers?: (field: Field, named: boolean) => boolean;
  /** Running text (`isProse`) may trigger it, whatever its name; to others such a text is shown only where its name was `named`. */
  readonly prose?: true;
  /**
   * It works with the leaves left out that nobody wanted, and takes what it needs of them by `among`. Others are given all fields of a
   * message that triggers them.
   */
  readonly spares?: true;
  /** Of a composite that is always asked: whether a field may be a find of it wherever it stands. */
  readonly tells?: (value: string) => boolean;
  /** @returns what was found, and the paths whose own readings it takes the place of; a type that there are no rules of is left out by whoever asks. */
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
  /** `featuresOf` a value, remembered. */
  readonly features: (value: string) => number;
  /** Fields of the message, with those that nobody wanted where they stand in objects or arrays that pass, and their own text does. */
  among(
    stands: (place: PlaceOfLeaves, isElement: boolean) => boolean,
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

/** Which composites look out for a name: 1 by the place of each in the list, and the places of those. null: none. */
export type Awaited = { readonly isNamed: Uint8Array; readonly places: readonly number[] } | null;

/** Places of those that take a first look at every field; the others are asked about every message. */
const LOOKING: readonly number[] = composites.flatMap(({ triggers }, index) => (triggers === undefined ? [] : [index]));
const ALWAYS: readonly number[] = composites.flatMap(({ triggers }, index) => (triggers === undefined ? [index] : []));
const PROSE = Uint8Array.from(composites, ({ prose }) => (prose === true ? 1 : 0));

/** @param keys names on the way to a field. */
export function awaitedBy(keys: readonly string[], dictionary: KeyDictionary): Awaited {
  const places = composites.flatMap(({ named }, index) => (named?.(keys, dictionary) === true ? [index] : []));
  if (places.length === 0) return null;
  const isNamed = new Uint8Array(composites.length);
  for (const place of places) isNamed[place] = 1;
  return { isNamed, places };
}

/** Their first looks, asked of every field that is read: looked up once. */
const TRIGGERS = composites.map(({ triggers }) => triggers ?? (() => false));

const TELLS = composites.flatMap(({ tells }) => tells ?? []);

/** Whether the composite at this place would be triggered by a field. @param isText whether it is shown to all of them. */
function isTriggered(index: number, field: Field, awaited: Awaited, isText: boolean, isProse: boolean): boolean {
  const isNamed = awaited !== null && awaited.isNamed[index] === 1;
  return (isText || isNamed || (isProse && PROSE[index] === 1)) && TRIGGERS[index]!(field, isNamed);
}

function isText({ kind }: Field): boolean {
  return kind === 'string' || kind === 'binary';
}

/** Whether a value may be a find wherever it stands of a composite that is always asked. */
export function tellsComposite(value: string): boolean {
  for (const tells of TELLS) if (tells(value)) return true;
  return false;
}

/** Looks at the fields of one message for what would make a composite worth asking. */
export class CompositeTriggers {
  /** Places of those that nothing has triggered so far. */
  readonly #quiet = LOOKING.slice();
  /** Places of those to be asked: of most messages they are few. */
  readonly #asked = ALWAYS.slice();

  /** @param awaited composites that look out for the field's name. @param prose whether the field is one of a body that is running text. */
  see(field: Field, awaited: Awaited, prose = false): void {
    const shown = !prose && isText(field);
    const quiet = this.#quiet;
    if (!shown && !prose) {
      for (const place of awaited?.places ?? []) {
        const at = TRIGGERS[place]!(field, true) ? quiet.indexOf(place) : -1;
        if (at >= 0) this.#stir(at);
      }
      return;
    }
    for (let at = quiet.length - 1; at >= 0; at--) {
      if (isTriggered(quiet[at]!, field, awaited, shown, prose)) this.#stir(at);
    }
  }

  /** @param at where the list of the quiet ones has it. */
  #stir(at: number): void {
    const quiet = this.#quiet;
    this.#asked.push(quiet[at]!);
    quiet[at] = quiet[quiet.length - 1]!;
    quiet.length--;
  }

  /** Whether a field would trigger any. */
  static wouldTrigger(field: Field, awaited: Awaited): boolean {
    const shown = isText(field);
    if (!shown) {
      if (awaited !== null) for (const place of awaited.places) if (TRIGGERS[place]!(field, true)) return true;
      return false;
    }
    for (const index of LOOKING) if (isTriggered(index, field, awaited, shown, false)) return true;
    return false;
  }

  /** Runs the composites that have something to look at. @param all of the message, with the leaves that nobody wanted. */
  find(
    decoded: Decoded,
    all: () => Decoded,
    candidates: readonly Candidate[],
    groupOf: (index: number) => number,
    types: ReadonlyMap<string, DataType>,
    dictionary: KeyDictionary,
    features: (value: string) => number,
  ): CompositeFinding[] {
    const spared = new Scope(decoded, all, candidates, groupOf, types, dictionary, features);
    const asked = this.#asked.toSorted((a, b) => a - b).map((place) => composites[place]!);
    return asked.flatMap((composite) =>
      composite.find(composite.spares === true ? spared : spared.whole).filter(({ candidate }) => types.has(candidate.evidence.dataType)),
    );
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
    readonly features: (value: string) => number,
  ) {}

  get whole(): Scope {
    if (this.decoded.idle === undefined) return this;
    this.#whole ??= new Scope(this.all(), this.all, this.candidates, this.groupOf, this.types, this.dictionary, this.features);
    return this.#whole;
  }

  get lists(): readonly FieldList[] {
    this.#lists ??= listsOf(this.decoded.fields);
    return this.#lists;
  }

  among(
    stands: (place: PlaceOfLeaves, isElement: boolean) => boolean,
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
