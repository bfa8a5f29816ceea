import type { SessionReport } from '../model/report.js';
import { type Bilingual, inLanguage, type Language } from '../model/text.js';
import type { DiffChange, DiffEntry, ReportDiff } from './diff.js';
import { visible } from './visible.js';
import { GRADE_WORDS, VERDICT_WORDS } from './words.js';

const SIDES: Readonly<Record<string, Bilingual>> = { before: { zh: '前者', en: 'The first' }, after: { zh: '后者', en: 'The second' } };
const REASONS: Readonly<Record<string, Bilingual>> = {
  'no-traffic': { zh: '没有任何通信', en: 'has no traffic' },
  'nothing-read': {
    zh: '发送的内容全部经过加密或采用未知编码、超出处理上限或未被录下，无法查看',
    en: 'sent nothing that could be looked into: all encrypted or in an unknown encoding, beyond a bound, or left out of the recording',
  },
  'nothing-decrypted': { zh: '的通信均未能解密', en: 'has nothing that could be decrypted' },
  'not-analysed': { zh: '有未分析的请求', en: 'has exchanges that were not analysed' },
  interrupted: { zh: '的记录意外中断，可能不完整', en: 'was interrupted and may be incomplete' },
  selection: { zh: '只是筛选出的部分发现', en: 'lists a selection of its findings only' },
  'not-stored': { zh: '有未能保存的记录', en: 'has records that could not be stored' },
};
const GENERAL: Readonly<Record<string, Bilingual>> = {
  'different-rules': {
    zh: '两份结果依据的规则不同：判定的变化可能来自规则。',
    en: 'The two were judged under different rules: a changed verdict may come from them.',
  },
  'different-category': {
    zh: '两份结果的App类型不同：判定的变化可能来自App类型。',
    en: 'The two were judged under different categories: a changed verdict may come from that.',
  },
};

/** A caveat as a sentence; one that has no words yet is given as it stands. */
export function caveatWords(caveat: string): Bilingual {
  const [, side = '', reason = ''] = /^(before|after)-(.+)$/.exec(caveat) ?? [];
  const words = REASONS[reason];
  const who = SIDES[side];
  if (words === undefined || who === undefined) return GENERAL[caveat] ?? { zh: caveat, en: caveat };
  return { zh: `${who.zh}${words.zh}，没有看到不等于没有。`, en: `${who.en} ${words.en}; not seen there does not mean not sent.` };
}

const CHANGES: Readonly<Record<string, Bilingual>> = {
  verdict: { zh: '判定', en: 'verdict' },
  grade: { zh: '证据强度', en: 'grade' },
  issues: { zh: '问题', en: 'issues' },
  scenes: { zh: '场景', en: 'scenes' },
};

/** What changed in one finding: `判定 属于必要范围 → 超出必要范围`. @param name of a check, for people. */
export function changeWords({ before, after, what }: DiffChange, language: Language, name: (id: string) => string): string[] {
  const listed = (checks: readonly string[]) => (checks.length === 0 ? '–' : checks.map(name).join(language === 'en' ? ', ' : '、'));
  const say = (text: Bilingual) => inLanguage(text, language);
  return what.map((name) => {
    const label = say(CHANGES[name] ?? { zh: name, en: name });
    if (name === 'verdict') return `${label} ${say(VERDICT_WORDS[before.verdict])} → ${say(VERDICT_WORDS[after.verdict])}`;
    if (name === 'grade') return `${label} ${say(GRADE_WORDS[before.grade])} → ${say(GRADE_WORDS[after.grade])}`;
    if (name === 'issues') return `${label} ${listed(before.issues)} → ${listed(after.issues)}`;
    return label;
  });
}

/** What the two sides are called where they are no stored sessions, or one and the same: their files, or their scenes. */
export type SideNames = readonly [before: string, after: string];

/** `首个版本 1.0 (20261121-abc)`: how a side is called. */
export function sideName({ session }: SessionReport, called = session.id): string {
  return visible(session.app === null ? called : `${session.app} (${called})`);
}

/** Names of data types and checks as the two reports give them; an id that neither explains stays an id. */
export function nameIn(reports: readonly SessionReport[], language: Language): (id: string) => string {
  const names = new Map<string, Bilingual>();
  for (const { findings, basis } of reports) {
    for (const { dataType, dataTypeName } of findings) names.set(dataType, dataTypeName);
    for (const { id, name } of basis?.checks ?? []) names.set(id, name);
  }
  return (id) => {
    const name = names.get(id);
    return name === undefined ? id : inLanguage(name, language);
  };
}

/** `同意前收集（before_consent）`: for people, with the id that `--fail-on` and the rules know it by. */
export function titledIn(reports: readonly SessionReport[], language: Language): (id: string) => string {
  const name = nameIn(reports, language);
  return (id) => (name(id) === id ? id : language === 'en' ? `${name(id)} (${id})` : `${name(id)}（${id}）`);
}

/** The difference in a screenful for a terminal. Captured text has its controls written out. */
export function diffText(
  before: SessionReport,
  after: SessionReport,
  diff: ReportDiff,
  language: Language,
  called: SideNames = [before.session.id, after.session.id],
): string {
  const say = (zh: string, en: string) => (language === 'en' ? en : zh);
  const line = (sign: string, { dataTypeName, app, host, company, verdict, issues }: DiffEntry, more = '') => {
    const owner = company === null ? '' : ` (${inLanguage(company, language)})`;
    const words = [inLanguage(VERDICT_WORDS[verdict], language), issues.map(titled).join(say('、', ', ')), more].filter(
      (word) => word !== '',
    );
    return `${sign} ${visible(`${inLanguage(dataTypeName, language)}${app === 'main' ? '' : ` [${app}]`} → ${host}${owner}`)}  ${visible(words.join('  '))}`;
  };
  const titled = titledIn([before, after], language);
  const names = (label: string, list: readonly string[]) => (list.length === 0 ? [] : [`${label}: ${visible(list.join(', '))}`]);
  const { receivers, dataTypes } = diff;
  const name = nameIn([before, after], language);
  return [
    `${sideName(before, called[0])}  →  ${sideName(after, called[1])}`,
    ...diff.new.map((entry) => line('+', entry)),
    ...diff.gone.map((entry) => line('-', entry)),
    ...diff.changed.map((change) => line('~', change.after, changeWords(change, language, titled).join('; '))),
    say(
      `新增 ${diff.new.length} · 消失 ${diff.gone.length} · 变化 ${diff.changed.length} · 不变 ${diff.same}`,
      `new ${diff.new.length} · gone ${diff.gone.length} · changed ${diff.changed.length} · same ${diff.same}`,
    ),
    ...names(say('新增接收方', 'new receivers'), receivers.new),
    ...names(say('不再出现的接收方', 'receivers gone'), receivers.gone),
    ...names(say('新增个人信息类型', 'new data types'), dataTypes.new.map(name)),
    ...names(say('不再出现的个人信息类型', 'data types gone'), dataTypes.gone.map(name)),
    ...diff.caveats.map((caveat) => `! ${visible(inLanguage(caveatWords(caveat), language))}`),
  ].join('\n');
}
