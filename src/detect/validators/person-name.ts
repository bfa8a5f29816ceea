import type { Passed, Validator } from '../validator.js';
import { validator as chinese } from './chinese-name.js';

/** Jane, JANE, O'Brien, Jean-Luc, Müller; particles stay small. Accents as typed or as combined letters. */
const WORD =
  "(?:\\p{Lu}(?:['’]\\p{Lu})?(?:\\p{Ll}+|\\p{Lu}+)?(?:[-'’]\\p{Lu}?\\p{Ll}+)*\\.?|de|da|di|del|van|von|der|den|la|le|bin|al|el|dos|y)";
const LATIN = new RegExp(`^${WORD}(?:[ ,]{1,2}${WORD}){0,4}$`, 'u');
/** Names in kana and in Hangul have no list to test by; the writing alone narrows enough below a name that means one thing. */
const KANA = /^[\u3041-\u3096\u30a1-\u30fa\u30fc・ 　\u4e00-\u9fff]{2,16}$/u;
const HANGUL = /^[\uac00-\ud7a3]{2,5}(?: [\uac00-\ud7a3]{1,4})?$/u;

/** Capitalised words that stand in name fields and name nobody: states, roles, systems, firms. */
const NOT_NAMES =
  /^(?:true|false|null|none|unknown|undefined|default|guest|test|tester|testing|user|users|admin|system|root|anonymous|customer|member|visitor|owner|push|app|web|server|client|host|service|support|sales|team|android|ios|iphone|windows|home|main|global|all|other|others|na|n|yes|no|ok|on|off|hello|world|name|[a-z]{0,12}name|male|female|company|shop|store|bank|success|failed|error|loading|submit)$|\b(?:api|portal|support|department|office|official|foundation|association|institute|committee|inc|ltd|llc|gmbh|corp|co|center|centre|store|shop|service|services|company|group|team|bank|hotel|hospital|school|university|test|user|app|sdk|client|demo|page|event|button|screen|click|view|home|product|order|hello)\b\.?/i;

/** Whether a word stands in name fields without being anybody's name: `guest`, `test`, `admin`. */
export function namesNobody(word: string): boolean {
  return NOT_NAMES.test(word);
}

export const validator: Validator = {
  source:
    '公安部《全国姓名报告》 for Chinese names; letters, kana and Hangul by their writing only (no list of the world’s names exists), so only below a name that means one thing',
  fits: (shape) => chinese.fits(shape) || (shape.digits === 0 && !shape.at && !shape.colon && shape.length >= 2 && shape.length <= 48),
  check(value): Passed | null {
    const native = chinese.check(value);
    if (native) return native;
    const text = value.trim();
    const latin = LATIN.test(text) && text.length >= 2 && !NOT_NAMES.test(text);
    const kana = /[\u3041-\u30fc]/.test(text) && KANA.test(text);
    if (!latin && !kana && !HANGUL.test(text)) return null;
    return {
      normalised: text.toLowerCase(),
      placeholder: /^(?:john|jane) (?:doe|smith)$/i.test(text),
      passRate: 0.5,
      note: latin
        ? { zh: '外文姓名的写法（首字母大写）', en: 'written like a name in Latin letters' }
        : { zh: '假名或谚文姓名的写法', en: 'written like a name in kana or Hangul' },
    };
  },
};
