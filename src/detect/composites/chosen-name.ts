import type { Field } from '../../model/field.js';
import { readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { leafName } from '../keys.js';

/**
 * `userName: 海边的风88`: what is written in Chinese with letters or digits among it is no account number and no name of a person, but what
 * somebody calls themselves. Under a name of the user's own, or as the `name` of an object that describes the user by a number.
 */
const NAMES = /^(?:user|member|account|login)name$|^uname$/;
const OBJECT = /^(?:user|member|account|login|my|self)(?:info|infos|data|detail|details|profile|bean|vo|dto)?$/;
const NUMBER = /^(?:id|uid|oid|userid|memberid|accountid|uuid|openid)$/;
/** Han characters and something else, no sentence and no path. */
const CHOSEN = /^(?=.*[\u3400-\u9fff])(?=.*[0-9A-Za-z])[\u3400-\u9fff0-9A-Za-z_ .·~-]{3,24}$/u;
/** Roles, firms and those who have not signed in. `用户123` is given by the app, and is a nickname all the same. */
const NOBODY = /^(?:游客|访客|匿名|测试|管理员|系统|客服|默认)|(?:公司|店|部|组|科|处|中心|学院|班)(?:[0-9A-Za-z]*)$/;

export const composite: Composite = {
  named: (keys) => isNamed(keys),
  triggers: ({ value, kind }, named) => named && kind === 'string' && isChosen(value),
  find(scope) {
    const sure = surePaths(scope.candidates);
    return scope.decoded.fields.flatMap((field): CompositeFinding[] =>
      field.kind === 'string' && !sure.has(field.path) && isNamed(field.keys) && isChosen(field.value) && isUsers(field, scope)
        ? [{ candidate: readTogether(scope.decoded, field, 'nickname', line), absorbs: [] }]
        : [],
    );
  },
};

function isNamed(keys: readonly string[]): boolean {
  const own = leafName(keys);
  return NAMES.test(own) || (own === 'name' && OBJECT.test(leafName(keys.slice(0, -1))));
}

function isChosen(value: string): boolean {
  return CHOSEN.test(value) && !NOBODY.test(value);
}

/** A plain `name` needs the number of whoever bears it beside it; a list of users is of others. */
function isUsers({ keys, group, path }: Field, { groups }: CompositeScope): boolean {
  if (/\[\d+\][^|]*$/.test(path)) return false;
  return leafName(keys) !== 'name' || groups.get(group)?.some((other) => NUMBER.test(leafName(other.keys))) === true;
}

const line = {
  rule: 'chosen-name',
  text: {
    zh: '使用者名下的中文与字母、数字混写的名称，是自取的昵称',
    en: 'under the name of the user, in Chinese with letters or digits among it: a name of their own choosing',
  },
} as const;
