import type { Field } from '../model/field.js';
import { isDistinct, isDistinctAccount, isInstallation, mayBeDrawn } from './account.js';
import { authorLine } from './authors.js';
import type { Candidate } from './candidate.js';
import { isOfVisit } from './clinical.js';
import { isPersons, OF_PERSON } from './display-name.js';
import { leafName } from './keys.js';
import { isLoginToken } from './login.js';
import { isOfPremises } from './premises.js';
import { isUuid, UUID } from './uuid.js';

/** For each type that a name makes a clue only: the neighbours that make it sure, and what must hold of the value and its neighbours besides. */

const YES_OR_NO = /^(?:[01]|true|false|yes|no)$/i;
/** Scripts against fraud write their tokens in capitals and digits (Base32, RFC 4648 section 6). */
const RISK_TOKEN = /^[0-9A-Z]{32,}={0,6}$/;
/** Words that name the level of Android’s interface, and much else. */
const LEVELS = new Set(['sdk', 'api', 'sdk version', 'sdk ver']);
/** 128 bits or more in hexadecimal. */
export const LONG_HEX = new RegExp(`^(?=.*\\d)(?:[0-9a-f]{32}|[0-9a-f]{40}|${UUID})$`, 'i');
/** Serial numbers of makers: capitals and digits; digests are signatures. */
const SERIAL = /^(?=.*\d)(?=.*[A-Z])[0-9A-Z]{8,20}$|^(?=.*\d)(?=.*[a-f])[0-9a-f]{16}$/;
const AREA = /^(?:lac|tac|lacid|locationareacode)$/;
/** What stands beside a sum of money that is paid. */
const PAYING = /order|pay|trade|recharge|price|currency|subject|goods/;
const API_LEVEL = /^(?:1[4-9]|2\d|3[0-6])$/;
/** An edition of a library is written so too, though seldom so high. */
const HIGH_LEVEL = /^(?:2[1-9]|3[0-6])$/;
/** `android_api=1.9.0`: of an interface of the app's own. */
const THREE_PARTS = /^\d+(?:\.\d+){2,}/;
const DIGITS = /^[\d.]+$/;
const DOTTED = /^\d+\.\d/;
const APP_VERSION = /^(?:app|client|apk|soft|software)(?:version|ver|v)(?:name)?$/;
const EDITIONS = new Set(['sdk version', 'sdk ver']);
/** A share that is busy or taken, with its decimals or its sign; the number of cores and the size of a memory have neither. */
const BUSY = /^\d{1,3}(?:\.\d+%?|%)$/;
const SHARE = /^(?:0?\.\d+|\d{1,3}(?:\.\d+)?%)$/;
/** Whether what stands under the name of a part says how busy it is: `cpu=12.5%`, `mem=0.35`. */
export function isBusy(key: string, value: string): boolean {
  return key === 'cpu' ? BUSY.test(value) : /^(?:mem|memory|ram|disk|gpu)$/.test(key) && SHARE.test(value);
}

/** Whether a name of the system's level holds an edition of some program: `sdk=3.2.1`, `sdk=android_1.3`. */
export function isNoLevel(key: string, value: string): boolean {
  if (key.endsWith(' api') && THREE_PARTS.test(value)) return true;
  return LEVELS.has(key) && !(EDITIONS.has(key) ? HIGH_LEVEL : API_LEVEL).test(value);
}

/** Names of the device, under which the system alone says nothing more, and only a system with its release is a version of one. */
export const SYSTEM_NAMED = new Set(['device', 'terminal', 'phone version', 'phone ver', 'device.version']);

/** So much device data beside it makes a value sure whose test random values pass this often, and no oftener. */
interface Step {
  readonly passRate: number;
  /** Only for these dictionary keys. */
  readonly keys?: ReadonlySet<string>;
  /** Other kinds of device data in the same object. */
  readonly others: number;
}

