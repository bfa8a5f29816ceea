import { passesLuhn } from '../luhn.js';
import type { Passed, Validator } from '../validator.js';

/** Reporting body identifiers that have issued type allocation codes (GSMA TS.06); 00 is for test devices. */
const BODIES: ReadonlySet<string> = new Set('01 10 30 33 35 44 45 49 50 51 52 53 54 86 91 97 98 99'.split(' '));
const EMULATORS: ReadonlySet<string> = new Set(['358240051111110', '004999010640000', '012345678912345', '123456789012345']);

function one(text: string): Passed | null {
  const digits = text
    .trim()
    .replace(/[ -]/g, '')
    .replace(/\/\d{2}$/, '');
  if (!/^\d{14,17}$/.test(digits)) return null;
  if (/^(\d)\1+$/.test(digits) || EMULATORS.has(digits))
    return {
      normalised: digits,
      placeholder: true,
      passRate: 1,
      note: { zh: '占位 IMEI（全同数字或模拟器默认值）', en: 'placeholder IMEI (one repeated digit, or the emulator’s default)' },
    };
  if (!BODIES.has(digits.slice(0, 2))) return null;
  if (digits.length === 15) {
    if (!passesLuhn(digits)) return null;
    const common = OF_PHONES.test(digits);
    // Simulated on random 15-digit numbers: 1.8 % with a known body, 0.22 % with 35 or 86 alone.
    return {
      normalised: digits,
      placeholder: false,
      passRate: common ? 2.2e-3 : 1.8e-2,
      note: { zh: '15 位 IMEI：分配机构与 Luhn 校验通过', en: '15-digit IMEI: reporting body and Luhn check digit pass' },
    };
  }
  if (digits.length === 17) return null;
  return {
    normalised: digits,
    placeholder: false,
    passRate: 0.18,
    note:
      digits.length === 16
        ? { zh: '16 位 IMEISV：分配机构通过（无校验位）', en: '16-digit IMEISV: reporting body passes (it has no check digit)' }
        : { zh: '14 位 IMEI（省略校验位）：分配机构通过', en: '14-digit IMEI (check digit left out): reporting body passes' },
  };
}

/** 35 and 86 are the bodies of Europe and China, under which nearly all phones are numbered. */
const OF_PHONES = /^(?:35|86)\d{13}$/;

/** Whether a text is written like the IMEI of a phone, whatever its check digit: one random number of 15 digits in 50 is. */
export function isWrittenAsImei(text: string): boolean {
  return OF_PHONES.test(text);
}

/** Whether a text is written so and its check digit passes: one random number of 15 digits in 450 (simulated: 0.22 %), and none of emulators. */
export function isHandset(text: string): boolean {
  return OF_PHONES.test(text) && one(text)?.placeholder === false;
}

export const validator: Validator = {
  source: '3GPP TS 23.003 section 6; GSMA TS.06 (reporting bodies)',
  fits: (shape) =>
    shape.digits >= 14 && shape.letters === 0 && shape.hexLetters === 0 && shape.han === 0 && !shape.at && shape.length <= 80,
  // Fourteen digits have no check digit.
  alone: ({ digits }) => digits >= 15,
  prose: false,
  check(value) {
    // Phones with two slots send both: "86...,86...".
    let empty: Passed | null = null;
    for (const part of value.split(/[,;|]|\/(?=\d{14})/)) {
      const passed = one(part);
      if (passed?.placeholder === false) return passed;
      empty ??= passed;
    }
    return empty;
  },
};
