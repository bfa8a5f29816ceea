import type { AuditRecord, UnjudgedCheck } from '../model/report.js';
import type { ConsentState } from '../model/session.js';
import type { Bilingual } from '../model/text.js';
import { byText } from './order.js';
import { CONSENT_WORDS } from './words.js';

/** Checks that rest on a scene which a person marks, and the consent that scene has. */
const SCENE_OF: ReadonlyMap<string, ConsentState> = new Map([
  ['before_consent', 'before_consent'],
  ['after_refusal', 'refused'],
  ['background', 'background'],
]);

const NO_INVENTORY: Bilingual = {
  zh: '没有给出隐私政策所声明的清单',
  en: 'the inventory that the privacy policy declares was not given',
};

/**
 * Checks that could not be judged for lack of something only the tester can say. That none of their issues is listed means nothing: without
 * this a report would read as if they had been passed.
 */
export function unjudgedChecks({ rulebook, session }: Pick<AuditRecord, 'rulebook' | 'session'>): UnjudgedCheck[] {
  const marked = new Set(session.scenes.map(({ consent }) => consent));
  const whyNot = (id: string): Bilingual | null => {
    const consent = SCENE_OF.get(id);
    if (consent !== undefined && !marked.has(consent)) {
      const { zh, en } = CONSENT_WORDS[consent];
      return { zh: `没有标记“${zh}”的场景`, en: `no scene is marked "${en.toLowerCase()}"` };
    }
    return id === 'undeclared' && session.subject.declared === null ? NO_INVENTORY : null;
  };
  return rulebook.checks
    .flatMap(({ id, name }) => {
      const why = whyNot(id);
      return why === null ? [] : [{ check: id, name, why }];
    })
    .sort((a, b) => byText(a.check, b.check));
}
