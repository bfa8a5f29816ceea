import type { Field } from '../../model/field.js';
import { readTogether, surePaths } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { leafName } from '../keys.js';
import { isUuid } from '../uuid.js';
import { validators } from '../validator.js';

/**
 * What a login token says of whoever it was issued to (RFC 7519 4: claims about its subject), in the plainest of words: `id` and `name`, of the
 * payload itself or of an object in it that is the subject's. Tokens of other kinds are issued to apps, and hold the numbers of firms and roles.
 */
const NAMES = /^(?:id|name|sub|iss)$/;
/** Claims that speak of whoever the token was issued to, and by whom; some services put the device in both. */
const PARTIES = /^(?:sub|iss)$/;
const CLAIMS = '|jwt.payload';
/** Objects of the payload that speak of its subject still. */
const OF_SUBJECT =
  /^(?:sub|subject|user|account|member|login|principal|identity|profile|claims?|extend|ext|extra|data|info)(?:info|data|detail|details|dto|vo|bean)?$/;
/** As services number their accounts: digits, 96 or 128 bits in hexadecimal (or a UUID). */
const NUMBER = /^(?:[1-9]\d{4,18}|[0-9a-f]{24}|[0-9a-f]{32})$/i;
/** Each token of a service that keeps count of them has one of these too (`jti` by another name). */
const RANDOM = /^[0-9a-f]{32}$/i;
/** A name with a Chinese character in it, no sentence and no path. */
const CALLED = /^(?=.*[\u3400-\u9fff])[\u3400-\u9fff0-9A-Za-z_ .·~-]{2,24}$/u;
/** Kinds of users, offices and firms. */
const NOBODYS =
  /^(?:普通|注册|高级|超级|默认|测试|系统|匿名|正式|试用)*(?:用户|会员|游客|访客|管理员|客服|员工|账号|角色|测试|匿名|默认|系统)$|(?:公司|集团|店|部|组|科|处|中心|学院|学校|医院|银行|平台|小程序|应用|系统|项目|服务)[0-9A-Za-z]*$/;
const PERSONS = new Set(['account_id', 'phone_number', 'wechat_id', 'email']);

/**
 * Claims as WS-Federation names them (OASIS Web Services Federation Language 1.2, and `ClaimTypes` of .NET, which writes them into its tokens):
 * an address whose last part says what is claimed.
 */
const CLAIM_URI = /^https?:\/\/schemas\.(?:xmlsoap|microsoft)\.(?:org|com)\/ws\/\d{4}\/\d{2}\/identity\/claims\/([a-z]+)$/;
/** What stands under these is the subject's, whatever form it has. */
const CLAIMED = new Set(['nameidentifier', 'name', 'upn']);
/** A person's number or name, no sentence. */
const SUBJECT = /^(?!.*\s{2})[^\p{C}]{2,64}$/u;

export const composite: Composite = {
  spares: true,
  named: (keys) => NAMES.test(leafName(keys)) || uriOf(keys) !== null,
  triggers: ({ path }, named) => named && path.includes(CLAIMS),
  find(scope) {
    const sure = surePaths(scope.candidates);
    return scope.decoded.fields.flatMap((field): CompositeFinding[] => {
      if (PARTIES.test(leafName(field.keys))) return device(field, scope);
      const uri = uriOf(field.keys);
      if (uri !== null) {
        const isAsked = field.path.includes(CLAIMS) && !sure.has(field.path) && isOfLogin(field, scope);
        const claimed = isAsked ? claim(uri, field.value.trim()) : null;
        return claimed === null ? [] : [{ candidate: readTogether(scope.decoded, field, claimed, line), absorbs: [] }];
      }
      if (!NAMES.test(leafName(field.keys)) || sure.has(field.path) || !isOfSubject(field) || !isOfLogin(field, scope)) return [];
      const dataType = leafName(field.keys) === 'id' ? account(field) : name(field, scope);
      return dataType === null ? [] : [{ candidate: readTogether(scope.decoded, field, dataType, line), absorbs: [] }];
    });
  },
};

