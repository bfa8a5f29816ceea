import type { Passed, Validator } from '../validator.js';

export const validator: Validator = {
  source:
    'Android Settings.Secure.ANDROID_ID: 64 bits in lower-case hexadecimal, leading zeros dropped; 9774d56d682e549c is the bug of Android 2.2',
  fits: (shape) =>
    shape.length >= 14 &&
    shape.length <= 24 &&
    (shape.letters === 0 || shape.letters === 4) &&
    shape.han === 0 &&
    shape.other <= 1 &&
    !shape.dot,
  check(value): Passed | null {
    // `android-` stands before it in some apps.
    const text = value
      .trim()
      .toLowerCase()
      .replace(/^android[-_:]/, '');
    if (!/^[0-9a-f]{14,16}$/.test(text)) return null;
    const placeholder = /^(.)\1+$/.test(text) || text === '9774d56d682e549c' || text === '0123456789abcdef';
    return {
      normalised: text,
      placeholder,
      passRate: 1,
      note: placeholder
        ? { zh: 'Android ID 占位值', en: 'placeholder Android ID' }
        : { zh: '16 位十六进制（Android ID 形态，无校验位）', en: '16 hexadecimal digits (form of an Android ID; no check digit)' },
    };
  },
};
