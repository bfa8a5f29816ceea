import { UUID } from '../uuid.js';
import type { Passed, Validator } from '../validator.js';

/** Several of one request are asked about at once, as receivers of advertisements do. */
const LIST = new RegExp(`^${UUID}(?:,${UUID}){1,19}$`, 'i');
/** Twenty UUIDs and their commas. */
const LONGEST_LIST = 739;

export const validator: Validator = {
  source:
    'T/TAF 095-2021 (OAID: at most 64 characters, makers differ: UUID, 16, 32 or 64 hexadecimal); Apple and Google: UUID. No check digit',
  fits: (shape) =>
    shape.length >= 14 &&
    shape.length <= (shape.comma ? LONGEST_LIST : 80) &&
    shape.han === 0 &&
    !shape.at &&
    !shape.colon &&
    shape.other === 0,
  check(value): Passed | null {
    const text = value.trim();
    if (LIST.test(text))
      return {
        normalised: text.toLowerCase(),
        placeholder: false,
        passRate: 1,
        note: { zh: '若干个 UUID', en: 'several UUIDs' },
      };
    if (!/^[0-9A-Za-z](?:[0-9A-Za-z_=-]{13,79})$/.test(text)) return null;
    // `0e3b4bxxxxxxx18e8a7`: written over.
    if (/x{4}/i.test(text)) return null;
    // A bare decimal number of this length is a time or a counter.
    if (/^\d{10,19}$/.test(text) && !/^0+$/.test(text)) return null;
    // `test-ifa-1234`: who wrote it says that it is nobody's.
    if (/^(?:test|dummy|fake|sample|mock|example)[-_]/i.test(text)) return null;
    // Without a digit it is words (`denied-by-user`), unless it is longer than words are.
    if (!/\d/.test(text) && text.length < 24) return null;
    const bare = text.replace(/-/g, '');
    const placeholder = /^(.)\1+$/.test(bare);
    return {
      normalised: bare.toLowerCase(),
      placeholder,
      passRate: 1,
      note: placeholder
        ? {
            zh: '全同字符的占位标识（用户已限制广告追踪或未取得）',
            en: 'placeholder of one repeated character (tracking limited, or not obtained)',
          }
        : { zh: '广告标识形态（无校验位）', en: 'form of an advertising identifier (no check digit)' },
    };
  },
};
