import type { Field } from '../../model/field.js';
import { changesNoun } from '../branded.js';
import { readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { leafWords } from '../keys.js';
import { validators } from '../validator.js';

/**
 * `Bearer` and a token (RFC 6750 section 2.1) under a name that nobody knows: services put it into fields of their own, and the word before it says
 * what it is as it does under `Authorization`.
 */
const BEARER = /^bearer (?=[^\s]*\d)(?=[^\s]*[A-Za-z])[\w.~+/-]{20,}={0,2}$/i;
const SMALL_B = 0x62;
const BLANK = 0x20;
const WORD = 'bearer'.length;

/**
 * A JWT that a request carries in a header field or a cookie of its own is a login where it says whose: an account among its claims. Tokens that
 * attest the app or the device name none, nor do those that guard a form.
 */
const JWT = /^eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}$/;
const CLAIMS = '|jwt.payload.';
const SMALL_E = 0x65;
const CAPITAL_J = 0x4a;

export const composite: Composite = {
  spares: true,
  triggers: ({ value, part }) => isBearer(value) || ((part === 'header' || part === 'cookie') && isJwt(value)),
  find(scope) {
    const { candidates, decoded } = scope;
    const sure = surePaths(candidates);
    const token = validators.get('session-token');
    return decoded.fields.flatMap((field): CompositeFinding[] => {
      if (sure.has(field.path)) return [];
      if (isBearer(field.value) && token?.check(field.value)?.placeholder === false)
        return [{ candidate: readTogether(decoded, field, 'auth_token', line), absorbs: [] }];
      return isOfAccount(field, scope) ? [{ candidate: readTogether(decoded, field, 'auth_token', named), absorbs: [] }] : [];
    });
  },
};

function isBearer(value: string): boolean {
  return (value.charCodeAt(0) | 0x20) === SMALL_B && value.charCodeAt(WORD) === BLANK && BEARER.test(value);
}

function isJwt(value: string): boolean {
  return value.charCodeAt(0) === SMALL_E && value.charCodeAt(2) === CAPITAL_J && JWT.test(value);
}

/** A token of the sender's own, with an account among its claims that is told as one. */
function isOfAccount({ part, path, keys, value }: Field, { candidates }: CompositeScope): boolean {
  if ((part !== 'header' && part !== 'cookie') || keys.length !== 1 || !isJwt(value) || changesNoun(leafWords(keys))) return false;
  return candidates.some(
    ({ evidence }) => evidence.grade !== 'candidate' && evidence.dataType === 'account_id' && evidence.path.startsWith(`${path}${CLAIMS}`),
  );
}

const line = {
  rule: 'bearer',
  text: {
    zh: '值以 Bearer 开头：不论字段名，都是登录令牌',
    en: 'the value begins with `Bearer`: a login token, whatever the field is called',
  },
} as const;

const named = {
  rule: 'bearer',
  text: {
    zh: '单独一个字段的 JWT，其声明中有账号：不论字段名，都是登录令牌',
    en: 'a JWT in a field of its own with an account among its claims: a login token, whatever the field is called',
  },
} as const;
