import { passesLuhn } from '../luhn.js';
import { isDigitRun } from '../shape.js';
import type { Passed, Validator } from '../validator.js';

/** Issuer range, lengths in use, share of random digits of that length that fall in the range and pass Luhn. */
const RANGES: ReadonlyArray<readonly [RegExp, readonly number[], number, string]> = [
  [/^62/, [16, 17, 18, 19], 1.1e-3, 'UnionPay'],
  [/^81[0-7]/, [16, 17, 18, 19], 3e-4, 'UnionPay'],
  [/^(?:95588|90[03]|60(?:3|13)|68|69[01])/, [16, 17, 18, 19], 2e-3, 'UnionPay (older BIN)'],
  [/^4/, [13, 16], 1e-2, 'Visa'],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16], 1e-2, 'Mastercard'],
  [/^35(?:2[89]|[3-8])/, [16], 6e-4, 'JCB'],
  [/^3[47]/, [15], 2e-3, 'American Express'],
  [/^3(?:0[0-5]|[68])/, [14], 3e-3, 'Diners Club'],
  [/^(?:6011|64[4-9]|65)/, [16], 2e-3, 'Discover'],
];

const WRITTEN = /^\d{4}(?:[ -]\d{4}){2,3}(?:[ -]\d{1,4})?$|^\d{13,19}$|^\d{4}[ -]\d{6}[ -]\d{4,5}$|^\d{6}[ -]\d{13}$/;

/** Numbers that payment companies publish for trials. */
const TEST_CARDS: ReadonlySet<string> = new Set([
  '4111111111111111',
  '4242424242424242',
  '5555555555554444',
  '6200000000000005',
  '378282246310005',
]);

export const validator: Validator = {
  source: 'ISO/IEC 7812-1 (Luhn, lengths); GB/T 14504; JR/T 0008 (BIN 62). 19-digit UnionPay debit cards are the commonest in China',
  fits: (shape) => isDigitRun(shape, 13, 19) && shape.length <= 24 && !shape.comma && !shape.colon,
  // Thirteen digits are a time more often than a card of the one issuer that has so few.
  alone({ first, digits }) {
    if (digits === 13) return first === 0x34;
    if (digits <= 15) return first === 0x33;
    return first !== 0x30 && first !== 0x31 && first !== 0x37;
  },
  prose: false,
  check(value): Passed | null {
    const text = value.trim();
    if (!WRITTEN.test(text)) return null;
    const digits = text.replace(/[ -]/g, '');
    if (!passesLuhn(digits)) return null;
    for (const [prefix, lengths, passRate, issuer] of RANGES) {
      if (!lengths.includes(digits.length) || !prefix.test(digits)) continue;
      return {
        normalised: digits,
        placeholder: TEST_CARDS.has(digits),
        passRate,
        note: {
          zh: `${digits.length} 位卡号，发卡标识属 ${issuer}，Luhn 校验通过`,
          en: `${digits.length}-digit card number, ${issuer} issuer range, Luhn passes`,
        },
      };
    }
    return null;
  },
};
