import type { Passed, Validator } from '../validator.js';
import { validator as landline } from './landline.js';
import { validator as mobile } from './mainland-mobile.js';

/** ITU-T E.164: plus, country code, at most 15 digits. Hong Kong, Macau and Taiwan included; +86 goes by its own rules. */
const INTERNATIONAL = /^\+(?!86)[1-9]\d{0,2}[ -]?(?:\d[ -]?){5,12}\d$/;

export const validator: Validator = {
  source: '电信网编号计划 (工信部 2017); ITU-T E.164 for numbers abroad',
  fits: (shape) => mobile.fits(shape) || landline.fits(shape) || (shape.digits >= 7 && shape.digits <= 15 && shape.length <= 24),
  check(value): Passed | null {
    const domestic = mobile.check(value) ?? landline.check(value);
    if (domestic) return domestic;
    const text = value.trim();
    if (!INTERNATIONAL.test(text)) return null;
    return {
      normalised: text.replace(/[ -]/g, ''),
      placeholder: false,
      passRate: 0.01,
      note: { zh: '国际号码格式（E.164）', en: 'international number (E.164)' },
    };
  },
};
