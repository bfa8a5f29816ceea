import type { Passed, Validator } from '../validator.js';

/** What every browser and web view begins with since Mozilla; nothing else is written so. */
const BROWSER = /^Mozilla\/[45]\.0 \([^)]{5,400}\)/;
/** A name and a number with a stroke between them: many a path and a part number is written so, and counts only under the name of an agent. */
const PRODUCT_PASS_RATE = 0.1;
const CAPITAL_M = 0x4d;

export const validator: Validator = {
  source:
    'RFC 9110 section 10.1.5: products with versions and comments; browsers begin with Mozilla/5.0, Android’s own client with Dalvik/',
  fits: (shape) => shape.length >= 12 && shape.length <= 2_048,
  alone: (shape) => shape.first === CAPITAL_M && shape.other >= 3 && shape.length >= 30,
  prose: false,
  check(value): Passed | null {
    const text = value.trim();
    // Percent-encoded once more by the app; the decoded form says the same.
    const plain = /%2[0F]/i.test(text) ? text.replace(/%2F/gi, '/').replace(/%28/g, '(').replace(/%20/g, ' ') : text;
    if (!/^(?:Mozilla|Dalvik|okhttp|CFNetwork|[\w.-]{2,40})\/\d[\w.]*(?:\s*[(;]|\s+[\w.-]+\/|$)/i.test(plain)) return null;
    return {
      normalised: plain,
      placeholder: false,
      passRate: BROWSER.test(plain) ? 1e-6 : PRODUCT_PASS_RATE,
      note: { zh: 'User-Agent 文法：产品/版本（注释）', en: 'User-Agent grammar: product/version (comment)' },
    };
  },
};
