import { z } from 'zod';
import { RuleError } from '../errors.js';
import type { Category, Change, Item, ManualItem, Pack, Question, ServiceData } from '../model/rulebook.js';
import { byText, type Rule, type RuleFolder } from './folder.js';
import { category as categorySchema } from './schema/category.js';
import { officialPack, userPack } from './schema/pack.js';
import { manual, refusal, serviceData } from './schema/supplement.js';

/** A pack with the file of each category, for what cross-checks find. */
export interface LoadedPack {
  readonly pack: Pack;
  readonly categories: ReadonlyArray<Rule<Category>>;
  readonly supplements: ReadonlyArray<Rule<{ readonly serviceData: readonly ServiceData[] }>>;
}

export interface PackPlace {
  readonly id: string;
  readonly folder: RuleFolder;
  /** Path of the pack inside its folder; empty where the folder itself is the pack. */
  readonly path: string;
}

/** What the published text itself says about its size (facts: 39 categories, 13 that need none). A pack of this name with other counts is not that text. */
const PUBLISHED_COUNTS: Readonly<Record<string, readonly [number, number]>> = { 'cn-2021': [39, 13] };

/** Every pack below these folders: `packs/<id>/`, and a user's folder that is itself a pack. */
export function findPacks(folders: readonly RuleFolder[]): readonly PackPlace[] {
  const places = folders.flatMap((folder) => [
    ...(folder.has('pack.yaml') ? [{ id: packIdOf(folder, 'pack.yaml'), folder, path: '' }] : []),
    ...folder
      .folders('packs')
      .filter((name) => folder.has(`packs/${name}/pack.yaml`))
      .map((name) => ({ id: name, folder, path: `packs/${name}/` })),
  ]);
  for (const [index, place] of places.entries())
    if (places.findIndex((other) => other.id === place.id) !== index)
      throw new RuleError(`${place.folder.root}/${place.path}pack.yaml`, null, 'id', `a second pack "${place.id}"`);
  return places;
}

function packIdOf(folder: RuleFolder, file: string): string {
  return folder.read(file, z.looseObject({ id: z.string() })).value.id;
}

/** @throws RuleError also for an unknown pack or one that extends itself. */
export function loadPack(
  places: readonly PackPlace[],
  id: string,
  wantedBy: string | null = null,
  seen: readonly string[] = [],
): LoadedPack {
  const place = places.find((one) => one.id === id);
  if (place === undefined)
    throw new RuleError(
      wantedBy ?? '(rules)',
      null,
      wantedBy === null ? 'pack' : 'extends',
      `no pack "${id}"; there are: ${places.map((one) => one.id).join(', ') || 'none'}`,
    );
  const file = `${place.folder.root}/${place.path}pack.yaml`;
  if (seen.includes(id)) throw new RuleError(file, null, 'extends', `packs extend each other: ${[...seen, id].join(' -> ')}`);
  const header = place.folder.read(`${place.path}pack.yaml`, z.looseObject({ extends: z.unknown().optional() }));
  const categories = readCategories(place);
  if (header.value.extends !== undefined) {
    const own = place.folder.read(`${place.path}pack.yaml`, userPack);
    checkId(own, id);
    const base = loadPack(places, own.value.extends, file, [...seen, id]);
    return extended(base, own.value, categories, readSupplements(place));
  }
  const own = place.folder.read(`${place.path}pack.yaml`, officialPack);
  checkId(own, id);
  const { counts: stated, ...rest } = own.value;
  for (const [index, rule] of categories.entries())
    if (rule.value.no !== index + 1)
      throw rule.document.problem({ path: ['no'], message: `categories count from 1 without a gap; expected ${index + 1}` });
  const [all, none] = PUBLISHED_COUNTS[id] ?? [stated?.categories, stated?.noPersonalInfoNeeded];
  const needNone = categories.filter((rule) => rule.value.noPersonalInfoNeeded).length;
  if (all !== undefined && categories.length !== all)
    throw own.document.problem({
      path: ['counts', 'categories'],
      message: `the text has ${all} categories; ${categories.length} files were found`,
    });
  if (none !== undefined && needNone !== none)
    throw own.document.problem({
      path: ['counts', 'noPersonalInfoNeeded'],
      message: `the text names ${none} categories that need nothing; ${needNone} files say so`,
    });
  const supplement = readSupplements(place);
  return {
    pack: { ...rest, extends: null, categories: categories.map((rule) => rule.value), ...supplement.values },
    categories,
    supplements: supplement.rules,
  };
}

function checkId(rule: Rule<{ readonly id: string }>, id: string): void {
  if (rule.value.id !== id) throw rule.document.problem({ path: ['id'], message: `the folder is called "${id}"` });
}

