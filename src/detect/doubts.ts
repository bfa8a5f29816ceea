import { limits } from '../limits.js';
import type { Field } from '../model/field.js';
import type { TraceLine } from '../model/finding.js';
import type { DataType } from '../model/rulebook.js';
import type { Bilingual } from '../model/text.js';
import {
  isAccount,
  isAnothersNumber,
  isAppsFlyers,
  isDistinct,
  isDistinctAccount,
  isInstallation,
  isOthersOpenId,
  isShortOpenId,
} from './account.js';
import { isAndroidBuild } from './android-build.js';
import { authorLine, isOfAuthor, isOfContributor, isOfWriter } from './authors.js';
import { isBusinessNumber, isMobileNumber } from './business-number.js';
import { isClinical } from './clinical.js';
import { FLYERS, isBusy, isNoLevel, LONG_HEX, SYSTEM_NAMED } from './corroboration-rules.js';
import { isSystem, isSystemName } from './device-features.js';
import { isApples, isMachine, isMakerAndCode, isMakerAndModel, isPhoneMaker, makerOfCode } from './device-models.js';
import { digestForm } from './disguise.js';
import { isDivisionName } from './division.js';
import { type KeyMatch, leafName } from './keys.js';
import { carriesLogin, isFirebase } from './login.js';
import { isOfPremises, premisesLine } from './premises.js';
import { isUuid, UUID } from './uuid.js';
import { COMMON_PASS_RATE } from './validator.js';
import { isOfFunction } from './validators/email.js';
import { isResolver } from './validators/ip.js';

/**
 * Reasons for which a name that fits and a value that passes its test are still no more than a clue. Each is one way in which real traffic
 * would have accused wrongly; what stands beside the field may answer it (corroboration.ts), unless it is settled. They stand in one table, which is all
 * that is long here: a trace tells them in its order, and whoever adds one has to see that none of the others says it already.
 */

/** One reading of a field by its name, whose value passed the test of the type. */
export interface Reading {
  readonly field: Field;
  /** Without white space at its ends. */
  readonly value: string;
  readonly type: DataType;
  readonly match: KeyMatch;
  /** Share of random values of the same class that pass; 1 for a form without any check. */
  readonly passRate: number;
  readonly by: 'validator' | 'shape';
}

export interface Doubt {
  /** Rule of its trace line. */
  readonly name: string;
  readonly of: (type: DataType) => boolean;
  readonly holds: (reading: Reading) => boolean;
  readonly why: Bilingual;
  /** It is the value that says so, not a name that is open: whatever stands beside the field, it stays a clue. */
  readonly settled?: true;
}

/** Shops sell by brand and model, and `did`, `iid` number dramas and items too. */
const NEEDS_CORROBORATION = new Set(['device_model', 'device_uuid', 'hardware_params', 'verification_code', 'cell_info', 'payment_amount']);
/** `sn` is a serial number, a signature and a sequence. */
const LOOSE_KEYS = new Set([
  'pass',
  'pin',
  'user pass',
  'login pass',
  'upw',
  'pin code',
  'sn',
  'vid',
  'vendor id',
  'role id',
  'character id',
  'role name',
  'game role name',
  'display name',
]);
/** 128 bits in hexadecimal under these are a device's. */
const DEVICES = new Set([
  'did',
  'udi',
  'device code',
  'devid',
  'uniqueid',
  'devi',
  'ldid',
  'device key',
  'device',
  'ime',
  'mobile id',
  'shebei',
  'duid',
  'first id',
]);
/** Secrets that services hand out to apps, in hexadecimal of 80 bits and more. */
const SECRET_HEX = /^(?=.*\d)(?=.*[a-f])[0-9a-f]{20,64}$/;
/** What a server drew, in letters of both kinds: longer than anybody's password. */
const DRAWN_SECRET = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[\w~.+/=-]{32,}$/;
/** More than a digest has, and not of its length: made for the purpose. */
const LONGER_HEX = /^(?=.*\d)[0-9a-f]{42,60}$/i;
/** The same as a part of its own between signs, with what an app puts before and behind: `[d]6f1d2c3b-…`, `APP_0f0b…_15`. */
const HOLDS_LONG_HEX = new RegExp(
  `^[\\w.[\\]:|-]{0,40}[_\\]:|-](?=[^_]{0,40}\\d)(?:[0-9a-f]{32}|${UUID})(?:[_[:|-][\\w.[\\]:|-]{0,40})?$`,
  'i',
);
/** Devices and systems by what agents write of them; whoever names none of these is a library or an app by its own name. */
const SYSTEM_OR_DEVICE =
  /android|\bios\b|iphone|ipad|ipod|apple ?(?:tv|watch)|darwin|cfnetwork|windows|win(?:32|64)\b|linux|\bmac\b|mac ?os|macintosh|osx|x11|\bcros\b|bsd|harmony|tizen|web0?s|symbian|series ?\d0|blackberry|kaios|mobile|phone|tablet|dalvik|scale\/|build[/ ]|webkit|gecko|msie|trident|opera|roku|playstation|xbox|nintendo|\bU;/i;
