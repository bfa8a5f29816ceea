import type { Field } from '../../model/field.js';
import { readTogether, sureTypes } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafName } from '../keys.js';

/**
 * `{ mobile, code: '482913' }` sent to a login: the code is the one that came by text message. `code` alone is a result, a product, a country; it
 * counts only as four or six digits beside a phone number in a small form, where the address or the form says that somebody signs in.
 */
const NAME = 'code';
/** No dialling prefix (0086) and no area code begins so. */
const CODE = /^(?:[1-9]\d{3}|\d{6})$/;
const REACHED = new Set(['phone_number', 'contact_phone']);
/** A bigger form asks for more than a code, and numbers more. */
const MOST_FIELDS = 8;
/** What a path of a login, a registration or a binding is made of. */
const SIGNING_IN =
  /(?:^|[^a-z])(?:o?auth(?![a-z])|authoriz|authoris|authentic|login|logon|log-in|signin|sign-in|signup|sign-up|regist|passport|verif|confirm|bind|sms)|(?:login|signin|signup|register|sms|verify|bindphone|bindmobile)$/i;
/** `PATCH /users/me/phone`: whoever sends a number there with six digits changes it. */
const NUMBERS = /^(?:phone|mobile|cellphone)(?:-?(?:num|number))?$/i;
const CHANGED = /^\d{6}$/;
/** The number, the code and the country's prefix. */
const MOST_CHANGED = 3;
/** What else is confirmed and redeemed by a number. */
const BUYING = /order|coupon|ticket|redeem|exchange|gift|card|goods|pickup|parcel|express|invit|activit|lottery|stock|fund|trade/i;
/** Beside it: what kind of login it is. */
const KINDS = /^(?:login|verify|auth|sms|captcha|password|passwd|pwd)(?:type|mode|way|method)?$/;
/** A place has a code as well, and so has what is bought. */
const ELSEWHERE =
  /address|addr|province|city|district|country|zip|post|order|goods|product|sku|coupon|price|amount|company|invite|activity|stock|fund/;

export const composite: Composite = {
  named: (keys) => leafName(keys) === NAME,
  triggers: ({ value, part }, named) => named && (part === 'body' || part === 'query') && CODE.test(value),
  find({ candidates, decoded, groups }) {
    const sure = sureTypes(candidates);
    const path = decoded.fields.filter((field) => field.part === 'url' && field.path.startsWith('url.path'));
    if (path.some(({ value }) => BUYING.test(value))) return [];
    const isSigningIn = path.some(({ value }) => SIGNING_IN.test(value));
    const isChanging = NUMBERS.test(path[path.length - 1]?.value ?? '');
    const found: CompositeFinding[] = [];
    for (const fields of groups.values()) {
      const code = fields.find((field) => isCode(field) && !sure.has(field.path));
      if (code === undefined || fields.length > MOST_FIELDS) continue;
      const names = fields.map(({ keys }) => leafName(keys));
      if (names.some((name) => ELSEWHERE.test(name)) || !fields.some(({ path }) => REACHED.has(sure.get(path) ?? ''))) continue;
      const isChange = isChanging && code.part === 'body' && CHANGED.test(code.value) && fields.length <= MOST_CHANGED;
      if (!isSigningIn && !isChange && !names.some((name) => KINDS.test(name))) continue;
      found.push({ candidate: readTogether(decoded, code, 'verification_code', line), absorbs: [] });
    }
    return found;
  },
};

function isCode({ keys, kind, part, value }: Field): boolean {
  if (part !== 'body' && part !== 'query') return false;
  return (kind === 'string' || kind === 'number') && leafName(keys) === NAME && CODE.test(value);
}

const line = {
  rule: 'login-code',
  text: { zh: '登录、注册时与手机号一同提交的验证码', en: 'sent together with a phone number to sign in: the code that it received' },
} as const;
