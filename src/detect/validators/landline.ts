import type { Passed, Validator } from '../validator.js';

/** Area codes: 010, 02x (no 026), 03xx to 09xx; subscriber numbers do not begin with 0 or 1. 400/800 numbers belong to firms, not to people. */
const WRITTEN =
  /^(?:\(?(?:\+|00)?86\)?[ -]?)?\(?(0?(?:10|2[0-57-9]|[3-9]\d{2}))\)?[ -]?([2-8]\d{6,7}|[2-8]\d{3}[ -]\d{4})(?:(?:转|[-#x*]|ext\.?) ?\d{1,6})?$/i;

export const validator: Validator = {
  source: '电信网编号计划 (工信部 2017), long-distance area codes',
  fits: (shape) => shape.digits >= 9 && shape.digits <= 20 && shape.length <= 28 && !shape.dot && shape.hexLetters + shape.letters <= 3,
  check(value): Passed | null {
    const parts = WRITTEN.exec(value.trim());
    if (!parts) return null;
    const area = parts[1] ?? '';
    const number = (parts[2] ?? '').replace(/[ -]/, '');
    // Without its leading zero or a separator, an area code and a number are just eleven digits.
    if (!area.startsWith('0') && !/^[+(]|^00/.test(value.trim())) return null;
    const bare = area.startsWith('0') ? area : `0${area}`;
    if ((bare === '010' || bare.length === 3) && number.length !== 8) return null;
    return {
      normalised: `${bare}${number}`,
      placeholder: /^(\d)\1+$/.test(number),
      passRate: 0.03,
      note: { zh: `固定电话，区号 ${bare}`, en: `landline number, area code ${bare}` },
    };
  },
};
