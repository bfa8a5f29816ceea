import type { Passed, Validator } from '../validator.js';
import { validator as permit } from './exit-permit.js';
import { validator as passport } from './passport.js';
import { validator as resident } from './resident-id.js';

/** 军官证 and its kin: 军字第1234567号. */
const MILITARY = /^[军兵士文职警武][字]?第?[0-9A-Z]{4,8}号?$/;

export const validator: Validator = {
  source: 'resident ID, passport, exit permits (see those validators); 军官证 by its written form',
  fits: (shape) =>
    shape.length >= 7 &&
    shape.length <= 24 &&
    shape.digits >= 4 &&
    !shape.dot &&
    !shape.at &&
    !shape.comma &&
    (shape.length <= 11 || shape.han > 0 || (shape.hexLetters === 0 && shape.letters <= 1)),
  // Digits alone, fewer than a resident ID has, are no clue (a Taiwan resident's permit has eight).
  alone: ({ length, han, letters, hexLetters }) => length >= 15 || han > 0 || letters + hexLetters > 0,
  prose: false,
  check(value): Passed | null {
    const text = value.trim();
    // Digits of a clock or a counter come here by the thousand: by their length they are none of these.
    const known = text.length >= 15 ? resident.check(text) : text.length <= 11 ? (passport.check(text) ?? permit.check(text)) : null;
    if (known) return known;
    if (text.charCodeAt(0) < 0x80 || !MILITARY.test(text)) return null;
    return {
      normalised: text,
      placeholder: false,
      passRate: 1e-6,
      note: { zh: '军人证件号码形态', en: 'form of a military document number' },
    };
  },
};
