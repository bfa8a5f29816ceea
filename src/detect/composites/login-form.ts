import type { Field } from '../../model/field.js';
import { readTogether, sureTypes } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafName } from '../keys.js';
import { validator as mobile } from '../validators/mainland-mobile.js';

/** `id=…&passwd=…`: what is sent beside a password under the plainest of names is the account that it opens. */
const NAMES = /^(?:id|user|u|name|login|account|acct|loginname|username|uname|userid)$/;
const ACCOUNT = /^(?=.*[0-9A-Za-z])[\w.@+-]{4,64}$/;
/** What an app logs in as for itself, and what a form says of its own kind. */
const OF_THE_APP =
  /^(?:true|false|null|undefined|admin|root|guest|test|user|login|password|account|username|user name|name|android|ios|app|web|client|anonymous)$|(?:app|client|service|api)$/i;

export const composite: Composite = {
  named: (keys) => /pass(?:word|wd)|^pwd$/.test(leafName(keys)),
  triggers: (_, named) => named,
  find({ candidates, decoded, groups, types }) {
    const sure = sureTypes(candidates);
    const found: CompositeFinding[] = [];
    for (const fields of groups.values()) {
      const password = fields.find(({ path }) => sure.get(path) === 'password');
      if (password === undefined || !isForm(password)) continue;
      const account = fields.find(
        (field) => isForm(field) && NAMES.test(leafName(field.keys)) && !sure.has(field.path) && isAccount(field.value),
      );
      if (account === undefined) continue;
      const isMobile = types.has('phone_number') && mobile.check(account.value) !== null;
      found.push({ candidate: readTogether(decoded, account, isMobile ? 'phone_number' : 'account_id', line), absorbs: [] });
    }
    return found;
  },
};

/** What is filled in, not what a header or an address carries of the program itself. */
function isForm({ part }: Field): boolean {
  return part === 'body' || part === 'query';
}

function isAccount(value: string): boolean {
  return ACCOUNT.test(value) && !OF_THE_APP.test(value);
}

const line = {
  rule: 'login-form',
  text: { zh: '与密码一同提交的账号', en: 'sent together with a password: the account that it opens' },
} as const;
