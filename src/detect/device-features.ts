import { isAndroidBuild } from './android-build.js';
import { isMachine, isMakerAndModel, isPhoneMaker, makerOfCode } from './device-models.js';
import { isDivisionName } from './division.js';
import { leafWords } from './keys.js';
import { passesLuhn } from './luhn.js';
import { UUID } from './uuid.js';
import { isHandset } from './validators/imei.js';
import { validator as mac } from './validators/mac.js';

/**
 * Values that say what they are under any name, once it is known that a device is being described: `nw=MOBILE_LTE`, `x=SM-G9910`,
 * `t=GMT+8`. Alone none of them is a find: shops sell an SM-G9910, and a rule may say `download=wifi`.
 */
export interface DeviceFeature {
  readonly dataType: string;
  /** Where the rest of the device has to stand: for a code that nothing else is written like, an object that this one lies in will do. */
  readonly within: 'around' | 'object';
  /** Other kinds of device data that are sure there. */
  readonly others: number;
  /** Whether the feature is written as a number, in words and signs, or as either. */
  readonly of: 'number' | 'text' | 'both';
  readonly matches: (text: string) => boolean;
  /** Names under which such a value speaks of something else: where the app was got, how one pays, what is allowed on Wi-Fi. */
  readonly unless?: RegExp;
  /** The name has to hold such a word: values that stand for several things. */
  readonly under?: RegExp;
  /**
   * Random digits are written so too, once in some hundred or thousand, and a day's events hold ten thousand numbers: it is none where its name has
   * other values in the same list, as a number of the event has and the device has not.
   */
  readonly chance?: true;
  /** Shops that apps are got from are written so too: it is one where a field that names the channel says the same. */
  readonly shop?: true;
  /** Once in four thousand is too often for one: another such value has to stand in the object. */
  readonly paired?: true;
}

/** Names under which a value speaks of where the app was got, of goods, or of what is looked for. */
export const CHANNEL =
  /^(?:channel|chn|ch|chan|source|src|[a-z]{0,8}from|store|market|mkt|push|login|pay|payment|third|partner|utm|referrer|referer|origin|adsource|media|brand|goods|product|item|sku|search|keyword|q|query|title|text|name|content|tag|tags|type|category|[a-z]{1,12}channel)$/;
/** `c=XIAOMI` is the shop that the app was got from. */
const SHOP = new RegExp(`${CHANNEL.source}|^(?:[a-z]|pf|pfid)$`);
const SETTING =
  /^(?:auto|only|policy|allow|allowed|setting|settings|limit|update|upgrade|play|cache|download|upload|preload|prefetch|config|sync|when|on|under|support|supported|target|targeting|ssid|name|title|label|text|tag)$/;
/** Numbers of events and things come in fifteen digits too. */
export const NUMBERED =
  /^(?:no|num|number|idx|index|ref|biz|slot|abtest|code|pv|pvid|spu|order|trade|trace|span|request|req|nonce|sign|sig|ts|timestamp|time|ver|seq|sequence|hash|token|session|sess|event|log|tid|msg|msgid|message|build|count|total|price|amount|item|goods|product|sku|video|vid|room|group|post|comment|article|task|page|ad|creative|campaign|user|uid|account|member|transaction|pay|bill)$/;

/** Addresses of other hardware than the device that sends. */
export const OF_ROUTER = /^(?:bssid|wifi|ap|router|bt|bluetooth|gateway)$/;

/** `sdk=android_1.3.3` is the edition of a program. */
const SOFTWARE = new RegExp(`${CHANNEL.source}|^(?:sdk|app|client|lib|version|ver|v|agent|plugin|engine)$`);

/** `iPhone5S`, `iPhone 13 Pro`; `iPhone_7_0_0` is a release of the system, and `iphonepro` a flavour of an app. */
const APPLES = /^iPhone ?(?:[3-9][A-Za-z]{0,2}|1\d|SE|X[SR]?)(?: ?(?:Pro|Plus|Max|mini)){0,2}$/;

