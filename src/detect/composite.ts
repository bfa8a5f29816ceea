import { limits } from '../limits.js';
import type { Decoded, Field } from '../model/field.js';
import type { DataType } from '../model/rulebook.js';
import { importFolder } from '../modules.js';
import type { Candidate } from './candidate.js';
import type { KeyDictionary } from './keys.js';

/** What several fields say together and none says alone: a pair of coordinates, a list of packages, a contact book. */
export interface Composite {
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
  readonly lists: readonly FieldList[];
  readonly groups: ReadonlyMap<number, readonly Field[]>;
  readonly types: ReadonlyMap<string, DataType>;
  readonly dictionary: KeyDictionary;
}

/** An array of the message, its elements taken apart. */
export interface FieldList {
  /** Path of the array: `body.$.contacts`. */
  readonly path: string;
  /** Name of the array, outermost first; empty where it has none. */
  readonly keys: readonly string[];
  readonly elements: ReadonlyArray<readonly Field[]>;
}

const composites: readonly Composite[] = (await importFolder<Composite>(new URL('./composites/', import.meta.url), 'composite')).map(
  ({ value }) => value,
);

/** Runs every composite of the folder. */
export function findComposites(
  decoded: Decoded,
  candidates: readonly Candidate[],
  types: ReadonlyMap<string, DataType>,
  dictionary: KeyDictionary,
): CompositeFinding[] {
  const groups = new Map<number, Field[]>();
  for (const field of decoded.fields) {
    const group = groups.get(field.group);
    if (group) group.push(field);
    else groups.set(field.group, [field]);
  }
  const scope: CompositeScope = { decoded, candidates, groups, lists: listsOf(decoded.fields), types, dictionary };
  return composites.flatMap((composite) => composite.find(scope));
}

/**
 * Arrays, told from the paths: everything up to each `[n]` is one. `query.a`, `query.a[1]` (a repeated name) is one too.
 * Fields deeper inside an element belong to it.
 */
export function listsOf(fields: readonly Field[]): FieldList[] {
  const lists = new Map<string, { keys: readonly string[]; elements: Field[][] }>();
  // `body.$.events[3]` -> its fields; null where the brackets hold no position.
  const known = new Map<string, Field[] | null>();
  for (const field of fields) {
    const { path } = field;
    // From the inside out; arrays nested deeper than any list of an app are not followed.
    let close = path.lastIndexOf(']');
    for (let depth = 0; close > 0 && depth < limits.listDepth; depth++) {
      const open = path.lastIndexOf('[', close);
      if (open <= 0) break;
      const place = path.slice(0, close + 1);
      const element = known.get(place);
      if (element) element.push(field);
      else if (element === undefined) known.set(place, begin(field, open, close));
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
