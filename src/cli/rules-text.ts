import type { Category, Check, DataType, Rulebook } from '../model/rulebook.js';
import { type Bilingual, inLanguage, type Language } from '../model/text.js';
import { SEVERITY_WORDS } from '../report/words.js';
import type { PackDifference } from '../rulebook/packs.js';

/** A rule as a lawyer or QA lead reads it in a terminal: official Chinese first, then the words of the language asked for. */

/** A category with its basic function, items and the types that each item names. */
export function categoryText(category: Category, rulebook: Rulebook, language: Language): string {
  const types = new Map(rulebook.dataTypes.map((type) => [type.id, type]));
  const lines = [`${category.no}. ${category.name.zh} / ${category.name.en} (${category.id})`];
  if (category.basicFunction !== null) lines.push(`   ${inLanguage(category.basicFunction, language)}`);
  if (category.noPersonalInfoNeeded)
    lines.push(language === 'en' ? '   No personal information is needed.' : '   无须个人信息，即可使用基本功能服务。');
  if (category.items === null) lines.push(language === 'en' ? '   List not verified: never judged.' : '   清单未核实：不作判定。');
  for (const item of category.items ?? []) {
    lines.push('', `   ${item.text.zh}`, `   ${item.text.en}`);
    if (item.condition !== null) lines.push(`   ⚠ ${item.condition.id}: ${inLanguage(item.condition.text, language)}`);
    for (const field of item.fields) {
      const type = types.get(field);
      const condition = item.fieldConditions[field];
      const how = type === undefined ? '' : `${type.detectable}; ${type.detect.keys.slice(0, 6).join(', ')}`;
      lines.push(`     - ${field.padEnd(22)} ${type === undefined ? '' : inLanguage(type.name, language)}  [${how}]`);
      if (condition !== undefined) lines.push(`         ⚠ ${condition.id}: ${inLanguage(condition.text, language)}`);
    }
  }
  return lines.join('\n');
}

const DETECTABLE: Readonly<Record<DataType['detectable'], Bilingual>> = {
  detectors: { zh: '键名与值', en: 'by key name and value' },
  'key-only': { zh: '仅凭键名', en: 'by key name alone' },
  'known-value-only': { zh: '仅凭已知值', en: 'by known values only' },
  container: { zh: '由多个字段组成', en: 'as a group of fields' },
};
const SENSITIVE: Readonly<Record<string, Bilingual>> = {
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  context: { zh: '视情形', en: 'depends' },
};

/** One data type: what it is, how sensitive under which standard, where it is listed, how it is recognised, its examples. */
export function dataTypeText(type: DataType, { pack, families }: Rulebook, language: Language): string {
  const say = (zh: string, en: string) => (language === 'en' ? en : zh);
  const words = (text: Bilingual | undefined) => (text === undefined ? '' : inLanguage(text, language));
  const { detect } = type;
  const line = (label: string, value: string) => (value === '' ? [] : [`   ${label}${say('：', ': ')}${value}`]);
  const listed = pack.categories.flatMap((category) =>
    (category.items ?? []).filter((item) => item.fields.includes(type.id)).map((item) => ({ category, item })),
  );
  return [
    `${type.name.zh} / ${type.name.en} (${type.id})`,
    ...line(say('族', 'family'), words(families.find(({ id }) => id === type.family)?.name) || type.family),
    ...line('GB/T 35273-2020', words(type.gbt35273)),
    ...line(
      say('敏感个人信息', 'sensitive'),
      [
        `${say('个保法第28条', 'PIPL art. 28')} ${words(SENSITIVE[type.sensitive.pipl28])}`,
        `GB/T 35273 ${say('附录B', 'annex B')} ${words(SENSITIVE[type.sensitive.gbt35273B ? 'yes' : 'no'])}`,
        `GB/T 45574 ${words(SENSITIVE[type.sensitive.gbt45574])}`,
      ].join(say('；', '; ')),
    ),
    ...line(
      say('标识符', 'identifier'),
      type.identifier === null ? '' : type.identifier === 'immutable' ? say('不可变', 'cannot be changed') : say('可重置', 'can be reset'),
    ),
    ...(type.technical ? line(say('性质', 'nature'), say('通信技术信息，默认仅作说明', 'technical data, shown as information')) : []),
    ...line(say('说明', 'note'), type.note ?? ''),
    '',
    ...line(say('识别方式', 'recognised'), words(DETECTABLE[type.detectable])),
    ...line(say('键名', 'keys'), detect.keys.join(', ')),
    ...line(say('多义键名（值须通过校验）', 'ambiguous keys (the value must pass)'), detect.weakKeys.join(', ')),
    ...line(say('语境键名（同处须有同类信息）', 'keys in context (beside data of the same subject)'), detect.contextKeys.join(', ')),
    ...line(say('不算的键名', 'keys that mean something else'), detect.notKeys.join(', ')),
    ...line(say('校验', 'validator'), detect.validator ?? ''),
    ...line(say('形状', 'shape'), detect.shape ?? ''),
    ...line(say('证据强度', 'grade'), gradeText(detect, language)),
    '',
    ...(listed.length === 0
      ? [`   ${say('不在任何类型的清单上。', 'On no list.')}`]
      : [
          `   ${say(`列于 ${listed.length} 处清单`, `On ${listed.length} list${listed.length === 1 ? '' : 's'}`)}${say('：', ':')}`,
          ...listed.map(({ category, item }) => {
            const condition = item.condition ?? item.fieldConditions[type.id];
            const open = condition === undefined ? '' : `  ⚠ ${condition.id}`;
            return `     ${String(category.no).padStart(2)}. ${words(category.name)}${say('：', ': ')}${item.text.zh}${open}`;
          }),
        ]),
    '',
    ...exampleLines(say('是', 'match'), type.match),
    ...exampleLines(say('不是', 'no match'), type.noMatch),
  ].join('\n');
}

