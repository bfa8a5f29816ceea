import type { Passed, Validator } from '../validator.js';

const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
const LETTERS = 'ABCDEFGH*JKLMN*P*R*STUVWXYZ';
const VALUES = '12345678*12345*7*9*23456789';

function hasCheckDigit(text: string): boolean {
  let sum = 0;
  for (let index = 0; index < 17; index++) {
    const character = text[index] ?? '';
    const value = /\d/.test(character) ? Number(character) : Number(VALUES[LETTERS.indexOf(character)]);
    sum += value * (WEIGHTS[index] ?? 0);
  }
  return 'X' === text[8] ? sum % 11 === 10 : String(sum % 11) === text[8];
}

export const validator: Validator = {
  source: 'GB 16735-2019 (check digit, table 3) and GB 16737 (maker codes begin with L in China); some real cars break the check digit',
  fits: (shape) => shape.length === 17 && shape.digits + shape.letters + shape.hexLetters === 17 && shape.letters + shape.hexLetters >= 2,
  check(value): Passed | null {
    const text = value.toUpperCase();
    if (!/^[A-HJ-NPR-Z0-9]{13}\d{4}$/.test(text) || !/^[A-Z0-9]*[A-Z]/.test(text)) return null;
    const checked = hasCheckDigit(text);
    // A Chinese maker code with a broken check digit still goes with a key; any other one does not.
    if (!checked && !/^L[A-Z]/.test(text)) return null;
    return {
      normalised: text,
      placeholder: false,
      passRate: checked ? (text.startsWith('L') ? 1e-3 : 3.1e-2) : 3.1e-2,
      note: checked
        ? { zh: '17 位车架号，第 9 位校验通过', en: '17-character VIN, check digit at position 9 passes' }
        : {
            zh: '17 位车架号，国产厂商码（校验位不符，部分实车如此）',
            en: '17-character VIN, Chinese maker code (check digit fails, as on some real cars)',
          },
    };
  },
};
