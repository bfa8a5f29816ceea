import type { Decoded, Field } from '../model/field.js';
import { leafName } from './keys.js';

/** What the rest of the message says about a field whose own name leaves it open. */
export interface Surroundings {
  readonly platform: 'ios' | 'android' | null;
  /** Fields under the name that a neighbour gives them: `{ key: 'imei', value: '86…' }`. */
  readonly renamed: ReadonlyMap<Field, readonly string[]>;
  /** Objects that hold a port or the times of a connection: what they call `ip` is where a server listens, not where the phone is. */
  readonly servers: ReadonlySet<number>;
  /** The message names an OAID or a VAID: identifiers of the Chinese alliance (T/TAF 095-2021). */
  readonly alliance: boolean;
  /** False: what was left out of the message may change the answer, and it has to be asked again with all of it. */
  readonly isWhole: boolean;
}

const PLATFORM_KEYS = new Set([
  'os',
  'osname',
  'platform',
  'ostype',
  'devicetype',
  'dvos',
  'sysname',
  'systemname',
  'useragent',
  'ua',
  'make',
  'brand',
  'model',
  'osv',
  'osversion',
]);
const NAME_KEYS = new Set(['key', 'name', 'k', 'field', 'fieldname', 'param', 'paramname', 'attr', 'code', 'id']);
const VALUE_KEYS = new Set(['value', 'val', 'v', 'fieldvalue', 'content', 'data']);

/** Times of a connection as programs that measure them write them: name resolution, handshakes, the way there and back. */
const CONNECTION = /^(?:dns|tcp|ssl|tls|ttfb|(?:dns|tcp|ssl|tls|connect|handshake)(?:time|cost|duration|ms))$/;

/** What a lease of DHCP calls `dns` is an address, as text or as one number of 32 bits. */
const MILLISECONDS = /^[1-9]\d{0,4}(?:\.\d+)?$/;

/** Beside a `port` or such a time these say where a server listens. */
const SERVER_KEYS = new Set([
  'ip',
  'host',
  'addr',
  'address',
  'server',
  'remote_ip',
  'remoteip',
  'server_ip',
  'serverip',
  'dst_ip',
  'target_ip',
]);

const ALLIANCE_KEYS = new Set(['oaid', 'vaid', 'msaoaid', 'msavaid', 'udidmsa']);

/** Words that name an identifier wherever they stand. */
const IDENTIFIER =
  /^(?:(?:hashed|md5|sha1|sha256|sha512)_)?(?:imei[12]?|meid|imsi|iccid|mac|oaid|idfa|idfv|gaid|android_?id|vaid|aaid|caid|serial|phone|phone_number|mobile|email)(?:_(?:hashed|md5|sha1|sha256|sha512))?$/i;

/** A page, a script or a file: what is asked for, not a value. */
const RESOURCE =
  /\.(?:aspx?|ashx|php|jspx?|do|action|cgi|html?|xml|json|js|css|txt|png|jpe?g|gif|webp|svg|ico|mp[34]|m3u8|ts|flv|zip|gz|apk|ipa|plist|proto|woff2?)$/i;

/** How a name may speak of its neighbours. */
export const ROLE = { platform: 1, name: 2, value: 4, type: 8, id: 16, port: 32, server: 64, alliance: 128 } as const;

/** Fields of these roles are looked for among the leaves that nobody wanted, too. */
export const FOUND_AMONG_IDLE = ROLE.name | ROLE.id;

/** Whether a text is the name of an identifier: `{ type: 'imei', id: '86…' }`. */
export function namesIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

/** `ROLE` bits of a field by its own name. */
export function roleOf(keys: readonly string[]): number {
  const own = keys[keys.length - 1];
  if (own === undefined) return 0;
  let role = 0;
  if (own === 'type' || own === 'idType' || own === 'id_type') role |= ROLE.type;
  else if (own === 'id' || own === 'idValue' || own === 'id_value') role |= ROLE.id;
  if (own.length > 40) return role;
  const key = leafName(keys);
  if (key === 'port' || CONNECTION.test(key)) role |= ROLE.port;
  if (SERVER_KEYS.has(own.toLowerCase())) role |= ROLE.server;
  if (ALLIANCE_KEYS.has(key)) role |= ROLE.alliance;
  if (PLATFORM_KEYS.has(key)) role |= ROLE.platform;
  if (NAME_KEYS.has(key)) role |= ROLE.name;
  if (VALUE_KEYS.has(key)) role |= ROLE.value;
  return role;
}