function readCategories(place: PackPlace): ReadonlyArray<Rule<Category>> {
  const rules = place.folder.readAll(`${place.path}categories`, categorySchema);
  for (const [index, rule] of rules.entries()) {
    const { id, no } = rule.value;
    const name = `${String(no).padStart(2, '0')}-${id.replaceAll('_', '-')}`;
    if (rule.stem !== name)
      throw rule.document.problem({ path: ['id'], message: `category ${no} "${id}" belongs in a file called ${name}.yaml` });
    if (rules.findIndex((other) => other.value.id === id) !== index)
      throw rule.document.problem({ path: ['id'], message: `a second category "${id}"` });
    if (rules.findIndex((other) => other.value.no === no) !== index)
      throw rule.document.problem({ path: ['no'], message: `a second category ${no}` });
    const texts = new Map<string, string>();
    for (const { path, condition } of conditionsOf(rule.value)) {
      const before = texts.get(condition.id);
      if (before !== undefined && before !== condition.text.zh)
        throw rule.document.problem({ path, message: `condition "${condition.id}" has two texts` });
      texts.set(condition.id, condition.text.zh);
    }
  }
  return [...rules].sort((a, b) => a.value.no - b.value.no);
}

function conditionsOf(category: Category) {
  return (category.items ?? []).flatMap((item, index) => [
    ...(item.condition === null ? [] : [{ path: ['items', index, 'condition', 'id'], condition: item.condition }]),
    ...Object.entries(item.fieldConditions).map(([field, condition]) => ({
      path: ['items', index, 'fieldConditions', field, 'id'],
      condition,
    })),
  ]);
}

interface Supplement {
  readonly values: {
    readonly serviceData: readonly ServiceData[];
    readonly refusal: readonly Question[];
    readonly manual: readonly ManualItem[];
  };
  readonly rules: ReadonlyArray<Rule<{ readonly serviceData: readonly ServiceData[] }>>;
}

function readSupplements(place: PackPlace): Supplement {
  const at = (file: string): string => `${place.path}${file}`;
  const service = place.folder.has(at('service-data.yaml')) ? [place.folder.read(at('service-data.yaml'), serviceData)] : [];
  return {
    rules: service,
    values: {
      serviceData: service.flatMap((rule) => rule.value.serviceData),
      refusal: place.folder.has(at('refusal.yaml')) ? place.folder.read(at('refusal.yaml'), refusal).value.questions : [],
      manual: place.folder.has(at('manual.yaml')) ? place.folder.read(at('manual.yaml'), manual).value.items : [],
    },
  };
}

/** A user's own pack may add categories and tighten lists. Widening an official list would let the tool call necessary what the law does not. */
function extended(
  base: LoadedPack,
  own: { readonly id: string; readonly version: string; readonly title: Pack['title']; readonly changes: readonly Change[] },
  categories: ReadonlyArray<Rule<Category>>,
  supplement: Supplement,
): LoadedPack {
  const rules = new Map(base.categories.map((rule) => [rule.value.id, rule]));
  for (const rule of categories) {
    const before = rules.get(rule.value.id)?.value;
    if (before === undefined) {
      const holder = base.categories.find((other) => other.value.no === rule.value.no);
      if (holder !== undefined)
        throw rule.document.problem({
          path: ['no'],
          message: `${rule.value.no} is "${holder.value.id}" in ${base.pack.id}; a new category takes a new number`,
        });
    } else checkTightened(rule, before, base.pack.id);
    const kept = new Set(fieldsOf(rule.value.items));
    const removed = before === undefined ? null : [...new Set(fieldsOf(before.items))].filter((field) => !kept.has(field)).sort(byText);
    rules.set(rule.value.id, { ...rule, value: { ...rule.value, policy: { pack: own.id, removed } } });
  }
  const all = [...rules.values()].sort((a, b) => a.value.no - b.value.no);
  return {
    pack: {
      ...base.pack,
      ...own,
      extends: base.pack.id,
      categories: all.map((rule) => rule.value),
      serviceData: [...(base.pack.serviceData ?? []), ...supplement.values.serviceData],
      refusal: [...(base.pack.refusal ?? []), ...supplement.values.refusal],
      manual: [...(base.pack.manual ?? []), ...supplement.values.manual],
    },
    categories: all,
    supplements: [...base.supplements, ...supplement.rules],
  };
}

function fieldsOf(items: readonly Item[] | null): readonly string[] {
  return (items ?? []).flatMap((item) => [...item.fields, ...(item.container?.fields ?? [])]);
}

function checkTightened(rule: Rule<Category>, before: Category, base: string): void {
  if (rule.value.no !== before.no)
    throw rule.document.problem({ path: ['no'], message: `"${before.id}" is number ${before.no} in ${base}` });
  if (before.items === null) return;
  const listed = new Set(fieldsOf(before.items));
  const always = new Set(
    before.items.flatMap((item) =>
      item.condition === null ? item.fields.filter((field) => item.fieldConditions[field] === undefined) : [],
    ),
  );
  for (const [index, item] of (rule.value.items ?? []).entries())
    for (const field of [...item.fields, ...(item.container?.fields ?? [])]) {
      if (!listed.has(field))
        throw rule.document.problem({
          path: ['items', index, 'fields'],
          message: `"${field}" is not on the list of ${base}; a pack that extends may only tighten`,
        });
      const free = item.condition === null && item.fieldConditions[field] === undefined && item.fields.includes(field);
      if (free && !always.has(field))
        throw rule.document.problem({
          path: ['items', index, 'fields'],
          message: `"${field}" is listed under a condition in ${base}; the condition must stay`,
        });
    }
}