/** The last part of a claim's address; null: the name is none, or another claim's. */
function uriOf(keys: readonly string[]): string | null {
  const claim = CLAIM_URI.exec(keys[keys.length - 1] ?? '')?.[1] ?? null;
  return claim !== null && CLAIMED.has(claim) ? claim : null;
}

/** `name` is what the user signs in by, or is called; words in another script may be either, or what the app is called. */
function claim(uri: string, value: string): string | null {
  if (!SUBJECT.test(value) || NOBODYS.test(value)) return null;
  if (uri !== 'name') return 'account_id';
  if (!/[\u3400-\u9fff]/.test(value)) return /^\S+$/.test(value) && /\d/.test(value) ? 'account_id' : null;
  return validators.get('chinese-name')?.check(value) ? 'real_name' : 'nickname';
}

/** Names of the objects between the payload and the field. */
function objectsOf({ path }: Field): readonly string[] {
  const inside = path.slice(path.lastIndexOf(CLAIMS) + CLAIMS.length).replace(/\|json\$/g, '');
  return inside.split('.').slice(1, -1);
}

function isOfSubject(field: Field): boolean {
  return field.path.includes(CLAIMS) && objectsOf(field).every((object) => OF_SUBJECT.test(leafName([object])));
}

/** The token itself is read as a login. */
function isOfLogin({ path }: Field, { candidates }: CompositeScope): boolean {
  const token = path.slice(0, path.lastIndexOf(CLAIMS));
  return candidates.some(({ evidence }) => evidence.path === token && evidence.dataType === 'auth_token' && evidence.grade !== 'candidate');
}

function account(field: Field): string | null {
  const value = field.value.trim();
  const isRandom = RANDOM.test(value) || isUuid(value);
  return (isRandom || NUMBER.test(value)) && (objectsOf(field).length > 0 || !isRandom) ? 'account_id' : null;
}

/** Beside the number of the account, or what else tells one person; what may be a name by birth is left to the name's own rules. */
function name(field: Field, { candidates, groups }: CompositeScope): string | null {
  const value = field.value.trim();
  if (!CALLED.test(value) || NOBODYS.test(value) || validators.get('chinese-name')?.check(value)) return null;
  const beside = groups.get(field.group) ?? [];
  const isTold = beside.some(
    (other) =>
      (leafName(other.keys) === 'id' && account(other) !== null) ||
      candidates.some(({ evidence }) => evidence.path === other.path && evidence.grade !== 'candidate' && PERSONS.has(evidence.dataType)),
  );
  return isTold ? 'nickname' : null;
}

/** The subject of a token that a guest was given first may be the device still, and the account a claim of its own: `{ sub: X, uuid: X, userId: Y }`. */
function device(field: Field, { candidates, groups, types, decoded }: CompositeScope): CompositeFinding[] {
  if (!field.path.includes(CLAIMS)) return [];
  const beside = new Map((groups.get(field.group) ?? []).map(({ path, value }) => [path, value]));
  const sure = candidates.filter(({ evidence: { grade, path } }) => grade !== 'candidate' && path !== field.path && beside.has(path));
  const hasAccount = sure.some(({ evidence }) => evidence.dataType === 'account_id' && evidence.value !== field.value);
  const same = sure.find(({ evidence }) => evidence.value === field.value && types.get(evidence.dataType)?.family === 'device_id');
  if (same === undefined || !hasAccount) return [];
  return [{ candidate: readTogether(decoded, field, same.evidence.dataType, deviceLine), absorbs: [field.path] }];
}

const deviceLine = {
  rule: 'token-claims',
  text: {
    zh: '与同一令牌中的设备标识是同一个值，账号另有声明',
    en: 'the same value as the device’s in the same token, which states the account elsewhere',
  },
} as const;

const line = {
  rule: 'token-claims',
  text: {
    zh: '登录令牌（JWT）中关于所属用户的声明',
    en: 'a claim of the login token (JWT) about whoever it was issued to',
  },
} as const;
