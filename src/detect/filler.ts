import { limits } from '../limits.js';
import type { Field } from '../model/field.js';
import type { DataType } from '../model/rulebook.js';
import { isDemo } from './demo-value.js';
import { leafName, leafWords } from './keys.js';
import { isPlaceholder } from './placeholder.js';
import { isUntoldText } from './untold.js';

/** What stands where a value would: the name of the field once more, what the page calls it, or a word of the system that could not tell. */

/** What a device has goes by few words: `bluetooth: bluetooth` may be the answer, and `bootMark: BootMark` is none. */
const FEATURES = new Set(['device_profile', 'network_env']);
/** Families whose values name somebody or something. */
const NAMED_AS = new Set(['account', 'device_id', 'advertising_id']);
const LONGEST_LABEL = 20;
const PROMPT = /^请(?:输入|选择|填写|设置|上传|再次|先)/;
/** What forms of Chinese apps call the fields that the dictionary knows by other words. */
const LABELS = new Set(
  '姓名 昵称 用户名 性别 生日 年龄 身高 体重 职业 学历 民族 收入 婚姻 疾病 医院 科室 城市 地址 密码 电话 手机号 邮箱 标签'.split(' '),
);

/** The network has no kind where there is none, and Nauru has a language: these two words are answers as well. */
const ANSWERS = /^(?:none|na)$/i;
/** What a page that documents an interface writes for a text that it has no example of (OpenAPI). */
const SAMPLE = /^string$/;
/** `user_id=your_user_id`: what documents call it that is to be put there. */
const YOURS = /^(?:your|example|sample|dummy)[ _.-]?(?=[A-Za-z])/i;
/** What a filter says that leaves it open. */
const ANYTHING = /^(?:全部|不限|所有|推荐|默认)$/;
/** `ua=https://…`: no device and no network is written so, and nobody calls themselves so. */
const ADDRESS = /^https?:\/\/\S+$/i;
/** `${DB_PASSWORD}`, `{db.inputs.value}`, `{{phone}}`, `$REGISTRY_PASSWORD`, `<your password>`: where a value is to be put. */
const TEMPLATE = /^(?:\$?\{\{? ?[A-Za-z_][\w .-]{0,80}\}?\}|\$[A-Z][A-Z0-9]*_[A-Z0-9_]+|<[A-Za-z][\w .:-]{2,60}>)$/;
/** `self.__config`, `request.form`: where a program keeps it. */
const REFERENCE =
  /^(?:self|this|cls|super|ctx|context|req|request|args|kwargs|params|props|state|config|cfg|settings|options|opts|process|os|form|prefs)(?:\.[A-Za-z_]\w*)+$/;
