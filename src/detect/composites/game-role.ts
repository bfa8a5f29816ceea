import type { Field } from '../../model/field.js';
import { readTogether, sureTypes } from '../candidate.js';
import type { Composite, CompositeFinding } from '../composite.js';
import { leafName } from '../keys.js';

/**
 * `{ userId, roleId: 1235761, roleName, serverId, roleLevel }`: what games tell the kits that log in and take money. An office has roles as
 * well, and no level of one on a server; beside the account of whoever plays, number and name of the role are that person's.
 */
const ROLE = 'roleid';
const NAME = 'rolename';
const LEVEL = /^(?:role|player|character|vip)(?:level|lv|grade)$/;
const SERVER = /^(?:game)?(?:server|zone|realm)(?:id|no|num|code|name)$/;
/** Kinds of roles are few; characters are counted. */
const NUMBER = /^(?=.*\d)[0-9A-Za-z_-]{4,40}$/;
const CALLED = /^(?!(?:无|none|null|unknown|default|test)$)(?=.*\p{L})[^{}<>[\]\r\n]{2,24}$/iu;
/** The list of those who play is of others. */
const LISTED = /\[\d+\][^|]*$/;

export const composite: Composite = {
  named: (keys) => leafName(keys) === ROLE,
  triggers: ({ value }, named) => named && NUMBER.test(value),
  find({ candidates, decoded, groups }) {
    const sure = sureTypes(candidates);
    const found: CompositeFinding[] = [];
    const tell = (field: Field, dataType: string) => {
      if (!sure.has(field.path)) found.push({ candidate: readTogether(decoded, field, dataType, line), absorbs: [] });
    };
    for (const fields of groups.values()) {
      const role = fields.find(({ keys, path, value }) => leafName(keys) === ROLE && NUMBER.test(value) && !LISTED.test(path));
      if (role === undefined || !fields.some(({ path }) => path !== role.path && sure.get(path) === 'account_id')) continue;
      const has = (name: RegExp) => fields.some(({ keys, value }) => value !== '' && name.test(leafName(keys)));
      if (!has(SERVER) || !has(LEVEL)) continue;
      tell(role, 'account_id');
      const name = fields.find(({ keys, value }) => leafName(keys) === NAME && CALLED.test(value));
      if (name !== undefined) tell(name, 'nickname');
    }
    return found;
  },
};

const line = {
  rule: 'game-role',
  text: {
    zh: '与账号、区服、等级一同上报的游戏角色',
    en: 'the character of a game, told with the account, the server and the level',
  },
} as const;
