import type { Field } from '../model/field.js';
import { asClue, type Candidate } from './candidate.js';
import { isProof } from './fusion.js';
import { leafName } from './keys.js';

/**
 * Where a token is asked for, Basic carries the name and the secret of the app (RFC 6749 2.3.1): the same in every copy of it. Whoever signs in
 * does so by the form beside it (4.3.2), a code (4.1.3) or an earlier token (6), and says by `grant_type` which of them.
 */
const BASIC = /^header\.(?:proxy-)?authorization(?:\||$)/;
const OF_LOGIN = new Set(['password', 'auth_token', 'account_id', 'phone_number', 'email']);

/**
 * @param candidates of one message. @param fields all of the same message; asked for only where Basic was read.
 * @returns the same; what Basic carries is a clue where the app asks for a token.
 */
export function withoutClientLogin(candidates: readonly Candidate[], fields: () => readonly Field[]): readonly Candidate[] {
  const isBasic = ({ evidence }: Candidate): boolean =>
    OF_LOGIN.has(evidence.dataType) &&
    BASIC.test(evidence.path) &&
    (evidence.path.includes('|basic') || /^Basic\s/i.test(evidence.value)) &&
    !isProof(evidence);
  if (!candidates.some(isBasic)) return candidates;
  const asksToken = fields().some(
    ({ part, keys, value }) => part !== 'header' && part !== 'cookie' && leafName(keys) === 'granttype' && value !== '',
  );
  return asksToken ? candidates.map((candidate) => (isBasic(candidate) ? asClue(candidate, line) : candidate)) : candidates;
}

const line = {
  rule: 'client-login',
  text: {
    zh: '同一请求以 grant_type 索取令牌：Basic 中是应用自身的编号与密钥，不是使用者的密码',
    en: 'the request asks for a token by a grant_type: Basic carries the name and the secret of the app, and nobody’s password',
  },
} as const;
