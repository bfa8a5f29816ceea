import { SCALES } from '../geo.js';
import type { Passed, Validator } from '../validator.js';

/** Whether a number may be degrees without their point: integers of so many digits count 1e-5 to 1e-7 of a degree. */
export function isScaled(text: string): boolean {
  return /^-?\d{7,10}$/.test(text);
}

export const validator: Validator = {
  source: 'ISO 6709: degrees with a decimal point, or integers scaled by 1e5, 1e6 or 1e7; one number of a pair',
  fits: (shape) =>
    shape.digits >= 1 && shape.digits <= 20 && shape.letters === 0 && shape.hexLetters <= 1 && shape.han === 0 && shape.length <= 24,
  check(value): Passed | null {
    const text = value.trim();
    const scaled = isScaled(text);
    if (!scaled && !/^-?\d{1,3}(?:\.\d{1,18})?(?:[eE]-?\d{1,2})?$/.test(text)) return null;
    const number = Number(text);
    if (!scaled && Math.abs(number) > 180) return null;
    if (scaled && !SCALES.some((unit) => Math.abs(number) / unit <= 180)) return null;
    return {
      normalised: text,
      placeholder: number === 0 || number === -1,
      passRate: 0.5,
      note:
        number === 0
          ? { zh: '坐标为 0：未取得定位', en: 'coordinate 0: no fix was obtained' }
          : { zh: '坐标范围内的数值', en: 'a number within the range of coordinates' },
    };
  },
};
