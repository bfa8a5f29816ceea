import { isDigitRun } from '../shape.js';
import type { Passed, Validator } from '../validator.js';

/** Mobile network codes in use under 460: 移动 00 02 04 07 08 13, 联通 01 06 09 10, 电信 03 05 11 12, 广电 15, 铁通 20. ITU-T E.212. */
const MAINLAND: ReadonlySet<string> = new Set('00 01 02 03 04 05 06 07 08 09 10 11 12 13 15 20'.split(' '));

export const validator: Validator = {
  source: 'ITU-T E.212 (MCC and MNC); 3GPP TS 23.003 section 2.2',
  fits: (shape) => isDigitRun(shape, 15, 15) && shape.length <= 16,
  prose: false,
  check(value): Passed | null {
    const digits = value.trim();
    if (!/^\d{15}$/.test(digits)) return null;
    if (/^(\d)\1+$/.test(digits) || digits === '310260000000000')
      return { normalised: digits, placeholder: true, passRate: 1, note: { zh: '占位 IMSI', en: 'placeholder IMSI' } };
    if (digits.startsWith('460')) {
      if (!MAINLAND.has(digits.slice(3, 5))) return null;
      return {
        normalised: digits,
        placeholder: false,
        passRate: 1.6e-4,
        note: { zh: `15 位 IMSI：460 + 网号 ${digits.slice(3, 5)}`, en: `15-digit IMSI: 460 and network code ${digits.slice(3, 5)}` },
      };
    }
    if (!/^(?:2[0-9]{2}|3[0-7]\d|4[0-57]\d|5[0-5]\d|6[0-5]\d|7[0-4]\d)/.test(digits)) return null;
    return {
      normalised: digits,
      placeholder: false,
      passRate: 0.5,
      note: { zh: `15 位 IMSI 形态：国家码 ${digits.slice(0, 3)}`, en: `IMSI form: 15 digits, country code ${digits.slice(0, 3)}` },
    };
  },
};
