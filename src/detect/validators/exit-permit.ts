import type { Passed, Validator } from '../validator.js';

/** 往来港澳通行证 C + 8 (or C + letter + 7) and W; 港澳居民来往内地通行证 H/M + 8 or 10; 台胞证 8 digits (any eight pass: only below an unambiguous name); 往来台湾通行证 L/T + 8. */
const FORMS: ReadonlyArray<readonly [RegExp, number, string, string]> = [
  [/^(?:C\d{8}|C[A-HJ-NP-Z]\d{7}|W\d{8})$/, 0.02, '往来港澳通行证', 'mainland resident’s permit for Hong Kong and Macau'],
  [/^[HM]\d{8}(?:\d{2})?$/, 0.02, '港澳居民来往内地通行证', 'Hong Kong or Macau resident’s mainland permit'],
  [/^[LT]\d{8}$/, 0.02, '往来台湾通行证', 'mainland resident’s permit for Taiwan'],
  [/^\d{8}(?:[A-Z]|\(\w\))?$/, 0.99, '台湾居民来往大陆通行证', 'Taiwan resident’s mainland permit'],
];

export const validator: Validator = {
  source: '国家移民管理局, forms of the exit and entry permits in use since 2013',
  fits: (shape) => shape.length >= 8 && shape.length <= 11 && shape.digits >= 7 && shape.han === 0,
  check(value): Passed | null {
    const text = value.trim().toUpperCase();
    for (const [form, passRate, zh, en] of FORMS)
      if (form.test(text))
        return { normalised: text, placeholder: false, passRate, note: { zh: `${zh}号码形态`, en: `form of a ${en} number` } };
    return null;
  },
};
