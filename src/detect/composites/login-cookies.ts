import type { Field } from '../../model/field.js';
import { readAsOne, readTogether } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { isWholeCookie } from '../cookie.js';
import { loginOf } from '../login-cookies.js';

/** Cookies that software of sites documents as its login: the name says it, and the value is written as that software writes it. */
const DOCUMENTED = 1e-3;

export const composite: Composite = {
  spares: true,
  triggers: ({ part, keys, value }) => part === 'cookie' && keys.length === 1 && value.length >= 22,
  find: (scope) =>
    scope.decoded.fields.flatMap((field): CompositeFinding[] => {
      const name = field.part === 'cookie' && field.keys.length === 1 && isWholeCookie(field) ? field.keys[0] : undefined;
      if (name === undefined) return [];
      const login = loginOf(name, decoded(field.value));
      return login === null ? [] : finding(scope, field, login.software, login.account);
    }),
};

/** A cookie may be percent-encoded, and need not be (RFC 6265 says nothing of it). */
function decoded(value: string): string {
  try {
    return value.includes('%') ? decodeURIComponent(value) : value;
  } catch {
    return value;
  }
}

function finding({ decoded }: CompositeScope, field: Field, software: string, account: string | null): CompositeFinding[] {
  const line = {
    rule: 'login-cookie',
    text: { zh: `文档所载的登录 Cookie：${software}`, en: `a login cookie by its documented name and form: ${software}` },
  } as const;
  const login = readAsOne(decoded, field, {
    dataType: 'auth_token',
    grade: 'probable',
    value: field.value,
    trace: [line],
    passRate: DOCUMENTED,
  });
  const start = account === null ? -1 : field.value.indexOf(account);
  if (account === null || start < 0) return [{ candidate: login, absorbs: [] }];
  return [
    { candidate: login, absorbs: [] },
    { candidate: readTogether(decoded, field, 'account_id', line, { text: account, start }), absorbs: [] },
  ];
}
