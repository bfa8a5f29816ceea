import type { Category, Change, Item, Pack } from '../model/rulebook.js';
import type { Bilingual } from '../model/text.js';
import { openFolders } from './folder.js';
import { findPacks, loadPack } from './pack-source.js';

export interface PackSummary {
  readonly id: string;
  readonly version: string;
  readonly title: Bilingual;
  readonly published: string;
  /** null: never took effect; nothing is judged by it. */
  readonly effective: string | null;
  readonly extends: string | null;
  readonly categories: number;
  readonly noPersonalInfoNeeded: number;
  /** Categories whose list could not be verified. */
  readonly unverified: number;
}

/** Every pack there is. @throws RuleError when one of them is broken. */
export function listPacks(dir: string, extra: readonly string[] = []): readonly PackSummary[] {
  const places = findPacks(openFolders([dir, ...extra]));
  return places.map((place) => {
    const { pack } = loadPack(places, place.id);
    return {
      id: pack.id,
      version: pack.version,
      title: pack.title,
      published: pack.published,
      effective: pack.effective,
      extends: pack.extends ?? null,
      categories: pack.categories.length,
      noPersonalInfoNeeded: pack.categories.filter((category) => category.noPersonalInfoNeeded).length,
      unverified: pack.categories.filter((category) => category.items === null).length,
    };
  });
}

/** One pack without the rest of the rules: for comparing and showing. */
export function readPack(options: { readonly dir: string; readonly pack: string; readonly extra?: readonly string[] }): Pack {
  return loadPack(findPacks(openFolders([options.dir, ...(options.extra ?? [])])), options.pack).pack;
}

export interface CategoryDifference {
  readonly id: string;
  readonly name: Bilingual;
  /** `unknown`: one of the two lists could not be verified, so nothing is said about it. */
  readonly kind: 'added' | 'removed' | 'changed' | 'same' | 'unknown';
  readonly becameNoPersonalInfo: boolean;
  readonly lostNoPersonalInfo: boolean;
  /** Data types that the second list has and the first has not, and the other way round. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Official item texts that only one of the two has. */
  readonly textAdded: readonly string[];
  readonly textRemoved: readonly string[];
  readonly basicFunction: { readonly from: string | null; readonly to: string | null } | null;
  /** Data types whose conditions differ, by condition id. */
  readonly conditions: ReadonlyArray<{ readonly field: string; readonly from: readonly string[]; readonly to: readonly string[] }>;
}

export interface PackDifference {
  readonly from: { readonly id: string; readonly version: string };
  readonly to: { readonly id: string; readonly version: string };
  readonly categories: readonly CategoryDifference[];
  readonly counts: {
    readonly added: number;
    readonly removed: number;
    readonly changed: number;
    readonly same: number;
    readonly unknown: number;
  };
  /** What the second pack itself says changed since the first. */
  readonly documented: readonly Change[];
}

/** What changed from `a` to `b`, category by category in the order of `b`. */
export function diffPacks(a: Pack, b: Pack): PackDifference {
  const before = new Map(a.categories.map((category) => [category.id, category]));
  const after = new Set(b.categories.map((category) => category.id));
  const categories = [
    ...b.categories.map((category) => compared(before.get(category.id) ?? null, category)),
    ...a.categories.filter((category) => !after.has(category.id)).map((category) => compared(category, null)),
  ];
  const count = (kind: CategoryDifference['kind']): number => categories.filter((category) => category.kind === kind).length;
  return {
    from: { id: a.id, version: a.version },
    to: { id: b.id, version: b.version },
    categories,
    counts: { added: count('added'), removed: count('removed'), changed: count('changed'), same: count('same'), unknown: count('unknown') },
    documented: (b.changes ?? []).filter((change) => change.since === a.id),
  };
}

function compared(a: Category | null, b: Category | null): CategoryDifference {
  const shown = b ?? a;
  if (shown === null) throw new RangeError('a category stands on neither side');
  const [from, to] = [a?.items ?? [], b?.items ?? []];
  const bothKnown = a?.items !== null && b?.items !== null;
  const difference = {
    id: shown.id,
    name: shown.name,
    becameNoPersonalInfo: a !== null && !a.noPersonalInfoNeeded && (b?.noPersonalInfoNeeded ?? false),
    lostNoPersonalInfo: b !== null && !b.noPersonalInfoNeeded && (a?.noPersonalInfoNeeded ?? false),
    added: bothKnown ? missing(fields(to), fields(from)) : [],
    removed: bothKnown ? missing(fields(from), fields(to)) : [],
    textAdded: bothKnown ? missing(texts(to), texts(from)) : [],
    textRemoved: bothKnown ? missing(texts(from), texts(to)) : [],
    basicFunction: basicFunctionOf(a, b),
    conditions: bothKnown ? conditionChanges(from, to) : [],
  };
  return { ...difference, kind: kindOf(a, b, difference, bothKnown) };
}

type Findings = Omit<CategoryDifference, 'kind'>;

function kindOf(a: Category | null, b: Category | null, found: Findings, bothKnown: boolean): CategoryDifference['kind'] {
  if (a === null) return 'added';
  if (b === null) return 'removed';
  if (found.becameNoPersonalInfo || found.lostNoPersonalInfo) return 'changed';
  if (!bothKnown) return 'unknown';
  const changes = [found.added, found.removed, found.textAdded, found.textRemoved, found.conditions].some((list) => list.length > 0);
  return changes || found.basicFunction !== null ? 'changed' : 'same';
}

function basicFunctionOf(a: Category | null, b: Category | null): CategoryDifference['basicFunction'] {
  // A wording that was not found is no difference.
  if (a?.basicFunction == null || b?.basicFunction == null || a.basicFunction.zh === b.basicFunction.zh) return null;
  return { from: a.basicFunction.zh, to: b.basicFunction.zh };
}

function fields(items: readonly Item[]): readonly string[] {
  return [...new Set(items.flatMap((item) => item.fields))];
}

function texts(items: readonly Item[]): readonly string[] {
  return items.map((item) => item.text.zh);
}

function missing(from: readonly string[], there: readonly string[]): readonly string[] {
  return from.filter((one) => !there.includes(one));
}

function conditionChanges(from: readonly Item[], to: readonly Item[]): CategoryDifference['conditions'] {
  return fields(to)
    .filter((field) => fields(from).includes(field))
    .map((field) => ({ field, from: conditionIds(from, field), to: conditionIds(to, field) }))
    .filter((change) => change.from.join() !== change.to.join());
}

/** Empty when some item lists the field without a condition. */
function conditionIds(items: readonly Item[], field: string): readonly string[] {
  const sets = items
    .filter((item) => item.fields.includes(field))
    .map((item) => [item.condition, item.fieldConditions[field] ?? null].flatMap((condition) => condition?.id ?? []));
  return sets.some((set) => set.length === 0) ? [] : [...new Set(sets.flat())].sort();
}
