import type { Passed, Validator } from '../validator.js';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

export const validator: Validator = {
  source: 'GB 32100-2015 (unified social credit code; MOD 31-3). It names an organisation or a sole trader, so it needs a key',
  fits: (shape) => shape.length === 18 && shape.digits + shape.letters + shape.hexLetters === 18,
  check(value): Passed | null {
    const text = value.toUpperCase();
    if (!/^(?:1[1239]|5[1239]|9[123]|Y1)\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(text)) return null;
    let sum = 0;
    let weight = 1;
    for (let index = 0; index < 17; index++) {
      sum += ALPHABET.indexOf(text[index] ?? '') * weight;
      weight = (weight * 3) % 31;
    }
    if (ALPHABET[(31 - (sum % 31)) % 31] !== text[17]) return null;
    return {
      normalised: text,
      placeholder: false,
      passRate: 3e-3,
      note: {
        zh: '统一社会信用代码：登记机关、区划与校验码通过',
        en: 'unified social credit code: registrar, area and check character pass',
      },
    };
  },
};
