import type { ValueShape } from '../shape.js';
import type { Passed, Validator } from '../validator.js';
import { validator as permit } from './exit-permit.js';
import { validator as passport } from './passport.js';
import { validator as resident } from './resident-id.js';

/**
 * 军官证 and its kin: 军字第1234567号. Documents of offices are numbered like it (文字第20260101号), and 文2026001 is one of those too: only below
 * a name that says it is a person's document.
 */
const MILITARY = /^(?:[军兵士职警武南北东西中沈兰成济广海空火装后政参]字第?|[军兵士文职警武])\d{6,8}号?$/;

/**
 * 外国人永久居留证 as issued until 2023, valid for ten years: three letters of the nationality, four digits of the place, the date of birth in
 * six, a serial and a check digit. Later ones are numbered like resident IDs.
 */
const PERMANENT = /^[A-Z]{3}(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{2}$/;

export const validator: Validator = {
  source: 'resident ID, passport, exit permits (see those validators); 军官证 and the former 外国人永久居留证 by their written form',
  fits: (shape) =>
    shape.length >= 7 &&
    shape.length <= 24 &&
    shape.digits >= 4 &&
    !shape.dot &&
    !shape.at &&
    !shape.comma &&
    (shape.length <= 11 || shape.han > 0 || (shape.hexLetters === 0 && shape.letters <= 1) || isPermanent(shape)),
  // Digits alone, fewer than a resident ID has, are no clue (a Taiwan resident's permit has eight).
  alone: (shape) =>
    (shape.length >= 15 && !isPermanent(shape)) || shape.han > 0 || (shape.length < 15 && shape.letters + shape.hexLetters > 0),
  prose: false,
  check(value): Passed | null {
    const text = value.trim();
    // Digits of a clock or a counter come here by the thousand: by their length they are none of these.
    const known = text.length >= 15 ? resident.check(text) : text.length <= 11 ? (passport.check(text) ?? permit.check(text)) : null;
    if (known) return known;
    if (PERMANENT.test(text))
      return {
        normalised: text,
        placeholder: false,
        passRate: 0.02,
        note: { zh: '外国人永久居留证号码形态', en: 'form of a former foreigner’s permanent residence card number' },
      };
    if (text.charCodeAt(0) < 0x80 || !MILITARY.test(text)) return null;
    return {
      normalised: text,
      placeholder: false,
      passRate: 0.02,
      note: { zh: '军人证件号码形态', en: 'form of a military document number' },
    };
  },
};

function isPermanent({ length, digits, letters, hexLetters }: ValueShape): boolean {
  return length === 15 && digits === 12 && letters + hexLetters === 3;
}
