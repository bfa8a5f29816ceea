import type { Field } from '../../model/field.js';
import { readTogether, sureTypes } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { leafName } from '../keys.js';
import { validator as mobile } from '../validators/mainland-mobile.js';

/** `id=…&passwd=…`: what is sent beside a password under the plainest of names is the account that it opens. */
const NAMES = /^(?:id|user|u|un|name|login|account|accout|acct|loginname|username|uname|userid)$/;
const ACCOUNT = /^(?=.*[0-9A-Za-z])[\w.@+-]{4,64}$/;
/** What the word itself calls one is one however short its number is. */
const ACCOUNTS = /^acc(?:ount|out)$/;
const SHORT_NUMBER = /^[1-9]\d{2}$/;
/** What an app logs in as for itself, and what a form says of its own kind. */
const OF_THE_APP =
  /^(?:true|false|null|undefined|admin|root|guest|test|user|login|password|account|username|user name|name|android|ios|app|web|client|anonymous)$|(?:app|client|service|api)$/i;

/**
 * `?m=login&u=…&p=…`: initials of both, where the address says that somebody signs in. Nothing else of an address is read so: `p` is a page, a
 * platform or a product elsewhere, so that it has to have a digit and the length of a password.
 */
const INITIALS = { account: /^(?:u|un|user)$/, password: /^(?:p|pw)$/ } as const;
const CHOSEN = /^(?=.*\d)[^\s/:;,{}[\]]{6,64}$/;
const MOMENT = /^1\d{9}(?:\d{3})?$/;
const ACTION = /^(?:m|a|c|s|ac|act|action|do|op|method|mod|cmd|r|route|func|service)$/;
const SIGNING_IN = /^(?:user|member|account|passport)?[._-]?(?:do)?[._-]?(?:log|sign)[_-]?(?:in|on)(?:\.[a-z]{2,5})?$/i;

export const composite: Composite = {
  named: (keys) => /pass(?:word|wd)|^(?:pwd|pw?)$/.test(leafName(keys)),
  triggers: (field, named) => named && (!INITIALS.password.test(leafName(field.keys)) || isInitial(field)),
  find(scope) {
    const { decoded, groups, types } = scope;
    const sure = sureTypes(scope.candidates);
    const found: CompositeFinding[] = [];
    for (const fields of groups.values()) {
      const stated = fields.find(({ path }) => sure.get(path) === 'password');
      const password = stated ?? initialOf(fields, sure, scope);
      if (password === undefined || !isForm(password)) continue;
      if (stated === undefined) found.push({ candidate: readTogether(decoded, password, 'password', initials), absorbs: [] });
      const account = fields.find(
        (field) => isForm(field) && NAMES.test(leafName(field.keys)) && !sure.has(field.path) && isAccount(field),
      );
      if (account === undefined) continue;
      const isMobile = types.has('phone_number') && mobile.check(account.value) !== null;
      found.push({ candidate: readTogether(decoded, account, isMobile ? 'phone_number' : 'account_id', line), absorbs: [] });
    }
    return found;
  },
};

/** The password of a form whose fields are initials. @param fields of one object. */
function initialOf(fields: readonly Field[], sure: ReadonlyMap<string, string>, { decoded }: CompositeScope): Field | undefined {
  const password = fields.find((field) => INITIALS.password.test(leafName(field.keys)) && isInitial(field) && !sure.has(field.path));
  if (password === undefined) return undefined;
  const isOpened = fields.some(
    (field) => INITIALS.account.test(leafName(field.keys)) && isAccount(field) && field.value !== password.value,
  );
  return isOpened && isSigningIn(decoded.fields, fields) ? password : undefined;
}

function isInitial({ part, path, value }: Field): boolean {
  if (part !== 'query' && !path.startsWith('body.form.')) return false;
  return CHOSEN.test(value) && !MOMENT.test(value) && !OF_THE_APP.test(value);
}

/** The last part of the path, or an action beside the form, is a login. */
function isSigningIn(all: readonly Field[], beside: readonly Field[]): boolean {
  const last = all.filter(({ part, path }) => part === 'url' && path.startsWith('url.path[')).at(-1);
  if (last !== undefined && SIGNING_IN.test(last.value)) return true;
  return beside.some(({ keys, value }) => ACTION.test(leafName(keys)) && SIGNING_IN.test(value));
}

/** What is filled in, not what a header or an address carries of the program itself. */
function isForm({ part }: Field): boolean {
  return part === 'body' || part === 'query';
}

function isAccount({ keys, value }: Field): boolean {
  return (ACCOUNT.test(value) && !OF_THE_APP.test(value)) || (ACCOUNTS.test(leafName(keys)) && SHORT_NUMBER.test(value));
}

const line = {
  rule: 'login-form',
  text: { zh: '与密码一同提交的账号', en: 'sent together with a password: the account that it opens' },
} as const;

const initials = {
  rule: 'login-form',
  text: { zh: '登录请求中以首字母命名的账号和密码', en: 'account and password under their initials, in a request that signs in' },
} as const;