const NAME = /^(?:[A-Za-z_][\w.-]{1,40}|[\u4e00-\u9fff]{2,10})$/;

function mayName(part: Field['part']): boolean {
  return part !== 'header' && part !== 'cookie' && part !== 'url';
}

/**
 * @param roles of the fields by their position, where they are known already.
 * @param roleAt the same of any field.
 */
export function surroundingsOf(
  decoded: Decoded,
  roles: (index: number) => number = (index) => roleOf(decoded.fields[index]!.keys),
  roleAt: (field: Field) => number = ({ keys }) => roleOf(keys),
): Surroundings {
  let ios = 0;
  let android = 0;
  let alliance = false;
  let identifies = false;
  const names = new Map<number, Field>();
  const values: Field[] = [];
  const identified: Field[] = [];
  const servers = new Set<number>();
  const { fields } = decoded;
  for (let index = 0; index < fields.length; index++) {
    const role = roles(index);
    if (role === 0) continue;
    const field = fields[index]!;
    alliance ||= (role & ROLE.alliance) !== 0;
    if ((role & ROLE.platform) !== 0 && field.value.length < 400) {
      if (/\bi(?:os|phone|pad)\b|^iphone|^apple$/i.test(field.value)) ios++;
      else if (/android|^(?:huawei|honor|xiaomi|redmi|oppo|vivo|samsung|oneplus|realme|google|meizu|sony)\b/i.test(field.value)) android++;
    }
    if (!mayName(field.part)) continue;
    if ((role & ROLE.port) !== 0 && ((leafName(field.keys) === 'port' && field.value !== '') || MILLISECONDS.test(field.value)))
      servers.add(field.group);
    const isName = (role & ROLE.name) !== 0;
    if (isName && !names.has(field.group) && NAME.test(field.value)) names.set(field.group, field);
    else if ((role & ROLE.value) !== 0) values.push(field);
    identifies ||= isName && IDENTIFIER.test(field.value);
  }
  const { idle } = decoded;
  if (idle !== undefined && values.length > 0) {
    // The name beside a value may be a leaf that nobody wanted.
    const wanted = new Set(values.map(({ group }) => group));
    for (const group of wanted) names.delete(group);
    for (const field of idle.among(({ group }) => wanted.has(group)))
      if (
        wanted.has(field.group) &&
        !names.has(field.group) &&
        mayName(field.part) &&
        (roleAt(field) & ROLE.name) !== 0 &&
        NAME.test(field.value)
      )
        names.set(field.group, field);
  }
  // `{ type: 'imei', id: '86…' }`
  for (let index = 0; index < fields.length; index++) {
    const role = roles(index);
    if ((role & (ROLE.type | ROLE.id)) === 0) continue;
    const field = fields[index]!;
    if ((role & ROLE.type) !== 0 && IDENTIFIER.test(field.value)) {
      names.set(field.group, field);
      identifies = true;
    } else if ((role & ROLE.id) !== 0) identified.push(field);
  }
  const renamed = new Map<Field, readonly string[]>();
  for (const field of values) {
    const name = names.get(field.group);
    // Only the pair alone: in a wider object `name` and `value` speak of other things.
    if (name && name !== field) renamed.set(field, [...field.keys.slice(0, -1), name.value]);
  }
  for (const field of identified) {
    const name = names.get(field.group);
    if (name && IDENTIFIER.test(name.value)) renamed.set(field, [...field.keys.slice(0, -1), name.value]);
  }
  namePathSegments(decoded, renamed);
  return {
    platform: ios > android ? 'ios' : android > ios ? 'android' : null,
    renamed,
    servers,
    alliance,
    isWhole: idle === undefined || !identifies,
  };
}

/** `/imei/866…`: a word of the path names the segment after it, if that looks like a value and not like another word. */
function namePathSegments(decoded: Decoded, renamed: Map<Field, readonly string[]>): void {
  let before: Field | null = null;
  for (const field of decoded.fields) {
    if (field.part !== 'url' || field.keys.length > 0 || !field.path.startsWith('url.path[')) continue;
    if (
      before !== null &&
      /^[A-Za-z_-]{2,30}$/.test(before.value) &&
      field.value.length >= 5 &&
      /\d/.test(field.value) &&
      !RESOURCE.test(field.value)
    )
      renamed.set(field, [before.value]);
    before = field;
  }
}
