import { readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { validators } from '../validator.js';

/**
 * `Bearer` and a token (RFC 6750 section 2.1) under a name that nobody knows: services put it into fields of their own, and the word before it says
 * what it is as it does under `Authorization`.
 */
const BEARER = /^bearer (?=[^\s]*\d)(?=[^\s]*[A-Za-z])[\w.~+/-]{20,}={0,2}$/i;
const SMALL_B = 0x62;
const BLANK = 0x20;
const WORD = 'bearer'.length;

export const composite: Composite = {
  spares: true,
  triggers: ({ value }) => (value.charCodeAt(0) | 0x20) === SMALL_B && value.charCodeAt(WORD) === BLANK && BEARER.test(value),
  find({ candidates, decoded }) {
    const sure = surePaths(candidates);
    const token = validators.get('session-token');
    return decoded.fields.flatMap((field): CompositeFinding[] =>
      BEARER.test(field.value) && !sure.has(field.path) && token?.check(field.value)?.placeholder === false
        ? [{ candidate: readTogether(decoded, field, 'auth_token', line), absorbs: [] }]
        : [],
    );
  },
};

const line = {
  rule: 'bearer',
  text: {
    zh: '值以 Bearer 开头：不论字段名，都是登录令牌',
    en: 'the value begins with `Bearer`: a login token, whatever the field is called',
  },
} as const;
