import type { Field } from '../../model/field.js';
import { readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { leafWords } from '../keys.js';

/**
 * The identifiers by which WeChat tells an app who its user is, under names of the app's own (`cmnid`, `userId`). They are 21 bytes in
 * base64url of which the first six bits are always the same, so that they begin with an `o`. Other secrets are as long: a value counts only
 * where the message says that it comes out of WeChat, and under no name of a secret.
 */
const LENGTH = 28;
const FORM = /^o(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{27}$/;
/** Pages and mini programs inside WeChat say so (微信开放文档: Referer of mini programs, User-Agent of its browser). */
const REFERER = /^https:\/\/servicewechat\.com\/wx[0-9a-f]{16}\//;
const AGENT = /MicroMessenger\//;
/** A secret, or the number of an event or a thing. */
const OTHERS =
  /^(?:sign|signature|sig|sn|nonce|token|session|sess|ticket|code|key|secret|trace|span|request|req|order|trade|state|csrf|xsrf|hash|digest|auth|captcha|uuid|guid|device|did)$/;
/** What a name of an account is taken for before the value is looked at. */
const ACCOUNTS = new Set(['account_id']);

export const composite: Composite = {
  spares: true,
  stirs: ({ kind, value }) => kind === 'string' && value.length === LENGTH && FORM.test(value),
  find(scope) {
    if (!isWithinWechat(scope)) return [];
    const sure = surePaths(scope.candidates.filter(({ evidence }) => !ACCOUNTS.has(evidence.dataType)));
    return scope.decoded.fields
      .filter((field) => isOpenId(field) && !sure.has(field.path))
      .map((field): CompositeFinding => ({ candidate: readTogether(scope.decoded, field, 'wechat_id', line), absorbs: [] }));
  },
};

function isWithinWechat({ decoded: { fields }, candidates }: CompositeScope): boolean {
  return (
    surePaths(candidates, 'wechat_id').size > 0 ||
    fields.some(
      ({ path, value }) => (path === 'header.referer' && REFERER.test(value)) || (path === 'header.user-agent' && AGENT.test(value)),
    )
  );
}

function isOpenId({ kind, keys, value, opened }: Field): boolean {
  if (kind !== 'string' || opened === true || value.length !== LENGTH || !FORM.test(value) || keys.length === 0) return false;
  return !leafWords(keys).some((word) => OTHERS.test(word));
}

const line = {
  rule: 'open-id',
  text: {
    zh: '微信内发出的请求，值是 OpenID、UnionID 的写法（o 开头的 28 位）',
    en: 'sent from within WeChat, and written as an OpenID or a UnionID is: 28 characters from an o on',
  },
} as const;