/** `VOG-AL00 10.1.0.160(C00E160R2P1)`, with the blank or without. */
const ROM =
  /^V\d{1,2}(?:\.\d{1,3}){3}\.[A-Z]{7}$|^[A-Z]{2,4}-?[A-Z]{0,2}\d{2,3}[A-Z]? \d{1,2}\.\d+\.\d+\.\d+\(?[A-Z0-9]*\)?$|^[A-Z]{3,4}-[A-Z]{2}\d{2}\d{1,2}\.\d+\.\d+\.\d+\([A-Z0-9]{3,20}\)$/;
const SYSTEM =
  /^(?:android|ios|iphone ?os|ipados|harmony ?os|miui|emui|coloros|funtouch(?: ?os)?|originos|hyperos|flyme|magic ?ui)[ _/-]?v?\d{1,2}(?:\.\d{1,3}){0,3}$/i;
/** A name, a comma and a release with its point: the way of some apps, and of nobody who writes about a system. */
const SYSTEM_AND_RELEASE = /^(?:android|ios|iphone os|ipados|harmonyos),\d{1,2}(?:\.\d{1,2}){1,2}$/i;
/** The same with Apple’s name for the device: `iPod touch,8.1`. */
const DEVICE_AND_RELEASE = /^(?:iPhone|iPad|iPod touch),\d{1,2}\.\d{1,2}(?:\.\d)?$/;
const SYSTEM_NAME = /^(?:android|ios|iphone ?os|ipados|harmony ?os)$/i;

/** `mobile` and `cell` are kinds of devices as well, `edge` a browser and `nr` a number. */
const NETWORK =
  /^(?:(?:network_?|net_?|conn(?:ection)?_?|mobile_)?(?:type_)?(?:wi-?fi|wlan|[2345]g|lte)|[2345]g[_ -]?(?:nsa|sa|lte)|mobile[_ -](?:[2345]g|lte|nr|umts|hspa\+?)|gprs|umts|hspap?\+?|hsdpa|hsupa|evdo_\w|td-?scdma|wcdma|cm(?:net|wap)|3g(?:net|wap)|uni(?:net|wap)|ct(?:net|wap|lte))$/i;
/** How a kit that Flutter apps use prints the state of the network (connectivity_plus: one, and a list of them since its version 6). */
const STATE = 'ConnectivityResult\\.(?:wifi|mobile|ethernet|vpn|bluetooth|satellite|other|none)';
const STATES = new RegExp(`^(?:${STATE}|\\[${STATE}(?:, ${STATE}){0,5}\\])$`);
const CARRIER =
  /^(?:cmcc|cucc|ctcc|china[ _-]?(?:mobile|unicom|telecom|broadnet)|chn-?(?:cmcc|unicom|ct|telecom)|中国(?:移动|联通|电信|广电))$/i;
const CARRIER_CODE = /^460(?:0\d|1[15]|20)$/;