/** What makes an ambiguous name of a type sure. */
export interface CorroborationRule {
  /** One of these in the same object is enough for values that pass no oftener than `passRate`. */
  readonly companions?: { readonly types: ReadonlySet<string>; readonly passRate: number };
  /** The strictest value first. */
  readonly deviceData?: readonly Step[];
  /** Whether other words may stand before an ambiguous name whose value has no test of its own. */
  readonly parts?: boolean;
  /** What has to hold besides; `neighbours` are all fields of the same object, `kinds` the types that are sure there. */
  readonly admits?: (candidate: Candidate, neighbours: () => readonly Field[], kinds: ReadonlySet<string>) => boolean;
}

/** A value with a test of its own, or a name that little else bears. */
const ANY: CorroborationRule = { deviceData: [{ passRate: 1, others: 2 }] };
/** Free text is taken for a model only under a name that can mean nothing else (`device: tv`). */
const TEXT: CorroborationRule = { deviceData: [{ passRate: 0.5, others: 2 }] };

/** The name of a maker, or a code that makers write so. */
const KNOWN_MODEL = 1e-3;
/** What shops sort their goods by: beside one feature of the device it may still be what is looked for. */
const SOLD_BY = new Set(['brand', 'brand name', 'vendor', 'product', '品牌']);

/** Names of something else that some apps give the model; a vendor may be the shop that the app came from. */
const BORROWED = new Set(['ua', 'phone', 'mobile', 'md', 'hardware', 'vendor', 'product', 'pb', 'pm', 'maker', 'model type']);

/** Under these only AppsFlyer’s own identifier is one, whatever stands beside it: apps are listed as `apps`, and affiliates have an `afid`. */
export const FLYERS = new Set(['afid', 'apps']);

/** Names of what sends, which also say in words what it is, and of groups, games, goods and whoever has a number. */
const LOOSE_DEVICES = new Set(['client', 'device', 'gid', 'mobile id']);

/** `u=…&v=0`: what holds several values is none of them. */
const SEVERAL = /^\w+=[^&]*&/;

/** Apple writes a UUID in capitals. */
function isApplesUuid(value: string): boolean {
  return isUuid(value) && value === value.toUpperCase();
}

/** Kinds of devices, which stand under `device` too. */
const KINDS =
  /^(?:web|wap|pad|phone|mobile|tablet|handset|desktop|laptop|tv|box|watch|smart\w*|browser|client|server|app|native|mini\w*|h5|other|default|unknown|emulator|simulator|online|offline|new|old|main|master|all|any|self|local|remote|user|guest)$/;

/** A word in small letters, or Huawei's code of the model behind its initials (`HWVOG`). */
function isOneWord(value: string): boolean {
  return /^(?:[a-z][a-z0-9_]{2,15}|HW(?=[A-Z0-9-]*[A-Z])[A-Z0-9-]{3,10})$/.test(value) && !KINDS.test(value);
}

