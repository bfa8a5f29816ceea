import type { Passed, Validator } from '../validator.js';
import { validator as landline } from './landline.js';
import { validator as mobile } from './mainland-mobile.js';

/** ITU-T E.164: plus, country code, at most 15 digits. Hong Kong, Macau and Taiwan included; +86 goes by its own rules. */
const INTERNATIONAL = /^\+(?!86)[1-9]\d{0,2}[ -]?(?:\d[ -]?){5,12}\d$/;

/** The same after the prefix that China and most of the world dial before a country code (ITU-T E.123: the plus stands for it). */
const DIALLED = /^00(?!86)[1-9]\d{8,13}$/;

/** Four groups of at most three digits are an address of the network (RFC 791), and no way in which numbers are parted. */
const IPV4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;

/** Numbers abroad as people type them: (415) 555-0134, 07700 900123. Nothing to test but their length, so only below a name of their own. */
const TYPED = /^(?:1[ -])?\(?(?!(?:400|800)[ -]?\d{3}[ -]?\d{4}$)\d{2,5}\)?[ .-]?(?:\d[ .-]?){4,9}\d$/;

export const validator: Validator = {
  source: '电信网编号计划 (工信部 2017); ITU-T E.164 for numbers abroad',
  fits: (shape) => mobile.fits(shape) || landline.fits(shape) || (shape.digits >= 7 && shape.digits <= 15 && shape.length <= 24),
  // Numbers without plus, trunk zero, bracket or the form of a mobile one are no clue: anything is as long.
  alone(shape) {
    const { first, digits } = shape;
    if (first === 0x2b || first === 0x28) return true;
    // An area code with its zero and a number have eleven digits; before a mobile one without 86 nothing stands.
    if (first === 0x30) return digits >= 11 && (mobile.fits(shape) || landline.fits(shape));
    if (first === 0x31) return digits === 11 && mobile.fits(shape);
    return first === 0x38 && digits >= 13 && (mobile.fits(shape) || landline.fits(shape));
  },
  prose: false,
  check(value): Passed | null {
    const domestic = mobile.check(value) ?? landline.check(value);
    if (domestic) return domestic;
    const text = value.trim();
    if (DIALLED.test(text))
      return {
        normalised: `+${text.slice(2)}`,
        placeholder: false,
        // Codes padded with zeros are as long.
        passRate: 0.9,
        note: { zh: '以 00 开头的国际号码', en: 'international number after the prefix 00' },
      };
    if (!INTERNATIONAL.test(text)) {
      if (!TYPED.test(text) || IPV4.test(text)) return null;
      const digits = text.replace(/\D/g, '');
      // 13 digits from 1 on are a time; 14 begin like a date.
      if (digits.length < 9 || digits.length > 12 || /^(\d)\1+$/.test(text)) return null;
      // Behind its 1 North America has ten digits, and no area that begins with 0 or 1 (NANP).
      if (/^1\d{11}$|^1[01]\d{9}$/.test(digits)) return null;
      return {
        normalised: digits,
        placeholder: false,
        passRate: 0.9,
        note: { zh: '号码长度的数字，可能是境外号码', en: 'digits of the length of a number, perhaps one abroad' },
      };
    }
    return {
      normalised: text.replace(/[ -]/g, ''),
      placeholder: false,
      passRate: 0.01,
      note: { zh: '国际号码格式（E.164）', en: 'international number (E.164)' },
    };
  },
};
