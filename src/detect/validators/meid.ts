import type { Passed, Validator } from '../validator.js';

/** Phones for both kinds of networks have one number: the fourteen digits of an IMEI before its check digit, by whichever body gave it out. */
const SHARED = /^(?:01|35|86|98)\d{12}$/;

/**
 * Phones of China Telecom are numbered so: nine digits after A0000, of which a letter tells them from a counter that
 * is filled up with zeros, and the absence of two more zeros from an application on a chip card (ISO/IEC 7816-5: A000000003…).
 * Random ones of fourteen hexadecimal digits in capitals begin so once in a million (exact: 16^-5).
 */
const TELECOMS = /^A0000(?!00)(?=\d*[A-F])[0-9A-F]{9}$/;
const TELECOMS_RATE = 1e-6;
const CAPITAL_A = 0x41;

export const validator: Validator = {
  source:
    '3GPP2 S.R0048-A: 14 hexadecimal digits, regional code A0-FF (99 and the reporting bodies of the GSMA for dual-mode phones that share the IMEI), optional check digit',
  fits: (shape) => shape.length >= 14 && shape.length <= 19 && shape.letters === 0 && shape.han === 0 && shape.other === 0,
  // Without a name, only those that begin as nothing else does.
  alone: ({ length, digits, hexLetters, first }) => length === 14 && first === CAPITAL_A && hexLetters >= 2 && digits + hexLetters === 14,
  prose: false,
  check(value): Passed | null {
    const text = value.trim().toUpperCase().replace(/-/g, '');
    if (/^0{14,15}$/.test(text))
      return { normalised: text, placeholder: true, passRate: 1, note: { zh: '全零占位 MEID', en: 'placeholder MEID of zeros' } };
    const hexadecimal = /^[A-F][0-9A-F]{13}[0-9A-F]?$/.test(text);
    const shared = SHARED.test(text);
    const decimal = /^\d{18}$/.test(text) && /^(?:2[6-9]|3\d|4[0-2])\d{16}$/.test(text);
    if (!hexadecimal && !decimal && !/^99\d{12}\d?$/.test(text) && !shared) return null;
    return {
      normalised: text,
      placeholder: false,
      // Six in a hundred numbers of fourteen digits begin so; whatever an IMEI is asked for they are the IMEI's (0.18 there).
      passRate: TELECOMS.test(value.trim()) ? TELECOMS_RATE : hexadecimal ? 0.375 : shared ? 0.18 : 0.1,
      note: {
        zh: 'MEID 形态：区域码 A0–FF、99，或与 IMEI 共用的号码',
        en: 'MEID form: regional code A0-FF or 99, or a number shared with the IMEI',
      },
    };
  },
};
