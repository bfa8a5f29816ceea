import { isUuid } from '../uuid.js';
import type { Passed, Validator } from '../validator.js';

export const validator: Validator = {
  source: 'RFC 9562. No check digit exists: trace, span and request ids look the same, so it needs a key',
  fits: (shape) => (shape.length === 36 || shape.length === 32 || shape.length === 38) && shape.letters === 0 && shape.han === 0,
  check(value): Passed | null {
    const text = value
      .trim()
      .replace(/^\{|\}$/g, '')
      .toLowerCase();
    if (!isUuid(text) && !/^[0-9a-f]{32}$/.test(text)) return null;
    const bare = text.replace(/-/g, '');
    const nil = /^(.)\1{31}$/.test(bare);
    return {
      normalised: bare,
      placeholder: nil,
      passRate: 1,
      note: nil
        ? { zh: '空 UUID（系统拒绝或未授权时的返回值）', en: 'nil UUID (what the system returns when it refuses)' }
        : { zh: 'UUID 形态', en: 'UUID form' },
    };
  },
};
