import type { Field } from '../../model/field.js';
import { type Part, readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { leafWords } from '../keys.js';

/**
 * The identifiers by which WeChat tells an app who its user is, under names of the app's own (`cmnid`, `userId`). They are 21 bytes in
 * base64url of which the first six bits are always the same, so that they begin with an `o`. Other secrets are as long: a value counts only
 * where the message says that it comes out of WeChat, and under no name of a secret.
 */
const LENGTH = 28;
const FORM = /^o(?=[\w-]*\d)(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{27}$/;
/** The same behind the number of the mini program or the account that it was given for: `wx0123456789abcdef:oABC…`. */
const GIVEN_FOR = /(?:^|[^0-9a-z])wx[0-9a-f]{16}[:|_.](o[\w-]{27})(?![\w-])/;
const SHORTEST_GIVEN = 47;
const LONGEST_GIVEN = 120;
/** What WeChat calls somebody who has chosen no name (`wxid_`, and 14 letters and digits as a rule). */
const WXID = /^wxid_[0-9a-z]{12,16}$/;
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
  triggers: ({ kind, value }) =>
    kind === 'string' && ((value.length === LENGTH && FORM.test(value)) || isWxid(value) || givenFor(value) !== null),
  find(scope) {
    const sure = surePaths(scope.candidates.filter(({ evidence }) => !ACCOUNTS.has(evidence.dataType)));
    const isWithin = isWithinWechat(scope);
    return scope.decoded.fields.flatMap((field): CompositeFinding[] => {
      if (sure.has(field.path) || field.kind !== 'string' || field.opened === true || field.keys.length === 0) return [];
      if (isWithin && isOpenId(field)) return [{ candidate: readTogether(scope.decoded, field, 'wechat_id', line), absorbs: [] }];
      if (isWxid(field.value)) return [{ candidate: readTogether(scope.decoded, field, 'wechat_id', wxidLine), absorbs: [] }];
      const given = givenFor(field.value);
      return given === null ? [] : [{ candidate: readTogether(scope.decoded, field, 'wechat_id', givenLine, given), absorbs: [] }];
    });
  },
};

/** Asked of every text: the length and two letters first. */
function isWxid(value: string): boolean {
  return value.length >= 17 && value.length <= 21 && value.startsWith('wxid_') && WXID.test(value);
}

function givenFor(value: string): Part | null {
  if (value.length < SHORTEST_GIVEN || value.length > LONGEST_GIVEN || !value.includes('wx')) return null;
  const match = GIVEN_FOR.exec(value);
  const text = match?.[1];
  // The numbers of orders stand behind that of the mini program, too.
  if (match === null || text === undefined || !FORM.test(text)) return null;
  return { text, start: match.index + match[0].length - text.length };
}

function isWithinWechat({ decoded: { fields }, candidates }: CompositeScope): boolean {
  return (
    surePaths(candidates, 'wechat_id').size > 0 ||
    fields.some(
      ({ path, value }) => (path === 'header.referer' && REFERER.test(value)) || (path === 'header.user-agent' && AGENT.test(value)),
    )
  );
}

function isOpenId({ keys, value }: Field): boolean {
  return value.length === LENGTH && FORM.test(value) && !leafWords(keys).some((word) => OTHERS.test(word));
}

const line = {
  rule: 'open-id',
  text: {
    zh: '微信内发出的请求，值是 OpenID、UnionID 的写法（o 开头的 28 位）',
    en: 'sent from within WeChat, and written as an OpenID or a UnionID is: 28 characters from an o on',
  },
} as const;

const wxidLine = {
  rule: 'open-id',
  text: {
    zh: '微信给未设微信号的用户的编号（wxid_）',
    en: 'the number that WeChat gives a user who has chosen no name (wxid_)',
  },
} as const;

const givenLine = {
  rule: 'open-id',
  text: {
    zh: '前面是小程序或公众号的 AppID，其后是微信为它给出的 OpenID',
    en: 'behind the number of a mini program or an account stands the OpenID that WeChat gave it',
  },
} as const;