/** `required|max:20`: what a form holds a value to. */
const CONSTRAINT = /^(?:required|nullable|sometimes)(?:\|[a-z_]+(?::[^|]*)?)+$/;
/** What makes a pattern of a text between `^` and `$`: `^.{8,20}$`. */
const OF_PATTERN = /[\\[({.]/;
/** The name of a processor; `cpu: 0` is the default of whoever could not read it. */
const PROCESSOR = /^(?:cpu|soc|gpu|processor|chipset)(?:info|name|model|hardware|type|brand|vendor)?$/;

/** `DEFAULT_PASSWORD`: what programs call what does not change. */
const CONSTANT = /^[A-Z]+(?:_[A-Z]+)+$/;
/** Names of a program, one of the other. */
const DOTTED_NAMES = /^[A-Za-z]+(?:[._][A-Za-z_]+)+$/;
/** One character as often as a digest has digits: no account is called so. */
const REPEATED = /^(.)\1{15,}$/;

/** First letters of the words before a name. */
const MAY_BE_YOURS: ReadonlySet<number> = new Set([...'yesd'].map((letter) => letter.charCodeAt(0)));

const OPEN_BRACE = 0x7b;
const DOLLAR = 0x24;
const LESS = 0x3c;
const CARET = 0x5e;
const SMALL_A = 0x61;
const SMALL_R = 0x72;
const SMALL_N = 0x6e;
const SMALL_S = 0x73;
const SMALL_T = 0x74;

/** Types whose values name a person or a device, so that "unknown" in their place is a placeholder and not a value. */
export function identifies({ id, identifier }: DataType): boolean {
  return identifier !== null || id === 'bssid' || id === 'ssid' || id === 'ip_address';
}

/** Numbers that are given out: testers enter made-up ones into a phone, and those are what the app reads there. */
const GIVEN_OUT = new Set(['imei', 'meid', 'imsi', 'iccid', 'mac_address', 'bluetooth_mac']);

/** Whether the value of an identifier is no phone's: what a system answers that could not tell, or what somebody typed for a demonstration. */
export function isNobodys(value: string, type: DataType): boolean {
  return identifies(type) && (isPlaceholder(value) || isTyped(value, type));
}

/** Whether an identifier that an app or a system draws at random was typed instead (`1234567890abcdef`). */
export function isTyped(value: string, type: DataType): boolean {
  return type.identifier !== null && !GIVEN_OUT.has(type.id) && isDemo(value);
}

/** Whether a value under the name of a type is none: a form that nobody filled in, a page's words, a table that says where the value is. */
export function isFiller(field: Field, value: string, type: DataType): boolean {
  // No word, no name and no line of a program begins with a digit, and most values of names that come again and again do.
  if (beginsWithDigit(value)) return (type.family === 'account' && REPEATED.test(value)) || isUntold(field, value, type);
  if (ANYTHING.test(value) || SAMPLE.test(value) || (type.family === 'account' && REPEATED.test(value))) return true;
  if (field.part === 'body' && (isLabel(type, value) || isTemplate(value) || isReference(field, value))) return true;
  if ((FEATURES.has(type.family) || type.id === 'nickname') && ADDRESS.test(value)) return true;
  if (!FEATURES.has(type.family)) return isItsName(field, value, type.family);
  return isUntold(field, value, type) || (isItsName(field, value, type.family) && leafWords(field.keys).length > 1);
}

function beginsWithDigit(value: string): boolean {
  const first = value.charCodeAt(0);
  return first >= 0x30 && first <= 0x39;
}

/** `network: unknown`, `cpu: 0`: a feature that the app asked for and did not get. Of an identifier the attempt is told (`isPlaceholder`). */
export function isUntold({ keys }: Field, value: string, type: DataType): boolean {
  if (!FEATURES.has(type.family) || identifies(type)) return false;
  if (value === '0') return type.id === 'hardware_params' && PROCESSOR.test(leafName(keys));
  return (isPlaceholder(value) && !ANSWERS.test(value)) || isUntoldText(value);
}

/** `userid=userid`, `city: "City"`. */
function isItsName({ keys }: Field, value: string, family: string): boolean {
  const own = keys[keys.length - 1] ?? '';
  const yours = MAY_BE_YOURS.has(value.charCodeAt(0) | 0x20) ? YOURS.exec(value) : null;
  if (yours !== null && value.length <= limits.keyLength && leafName([value.slice(yours[0].length)]) === leafName([own])) return true;
  // `"user_id": "traits.userId"`: a table that says where to find it.
  const isDotted = NAMED_AS.has(family) && value.includes('.');
  // Asked of every field with a name: most end at their first letter.
  if (!isDotted && (value.charCodeAt(0) | 0x20) !== (own.charCodeAt(0) | 0x20)) return false;
  if (value.length > limits.keyLength || !/^[A-Za-z][A-Za-z _.-]*$/.test(value)) return false;
  return isDotted ? leafName([value]).endsWith(leafName([own])) : leafName([value]) === leafName([own]);
}

/** `row.city = address.city`, `password=DEFAULT_PASSWORD`: a line of a program, which says where the value is. */
function isReference({ keys }: Field, value: string): boolean {
  // Asked of every field with a name.
  if (value.length > limits.keyLength || !(value.includes('.') ? DOTTED_NAMES : CONSTANT).test(value)) return false;
  const name = keys[keys.length - 1] ?? '';
  return leafName([value]).endsWith(leafName([name.slice(name.lastIndexOf('.') + 1)]));
}

function isTemplate(value: string): boolean {
  // Asked of every field with a name.
  const first = value.charCodeAt(0);
  if (first === OPEN_BRACE || first === DOLLAR || first === LESS) return TEMPLATE.test(value) && !isPlaceholder(value);
  if (first === CARET) return value.endsWith('$') && OF_PATTERN.test(value);
  if (first < SMALL_A || first > SMALL_T) return false;
  return (
    (value.includes('.') && REFERENCE.test(value)) ||
    ((first === SMALL_R || first === SMALL_N || first === SMALL_S) && CONSTRAINT.test(value))
  );
}

/** `disease: 疾病`, `password: 请输入密码`: what a page calls its fields, in the language that it is shown in. */
function isLabel({ name }: DataType, value: string): boolean {
  const first = value.charCodeAt(0);
  if (first < 0x3400 || first > 0x9fff || value.length > LONGEST_LABEL) return false;
  return PROMPT.test(value) || value === name.zh || LABELS.has(value);
}