/** Names that do not say of what. */
const BARE_SERIALS = new Set(['serial number', 'serial no', 'serial num', 'serialno', 'serial', 'sn', '序列号']);
/** Build.SERIAL has at most 20 characters on phones that are sold. */
const LONGEST_SERIAL = 20;
/** As Android writes its own identifier, which apps that know only one name put under `idfa` as well. */
const ANDROIDS = /^(?=.*[a-f])(?=.*\d)[0-9a-f]{16}$/;
/** The same, with a zero in front that was not written: a header speaks of who sends it. */
const SHORT_HEX = /^(?=.*[a-f])(?=.*\d)[0-9a-f]{14,16}$/;
/** What a server seals a login into: 64 characters of three kinds and more. */
const SEALED = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{64,}$/;
/** Without a comment, or with one that names what the program is written in. */
const BARE_AGENT = /^[^(]*(?:\((?:java [\d.]+|dart:io|python[^)]*|gzip)\)[^(]*)?$/i;
/** Neither a version nor a comment: `examplecommunity`. */
const ONE_WORD = /^[A-Za-z_.-]+$/;
/** `Example_1.0.2`: an app and its edition, without the stroke of a product; what is longer may be an agent enciphered. */
const APP_EDITION = /^(?=.{1,24}$)(?=.*\d)[A-Za-z][\w.-]*$/;
/** `$deviceId`, as PHP, Perl and shells write one; Mixpanel's `$device:…` goes on. */
const VARIABLE = /^\$[A-Za-z_]{1,38}\d?$/;
/** `YOUR_API_SECRET`: what manuals and samples write in place of one; `User/id` is a reference to a field. */
const NAMED_VARIABLE = /^[A-Z]+(?:_[A-Z]+)*_(?:KEY|SECRET|PASSWORD|PASS|PWD|TOKEN|USER|USERNAME|NAME|ID)$|^[A-Z]\w{0,30}\/[a-z]\w{0,30}$/;
/** LocalSystem, LocalService and NetworkService, and groups that every machine has ([MS-DTYP] 2.4.2.4). */
const WELL_KNOWN = /^S-1-(?:[0-3]-\d|5-(?:[1-9]|1\d|20|32-\d{3}))$/;
/** Robots answer for nobody (RFC 9110 10.1.5 asks them for an address). */
const ROBOT = /\+https?:\/\//i;
/** Names that say neither what is numbered nor by whom. */
const BARE_NUMBERS = new Set(['uuid', 'guid']);
const EVENTS =
  /^(?:events?|actions?|logs?|entries|records?|hits|messages?|msgs?|spans?|metrics?|crash(?:es)?|exceptions?|errors?|incidents?)(?:list|data|array)?$/;
const SIZES = /(?:^| )(?:mem|memory|ram|rom|disk|storage|space)(?: |$)/;
const COUNTED_NETS = new Set(['net', 'network', 'nw']);
const TENANTS = /^(?:customer|cust|account)/;
/** 32 bytes, as Apple's push service hands them out. */
const APNS = /^[0-9a-f]{64}$/i;
const ANALYTICS = new Set(['ga', 'gid']);
/** The visitor of Google Analytics, with or without what its cookie writes before. */
const ANALYTICS_ID = /^(?:GA\d\.\d\.)?\d{6,10}\.\d{9,11}$/;
const AGENT_WORDS = 24;
const PLACES = new Set(['location_precise', 'location_coarse', 'postal_address']);
/** What mini programs on a computer answer as their kind of device. */
const DESKTOP = /^(?:windows|mac|macos|linux)$/i;
/** Told by where they stand. */
const INSTALLATION_OR_BROWSER = /^(?:(?:visitor ?|cookie |web ?)id|buvid)$/;
/** Types whose values name something, which neither word of a switch does. */
const NAMES_SOMETHING = [
  'bank_name',
  'education',
  'hotel_name',
  'nickname',
  'occupation',
  'parcel_contents',
  'payment_account',
  'religion',
  'search_query',
  'user_profile_tags',
];
const SWITCH = /^(?:true|false)$/i;
/** What stands in a box for searching before anybody writes into it, or on the button beside it. */
const TO_SEARCH = /^(?:搜索|搜一搜|搜搜|查询|查找|search|请输入\S{0,20})$/i;
/** What screens call a password, by itself. */
const PASSWORD_LABEL =
  /密[码碼]|口令|^(?:Password|Passwort|Kennwort|Wachtwoord|Adgangskode|Lösenord|Passord|Salasana|Contraseña|Senha|Palavra-passe|Mot de passe|Parola|Lozinka|Hasło|Heslo|Jelszó|Şifre|Parool|Slaptažodis|Пароль|パスワード|비밀번호|Mật khẩu|كلمة المرور)$/;
/** What screens call a maker and a model. */
const MAKER_OR_MODEL =
  /^(?:(?:设备|手机|裝置)?(?:制造商|製造商|厂商|廠商|生产商|品牌|型号|型號|机型|機型)|メーカー|제조사|manufacturer|model|brand)$/i;
/** What is left open in the text of a message: `${code}`, `{{name}}`, `#code#`. */
const TEMPLATE = /\$\{\w+\}|\{\{\s?\w+\s?\}\}|#(?:code|name|time)#/;
/** Which a device has, or has not. */
const PARTS_OF_DEVICE = /^(?:cpu|gpu|battery|memory|ram|storage)$/;
/** Names of what kind of system it is, and not of its release. */
const KIND_OF_SYSTEM = /(?:type|platform|family)$/;
/** `snCode=A10293` was read off a box: makers of phones write eight characters and more (Build.SERIAL, Apple's ten to twelve). */
const SHORTEST_SERIAL = 8;
/** What systems answer that could not tell. */
const UNTOLD = /^-1(?:\.0+)?$/;
/** Kubernetes counts memory in powers of two and processors in thousandths (resource.Quantity). */
const QUANTITY = /^\d+(?:\.\d+)?(?:[KMGTP]i|m)$/;
/** `database-connection-error`: what errors are grouped by (Sentry); `SHA256:…`: the key of a server (OpenSSH). */
const WORDS_OR_KEY = /^(?:[a-z]+(?:[-_ .][a-z]+)+|SHA256:[A-Za-z0-9+/]{43}=?|MD5(?::[0-9a-f]{2}){16})$/;
/** A moment to the second: whoever clocks in at work; hotels are checked into on a day, or from an hour on. */
const TO_THE_SECOND = /\d{1,2}:\d{2}:(?!00)\d{2}|^\d{1,2}:\d{2}$/;
/** A letter or more, a day and a count. */
const DATED_SERIAL = /^[A-Za-z]+[-_]?20[12]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d+$/;
/** What clouds rent: a kind, a hyphen and what they drew (`i-0f0b9c2a`, `ins-2f4h6k8m`, `gw-ins-…`). */
const RENTED = /^(?!(?:ios|app|web|push|dev|and|mob|inst|user|u|d)-)(?:[a-z]{1,6}-){1,3}(?=[a-z]*\d)[0-9a-z]{6,17}$/;
/** `FORM-6X8…`: programs that are put together from pages and parts number those so. */
const NAMED_BY_KIND = /^(?:form|nav|page|node|view|menu|task|order|module|template|tpl|report|component)[-_]/i;
const CHARGE = /(?:^| )(?:charg(?:e|ing)|battery (?:level|status|state|percent))(?: |$)/;
/** BatteryManager of Android, UIDevice.BatteryState of iOS and the Battery Status API, and what apps write for them. */
const STATE_OF_CHARGE =
  /^(?:(?:battery[-_ ]?(?:status|state)[-_ ]?)?(?:true|false|yes|no|on|off|ac|usb|wireless|dock|cable|charger|none|unknown|full|charg(?:ed|ing)|dis-?charg(?:ed|ing)|not[-_ ]?charging|(?:un|dis)?-?(?:plugged|connected)(?:[-_ ]in)?|good|low|normal|high|critical|okay|ok|未知|未充电|充电中?|放电中?|已充满|满电|未连接|已连接|是|否))$/i;
/** As Linux and what reads its counters call them (proc(5), `/proc/stat`). */
const CORE = /^cpu(?:\d{1,3}|[-_]total)$/i;
/** Numbers of things by a register (RFC 8141); that of a UUID is the UUID, and phones and boards have some of their own (RFC 7254, RFC 9039). */
const NAMED_BY_REGISTER = /^urn:(?!(?:uuid|gsma|imei|meid|dev|device|mac|serial|android|ios):)[a-z0-9][a-z0-9-]{1,31}:/i;
/** `ubuntu-22.04`, `windows-latest`: on what a build runs. */
const RUNS_BUILDS = /^(?:ubuntu|debian|windows|macos)-(?:latest|\d[\w.]*)(?:-\w+)*$/;
const COLOUR = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
/**
 * XML 1.0 2.12, HTML 4.01 8.1: what language the text within is in; an element of an app's own may tell of the phone so. Dublin Core (`dc:language`) says
 * it of a work, and JSON-LD 1.1 4.2.4 (`@context.@language`) of all strings of a document.
 */
const WRITTEN_IN =
  /\.@xml:lang$|\.(?:html|body|p|span|div|a|q|blockquote|article|section|text|title|description)(?:\[\d+\])?\.@lang$|(?:\.|\[")(?:dc|dcterms):language\b|(?:\.|\[")@context(?:"\])?(?:\.|\[")@language\b/;
/** Names of the headers of a call, as logs of calls keep them. */
const HEADERS = /^(?:(?:request|response|http)?headers?)$/;
/** As the header itself is written (RFC 9110 10.1.5), which names of an app’s own are not. */
const HEADER = /^User-Agent$/;
const OF_DOCUMENT = /id|cert|identity|ocr|sfz|shenfenzheng|身份证|证件/;
const FILE = /^(?!https?:)(?:[\w-]+[/.])+(?:jpe?g|png|bmp|webp|heic|pdf)$/i;
/** What its cards begin with, and one other number of a hundred. */
const UNIONPAY = /^62/;
/** `{"` in base64, and the part after it. */
const JWT_HEADER = /^eyJ[\w-]{8,}\./;
const NOBODYS_NICKNAME =
  /^(?:游客|访客|匿名(?:用户)?|未知(?:用户)?|未登录|(?:点击|立即|请先?)登录|系统(?:消息|通知|管理员)?|管理员|客服|小助手)$/;
/** Police, fire, ambulance, and services of five digits (工信部《电信网编号计划》). */
const SERVICE_CALL = /^(?:1[12]\d|1[02]\d{3}|9[56]\d{3,4}|[48]00-?\d{3,4}-?\d{3,4})$/;
const REGISTRATIONS = new Set(['reg id', 'regid', 'registration id', 'register id']);
/** A few letters and a number: the shortest registration of a push service has 18 characters. */
const SERIAL = /^[A-Za-z]{0,4}[-_]?\d{1,13}$/;
/** A day and a count, as hospitals number who registers; no push service writes one. */
const DATED_NUMBER = /^20[12]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{1,10}$/;
const FLAG_OR_SAMPLE = /^(?:\d|1234)$/;

const every = () => true;
const isType =
  (...ids: readonly string[]) =>
  ({ id }: DataType) =>
    ids.includes(id);
const isFamily =
  (...families: readonly string[]) =>
  ({ family }: DataType) =>
    families.includes(family);

/** Names of the device itself; `model` and `phone` are what shops sell as well. */
const OF_DEVICE = new Set([
  'dev',
  'device',
  'device name',
  'devicename',
  'dev name',
  'devname',
  'device type',
  'mobile type',
  'device info',
  'equip name',
  'machine',
  'terminal',
]);
const OF_SENDER = new Set(['model', 'brand', 'model name']);
/** A header speaks of who sends it, not of goods: `model: m3 note`. */
function isOfClient({ field, type, match, passRate }: Reading): boolean {
  if (field.part !== 'header' || field.keys.length !== 1 || field.path.includes('|')) return false;
  return type.id === 'device_model' && OF_SENDER.has(match.key) && match.reach === 'full' && passRate <= 0.3;
}

/** Adjust writes its own identifier of 32 hexadecimal digits under `adid`; digests of Google's go by names that say so. */
function isAdjusts(key: string, value: string): boolean {
  return key === 'adid' && /^(?=.*\d)[0-9a-f]{32}$/.test(value);
}

/** Neither a digest, nor one that anybody would make of a UUID: 16 hexadecimal digits are how Android writes its own identifier. */
function isNoAdvertisers(value: string): boolean {
  const form = digestForm(value);
  return form === null || form === 'md5-16';
}

/** `SM-G9910/1.0 …`: agents of old begin with the model; `Example/6.1;Xiaomi;HM NOTE 1TD`: others have the maker in a part of its own. */
function makerOfAgent(value: string): string | null {
  for (const word of value.split(/[/;,()\s]+/, AGENT_WORDS)) if (makerOfCode(word) !== null || isMachine(word)) return word;
  return value.split(/\s*[;,()]\s*/, AGENT_WORDS).find((part, index) => index > 0 && isPhoneMaker(part)) ?? null;
}

function provesItself({ field, type, match, value }: Reading): boolean {
  if (type.id === 'device_uuid')
    return (
      (DEVICES.has(match.key) && (LONG_HEX.test(value) || LONGER_HEX.test(value) || HOLDS_LONG_HEX.test(value))) ||
      isAdjusts(match.key, value) ||
      (FLYERS.has(match.key) && isAppsFlyers(value)) ||
      (match.key === 'device' && field.part === 'header' && field.keys.length === 1 && SHORT_HEX.test(value))
    );
  return type.id === 'device_model' && (isMachine(value) || (OF_DEVICE.has(match.key) && (isApples(value) || isMakerAndCode(value))));
}

const DOUBTS: readonly Doubt[] = [
  {
    name: 'doubt-common',
    // A MEID under `imei` begins with a letter, which no IMEI does.
    of: ({ id }) => id !== 'meid',
    // A rate of 1 is a form without any check (an identifier), whose length speaks for itself; four digits have none (`account=102`).
    holds: (reading) =>
      reading.match.weak &&
      !isOfClient(reading) &&
      ((reading.passRate > COMMON_PASS_RATE && reading.passRate < 1) ||
        ((NEEDS_CORROBORATION.has(reading.type.id) || LOOSE_KEYS.has(reading.match.key)) && !provesItself(reading)) ||
        (reading.by === 'shape' && /^\d{1,4}$/.test(reading.value))),
    why: {
      zh: '名称多义，而普通的值也能通过检验：没有同处的其他设备信息或账号佐证，只作线索',
      en: 'the name is ambiguous and ordinary values pass the test: a clue only, unless other device data or an account stands beside it',
    },
  },
  {
    name: 'doubt-context',
    of: every,
    holds: ({ match }) => match.context === true,
    why: {
      zh: '名称也常指别的事物：同一对象内没有同类的信息，只作线索',
      en: 'the name means other things as often: a clue only, unless the same object holds other data of the subject',
    },
  },
  {
    name: 'doubt-push-or-login',
    of: every,
    holds: ({ match, type, value }) =>
      match.key === 'device.token'
        ? !isFirebase(value) && !APNS.test(value)
        : match.key === 'token' && (type.id === 'push_token') !== isFirebase(value),
    why: {
      zh: '“token”的值是否写成推送标识（Firebase、苹果），与此类型不符',
      en: 'Firebase and Apple write push tokens in forms of their own: under "token" this value is of the other kind',
    },
  },
  {
    name: 'doubt-signed-push',
    settled: true,
    of: isType('push_token'),
    holds: ({ value }) => JWT_HEADER.test(value),
    why: {
      zh: '值是 JWT：推送服务的注册标识不这样写，应是某种凭据',
      en: 'the value is a JWT, which no push service writes its registrations in: a credential of something',
    },
  },
  {
    name: 'doubt-file-of-page',
    settled: true,
    of: isType('id_document_image'),
    holds: ({ match, value }) => !OF_DOCUMENT.test(match.key) && FILE.test(value),
    why: {
      zh: '值是文件路径，名称也没有说是证件：可能是页面自带的图片',
      en: 'the path of a file under a name that speaks of no document: a picture of a page as likely',
    },
  },
  {
    name: 'doubt-account-as-card',
    of: isType('bank_card_number'),
    holds: ({ match, value }) => match.key === 'account' && !UNIONPAY.test(value),
    why: {
      zh: '名为“account”：账号也常是这样长的数字，而此值所属的发卡范围很宽',
      en: 'under `account` a service numbers its users in as many digits, and many numbers fall in the range of that issuer',
    },
  },
  {
    name: 'doubt-counted-network',
    of: isType('network_type'),
    holds: ({ match, passRate }) => passRate > 0.5 && COUNTED_NETS.has(match.key),
    why: { zh: '如“net: 0”的值也可能是计数', en: 'a value like `net: 0` counts something as often as it names a network' },
  },
  {
    name: 'doubt-counted-push',
    of: isType('push_token'),
    // Registrations are issued in letters or in many digits; a push is counted, and so is who registers with a hospital or for a course.
    holds: ({ match, value }) =>
      (match.key === 'push id' && /^\d{1,12}$/.test(value)) ||
      (REGISTRATIONS.has(match.key) && (SERIAL.test(value) || DATED_NUMBER.test(value))),
    why: {
      zh: '这么短的编号是某条推送、某次登记的，不是推送服务的注册标识',
      en: 'so short a number counts pushes, or whoever registers for something, and no device of a push service',
    },
  },
  {
    name: 'doubt-client-secret',
    of: isType('password'),
    holds: ({ field, value }) =>
      field.path.endsWith('basic.password') && (LONG_HEX.test(value) || SECRET_HEX.test(value) || DRAWN_SECRET.test(value)),
    why: {
      zh: 'Basic 认证中的长串通常是应用自身的密钥，或服务器签发的令牌，不是人记的密码',
      en: "what Basic carries in this form is usually the app's own key or a token that a server gave out, and no password that a person keeps",
    },
  },
  {
    name: 'doubt-counted-session',
    of: isFamily('authentication'),
    holds: ({ field, match, passRate }) => match.weak && !carriesLogin(field) && passRate > limits.cluePassRate,
    why: {
      zh: '事件或页面的 session、token 不是登录凭证；后者在 Cookie 和请求头中',
      en: 'a session or token of an event or a page is no login; cookies and headers carry those',
    },
  },
  {
    name: 'doubt-apps-token',
    of: isFamily('authentication'),
    holds: ({ match, value }) => match.key === 'app token' && !SEALED.test(value),
    why: {
      zh: '“app token”多为应用自己的密钥，每份安装相同；登录凭据要长得多',
      en: "an app token is mostly the app's own key, the same in every copy; what holds a login is much longer",
    },
  },
  {
    name: 'doubt-numbered-system',
    of: isType('os_version'),
    holds: ({ value }) => /^[0-3]$/.test(value),
    why: {
      zh: '今日的系统没有这样的版本号：应是应用自定的编号',
      en: 'no system of that release sends anything today: a number of the app’s own list',
    },
  },
  {
    name: 'doubt-numbered-kind',
    settled: true,
    of: isType('os_version'),
    // `x-os-type: 1`, `platformType=3`: which of its kinds it is, in a list that every app has of its own.
    holds: ({ match, value }) => /^\d{1,3}$/.test(value) && KIND_OF_SYSTEM.test(match.key),
    why: {
      zh: '“type”“platform”名下的数字是应用自定的种类编号，不是系统版本',
      en: 'a number under a type or a platform is that of a kind in the app’s own list, and no release',
    },
  },
  {
    name: 'doubt-short-open-id',
    settled: true,
    of: isType('account_id', 'wechat_id'),
    holds: ({ match, value }) => isShortOpenId(match.key, value),
    why: {
      zh: '微信、QQ 的 openid、unionid 更长；短的可能是推广者编号',
      en: 'open and union ids of WeChat and QQ are long; a short one is an affiliate’s (`union_id=12-3`)',
    },
  },
  {
    name: 'doubt-others-open-id',
    settled: true,
    of: isType('wechat_id'),
    holds: ({ match, value }) => isOthersOpenId(match.key, value),
    why: {
      zh: '微信的 OpenID、UnionID 是 o 开头的 28 位；此值属于别的平台',
      en: 'WeChat writes its open and union ids in 28 characters from an o on; this is that of another platform',
    },
  },
  {
    name: 'doubt-installation',
    of: isType('account_id'),
    holds: ({ match, value }) => isInstallation(match.key, value),
    why: { zh: '值是安装编号的写法，不是账号', en: 'the value is written like the identifier of an installation, not of an account' },
  },
  {
    name: 'doubt-phones-number',
    of: isType('account_id'),
    holds: ({ match, value }) => isAnothersNumber(match.key, value),
    why: { zh: '值是手机号或 IMEI，按其本身认定', en: 'the value is a mobile number or an IMEI and is read as that' },
  },
  {
    name: 'doubt-accounts-number',
    of: ({ id, family }) => id === 'imei' || family === 'phone',
    holds: ({ match, value }) => match.weak && isAccount(match.key) && !isAnothersNumber(match.key, value),
    why: { zh: '账号名下的数字，更可能是账号', en: 'a number under the name of an account is more likely that account' },
  },
  {
    name: 'doubt-anybodys-number',
    of: isType('phone_number'),
    // `{ number: "057112345678", direction: "in" }`: who called, what is looked up. People register with a mobile.
    holds: ({ match, value }) => match.key === 'number' && isBusinessNumber(value),
    why: {
      zh: '只名为“号码”的固定电话，可以是任何单位的',
      en: 'a landline that is called a number and no more may be that of anybody’s office',
    },
  },
  {
    name: 'doubt-printed',
    settled: true,
    of: isType('device_model', 'os_version', 'screen_info', 'hardware_params', 'network_type', 'device_serial', 'mac_address'),
    // `系统版本：Android 6.0` in the manual of a bracelet, an inventory of servers: no document is about the phone that it is sent from.
    holds: ({ field }) => isOfDocument(field),
    why: {
      zh: '写在文档里的型号、系统和参数，是文档所介绍的产品的，不是发送它的手机的',
      en: 'a model, a system or a specification that a document states is that of what it describes, not of the phone that sends it',
    },
  },
  {
    name: 'doubt-anybodys-document',
    settled: true,
    of: isType('gender', 'age', 'birth_date', 'body_metrics', 'location_coarse', 'nationality'),
    // A cast of actors, a table of goods (`Gender`, `Age`), statistics of heights: whom a document speaks of only a known value tells.
    holds: ({ field }) => isOfDocument(field),
    why: {
      zh: '写在文档里的性别、年龄、生日等，可以是文档中任何人或商品的，不一定是使用者的',
      en: 'a gender, an age or a birthday that a document states may be that of anybody, or of goods, of which it speaks',
    },
  },
  {
    name: 'doubt-own-making',
    of: isType('gaid', 'idfa'),
    holds: ({ match, value }) =>
      !isUuid(value) && (match.weak ? isNoAdvertisers(value) || isAdjusts(match.key, value) : match.key === 'idfa' && ANDROIDS.test(value)),
    why: {
      zh: '谷歌与苹果的广告标识是 UUID；此值既非 UUID 也非其摘要',
      en: 'Google and Apple write a UUID; this is neither one nor its digest',
    },
  },
  {
    name: 'doubt-transaction-serial',
    of: isType('device_serial'),
    // 流水号 is a serial number too, and counts what is paid and sent: digits of a clock or a UUID, longer than any maker's number.
    holds: ({ match, value }) =>
      BARE_SERIALS.has(match.key) && (/^\d{15,}$/.test(value) || value.length > LONGEST_SERIAL || DATED_SERIAL.test(value)),
    why: {
      zh: '“序列号”也指流水号，而此值比厂商的硬件序列号长，或全是数字',
      en: 'a serial number also counts payments and messages, and this one is longer than makers write theirs, or all digits',
    },
  },
  {
    name: 'doubt-short-serial',
    of: isType('device_serial'),
    holds: ({ value }) => value.length < SHORTEST_SERIAL,
    why: {
      zh: '比手机厂商的序列号短：可能是某件商品、某张单据的',
      en: 'shorter than makers of phones write theirs: it may be that of goods or of a paper',
    },
  },
  {
    name: authorLine.rule,
    of: isType('email', 'real_name', 'account_id', 'nickname', 'avatar', 'gender'),
    holds: ({ field, type }) =>
      field.part === 'body' &&
      (isOfWriter(field.keys) ||
        (type.id === 'account_id' && isOfContributor(field.keys)) ||
        ((type.id === 'email' || type.id === 'real_name') && isOfAuthor(field.keys))),
    why: authorLine.text,
  },
  {
    name: 'doubt-unfilled-variable',
    settled: true,
    of: isFamily('device_id', 'advertising_id'),
    holds: ({ value }) => VARIABLE.test(value),
    why: {
      zh: '值是没有填入的变量名',
      en: 'the name of a variable that nobody filled in',
    },
  },
  {
    name: 'doubt-named-variable',
    settled: true,
    of: isType('password', 'account_id'),
    holds: ({ value }) => NAMED_VARIABLE.test(value),
    why: {
      zh: '值是变量名（如“CLUSTER_API_SECRET”），说明应填什么',
      en: 'the value is the name of a variable, which says what is to be filled in',
    },
  },
  {
    name: 'doubt-systems-own',
    settled: true,
    of: isType('account_id'),
    holds: ({ value }) => WELL_KNOWN.test(value),
    why: {
      zh: '是 Windows 系统自身的账户（SID），每台机器都一样，不是谁的',
      en: 'an account of Windows itself, the same on every machine, and nobody’s',
    },
  },
  {
    name: 'doubt-clouds-account',
    of: isType('account_id'),
    // Elastic Common Schema: `cloud.account.id` is whose bill the machine is on.
    holds: ({ field }) => /^cloud$/i.test(field.keys.at(-3) ?? '') && /^account$/i.test(field.keys.at(-2) ?? ''),
    why: {
      zh: '是租用云服务的账号，不是使用者的',
      en: 'the account that rents the cloud, and not its user’s',
    },
  },
  {
    name: 'doubt-function',
    of: isType('email'),
    holds: ({ value }) => isOfFunction(value),
    why: {
      zh: '职能邮箱（客服、举报、招聘等）是对外公布的，不是使用者本人的',
      en: 'a mailbox of a function (support, press) is printed for everybody and is no person’s',
    },
  },
  {
    name: 'doubt-resolver',
    of: isType('ip_address'),
    // A few services are told an open name server in place of an address that they could not find out.
    holds: ({ field, value }) => field.part === 'query' && isResolver(value),
    why: {
      zh: '公共域名服务器的地址人人皆知，不是手机的：应是被查询的地址',
      en: 'the address of an open name server is known to everybody and no phone’s: it is what is looked up',
    },
  },
  {
    name: 'doubt-rented-instance',
    settled: true,
    of: isType('device_uuid'),
    holds: ({ match, value }) => /(?<!app )instance id$/.test(match.key) && RENTED.test(value),
    why: {
      zh: '“类别-编号”的写法是云主机、网关实例的编号，不是应用安装的',
      en: 'a kind, a hyphen and a number is how clouds number what they rent, and no installation of an app',
    },
  },
  {
    name: 'doubt-named-by-kind',
    settled: true,
    of: isType('device_uuid'),
    holds: ({ value }) => NAMED_BY_KIND.test(value),
    why: {
      zh: '值写明是页面、表单、节点一类的编号，不是设备的',
      en: 'the value says that it numbers a page, a form or a node, and no device',
    },
  },
  {
    name: 'doubt-unmeasured-charge',
    settled: true,
    of: isType('hardware_params'),
    holds: ({ match, value }) => CHARGE.test(match.key) && !/\d/.test(value) && !STATE_OF_CHARGE.test(value),
    why: {
      zh: '既不是数字，也不是系统所说的充电状态：是界面文字',
      en: 'neither a number nor a state that systems tell of a battery: what a screen says',
    },
  },
  {
    name: 'doubt-core',
    settled: true,
    of: isType('hardware_params'),
    holds: ({ value }) => CORE.test(value),
    why: {
      zh: '是占用率统计中某个核心的名称，不是处理器的型号',
      en: 'one core among those whose load is counted, and no processor by its name',
    },
  },
  {
    name: 'doubt-named-by-register',
    settled: true,
    of: isType('device_uuid', 'device_serial'),
    holds: ({ value }) => NAMED_BY_REGISTER.test(value),
    why: {
      zh: '值是 URN：登记册中某个实体的编号，手机不这样编号',
      en: 'the value is a URN: the number of a thing in a register, which no phone is given',
    },
  },
  {
    name: 'doubt-runs-builds',
    settled: true,
    of: isType('os_version'),
    holds: ({ value }) => RUNS_BUILDS.test(value),
    why: { zh: '值是构建服务的运行环境，不是手机的系统', en: 'the value names what a build runs on, and no system of a phone' },
  },
  {
    name: 'doubt-colour',
    settled: true,
    of: isType('hardware_params', 'screen_info', 'network_type'),
    holds: ({ value }) => COLOUR.test(value),
    why: { zh: '值是颜色', en: 'the value is a colour' },
  },
  {
    name: 'doubt-written-in-markup',
    of: isType('locale_timezone'),
    holds: ({ field }) => field.part === 'body' && WRITTEN_IN.test(field.path),
    why: {
      zh: '标记语言的 lang 属性说明文字用哪种语言写成，不是手机的设置',
      en: 'markup says so in which language its text is written, and nothing of the phone',
    },
  },
  {
    name: 'doubt-name-of-division',
    of: isType('location_coarse'),
    // `{"盐城市": [...]}`: a place whose name ends like the word for a city.
    holds: ({ field, match }) => match.key === '城市' && isDivisionName(field.keys[field.keys.length - 1] ?? ''),
    why: {
      zh: '键名本身是地名：是行政区划表，不是谁所在的城市',
      en: 'the name itself is that of a place: a table of divisions, and nobody’s city',
    },
  },
  {
    name: 'doubt-nothing-measured',
    settled: true,
    of: isType('hardware_params'),
    holds: ({ match, value }) => SIZES.test(match.key) && /^0+(?:\.0+)?$/.test(value),
    why: { zh: '内存、存储的大小不会是零', en: 'no memory or storage has the size of nothing' },
  },
  {
    name: 'doubt-uncounted',
    settled: true,
    of: isType('hardware_params'),
    holds: ({ match, value }) => SIZES.test(match.key) && !/\d/.test(value),
    why: { zh: '内存、存储的大小应有数字', en: 'a size of memory or storage is counted' },
  },
  {
    name: 'doubt-level',
    settled: true,
    of: isType('os_version'),
    holds: ({ match, value }) => isNoLevel(match.key, value),
    why: {
      zh: '“sdk”的值不是系统接口级别，应为某个程序的版本',
      en: 'under `sdk` this is an edition of a program, not a level of the system’s interface',
    },
  },
  {
    name: 'doubt-model',
    settled: true,
    of: isType('device_uuid'),
    holds: ({ value }) => isMakerAndModel(value),
    why: { zh: '值是厂商与机型，不是标识', en: 'the value is a maker and a model, which no identifier is' },
  },
  {
    name: 'doubt-adid',
    of: isType('device_uuid'),
    holds: ({ match, value }) => match.key === 'adid' && !isAdjusts(match.key, value),
    why: { zh: 'adid 通常是系统的广告标识', en: 'an adid is mostly the system’s advertising identifier' },
  },
  {
    name: 'doubt-events-number',
    of: isType('device_uuid'),
    holds: ({ field, match }) => BARE_NUMBERS.has(match.key) && EVENTS.test(leafName(field.keys.slice(0, -1))),
    why: {
      zh: '事件、日志条目中的 uuid 可能只是该条目自己的编号',
      en: 'in an event or an entry of a log a `uuid` may be the number of that entry alone',
    },
  },
  {
    name: 'doubt-visitor',
    of: isType('tracking_cookie', 'device_uuid'),
    holds: ({ field, match, type }) =>
      INSTALLATION_OR_BROWSER.test(match.key) && (field.part === 'cookie') !== (type.id === 'tracking_cookie'),
    why: {
      zh: 'visitor id、cookie id、web id、buvid 在 Cookie 中是浏览器的跟踪标识，在应用报文中是安装标识',
      en: 'a visitor id, a cookie id, a web id or a buvid tracks a browser in a cookie and is an installation’s in what an app writes',
    },
  },
  {
    name: 'doubt-group',
    of: isType('tracking_cookie'),
    holds: ({ field, match, value }) => ANALYTICS.has(match.key) && field.part !== 'cookie' && !ANALYTICS_ID.test(value),
    why: {
      zh: 'ga、gid 只在 Cookie 中或写成 Google 统计的样式时是浏览器标识；别处的 gid 多为群组、游戏、商品编号',
      en: 'outside a cookie `gid` numbers groups, games and goods; Google writes its identifier in a form of its own',
    },
  },
  {
    name: 'doubt-cookies-ssid',
    of: isType('ssid'),
    holds: ({ field, match }) => field.part === 'cookie' && match.key === 'ssid',
    why: { zh: 'Cookie 中的 SSID 是会话标识，不是 Wi-Fi 名称', en: 'in a cookie SSID is a session, not the name of a Wi-Fi' },
  },
  {
    name: 'doubt-form',
    of: isType('user_agent'),
    holds: ({ field }) => field.opened === true,
    why: { zh: '值本身是一组参数，按其中各项认定', en: 'the value is a form of its own and is read by what it holds' },
  },
  {
    name: 'doubt-word',
    of: isType('user_agent'),
    // The longer names of one word can mean nothing else.
    holds: ({ match, value }) =>
      (match.key === 'ua' ? ONE_WORD.test(value) || APP_EDITION.test(value) : match.key !== 'device.ua' && APP_EDITION.test(value)) &&
      !SYSTEM_OR_DEVICE.test(value) &&
      makerOfAgent(value) === null &&
      makerOfCode(value) === null &&
      !value.split(/[_-]/, 2).some(isPhoneMaker),
    why: {
      zh: '只有一个词：是应用的名称、版本或渠道，没有说明系统或设备',
      en: 'one word names an app, its edition or where it came from, and neither system nor device',
    },
  },
  {
    name: 'doubt-bare-agent',
    of: isType('user_agent'),
    holds: ({ field, value }) =>
      (field.path === 'header.user-agent' ||
        (field.part === 'body' &&
          (HEADERS.test(leafName(field.keys.slice(0, -1))) || HEADER.test(field.keys[field.keys.length - 1] ?? '')))) &&
      (ROBOT.test(value) || (BARE_AGENT.test(value) && !SYSTEM_OR_DEVICE.test(value) && makerOfAgent(value) === null)),
    why: {
      zh: '只写了程序或网络库的名称，没有说明系统或设备',
      en: 'names a program or a library and neither system nor device',
    },
  },
  {
    name: 'doubt-short-code',
    of: isType('sim_operator'),
    holds: ({ by, match, value }) =>
      by === 'shape' &&
      (value.length === 1 ||
        !/m[cn]c(?: country)?$|^(?:home )?mobile (?:country|network) code$|^(?:carrier|sim)\.(?:country|network) code$/.test(match.key)),
    why: {
      zh: '两三位数字只在 MCC、MNC 名下才是运营商代码',
      en: 'two or three digits are a carrier’s code under MCC and MNC only',
    },
  },
  {
    name: 'doubt-calling-code',
    settled: true,
    of: isType('sim_operator'),
    // ITU-T E.212: an MCC has three digits; `user_mobile_country_code: 91` is dialled before the number (E.164).
    holds: ({ by, match, value }) => by === 'shape' && /mcc(?: country)?$|country code$/.test(match.key) && value.length < 3,
    why: {
      zh: '移动国家码（MCC）为三位；更短的是电话的国家码',
      en: 'a mobile country code has three digits; a shorter one is dialled before a telephone number',
    },
  },
  {
    name: 'doubt-system-alone',
    of: isType('os_version'),
    holds: ({ match, value }) => match.weak && SYSTEM_NAMED.has(match.key) && !isSystem(value),
    why: {
      zh: '在设备、终端名下的系统名称是设备的种类，不是版本',
      en: 'under the name of a device or a terminal a system without its release is a kind of device',
    },
  },
  {
    name: 'doubt-page-as-model',
    settled: true,
    of: isType('device_model'),
    holds: ({ match, value }) =>
      match.weak &&
      (/[-_](?:h5|wap|web|xcx)$/i.test(value) || ((match.key.endsWith(' type') || match.key === 'device') && /^pc$/i.test(value))),
    why: {
      zh: '值说明是哪种页面、小程序或终端，不是机型',
      en: 'the value says which kind of page or terminal this is, and names no model',
    },
  },
  {
    name: 'doubt-shown',
    settled: true,
    of: isType('screen_info'),
    holds: ({ match, value }) => match.key === 'display' && /^\d$/.test(value),
    why: { zh: '“display”的一位数字表示是否显示，不是屏幕参数', en: 'one digit under `display` says whether something is shown' },
  },
  {
    name: 'doubt-system-as-model',
    settled: true,
    of: isType('device_model'),
    holds: ({ match, value }) => isSystem(value) || (SYSTEM_NAMED.has(match.key) && (isSystemName(value) || DESKTOP.test(value))),
    why: {
      zh: '值是操作系统，不是机型',
      en: 'the value is an operating system and no model',
    },
  },
  {
    name: 'doubt-quoted-address',
    of: isType('device_fingerprint'),
    holds: ({ field, match }) => match.weak && field.part === 'header' && field.path.includes('header.referer|url.'),
    why: { zh: 'Referer 所引网址的参数名多义', en: 'an ambiguous name in the address that a Referer repeats' },
  },
  {
    name: 'doubt-distinct',
    of: every,
    holds: ({ match, type, value }) => isDistinct(match.key) && isDistinctAccount(match.key, value) !== (type.id === 'account_id'),
    why: {
      zh: '统计工具的 distinct id：数字为账号，其余为安装编号',
      en: 'a distinct id is an account where it is a number, and an installation otherwise',
    },
  },
  {
    name: 'doubt-all-digits',
    of: isType('android_id'),
    // (10/16)^16: one Android ID in 1,800 has no letter.
    holds: ({ match, value }) => match.weak && /^\d+$/.test(value),
    why: {
      zh: '名称多义，且值全为数字：Android ID 是十六进制，很少没有字母',
      en: 'the name is ambiguous and the value all digits: an Android ID is hexadecimal and hardly ever without a letter',
    },
  },
  {
    name: 'doubt-tenant',
    of: isType('account_id'),
    holds: ({ field, match }) => match.weak && field.part === 'query' && TENANTS.test(match.key),
    why: {
      zh: '网址中的 customer、account 也常指使用该服务的企业',
      en: 'in an address a customer or an account is a tenant of the service as often as a person',
    },
  },
  {
    name: premisesLine.rule,
    of: ({ id, family }) => family === 'phone' || PLACES.has(id),
    holds: ({ field, type, value }) => isOfPremises(field.keys) && (type.family !== 'phone' || !isMobileNumber(value)),
    why: premisesLine.text,
  },
  {
    name: 'doubt-busy',
    settled: true,
    of: isType('hardware_params'),
    holds: ({ match, value }) => isBusy(match.key, value),
    why: { zh: '处理器占用率是程序运行的度量，不是硬件参数', en: 'how busy the processor is measures a program and describes no device' },
  },
  {
    name: 'doubt-quantity',
    settled: true,
    of: isType('hardware_params'),
    holds: ({ value }) => QUANTITY.test(value),
    why: {
      zh: '“512Mi”“500m”是容器的资源配额，不是手机的硬件参数',
      en: '`512Mi` and `500m` are what a container may use, and describe no phone',
    },
  },
  {
    name: 'doubt-grouping',
    settled: true,
    of: isType('device_fingerprint'),
    holds: ({ value }) => WORDS_OR_KEY.test(value),
    why: {
      zh: '只由单词组成，或写明是密钥的指纹：不是设备指纹',
      en: 'made of words alone, or said to be that of a key: no fingerprint of a device',
    },
  },
  {
    name: 'doubt-ad-unit',
    settled: true,
    of: isType('device_fingerprint'),
    holds: ({ match, value }) => match.key === 'dfp' && !/^[0-9a-f]{32}/i.test(value),
    why: {
      zh: '“dfp”也是广告位管理系统的旧名，而此值不是摘要',
      en: '`dfp` is the old name of a system that manages advertising space as well, and this value is no digest',
    },
  },
  {
    name: 'doubt-build-of-system',
    settled: true,
    of: isType('device_fingerprint'),
    holds: ({ value }) => isAndroidBuild(value),
    why: {
      zh: '值是系统的构建（Build.FINGERPRINT）：同型号、同版本的手机都一样，不是设备指纹',
      en: 'the value names a build of the system (Build.FINGERPRINT), which every phone of that model and release shares: no fingerprint of a device',
    },
  },
  {
    name: 'doubt-clock-in',
    settled: true,
    of: isType('stay_dates'),
    holds: ({ value }) => TO_THE_SECOND.test(value),
    why: {
      zh: '精确到秒：是打卡、签到的时刻，不是入住、退房的日期',
      en: 'to the second: when somebody clocked in, and not when a room is taken',
    },
  },
  {
    name: 'doubt-nobodys-nickname',
    settled: true,
    of: isType('nickname'),
    holds: ({ value }) => NOBODYS_NICKNAME.test(value),
    why: { zh: '是未登录者或系统的称呼，不是昵称', en: 'what an app calls itself, or whoever has not signed in' },
  },
  {
    name: 'doubt-service-call',
    settled: true,
    of: isType('family_relation'),
    holds: ({ value }) => SERVICE_CALL.test(value),
    why: { zh: '报警、急救等公共号码，不是亲属的', en: 'the number of a public service is no relative’s' },
  },
  {
    name: 'doubt-untold',
    settled: true,
    of: isType('hardware_params'),
    holds: ({ value }) => UNTOLD.test(value),
    why: { zh: '-1 表示系统未能取得该项', en: '-1 says that the system could not tell' },
  },
  {
    name: 'doubt-switch',
    of: isType(...NAMES_SOMETHING),
    holds: ({ value }) => SWITCH.test(value),
    why: { zh: 'true、false 是开关，不是名称', en: 'true and false are a switch and name nothing' },
  },
  {
    name: 'doubt-part-present',
    settled: true,
    of: isType('hardware_params'),
    holds: ({ match, value }) => PARTS_OF_DEVICE.test(match.key) && SWITCH.test(value),
    why: { zh: 'true、false 只说明有没有，不是硬件参数', en: 'true and false say whether there is one, and describe none' },
  },
  {
    name: 'doubt-template',
    settled: true,
    of: isType('sms', 'chat_content'),
    holds: ({ value }) => TEMPLATE.test(value),
    why: { zh: '值是待填写的模板', en: 'the value is a template that somebody will fill in' },
  },
  {
    name: 'doubt-label',
    settled: true,
    of: isType('password', 'ssid', 'device_model', 'search_query'),
    // A language pack: `password: "请输入密码"`, `ssid: "WiFi SSID"`. No keyboard for passwords writes Han characters.
    holds: ({ type, value }) =>
      (type.id === 'password'
        ? PASSWORD_LABEL
        : type.id === 'device_model'
          ? MAKER_OR_MODEL
          : type.id === 'search_query'
            ? TO_SEARCH
            : /^(?:wi-?fi )?ssid(?: ?[:：]| ?(?:name|list|[\u3400-\u9fff]+))?$|^(?:enter|input|select|choose|the|your|hidden|network)\b.* ssid\b/i
      ).test(value),
    why: {
      zh: '值是界面文字，不是密码、机型或网络名称',
      en: 'the value is what a screen says, and neither a password, a model nor the name of a network',
    },
  },
  {
    name: 'doubt-picture-code',
    settled: true,
    of: isType('verification_code'),
    holds: ({ match, value }) => match.key.startsWith('captcha') && /[a-z]/i.test(value),
    why: {
      zh: '短信验证码为数字；含字母的 captcha 是图形验证码，不是个人信息',
      en: 'codes by text message are digits; a captcha with letters was read off a picture',
    },
  },
  {
    name: 'doubt-department',
    of: isType('medical_appointment'),
    holds: ({ match, value }) => match.weak && !isClinical(value),
    why: {
      zh: '多义的部门名称：值不是医院或临床科室，可能是单位的部门',
      en: 'firms have departments too: the value is neither a hospital nor one of its clinical departments',
    },
  },
  {
    name: 'doubt-broken-imei',
    of: isType('imsi'),
    // `imei=460026000000001`: only the codes of China are told from an IMEI whose check digit is wrong.
    holds: ({ match, value }) => match.key === 'imei' && !value.startsWith('460'),
    settled: true,
    why: {
      zh: '键名是 IMEI，值只像境外 IMSI，可能是校验位有误的 IMEI',
      en: 'the name says IMEI and the value is written like an IMSI from abroad: it may be an IMEI with a wrong check digit',
    },
  },
  {
    name: 'doubt-flag',
    of: isFamily('account'),
    // The first users of a small service have short numbers; one digit is a flag, and counting up is what examples do.
    holds: ({ match, value }) => !match.key.includes('.') && (match.weak ? /^\d{1,4}$/ : FLAG_OR_SAMPLE).test(value),
    why: { zh: '数字太短，可能是标志或示例', en: 'so short a number is a flag or an example' },
  },
];

/**
 * Whether a reading may depend on where a field stands, and not on its names, value and kind alone: headers, cookies and addresses have rules of
 * their own, and so have what was taken apart further, documents, and the password that Basic carries. Of all others readings are remembered
 * (`ReadingMemory`): a doubt that asks for the place of a field in a body has to be told here.
 */
export function asksPlace(field: Field): boolean {
  const { part, kind, opened, keys, path } = field;
  return (
    part !== 'body' ||
    kind === 'binary' ||
    opened === true ||
    keys[keys.length - 1] === 'password' ||
    isOfDocument(field) ||
    WRITTEN_IN.test(path)
  );
}

/** What documents for people are read with. */
const DOCUMENTS = new Set(['pdf', 'office']);

/** Whether a value stands in a document for people itself, and in nothing that is attached to it. */
function isOfDocument({ steps }: Field): boolean {
  return DOCUMENTS.has(steps.at(-1) ?? '');
}

/** The doubts that can arise of a type, in the order in which a trace tells them. */
export function doubtsOf(type: DataType): readonly Doubt[] {
  return DOUBTS.filter(({ of }) => of(type));
}

/** @returns what the trace says of a doubt that lowered the grade. */
export function doubtLine({ name, why }: Doubt): TraceLine {
  return { rule: name, text: why };
}

const SETTLED: ReadonlySet<string> = new Set(DOUBTS.flatMap(({ name, settled }) => (settled ? [name] : [])));

/** Whether a doubt that no neighbour answers lowered a reading. @param trace of its evidence. */
export function isSettled(trace: readonly TraceLine[]): boolean {
  return trace.some(({ rule }) => SETTLED.has(rule));
}
