import type { Passed, Validator } from '../validator.js';

/** Ordinary E and G, E + letter since 2017, diplomatic DE/D, service SE/S, public affairs PE/P; Hong Kong H and K, Macau MA and MB. */
const CHINESE = /^(?:[EG]\d{8}|E[A-HJ-NP-Z]\d{7}|(?:DE|SE|PE)\d{7}|[DSP]\d{7,8}|[HK]\d{8}|KJ\d{7}|M[AB]\d{7})$/;

export const validator: Validator = {
  source: '国家移民管理局 passport number forms; Hong Kong and Macau SAR passports',
  fits: (shape) => shape.length === 8 || shape.length === 9,
  check(value): Passed | null {
    const text = value.trim().toUpperCase();
    if (!CHINESE.test(text)) return null;
    return {
      normalised: text,
      placeholder: false,
      passRate: 2e-2,
      note: { zh: '护照号码形态', en: 'form of a passport number' },
    };
  },
};
