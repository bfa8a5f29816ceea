import type { Field } from '../model/field.js';
import { asClue, type Candidate } from './candidate.js';
import { isProof } from './fusion.js';
import { leafName } from './keys.js';

/**
 * Where a token is asked for, Basic carries the name and the secret of the app (RFC 6749 2.3.1): the same in every copy of it. Whoever signs in
 * does so by the form beside it (4.3.2), a code (4.1.3) or an earlier token (6), and says by `grant_type` which of them.
 */
const BASIC = /^header\.(?:proxy-)?authorization(?:\||$)/;
/** The name of a platform is that of the app on it: nobody registers as `android`. */
const PLATFORM =
  /^(?:android|ios|iphone|ipad|web|webapp|app|client|mobileapp|h5|wap|harmony)(?:[-_. ]?(?:app|client|api|user|v?\d{1,2}))?$/i;
const USER = /^header\.(?:proxy-)?authorization\|(?:.*\|)?basic\.user$/;
/** Behind a colon more may follow, as who it is and the token. */
const SECRET = /^header\.(?:proxy-)?authorization\|(?:.*\|)?basic\.password$/;
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
  const reason = asksToken ? line : isOfPlatform(fields()) ? platformLine : null;
  return reason === null ? candidates : candidates.map((candidate) => (isBasic(candidate) ? asClue(candidate, reason) : candidate));
}

function isOfPlatform(fields: readonly Field[]): boolean {
  return (
    fields.some(({ path, value }) => USER.test(path) && PLATFORM.test(value)) &&
    fields.some(({ path, value }) => SECRET.test(path) && !value.includes(':'))
  );
}

const platformLine = {
  rule: 'client-login',
  text: {
    zh: 'Basic 中的用户名是平台的名称：是应用自身的编号与密钥，不是使用者的密码',
    en: 'Basic names a platform for its user: the name and the secret of the app, and nobody’s password',
  },
} as const;

const line = {
  rule: 'client-login',
  text: {
    zh: '同一请求以 grant_type 索取令牌：Basic 中是应用自身的编号与密钥，不是使用者的密码',
    en: 'the request asks for a token by a grant_type: Basic carries the name and the secret of the app, and nobody’s password',
  },
} as const;
