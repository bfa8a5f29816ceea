import type { AuditRecord, UnjudgedCheck } from '../model/report.js';
import type { Check } from '../model/rulebook.js';
import { type Bilingual, byText } from '../model/text.js';
import { CONSENT_WORDS } from './words.js';

const NO_INVENTORY: Bilingual = {
  zh: '没有给出隐私政策所声明的清单',
  en: 'the inventory that the privacy policy declares was not given',
};

const NO_OWN_DOMAINS: Bilingual = {
  zh: '清单声明了 first_party，但没有指明 App 自有的域名，归属未知的接收方未能核对',
  en: "the inventory declares first_party, and the app's own domains were not named: receivers that nobody claims could not be held against it",
};

/**
 * Checks that could not be judged, or not of every receiver, for lack of something only the tester can say. That none of their issues is listed means nothing: without
 * this a report would read as if they had been passed.
 */
export function unjudgedChecks({ rulebook, session }: Pick<AuditRecord, 'rulebook' | 'session'>): UnjudgedCheck[] {
  const marked = new Set(session.scenes.map(({ consent }) => consent));
  const whyNot = ({ needs = null }: Check): Bilingual | null => {
    if (needs === null) return null;
    if (needs !== 'inventory') {
      const { zh, en } = CONSENT_WORDS[needs];
      return marked.has(needs) ? null : { zh: `没有标记“${zh}”的场景`, en: `no scene is marked "${en.toLowerCase()}"` };
    }
    const { declared, firstPartyDomains } = session.subject;
    if (declared === null) return NO_INVENTORY;
    const namesOwn = declared.some(({ receiver }) => receiver.trim().toLowerCase() === 'first_party');
    return namesOwn && firstPartyDomains.length === 0 ? NO_OWN_DOMAINS : null;
  };
  return rulebook.checks
    .flatMap((check) => {
      const why = whyNot(check);
      return why === null ? [] : [{ check: check.id, name: check.name, why }];
    })
    .sort((a, b) => byText(a.check, b.check));
}
