import { z } from 'zod';
import { RuleError } from '../errors.js';
import type { Category, ManualItem, Pack, Question, ServiceData } from '../model/rulebook.js';
import type { Rule, RuleFolder } from './folder.js';
import { category as categorySchema } from './schema/category.js';
import { officialPack, userPack } from './schema/pack.js';
import { manual, refusal, serviceData } from './schema/supplement.js';
import { tightened } from './tightening.js';

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
const PUBLISHED_COUNTS: ReadonlyMap<string, readonly [number, number]> = new Map([['cn-2021', [39, 13]]]);

/** The texts that verdicts quote by article. The lists of any other pack (another country's law, a house rule) go by the pack's own numbers. */
const QUOTED = new Set(['cn-2021', 'cn-2020-draft']);

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
      throw new RuleError(`${place.folder.root}/${place.path}pack.yaml`, null, 'id', {
        zh: `规则包“${place.id}”重复`,
        en: `a second pack "${place.id}"`,
      });
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
      {
        zh: `没有规则包“${id}”；现有：${places.map((one) => one.id).join('、') || '无'}`,
        en: `no pack "${id}"; there are: ${places.map((one) => one.id).join(', ') || 'none'}`,
      },
      wantedBy === null
        ? {
            zh: '用 --pack 写明其中一个；自己的规则包须用 --rules 给出所在文件夹。',
            en: 'Name one of them with --pack; a pack of your own needs its folder in --rules.',
          }
        : undefined,
    );
  const file = `${place.folder.root}/${place.path}pack.yaml`;
  if (seen.includes(id))
    throw new RuleError(file, null, 'extends', {
      zh: `规则包互相继承：${[...seen, id].join(' -> ')}`,
      en: `packs extend each other: ${[...seen, id].join(' -> ')}`,
    });
  const kind = place.folder.read(`${place.path}pack.yaml`, z.looseObject({ extends: z.unknown().optional() }));
  const categories = readCategories(place);
  if (kind.value.extends !== undefined) {
    const own = place.folder.read(`${place.path}pack.yaml`, userPack);
    checkId(own, id);
    const base = loadPack(places, own.value.extends, file, [...seen, id]);
    const merged = tightened(base.categories, categories, { own: id, base: base.pack.id });
    const supplement = readSupplements(place);
    return {
      pack: {
        ...base.pack,
        ...own.value,
        extends: base.pack.id,
        categories: merged.map((rule) => rule.value),
        serviceData: [...(base.pack.serviceData ?? []), ...supplement.values.serviceData],
        refusal: [...(base.pack.refusal ?? []), ...supplement.values.refusal],
        manual: [...(base.pack.manual ?? []), ...supplement.values.manual],
      },
      categories: merged,
      supplements: [...base.supplements, ...supplement.rules],
    };
  }
  return published(place, categories);
}

function published(place: PackPlace, categories: ReadonlyArray<Rule<Category>>): LoadedPack {
  const own = place.folder.read(`${place.path}pack.yaml`, officialPack);
  const { counts: stated, ...rest } = own.value;
  checkId(own, place.id);
  for (const [index, rule] of categories.entries())
    if (rule.value.no !== index + 1)
      throw rule.document.problem({
        path: ['no'],
        message: {
          zh: `App 类型从 1 起连续编号，此处应为 ${index + 1}`,
          en: `categories count from 1 without a gap; expected ${index + 1}`,
        },
      });
  const [all, none] = PUBLISHED_COUNTS.get(place.id) ?? [stated?.categories, stated?.noPersonalInfoNeeded];
  const needNone = categories.filter((rule) => rule.value.noPersonalInfoNeeded).length;
  if (all !== undefined && categories.length !== all)
    throw own.document.problem({
      path: ['counts', 'categories'],
      message: {
        zh: `原文有 ${all} 类，文件有 ${categories.length} 个`,
        en: `the text has ${all} categories; ${categories.length} files were found`,
      },
    });
  if (none !== undefined && needNone !== none)
    throw own.document.problem({
      path: ['counts', 'noPersonalInfoNeeded'],
      message: {
        zh: `原文中无须个人信息的有 ${none} 类，文件中有 ${needNone} 个`,
        en: `the text names ${none} categories that need nothing; ${needNone} files say so`,
      },
    });
  const supplement = readSupplements(place);
  const numbered = QUOTED.has(place.id)
    ? categories
    : categories.map((rule) => ({ ...rule, value: { ...rule.value, policy: { pack: place.id, removed: null } } }));
  return {
    pack: { ...rest, extends: null, categories: numbered.map((rule) => rule.value), ...supplement.values },
    categories: numbered,
    supplements: supplement.rules,
  };
}

function checkId(rule: Rule<{ readonly id: string }>, id: string): void {
  if (rule.value.id !== id)
    throw rule.document.problem({ path: ['id'], message: { zh: `文件夹名为“${id}”，与此不符`, en: `the folder is called "${id}"` } });
}

function readCategories(place: PackPlace): ReadonlyArray<Rule<Category>> {
  const rules = place.folder.readAll(`${place.path}categories`, categorySchema);
  for (const [index, rule] of rules.entries()) {
    const { id, no } = rule.value;
    const name = `${String(no).padStart(2, '0')}-${id.replaceAll('_', '-')}`;
    if (rule.stem !== name)
      throw rule.document.problem({
        path: ['id'],
        message: {
          zh: `第 ${no} 类“${id}”的文件名应为 ${name}.yaml`,
          en: `category ${no} "${id}" belongs in a file called ${name}.yaml`,
        },
      });
    if (rules.findIndex((other) => other.value.id === id) !== index)
      throw rule.document.problem({ path: ['id'], message: { zh: `App 类型“${id}”重复`, en: `a second category "${id}"` } });
    if (rules.findIndex((other) => other.value.no === no) !== index)
      throw rule.document.problem({ path: ['no'], message: { zh: `App 类型编号 ${no} 重复`, en: `a second category ${no}` } });
    const texts = new Map<string, string>();
    for (const { path, condition } of conditionsOf(rule.value)) {
      const before = texts.get(condition.id);
      if (before !== undefined && before !== condition.text.zh)
        throw rule.document.problem({
          path,
          message: { zh: `条件“${condition.id}”有两种文字`, en: `condition "${condition.id}" has two texts` },
        });
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
