import { isIdentityArea } from '../division.js';
import type { Passed, Validator } from '../validator.js';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = '10X98765432';

/** GB 11643-1999 section 4.3: ISO 7064 MOD 11-2 over the first 17 digits. */
function hasCheckCharacter(text: string): boolean {
  let sum = 0;
  for (let index = 0; index < 17; index++) sum += (text.charCodeAt(index) - 48) * (WEIGHTS[index] ?? 0);
  return CHECK[sum % 11] === text[17]?.toUpperCase();
}

function isDate(year: number, month: number, day: number): boolean {
  if (year < 1900 || year > 2035 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * Areas that no mainland division has: residents of Hong Kong, Macau and Taiwan (港澳台居民居住证, 2018: 810000, 820000, 830000)
 * and foreigners' permanent residence cards (2023: 9, then nationality). validator.js and id-validator both refuse them.
 */
function isPermitArea(code: string): boolean {
  return code === '810000' || code === '820000' || code === '830000' || /^93[0-9]{4}$/.test(code);
}

/** Offices number papers by area and day too; people who fill in forms were born before. */
const BORN = { from: 1920, to: 2012 } as const;

/** Whether a text is written like the resident ID of somebody grown up, whatever its check character: one random number of 18 digits in 25,000 is. */
export function isWrittenAsResidentId(text: string): boolean {
  if (!/^\d{17}[\dX]$/i.test(text) || !isIdentityArea(text.slice(0, 6))) return false;
  const year = Number(text.slice(6, 10));
  return year >= BORN.from && year <= BORN.to && isDate(year, Number(text.slice(10, 12)), Number(text.slice(12, 14)));
}

export const validator: Validator = {
  source: 'GB 11643-1999; GB/T 2260; 港澳台居民居住证申领发放办法 (2018); 外国人永久居留身份证 (2023)',
  fits: (shape) =>
    shape.digits >= 14 &&
    shape.digits <= 18 &&
    shape.han === 0 &&
    shape.length <= 24 &&
    shape.letters <= 1 &&
    shape.hexLetters === 0 &&
    !shape.dot,
  check(value): Passed | null {
    const text = value.trim().replace(/[ -]/g, '').toUpperCase();
    if (/^\d{17}[\dX]$/.test(text)) {
      const area = text.slice(0, 6);
      if (!isIdentityArea(area) && !isPermitArea(area)) return null;
      if (!isDate(Number(text.slice(6, 10)), Number(text.slice(10, 12)), Number(text.slice(12, 14)))) return null;
      if (!hasCheckCharacter(text)) return null;
      // Computed: 9 % areas x 4.6e-4 dates x 1/11 check characters.
      return {
        normalised: text,
        placeholder: false,
        passRate: 4e-6,
        note: {
          zh: '18 位居民身份证号：区划、出生日期、校验码均通过',
          en: '18-digit resident ID: area, birth date and check character all pass',
        },
      };
    }
    if (/^\d{15}$/.test(text)) {
      if (!isIdentityArea(text.slice(0, 6))) return null;
      if (!isDate(1900 + Number(text.slice(6, 8)), Number(text.slice(8, 10)), Number(text.slice(10, 12)))) return null;
      return {
        normalised: text,
        placeholder: false,
        passRate: 3e-3,
        note: {
          zh: '15 位旧身份证号：区划与出生日期通过（旧号无校验码）',
          en: '15-digit former resident ID: area and birth date pass (no check character existed)',
        },
      };
    }
    return null;
  },
};