/** Only these are told by a name and a loose value; addresses and radio names have tests of their own. */
export const CORROBORATION_RULES: ReadonlyMap<string, CorroborationRule> = new Map<string, CorroborationRule>([
  ['screen_info', ANY],
  // `time_offset=480` counts quarter hours of a zone, or how far a player is.
  [
    'locale_timezone',
    {
      ...ANY,
      admits: ({ match, evidence }, neighbours) =>
        match?.key !== 'time offset' || (OFFSET_IN_MINUTES.test(evidence.value) && !neighbours().some(isOfPlayer)),
    },
  ],
  // `ac=wifi` is how ByteDance names it; `ac=3` is anybody's.
  ['network_type', { ...ANY, admits: ({ match, passRate }) => passRate <= 0.5 || match?.key !== 'ac' }],
  // An account is a `uid` too, but not one of 32 hexadecimal digits. What is hidden tells no device from another.
  [
    'device_uuid',
    {
      ...ANY,
      admits: ({ match, evidence }) =>
        match !== undefined &&
        (!LOOSE_DEVICES.has(match.key) || LONG_HEX.test(evidence.value)) &&
        match.key !== 'adid' &&
        !FLYERS.has(match.key) &&
        !SEVERAL.test(evidence.value) &&
        evidence.form !== 'masked' &&
        (match.key !== 'uid' || isInstallation(match.key, evidence.value)) &&
        !isDistinctAccount(match.key, evidence.value),
    },
  ],
  // `kernel: linear` and `storage: oss` are software; what a phone has is counted.
  // A tree has a root as well; whether the phone’s is open is a yes or a no.
  [
    'hardware_params',
    { ...ANY, admits: ({ match, evidence }) => (match?.key === 'root' ? YES_OR_NO.test(evidence.value) : /\d/.test(evidence.value)) },
  ],
  // `ua`, `phone` and `md` hold much else: only a model that is known.
  [
    'device_model',
    {
      // Build.DEVICE is one word in small letters (`umi`, `polaris`): under `device` among much device data.
      deviceData: [{ passRate: KNOWN_MODEL, others: 1 }, ...(TEXT.deviceData ?? []), { passRate: 0.6, others: 3 }],
      companions: { types: new Set(['device_model']), passRate: KNOWN_MODEL },
      admits: ({ match, passRate, evidence }, _, kinds) =>
        (kinds.size > 1 || kinds.has('device_model') || !SOLD_BY.has(match?.key ?? '')) &&
        (passRate <= 1e-2 ||
          (!BORROWED.has(match?.key ?? '') && (passRate <= 0.5 || (match?.key === 'device' && isOneWord(evidence.value))))),
    },
  ],
  [
    'sim_operator',
    {
      deviceData: [
        { passRate: 0.5, others: 2 },
        // Carriers abroad are no list; among so much device data a carrier is the phone's.
        { passRate: 0.6, others: 3 },
      ],
      // Beside the country a network of one digit is one (`mcc=602`, `mnc=2`), as whoever makes a number of it writes it.
      companions: { types: new Set(['sim_operator']), passRate: 1 },
      admits: ({ match, passRate, evidence }, neighbours) =>
        passRate > 0.6
          ? match?.key === 'mnc' && /^\d$/.test(evidence.value) && neighbours().some(isCountryOfSim)
          : passRate <= 0.5 || match?.key === 'carrier' || match?.key === 'carrier.name',
    },
  ],
  [
    'os_version',
    {
      deviceData: [
        { passRate: 0.5, others: 2 },
        // `api`, `sdk` with a number that the system has reached.
        { passRate: 0.6, others: 2, keys: LEVELS },
        // A bare release (`ov=11`) wants more beside it than a dotted one: businesses number their platforms too.
        { passRate: 0.6, others: 3 },
      ],
      // `sdk=23` is the level of the system's interface; `sdk=3.2.1` is an edition of somebody's program.
      // So is a number under `build_id`, under which the system is known by its letters.
      admits: ({ match, evidence }, neighbours) =>
        !SYSTEM_NAMED.has(match?.key ?? '') &&
        !(match?.key === 'build id' && DIGITS.test(evidence.value)) &&
        !isApps(evidence.value, neighbours()),
    },
  ],
  [
    'location_coarse',
    {
      companions: { types: new Set(['location_coarse', 'location_precise', 'postal_address']), passRate: 0.5 },
      // A code of a country says more than a capitalised word: `state: MainActivity`.
      deviceData: [{ passRate: 0.3, others: 2 }],
      // `shop_city`: no neighbour makes a shop's city that of who sends.
      // `state: 128888` numbers a state of something else, though its digits might be a division's.
      admits: ({ evidence, match }, neighbours) =>
        (match?.key !== 'state' || !/\d/.test(evidence.value)) &&
        !neighbours().some(({ path, keys }) => path === evidence.path && isOfPremises(keys)),
    },
  ],
  [
    'account_id',
    // Tenants of a service are customers and accounts too, and those of four digits are numbered by it (`account=102`).
    {
      companions: { types: new Set(['email', 'phone_number', 'real_name', 'nickname', 'auth_token', 'password']), passRate: 1 },
      deviceData: [{ passRate: 1, others: 2 }],
      admits: ({ match, evidence }, neighbours, kinds) =>
        match?.reach === 'full' &&
        !isDistinct(match.key) &&
        (!/^\d{1,4}$/.test(evidence.value) || (GAME_ROLES.has(match.key) && isOnServer(neighbours()) && evidence.value.length > 2)) &&
        (!isInstallation(match.key, evidence.value) || mayBeDrawn(evidence.value, kinds)),
    },
  ],
  // Beside a person or a device a `token` is the login; alone it is a customer's of the service (`bid?token=`).
  [
    'auth_token',
    {
      companions: {
        types: new Set(['account_id', 'wechat_id', 'phone_number', 'email', 'nickname', 'gender', 'birth_date', 'location_precise']),
        passRate: 1,
      },
      deviceData: [{ passRate: 1, others: 2 }],
      parts: true,
      admits: (candidate, neighbours, kinds) =>
        (kinds.has('account_id') ||
          kinds.has('wechat_id') ||
          (candidate.match?.key === 'token' && !RISK_TOKEN.test(candidate.evidence.value))) &&
        (candidate.match?.reach === 'full' || kinds.has('account_id')) &&
        isLoginToken(candidate, neighbours()),
    },
  ],
  // 3GPP TS 23.003 4.3.1: a cell is numbered within its location area; alone a `cid` is a channel, a category, a client.
  [
    'cell_info',
    { companions: { types: new Set(['cell_info']), passRate: 1 }, admits: (candidate, neighbours) => isCell(candidate, neighbours()) },
  ],
  // A digest under `mac` is the message's own code (RFC 2104) where no device is described.
  [
    'mac_address',
    { deviceData: [{ passRate: 1, others: 2 }], admits: ({ evidence, match }) => match?.reach === 'full' && evidence.form !== 'masked' },
  ],
  // Beside a device a role is a game's; an office gives roles to its staff without one. What is displayed beside a person is that person's name.
  [
    'nickname',
    {
      deviceData: [{ passRate: 1, others: 2 }],
      companions: { types: OF_PERSON, passRate: 1 },
      admits: ({ match }, neighbours, kinds) =>
        match?.key === 'display name' ? isPersons(kinds, neighbours()) : neighbours().some(({ keys }) => leafName(keys).endsWith('roleid')),
    },
  ],
  // Videos have a `vid` too; Apple writes its UUIDs in capitals.
  ['idfv', { deviceData: [{ passRate: 1, others: 3 }], admits: ({ evidence }) => isApplesUuid(evidence.value) }],
  [
    'device_serial',
    {
      // Whoever asks for the one number that a device cannot change asks for the other.
      companions: { types: new Set(['imei', 'meid', 'imsi', 'iccid', 'mac_address']), passRate: 1 },
      deviceData: [{ passRate: 1, others: 3 }],
      admits: ({ evidence }) => SERIAL.test(evidence.value),
    },
  ],
  [
    'payment_amount',
    {
      deviceData: [{ passRate: 1, others: 2 }],
      companions: { types: new Set(['payment_channel', 'payment_account', 'phone_number']), passRate: 1 },
      admits: ({ match, evidence }, neighbours) =>
        /\d{2}/.test(evidence.value) && (match?.key === 'fee' || neighbours().some(({ keys }) => PAYING.test(leafName(keys)))),
    },
  ],
  // `pin=1234` opens whatever account is named beside it; alone it may be a pin of a card, of a map, of a board.
  [
    'password',
    {
      companions: { types: new Set(['account_id', 'email', 'phone_number', 'nickname', 'wechat_id', 'id_number']), passRate: 1 },
      admits: ({ match, evidence }, neighbours) =>
        match?.key !== 'pin code' || !POSTAL_INDEX.test(evidence.value) || !neighbours().some(isOfAddressee),
    },
  ],
  // Ten digits abroad are a number beside the name or the address of whom it reaches.
  [
    'phone_number',
    { companions: { types: new Set(['email', 'real_name', 'birth_date']), passRate: 0.95 }, admits: ({ match }) => match?.key === 'cell' },
  ],
  [
    'usage_events',
    {
      deviceData: [{ passRate: 1, others: 1 }],
      admits: ({ match }, neighbours) => /^event (?:category|action)$/.test(match?.key ?? '') && isMeasured(neighbours()),
    },
  ],
  // Beside the hospital: the department, who sees the patient there, and the day.
  [
    'medical_appointment',
    {
      companions: { types: new Set(['medical_appointment']), passRate: 1 },
      parts: true,
      admits: ({ match, evidence }) => isOfVisit(match?.key ?? '', evidence.value),
    },
  ],
  // `steps` are a recipe's and a form's; beside a heart rate or a blood pressure somebody walked them.
  ['step_count', { companions: { types: new Set(['body_metrics']), passRate: 1 } }],
  [
    'email',
    {
      companions: { types: new Set(['id_number', 'birth_date', 'bank_card_number']), passRate: 0.5 },
      // Nobody's number of identity stands in what they wrote: whoever made a document or owns an account is who sends it.
      admits: ({ evidence: { trace } }) =>
        trace.filter(({ rule }) => rule.startsWith('doubt-')).every(({ rule }) => rule === authorLine.rule),
    },
  ],
  // A code has no form to test.
  ['verification_code', { companions: { types: new Set(['phone_number', 'contact_phone', 'bank_reserved_phone']), passRate: 1 } }],
  [
    'real_name',
    // Gender is not among these: shops sort clothes by brand and sex.
    {
      companions: {
        types: new Set(['email', 'phone_number', 'contact_phone', 'birth_date', 'id_number', 'bank_card_number', 'bank_reserved_phone']),
        passRate: 0.5,
      },
    },
  ],
]);