function gradeText({ withKey, withoutKey }: DataType['detect'], language: Language): string {
  const parts = [
    withKey === null ? '' : `${language === 'en' ? 'with a key' : '有键名'} ${withKey}`,
    withoutKey === null ? '' : `${language === 'en' ? 'value alone' : '仅凭值'} ${withoutKey}`,
  ];
  return parts.filter((part) => part !== '').join(language === 'en' ? '; ' : '；');
}

function exampleLines(label: string, examples: DataType['match']): string[] {
  return examples.map(
    ({ key, value, why }) => `   ${label}  ${key === undefined ? '' : `${key} = `}${value}${why === undefined ? '' : `  (${why})`}`,
  );
}

/** One check with its clause; a check that nothing in this program can answer says so, for it is never "clean" (`abroad`). */
export function checkText(check: Check, rulebook: Rulebook, language: Language): string {
  const say = (zh: string, en: string) => (language === 'en' ? en : zh);
  const settings = Object.entries(check.settings).map(([name, value]) => `${name} = ${value}`);
  return [
    `${check.name.zh} / ${check.name.en} (${check.id})  ${inLanguage(SEVERITY_WORDS[check.severity], language)}`,
    `   ${check.clause}`,
    `   ${check.clauseText.zh}`,
    ...(language === 'en' ? [`   ${check.clauseText.en}`] : []),
    `   ${say('建议：', 'Advice: ')}${inLanguage(check.advice, language)}`,
    `   ${say('何时没有问题：', 'Fine when: ')}${inLanguage(check.fineWhen, language)}`,
    ...(settings.length === 0 ? [] : [`   ${say('设置：', 'Settings: ')}${settings.join(', ')}`]),
    ...(check.id === 'abroad' ? [`   ${inLanguage(abroadText(rulebook), language)}`] : []),
  ].join('\n');
}

/** What `abroad` rests on; without a table it can answer nothing, which is never "clean". */
export function abroadText({ registry }: Pick<Rulebook, 'registry'>): Bilingual {
  return registry
    ? {
        zh: `依据 ${registry.date} 的地址登记表（可用 --countries 换成自己的）：登记地不等于服务器所在地；没有此项问题不等于没有出境。`,
        en: `By the table of address registrations of ${registry.date} (--countries brings another): where an address is registered is not where the server stands. No such issue does not mean that nothing went abroad.`,
      }
    : {
        zh: '未判定：规则中没有地址登记表，也没有用 --countries 给出；没有此项问题不等于没有出境。',
        en: 'Not judged: the rules have no table of address registrations, and --countries brought none. No such issue does not mean that nothing went abroad.',
      };
}

const KINDS: Readonly<Record<string, Bilingual>> = {
  added: { zh: '新增类型', en: 'New category' },
  removed: { zh: '取消类型', en: 'Category dropped' },
  changed: { zh: '有变化', en: 'Changed' },
  unknown: { zh: '无从比较（一方清单未核实）', en: 'Cannot be compared (a list could not be verified)' },
};

/** What changed between two packs, category by category; those without a change are only counted. */
export function packDifferenceText(difference: PackDifference, language: Language): string {
  const say = (zh: string, en: string) => (language === 'en' ? en : zh);
  const { from, to, counts } = difference;
  const lines = [
    `${from.id} ${from.version} → ${to.id} ${to.version}`,
    say(
      `新增 ${counts.added} · 取消 ${counts.removed} · 变化 ${counts.changed} · 不变 ${counts.same} · 无从比较 ${counts.unknown}`,
      `added ${counts.added} · removed ${counts.removed} · changed ${counts.changed} · same ${counts.same} · not comparable ${counts.unknown}`,
    ),
  ];
  for (const category of difference.categories) {
    const kind = KINDS[category.kind];
    if (kind === undefined) continue;
    lines.push('', `${inLanguage(kind, language)}${say('：', ': ')}${inLanguage(category.name, language)} (${category.id})`);
    if (category.becameNoPersonalInfo) lines.push(`   ${say('改为无须个人信息', 'now needs no personal information')}`);
    if (category.lostNoPersonalInfo)
      lines.push(`   ${say('不再是无须个人信息', 'no longer among those that need no personal information')}`);
    if (category.basicFunction !== null)
      lines.push(`   ${say('基本功能', 'basic function')}: ${category.basicFunction.from ?? '–'} → ${category.basicFunction.to ?? '–'}`);
    for (const text of category.textRemoved) lines.push(`   - ${text}`);
    for (const text of category.textAdded) lines.push(`   + ${text}`);
    if (category.removed.length > 0)
      lines.push(`   ${say('移出的个人信息类型', 'data types off the list')}: ${category.removed.join(', ')}`);
    if (category.added.length > 0) lines.push(`   ${say('列入的个人信息类型', 'data types on the list')}: ${category.added.join(', ')}`);
    for (const { field, from: before, to: after } of category.conditions)
      lines.push(
        `   ⚠ ${field}: ${before.join(', ') || say('无条件', 'no condition')} → ${after.join(', ') || say('无条件', 'no condition')}`,
      );
  }
  if (difference.documented.length > 0) {
    lines.push('', say('规则包所记的变化：', 'As the pack records it:'));
    for (const { category, text, verified } of difference.documented)
      lines.push(
        `   ${category === '*' ? '' : `${category}: `}${inLanguage(text, language)}${verified ? '' : say('（未核实）', ' (not verified)')}`,
      );
  }
  return lines.join('\n');
}
