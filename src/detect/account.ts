import { isHandset } from './validators/imei.js';
import { validator as mobile } from './validators/mainland-mobile.js';

/** What stands under the name of an account and is a number of something else: an account number has no form of its own to hold against it. */

const ACCOUNTS = new Set(['uid', 'user', 'user id', 'user no', 'user code']);

/** One 64-bit number in 1,800 has no letter. */
const SIXTEEN = /^(?=.*[a-f])(?=.*\d)[0-9a-f]{16}$/;

/** What says that the object describes a device, whose identifier stands there as a rule. */
const OF_DEVICE = [
  'device_model',
  'os_version',
  'imei',
  'oaid',
  'gaid',
  'idfa',
  'device_uuid',
  'mac_address',
  'screen_info',
  'network_type',
];

/** Whether 16 hexadecimal digits may number an account after all: services draw theirs at random, too. @param kinds types that are sure in the same object. */
export function mayBeDrawn(value: string, kinds: ReadonlySet<string>): boolean {
  return SIXTEEN.test(value) && !OF_DEVICE.some((kind) => kinds.has(kind));
}

/** Whether a name is that of a numbered account and nothing else. */
export function isAccount(key: string): boolean {
  return ACCOUNTS.has(key);
}

/** AppsFlyer's UID: the moment of the installation in milliseconds and a random number, of seven digits on iOS and of nineteen on Android. */
export function isAppsFlyers(value: string): boolean {
  return /^1\d{12}-\d{6,20}$/.test(value);
}

/** 16, 32 or 40 hexadecimal digits under a bare `uid` are an installation's, and so is AppsFlyer's UID: accounts are numbered, or are UUIDs with dashes. */
export function isInstallation(key: string, value: string): boolean {
  return key === 'uid' && (/^(?:[0-9a-f]{32}|[0-9a-f]{40})$/i.test(value) || SIXTEEN.test(value.toLowerCase()) || isAppsFlyers(value));
}

/** `distinct_id`: the name under which analytics kits count a visitor, signed in or not. @param key its words, as a dictionary holds them. */
export function isDistinct(key: string): boolean {
  return key.endsWith('distinct id');
}

/** Analytics kits count a visitor by a UUID or a digest, and by the account's number once that is known. */
export function isDistinctAccount(key: string, value: string): boolean {
  return isDistinct(key) && /^[1-9]\d{4,11}$/.test(value);
}

/** Shortest number that WeChat or QQ gives a person in an app. */
const LONG_OPEN_ID = 16;

/** Whether a value under the name of an open or union id is too short for one: an affiliate's, or that of a union of car parks. */
export function isShortOpenId(key: string, value: string): boolean {
  return value.length < LONG_OPEN_ID && /(?:^| )(?:open|union) ?id$/.test(key);
}

/** Every platform calls its number of a user so: QQ, phone makers and networks abroad as well as WeChat. */
const OPEN_IDS = new Set(['open id', 'openid', 'union id', 'unionid']);
/** 21 bytes in base64url, of which the first six bits are always the same. */
const WECHATS = /^o[\w-]{27}$/;

/**
 * Whether an open or union id is of another platform than WeChat, or of none that can be told. A digest of one is not expected: it is opaque from
 * the start, so that 16 or 32 hexadecimal digits are how the others write theirs.
 */
export function isOthersOpenId(key: string, value: string): boolean {
  return OPEN_IDS.has(key) && !WECHATS.test(value);
}

/**
 * Whether the name of an account holds a mobile number or an IMEI: types that have a test are believed over the one that has none. Of an IMEI the
 * commonest bodies only: Facebook's accounts have 15 digits too and begin 10, which is the number of another.
 */
export function isAnothersNumber(key: string, value: string): boolean {
  return isAccount(key) && (isHandset(value) || (/^1\d{10}$/.test(value) && mobile.check(value) !== null));
}
