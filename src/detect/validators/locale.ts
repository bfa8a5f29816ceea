import type { Passed, Validator } from '../validator.js';

/** ISO 639-1 codes that phones are set to, the three-letter ones that Android's ISO3 call returns, and written-out names. */
const LANGUAGES: ReadonlySet<string> = new Set(
  (
    'zh en ja ko fr de es it pt ru ar tr vi th id in ms tl fil hi bn ta te ur fa he iw pl nl sv no nb nn da fi cs sk hu ro bg el uk hr sr sl lt lv et ' +
    'my km lo mn ne si kk uz ky tg ka hy az sq mk bs is ga mt cy eu ca gl af sw am zu xh bo ug yue br ' +
    'zho chi eng jpn kor fra fre deu ger spa ita por rus ara tur vie tha ind msa may hin pol nld dut swe nor dan fin ces cze hun ron rum ell gre ukr heb'
  ).split(' '),
);
const TAG = /^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_]#?[a-z0-9]+)*$/i;
const NAMES =
  /^(?:chinese|english|japanese|korean|russian|french|german|spanish|portuguese|italian|arabic|turkish|vietnamese|thai|indonesian?|malay|hindi|dutch|polish|swedish|ukrainian|persian|bengali|tamil|telugu|中文|简体中文|繁体中文|繁體中文|汉语|英语|英文|日语|日本語|한국어|chs|cht|sc|tc|cn|tw|hk)$/i;

function isLanguage(text: string): boolean {
  if (NAMES.test(text)) return true;
  const tag = TAG.exec(text);
  if (!tag) return false;
  if (LANGUAGES.has((tag[1] ?? '').toLowerCase())) return true;
  // Some apps write it the other way round: US_en.
  const turned = /^[A-Z]{2}[-_]([a-z]{2})$/.exec(text);
  return turned !== null && LANGUAGES.has(turned[1] ?? '');
}

export const validator: Validator = {
  source: 'BCP 47 with ISO 639 codes; Android Locale.toString (zh_CN_#Hans) and getISO3Language; Accept-Language lists',
  fits: (shape) => shape.length >= 2 && shape.length <= 80 && shape.digits <= 12,
  check(value): Passed | null {
    const text = value
      .trim()
      .replace(/^[([{"']+|[)\]}"']+$/g, '')
      .trim()
      // A locale without a region: `en_`.
      .replace(/^([a-z]{2,3})_$/i, '$1');
    const tags = text
      .split(/[,;|]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '' && !/^q=/.test(tag));
    if (tags.length === 0 || !tags.every(isLanguage)) return null;
    return {
      normalised: tags.join(','),
      placeholder: false,
      // A language with its region is rarely anything else; two letters alone are.
      passRate: tags.every((tag) => /^[a-z]{2}[-_][a-z]{2}/i.test(tag)) ? 1e-2 : 0.3,
      note: { zh: '语言标签（BCP 47）', en: 'language tag (BCP 47)' },
    };
  },
};
