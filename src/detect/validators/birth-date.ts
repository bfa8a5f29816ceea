import type { Passed, Validator } from '../validator.js';

const WRITTEN =
  /^(\d{4})(?:[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2})日?)?)?(?:[T ][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d{1,7})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** 31/12/1990 and 12/31/1990: most of the world writes the day or the month first. */
const YEAR_LAST = /^(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d{2})$/;

/** 2036-01-01 in seconds: ten digits beyond are service numbers (`4008001234`), and a detector has no clock to say what is to come. */
const LAST = 2_082_758_400;

function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export const validator: Validator = {
  source: 'ISO 8601 calendar dates and their Chinese writing; a living person: 1900 to 2035',
  fits: (shape) => shape.digits >= 4 && shape.digits <= 25 && shape.length <= 33 && shape.letters <= 2,
  check(value): Passed | null {
    const text = value.trim();
    const parts = WRITTEN.exec(text);
    if (parts) {
      const year = Number(parts[1]);
      const month = parts[2] === undefined ? 1 : Number(parts[2]);
      const day = parts[3] === undefined ? 1 : Number(parts[3]);
      if (year < 1900 || year > 2035 || !isDay(year, month, day)) return null;
      return {
        normalised: text,
        placeholder: year === 1900 && month === 1 && day === 1,
        passRate: 1e-2,
        note: parts[2] === undefined ? { zh: '出生年份', en: 'year of birth' } : { zh: '合法的日历日期', en: 'a valid calendar date' },
      };
    }
    const last = YEAR_LAST.exec(text);
    if (last) {
      const [first, second, year] = [Number(last[1]), Number(last[3]), Number(last[4])];
      if (year > 2035 || !(isDay(year, second, first) || isDay(year, first, second))) return null;
      return { normalised: text, placeholder: false, passRate: 1e-2, note: { zh: '合法的日历日期', en: 'a valid calendar date' } };
    }
    // Seconds or milliseconds of a birthday; the 1970s to now, negative before.
    if (
      /^-?\d{8,13}$/.test(text) &&
      Number(text) < (text.length >= 13 ? LAST * 1000 : text.length === 10 ? LAST : Number.POSITIVE_INFINITY)
    )
      return { normalised: text, placeholder: false, passRate: 0.9, note: { zh: '时间戳形式的日期', en: 'a date as a timestamp' } };
    return null;
  },
};