/** Whole quarter hours from one to fourteen, in minutes, and the half hours of India, Iran and Australia. */
const OFFSET_IN_MINUTES = /^[+-]?(?:60|120|180|210|240|270|300|330|345|360|390|420|480|540|570|600|660|720|780|840)$/;

/** Beside what is played, or the clock of the server, an offset is one of these. */
function isOfPlayer({ keys }: Field): boolean {
  return /^(?:video|audio|media|play|track|episode|song)|^(?:position|progress|duration|seek|servertime)/.test(leafName(keys));
}

/** India calls its postal code of six digits a Postal Index Number, a PIN code (India Post): beside a name or an address it is that. */
const POSTAL_INDEX = /^[1-9]\d{2} ?\d{3}$/;

function isOfAddressee({ keys, value }: Field): boolean {
  return (
    value.trim() !== '' &&
    /^(?:(?:first|last|full|co|company|contact)?name|address\w*|city|state|district|landmark|locality)$/.test(leafName(keys))
  );
}

/** ITU-T E.212: the code of a country. */
function isCountryOfSim({ keys, value }: Field): boolean {
  return leafName(keys) === 'mcc' && /^[2-7]\d{2}$/.test(value);
}

/** Both names of an event in Google’s measurement, which apps that report to a server of their own have kept; a calendar has neither device nor system beside them. */
const EVENT_NAMES = ['eventcategory', 'eventaction'];

