import { passesLuhn } from '../luhn.js';
import type { Passed, Validator } from '../validator.js';

/** 00 to 20: the identifiers of 移动, 联通, 电信 and 广电 and room for more. */
const MOST_ISSUERS = 20;

export const validator: Validator = {
  source:
    'ITU-T E.118 (89 + country code, at most 19 digits and a check digit); 移动 IoT cards carry a hexadecimal letter, so Luhn is a bonus only',
  fits: (shape) => shape.length >= 18 && shape.length <= 22 && shape.letters === 0 && shape.han === 0 && shape.other === 0 && !shape.dot,
  prose: false,
  check(value): Passed | null {
    // Cards hold their digits in pairs; a number of nineteen ends in a filler (3GPP TS 31.102, EF ICCID).
    const text = value
      .trim()
      .toUpperCase()
      .replace(/^(89\d{17})F$/, '$1');
    if (text === '89014103211118510720')
      return { normalised: text, placeholder: true, passRate: 1, note: { zh: '模拟器默认 ICCID', en: 'the emulator’s default ICCID' } };
    if (/^8986\d{2}[0-9A-F]{13,14}$/.test(text)) {
      const luhn = passesLuhn(text);
      // Of issuers beyond a score none is known, and a random number has one of them four times in five.
      const known = Number(text.slice(4, 6)) <= MOST_ISSUERS;
      return {
        normalised: text,
        placeholder: false,
        passRate: (luhn ? 1.1e-5 : 1.1e-4) * (known ? 1 : 100),
        note: luhn
          ? { zh: 'ICCID：8986 开头，Luhn 校验通过', en: 'ICCID: begins with 8986, Luhn passes' }
          : { zh: 'ICCID：8986 开头（Luhn 不通过，物联网卡常见）', en: 'ICCID: begins with 8986 (Luhn fails, usual on IoT cards)' },
      };
    }
    if (/^89\d{16,18}$/.test(text) && passesLuhn(text))
      return {
        normalised: text,
        placeholder: false,
        passRate: 1e-3,
        note: { zh: 'ICCID：89 开头，Luhn 校验通过', en: 'ICCID: begins with 89, Luhn passes' },
      };
    return null;
  },
};
