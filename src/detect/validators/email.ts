import type { Passed, Validator } from '../validator.js';

const ADDRESS =
  /^[A-Za-z0-9](?:[A-Za-z0-9._%+'-]{0,62}[A-Za-z0-9_+-])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}$/;
/** `icon@2x.png` and friends: a picture's file name. */
const FILE = /@\d(?:\.\d)?x\.|\.(?:png|jpe?g|gif|webp|svg|js|css|json|apk|so|zip|mp4|html?)$/i;

export const validator: Validator = {
  source: 'RFC 5321 section 4.1.2 (dot-string, at most 64 and 255 characters) and RFC 1035 labels',
  fits: (shape) => shape.at && shape.dot && shape.length >= 6 && shape.length <= 254,
  prose: false,
  check(value): Passed | null {
    const text = value.trim();
    if (!ADDRESS.test(text) || text.includes('..') || FILE.test(text)) return null;
    return {
      normalised: text.toLowerCase(),
      placeholder: false,
      passRate: 1e-6,
      note: { zh: '电子邮箱地址', en: 'e-mail address' },
    };
  },
};