function isMeasured(neighbours: readonly Field[]): boolean {
  return EVENT_NAMES.every((name) => neighbours.some(({ keys, value }) => value.trim() !== '' && leafName(keys) === name));
}

/** Players by the number of their character, which a game counts on each of its servers. */
const GAME_ROLES = new Set(['role id', 'character id', 'player id']);
const GAME_SERVER = /^(?:game)?(?:server|zone|realm)(?:id|no|num|code|name)?$/;

/** `platform=5.0.0` beside `appVersion=5.0.0` is the app's. */
function isApps(value: string, neighbours: readonly Field[]): boolean {
  return DOTTED.test(value) && neighbours.some((field) => field.value === value && APP_VERSION.test(leafName(field.keys)));
}

function isOnServer(neighbours: readonly Field[]): boolean {
  return neighbours.some(({ keys, value }) => value !== '' && GAME_SERVER.test(leafName(keys)));
}

function isCell({ evidence, match }: Candidate, neighbours: readonly Field[]): boolean {
  // `cid` beside `locLac` and `locCid` is a channel.
  const before = /^(\w+) cid$/.exec(match?.key ?? '')?.[1] ?? '';
  const isArea = (name: string) => name.startsWith(before) && AREA.test(name.slice(before.length));
  return /^\d{2,10}$/.test(evidence.value) && neighbours.some(({ keys, value }) => isArea(leafName(keys)) && /^[1-9]\d{1,5}$/.test(value));
}
