import type { AttributionBasis } from '../model/exchange.js';
import type { Grade, Severity, VerdictName } from '../model/finding.js';
import type { OtherApp, RefusalAnswer, SessionReport } from '../model/report.js';
import type { ConsentState } from '../model/session.js';
import { type Bilingual, chineseNumber, inLanguage, type Language } from '../model/text.js';

/** The words that every readable output shares. */
export const VERDICT_WORDS: Record<VerdictName, Bilingual> = {
  beyond_necessary: { zh: '超出必要范围', en: 'Beyond necessary' },
  conditional: { zh: '有条件必要', en: 'Conditional' },
  necessary: { zh: '属于必要范围', en: 'Necessary' },
  technical: { zh: '技术或服务信息', en: 'Technical/service' },
  not_judged: { zh: '未判定', en: 'Not judged' },
};

export const VERDICT_MEANING: Record<VerdictName, Bilingual> = {
  beyond_necessary: {
    zh: '不在该类App的必要个人信息清单内：须取得用户同意，用户拒绝时不得拒绝提供基本功能服务。',
    en: "Not on the category's list: it needs the user's consent, and a refusal must not cost the user the basic function.",
  },
  conditional: {
    zh: '仅在特定业务条件下属于必要，条件尚未由测试者确认。',
    en: 'Necessary under a condition only, which the tester has not answered.',
  },
  necessary: { zh: '在该类App的必要个人信息清单内。', en: "On the category's list." },
  technical: {
    zh: '联网通常会带上的技术信息，或发往自有服务器、属于服务本身的数据，仅作说明。',
    en: "What going online usually carries, or data that is the service itself on the app's own servers; shown for information.",
  },
  not_judged: { zh: '依据不足，未作判定（不等于没有问题）。', en: 'Not enough to judge by; this does not mean that all is well.' },
};

export const GRADE_WORDS: Record<Grade, Bilingual> = {
  confirmed: { zh: '已确认', en: 'Confirmed' },
  strong: { zh: '强证据', en: 'Strong' },
  probable: { zh: '很可能', en: 'Probable' },
  candidate: { zh: '候选', en: 'Candidate' },
  opaque: { zh: '无法解读', en: 'Opaque' },
};

export const GRADE_MEANING: Record<Grade, Bilingual> = {
  confirmed: {
    zh: '与测试人物的已知值一致（含各种编码和完整摘要）',
    en: 'equals a value the tester entered, in any encoding or as a full digest',
  },
  strong: { zh: '通过严格校验且字段名相符', en: 'passes a strict validator and has a matching name' },
  probable: {
    zh: '字段名与数据形式相符，或有其他字段、其他请求佐证',
    en: 'name and shape match, or other fields or requests bear it out',
  },
  candidate: { zh: '仅数据形式相符', en: 'shape alone matches' },
  opaque: { zh: '内容加密或无法解码', en: 'encrypted or undecodable' },
};

export const SEVERITY_WORDS: Record<Severity, Bilingual> = {
  high: { zh: '高', en: 'High' },
  medium: { zh: '中', en: 'Medium' },
  low: { zh: '低', en: 'Low' },
  info: { zh: '提示', en: 'Info' },
};

export const CONSENT_WORDS: Record<ConsentState, Bilingual> = {
  before_consent: { zh: '同意前', en: 'Before consent' },
  consented: { zh: '已同意', en: 'Consented' },
  refused: { zh: '已拒绝', en: 'Refused' },
  background: { zh: '后台', en: 'Background' },
};

export const ANSWER_WORDS: Record<RefusalAnswer['answer'], Bilingual> = {
  works: { zh: '基本功能可用', en: 'Basic function works' },
  refused: { zh: '基本功能被拒绝', en: 'Basic function refused' },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  not_tested: { zh: '未测试', en: 'Not tested' },
};

/** Whose a receiver is. */
export function partyWords(firstParty: boolean | null): Bilingual {
  if (firstParty === null) return { zh: '归属未知', en: 'owner unknown' };
  return firstParty ? { zh: '自有', en: 'first party' } : { zh: '第三方', en: 'third party' };
}

/** One reference of the rules (`4`, `5(2)`, or `acme-policy(40)` for a category of a user's own pack) as a provision is cited. */
function provision(reference: string): Bilingual {
  const [, article, item] = /^(\d+)(?:\((\d+)\))?$/.exec(reference) ?? [];
  if (article === undefined) {
    const [, pack = reference, no = ''] = /^(.+)\((\d+)\)$/.exec(reference) ?? [];
    return { zh: `规则包 ${pack}${no === '' ? '' : ` 第 ${no} 项`}`, en: `pack ${pack}${no === '' ? '' : `, item ${no}`}` };
  }
  const zh = `第${chineseNumber(Number(article))}条${item === undefined ? '' : `第（${chineseNumber(Number(item))}）项`}`;
  return { zh, en: `art. ${reference}` };
}

/** `第四条、第五条第（二）项` / `art. 4, 5(2)` for the `article` of a reason (`4, 5(2)`); empty where there is none. */
export function articleWords(article: string | null, language: Language): string {
  return cited(referencesOf(article), language);
}

/** The provisions of a reason that its own text does not name already. */
export function articlesBeside(text: string, article: string | null, language: Language): string {
  const missing = referencesOf(article).filter((reference) => !text.includes(inLanguage(provision(reference), language)));
  if (missing.length === 0) return '';
  return language === 'en' ? ` (${cited(missing, language)})` : `（${cited(missing, language)}）`;
}

function referencesOf(article: string | null): string[] {
  return article === null ? [] : article.split(',').map((part) => part.trim());
}

function cited(references: readonly string[], language: Language): string {
  const words = references.map((reference) => inLanguage(provision(reference), language));
  // "art." once in front of all: art. 4, 5(2).
  return language === 'en' ? words.join(', ').replaceAll(', art. ', ', ') : words.join('、');
}

/** What tells that an exchange is of the app under test. */
export const BASIS_WORDS: Record<AttributionBasis | 'none', Bilingual> = {
  adb: { zh: '手机连接表（adb）指明', en: "named by the phone's table of connections (adb)" },
  user: { zh: '代理用户名指明', en: 'named by the proxy user name' },
  referer: { zh: '小程序 Referer 指明', en: 'named by the Referer of a mini program' },
  header: { zh: 'WebView 请求头（X-Requested-With）指明', en: 'named by the WebView (X-Requested-With)' },
  agent: { zh: 'User-Agent 指明', en: 'named by the user agent' },
  none: { zh: '无从得知，按被测 App 计', en: 'nothing tells; counted for the app under test' },
};

export const KIND_WORDS: Record<OtherApp['kind'], Bilingual> = {
  system: { zh: '系统', en: 'system' },
  app: { zh: '其他应用', en: 'other app' },
  mini_program: { zh: '小程序', en: 'mini program' },
};

/** A scene by its name; what was sent outside of every marked scene has none. @param id of the scene; null or '': none. */
export function sceneName({ session }: Pick<SessionReport, 'session'>, id: string | null, language: Language): string {
  if (id === null || id === '') return language === 'en' ? 'not marked' : '未标记';
  return session.scenes.find((scene) => scene.id === id)?.name ?? id;
}