const LOCALE = /^(?:zh|en|ja|ko|fr|de|es|it|pt|ru|ar|tr|vi|th|id|ms|nl|pl)[-_](?:(?:[Hh]ans|[Hh]ant)[-_])?[A-Z]{2}(?:_#(?:Hans|Hant))?$/;
const TIME_ZONE =
  /^(?:Africa|America|Asia|Atlantic|Australia|Europe|Pacific)\/[A-Z][A-Za-z_]+(?:\/[A-Z][A-Za-z_]+)?$|^(?:GMT|UTC)[+-](?:0?\d|1[0-4])(?::?[0-5]0)?$|^[+-](?:0\d|1[0-4]):?[0-5]0$/;

const DENSITY = /^(?:x{1,3}h|tv)dpi$/i;
const ABI = /^(?:arm64-v8a|armeabi(?:-v7a)?|x86_64|i686|aarch64|arm64e?)(?:,(?:arm64-v8a|armeabi(?:-v7a)?|x86(?:_64)?))*$/;
/** Families of processors, by names that are too short to say it alone. */
const ARCHITECTURE = /^(?:arm(?:v[5-9]\w{0,2})?|x86|x64|i[3-6]86|amd64|mips(?:64)?)$/i;
const GPU =
  /^(?:(?:Qualcomm )?Adreno(?: ?\(TM\))? ?\d{3}|(?:ARM )?Mali-[GT]\d{2,3}.{0,12}|PowerVR .{2,40}|Apple A\d{1,2}X? GPU|(?:ARM )?Immortalis-G\d{3}.{0,8})$/;
const SOC =
  /^(?:qcom|kirin\d{3,4}|mt6\d{3}\w{0,4}|mt8\d{3}|msm8\d{3}\w{0,4}|sdm\d{3}\w{0,3}|sm[678]\d{3}\w{0,4}|exynos ?\d{4}|universal\d{4}|ums\d{3,4}|hi\d{4}|Qualcomm Technologies,? Inc\.? .{2,30}|Intel\(R\) .{4,60}|AMD Ryzen .{2,40}|AArch64 Processor rev \d.{0,20})$/i;

/** `mosv`, `osvid`: what stands around `os` is the app's way of writing it. */
const SYSTEM_WORD = /^(?:[mhd]os|[mhdc]?osv|osve|osver|osvid|osvn|osn|osr)$/;
/** A release, or a level of Android’s interface. */
const RELEASE = /^(?:[4-9]|1\d)(?:\.\d{1,2}){0,2}$|^(?:2\d|3[0-6])$/;
const ORIENTATION = /^(?:[pls]|(?:portrait|landscape)\w{0,12}|0|90|180|270)$/i;
const RATIO = /^[1-4]\.\d{1,10}$/;

/**
 * Identifiers that vendors give their installations: one short word that ends in `id` (`qaid`, `omgid`), 128 bits or more in hexadecimal.
 * Words for requests, sessions, people and things end so too; two words (`unit_id`) are a business's.
 */
const INSTALLATION_WORD =
  /^(?!(?:[b-ln-z]|pv|rq|ev|tr|lg|sq|it|gd|ad|ap|map|re|im|cr|cm|ca|tx|wx|pub|sub|src|ref|doc|tag|cat|exp|ab|seq|ext|tpl|gu|uu|val|vo|avo|gr|pa|sa|ra|ma|la|rap|sol|flu|inval|hybr)id$|[a-z]*(?:unit|slot|click|item|trace|span|order|goods|page|log|task|live|room|group|file|pic|img|news|feed|card|shop|store|book|song|sku|spu|type|chan|key|cert|api|flow|trade|pay|bill|view|event|union|open|corp|site|bid|imp|deal|camp|user|req|msg|sess|visit|app|andro)id$)[a-z]{1,6}id$/;
const INSTALLATION = new RegExp(`^(?=.*\\d)(?=.*[a-f])(?:[0-9a-f]{32,72}|${UUID})$`, 'i');

/** Sizes of memories and disks are whole pages of 4 KiB, which one number in 4,096 is; flags in a word end in more zeros. Half a gigabyte to four terabytes. */
const PAGE = 4_096;
const FLAGS = 65_536;
const LEAST_BYTES = 2 ** 29;
const MOST_BYTES = 2 ** 42;

const HEYTAPS = { length: 64, form: /^(?=\d*[A-F])[0-9A-F]{32}(?=\d*[a-f])[0-9a-f]{32}$/ } as const;
const SMALL = 0x61;
const STROKE = 0x7c;
const CUID = { stroke: 32, form: /^(?=\d*[A-F])[0-9A-F]{32}\|(?:O|\d{14,15}|[0-9A-Z]{8}V)$/ } as const;

function isMemory(text: string): boolean {
  if (!/^\d{9,13}$/.test(text)) return false;
  const bytes = Number(text);
  return bytes >= LEAST_BYTES && bytes <= MOST_BYTES && bytes % PAGE === 0 && bytes % FLAGS !== 0 && bytes % 100_000 !== 0;
}

/** Twenty digits that begin as those of a Chinese carrier do, with their check digit: two random ones in a million pass. */
function isCard(text: string): boolean {
  return /^8986(?:0\d|1[0-5])\d{14}$/.test(text) && passesLuhn(text);
}

/** A system with its release, as apps write it in one: `Android 13`, `iOS_16.2`. */
export function isSystem(text: string): boolean {
  return SYSTEM.test(text);
}

/** The name of a system without a release. */
export function isSystemName(text: string): boolean {
  return SYSTEM_NAME.test(text);
}

/** A way of being connected: `wifi`, `4G`. */
export function isNetwork(text: string): boolean {
  return NETWORK.test(text);
}

/** A mobile carrier by its name. */
export function isCarrier(text: string): boolean {
  return CARRIER.test(text);
}

/** A language with its region, or a time zone. */
export function isLocale(text: string): boolean {
  return LOCALE.test(text) || TIME_ZONE.test(text);
}

/** OPPO's system writes its OAID as 128 bits in capitals and 128 in small letters; whoever prints a digest keeps to one of them. */
function isHeyTaps(text: string): boolean {
  // Most texts of that length are digests in small letters.
  return text.length === HEYTAPS.length && text.charCodeAt(0) < SMALL && text.charCodeAt(1) < SMALL && HEYTAPS.form.test(text);
}

/** Baidu's CUID: an MD5 in capitals, a stroke, and the IMEI from behind, an O where there was none, or eight characters before a V. */
function isCuid(text: string): boolean {
  return text.length > CUID.stroke && text.charCodeAt(CUID.stroke) === STROKE && CUID.form.test(text);
}

function isMachineOrRelease(text: string): boolean {
  return isMachine(text) || (text.includes(',') && DEVICE_AND_RELEASE.test(text));
}

/** What says by itself what it is, and needs no neighbour for it. */
export function isFeatureAlone(text: string): boolean {
  if (text.includes(',') && text.length <= 48 && (isMachineOrRelease(text) || SYSTEM_AND_RELEASE.test(text))) return true;
  return (text.includes('ConnectivityResult.') && STATES.test(text)) || isHeyTaps(text) || isCuid(text);
}

export const DEVICE_FEATURES: readonly DeviceFeature[] = [
  { dataType: 'device_model', within: 'object', others: 0, of: 'text', matches: isMachineOrRelease },
  {
    dataType: 'os_version',
    within: 'object',
    others: 0,
    of: 'text',
    matches: (text) => SYSTEM_AND_RELEASE.test(text),
    unless: new RegExp(`${SOFTWARE.source}|^(?:min|max|minimum|maximum|least|lowest|require|required|supported|target)$`),
  },
  { dataType: 'network_type', within: 'object', others: 0, of: 'text', matches: (text) => STATES.test(text), unless: SETTING },
  { dataType: 'oaid', within: 'object', others: 0, of: 'text', matches: isHeyTaps },
  { dataType: 'device_uuid', within: 'object', others: 0, of: 'text', matches: isCuid },
  { dataType: 'device_model', within: 'around', others: 2, of: 'both', matches: (text) => makerOfCode(text) !== null },
  {
    dataType: 'device_model',
    within: 'object',
    others: 2,
    of: 'text',
    matches: (text) => isMakerAndModel(text) || APPLES.test(text),
    unless: CHANNEL,
  },
  { dataType: 'device_model', within: 'object', others: 3, of: 'text', matches: isPhoneMaker, unless: SHOP, shop: true },
  { dataType: 'os_version', within: 'around', others: 2, of: 'text', matches: (text) => ROM.test(text) || isAndroidBuild(text) },
  { dataType: 'os_version', within: 'object', others: 2, of: 'text', matches: isSystem, unless: SOFTWARE },
  {
    dataType: 'os_version',
    within: 'object',
    others: 3,
    of: 'text',
    matches: isSystemName,
    under: /^(?:os|sys|system)$/,
  },
  { dataType: 'network_type', within: 'object', others: 2, of: 'text', matches: isNetwork, unless: SETTING },
  { dataType: 'sim_operator', within: 'object', others: 2, of: 'text', matches: isCarrier, unless: CHANNEL },
  { dataType: 'sim_operator', within: 'object', others: 3, of: 'number', matches: (text) => CARRIER_CODE.test(text) },
  // Apps number the carriers of their country, in an order of their own: `operator=3`. Nought is what they write of none.
  {
    dataType: 'sim_operator',
    within: 'object',
    others: 3,
    of: 'number',
    matches: (text) => text.length <= 2 && /^(?:[1-9]|\d\d)$/.test(text),
    under: /^(?:operator|carrier|isp|yys)$/,
    unless: /^(?:id|uid|user|type|switch|no|math|logic|logical|by|count|num|number|is|has|status|state|enabled|price|fee)$/,
  },
  // The network code of China Mobile is 00, which is nought where it is a number.
  {
    dataType: 'sim_operator',
    within: 'object',
    others: 3,
    of: 'number',
    matches: (text) => text.length <= 2 && /^\d{1,2}$/.test(text),
    under: /^mnc$/,
  },
  { dataType: 'locale_timezone', within: 'object', others: 2, of: 'both', matches: isLocale },
  { dataType: 'os_version', within: 'object', others: 2, of: 'both', matches: (text) => RELEASE.test(text), under: SYSTEM_WORD },
  { dataType: 'screen_info', within: 'object', others: 2, of: 'text', matches: (text) => DENSITY.test(text) },
  {
    dataType: 'screen_info',
    within: 'object',
    others: 2,
    of: 'both',
    matches: (text) => ORIENTATION.test(text),
    under: /^(?:orientation|orient)$/,
  },
  {
    dataType: 'screen_info',
    within: 'object',
    others: 2,
    of: 'number',
    matches: (text) => RATIO.test(text),
    under: /^(?:sc|sd|dpr|scale|ratio|density|dppx)$/,
  },
  { dataType: 'hardware_params', within: 'around', others: 2, of: 'text', matches: (text) => ABI.test(text) || GPU.test(text) },
  {
    dataType: 'hardware_params',
    within: 'object',
    others: 2,
    of: 'text',
    matches: (text) => ARCHITECTURE.test(text),
    under: /^(?:arch|architecture|abi|abis|cpuarch)$/,
  },
  { dataType: 'hardware_params', within: 'object', others: 2, of: 'text', matches: (text) => SOC.test(text) },
  { dataType: 'hardware_params', within: 'object', others: 3, of: 'number', matches: isMemory, chance: true, paired: true },
  {
    dataType: 'imei',
    within: 'around',
    others: 2,
    of: 'number',
    matches: isHandset,
    unless: NUMBERED,
    chance: true,
  },
  { dataType: 'iccid', within: 'around', others: 2, of: 'number', matches: isCard, chance: true },
  {
    dataType: 'mac_address',
    within: 'object',
    others: 3,
    of: 'text',
    matches: (text) => /^[0-9A-F]{2}(?::[0-9A-F]{2}){5}$/i.test(text) && mac.check(text)?.placeholder === false,
    unless: OF_ROUTER,
  },
  {
    dataType: 'device_uuid',
    within: 'object',
    others: 4,
    of: 'both',
    matches: (text) => INSTALLATION.test(text),
    under: INSTALLATION_WORD,
    chance: true,
  },
  { dataType: 'location_coarse', within: 'object', others: 2, of: 'text', matches: isDivisionName, unless: CHANNEL },
];

/** Most fields are numbers, and most features are words. */
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/** Bit n: a value is written as the n-th of them, whatever its name and what stands around it. */
export function featuresOf(value: string): number {
  const text = value.trim();
  const other = NUMBER.test(text) ? 'text' : 'number';
  let bits = 0;
  for (let index = 0; index < DEVICE_FEATURES.length; index++) {
    const { of, matches } = DEVICE_FEATURES[index]!;
    if (of !== other && matches(text)) bits |= 1 << index;
  }
  return bits;
}

const byNames = new WeakMap<readonly string[], number>();

/** Bit n: the n-th of them may stand under these names, by their own name. */
export function featuresUnder(keys: readonly string[]): number {
  const known = byNames.get(keys);
  if (known !== undefined) return known;
  const words = leafWords(keys);
  let bits = 0;
  for (let index = 0; index < DEVICE_FEATURES.length; index++) {
    const { unless, under } = DEVICE_FEATURES[index]!;
    if (unless !== undefined && words.some((word) => unless.test(word))) continue;
    if (under !== undefined && !words.some((word) => under.test(word))) continue;
    bits |= 1 << index;
  }
  byNames.set(keys, bits);
  return bits;
}
