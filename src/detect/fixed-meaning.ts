import type { Field } from '../model/field.js';
import type { TraceLine } from '../model/finding.js';
import type { KeyMatch } from './keys.js';
import { isWrittenAsImei } from './validators/imei.js';
import { namesNobody } from './validators/person-name.js';
import { isWrittenAsResidentId } from './validators/resident-id.js';

/** What a value may look like where the place alone says what it is, and which headers are such places. */
interface FixedMeaning {
  readonly form: RegExp;
  /** Path of a standard header -> the form that is enough there. */
  readonly headers: ReadonlyMap<string, RegExp>;
  /** What is enough under a name that means nothing else, wherever it stands; `parts`: keys that mean it with other words before them too. @param key of the dictionary. */
  readonly named?: { readonly test: (value: string, key: string) => boolean; readonly line: TraceLine; readonly parts?: RegExp };
}
const checkLine: TraceLine = {
  rule: 'key-name',
  text: {
    zh: '字段名只有一种含义，值的写法相符，但校验位不符：输错或编造的号码',
    en: 'the name means one thing and the value is written so, but its check digit is wrong: mistyped or made up',
  },
};
const imeiLine: TraceLine = {
  rule: 'key-name',
  text: {
    zh: '字段名只有一种含义，值的写法相符：校验位不符（输错或编造的号码），或其后另接一个摘要',
    en: 'the name means one thing and the value is written so: its check digit is wrong (mistyped or made up), or a digest stands behind it',
  },
};
const smallLine: TraceLine = {
  rule: 'key-name',
  text: {
    zh: '字段名只有一种含义，值是小写字母的一个词：人们常这样输入姓名',
    en: 'the name means one thing and the value is one word in small letters, as people type their names',
  },
};
const patchLine: TraceLine = {
  rule: 'key-name',
  text: {
    zh: '字段名只有一种含义，值是系统安全补丁的日期',
    en: 'the name means one thing and the value is the day of the system’s security patch',
  },
};
/** Build.VERSION.SECURITY_PATCH. */
const PATCH_LEVEL = /^20[12]\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
/** `354…7F0B9C…`: some apps put a digest of the device behind its number. */
function isImeiAndDigest(value: string): boolean {
  return /^\d{15}(?=[^a-f]*[a-f])[0-9a-f]{32}$/i.test(value) && isWrittenAsImei(value.slice(0, 15));
}

/** Papers of offices and firms go by these names as well, and are numbered by area and day. */
const OFFICES = /certificate|papers/;
const IDENTITY = /identity|id card|citizen|resident id|sfz|shenfen|身份/;
/** `bank card no`, `银行卡号`. */
const BANK = /(?:^| )bank(?: |$)|银行|yinhang/;
/** A part of a name, as people type it. */
const NAME_PARTS = new Set(['first name', 'firstname', 'last name', 'lastname', 'given name', 'family name', 'surname']);
const SMALL_NAME = /^[a-z]{3,20}(?:['-][a-z]{2,20})?$/;

/** Words as makers, carriers and exchanges write them; the mere name of a system, or of the kind of object (Sentry), says nothing of a device. */
const WORDS: FixedMeaning = {
  form: /^(?!(?:none|unknown|android|ios|os|device|app|browser|runtime)$|(.)\1+$)[\p{L}\p{N}][\p{L}\p{N} ._/()+-]{1,63}$/iu,
  headers: new Map(),
};

/** No object and no header makes one of whatever stands there. */
const NEVER: FixedMeaning = { form: /^(?!)/, headers: new Map() };

/** Objects that hold nothing but the device and its network; `env.model` may be a language model's. */
const FIXED_OBJECTS = /^(?:device|sua|os|network|client|user)\./;

/** Exchanges mask octets: 203.0.113.xxx. */
const OCTETS = /^\d{1,3}(?:\.(?:\d{1,3}|x{1,3}|\*)){3}$/i;

/**
 * Type -> values that pass where the place is fixed: OpenRTB and its many copies say what `device.ua`, `device.os` and `device.ip`
 * are, and standards say what `User-Agent` and `X-Forwarded-For` are, whatever is written there.
 */
const FIXED_MEANINGS: ReadonlyMap<string, FixedMeaning> = new Map([
  // Apps write this header as they like (`6.0.2;Model X;Android;13`); a client's bare name (`ExampleClient`) tells of nobody.
  ['user_agent', { ...WORDS, headers: new Map([['header.user-agent', /^(?=.*[0-9(;]).{12,}$/s]]) }],
  // Android tells up to which month it is mended as a day of it.
  [
    'os_version',
    { ...WORDS, named: { test: (value, key) => key.startsWith('security patch') && PATCH_LEVEL.test(value), line: patchLine } },
  ],
  ['device_model', WORDS],
  ['sim_operator', WORDS],
  // Numbers that testers and modified phones make up fail the check digit; what is sent as the IMEI, and written like one, is one to whoever gets it.
  ['imei', { ...NEVER, named: { test: (value) => isWrittenAsImei(value) || isImeiAndDigest(value), line: imeiLine } }],
  // So do the numbers that people type into forms: 18 digits with an area and a day of birth are no other number (one random number in 25,000).
  [
    'id_number',
    {
      ...NEVER,
      named: { test: (value, key) => !OFFICES.test(key) && isWrittenAsResidentId(value), line: checkLine, parts: IDENTITY },
    },
  ],
  // A card of UnionPay under the name of a bank (one number of that length in a hundred); shops number their cards too.
  [
    'bank_card_number',
    { ...NEVER, named: { test: (value, key) => BANK.test(key) && /^62\d{14,17}$/.test(value), line: checkLine, parts: BANK } },
  ],
  [
    'real_name',
    { ...NEVER, named: { test: (value, key) => NAME_PARTS.has(key) && SMALL_NAME.test(value) && !namesNobody(value), line: smallLine } },
  ],
  ['ip_address', { form: OCTETS, headers: new Map([['header.x-forwarded-for', OCTETS]]) }],
]);

const pathLine: TraceLine = {
  rule: 'key-path',
  text: {
    zh: '对象名与字段名合起来只有一种含义；值的写法少见',
    en: 'object and name together mean one thing; the value is written unusually',
  },
};
const headerLine: TraceLine = {
  rule: 'key-header',
  text: { zh: '标准请求头，含义固定；值的写法少见', en: 'a standard header, whose meaning is fixed; the value is written unusually' },
};

/** What the place says of a value. */
interface Place {
  readonly line: TraceLine;
  readonly placeholder: boolean;
}

/** 111.222.333.444 stands where an address belongs and is none: an octet ends at 255. */
function isInvented(value: string): boolean {
  return OCTETS.test(value) && value.split('.').some((octet) => Number(octet) > 255);
}

/**
 * Whether the place alone makes a value that fails its type's test one of that type.
 * @param match how the field's name speaks for the type; only a key that is not ambiguous counts.
 * @param value of the field, trimmed.
 * @returns the line that says so, and whether the value can be nobody's; or null.
 */
export function fixedMeaningAt(match: KeyMatch, field: Field, value: string): Place | null {
  const described = FIXED_MEANINGS.get(match.type.id);
  if (described === undefined || match.weak) return null;
  if (described.headers.get(field.path)?.test(value) === true) return { line: headerLine, placeholder: isInvented(value) };
  const { named } = described;
  if (named !== undefined && (match.reach === 'full' || named.parts?.test(match.key) === true) && named.test(value, match.key))
    return { line: named.line, placeholder: false };
  return FIXED_OBJECTS.test(match.key) && described.form.test(value) ? { line: pathLine, placeholder: isInvented(value) } : null;
}
