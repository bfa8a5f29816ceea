import type { Field } from '../model/field.js';
import type { TraceLine } from '../model/finding.js';
import type { KeyMatch } from './keys.js';

/** What a value may look like where the place alone says what it is, and which headers are such places. */
interface Described {
  readonly form: RegExp;
  /** Path of a standard header -> the form that is enough there. */
  readonly headers: ReadonlyMap<string, RegExp>;
  /** What is enough under a name that means nothing else, wherever it stands. */
  readonly named?: RegExp;
}

/** Words as makers, carriers and exchanges write them; the mere name of a system, or of the kind of object (Sentry), says nothing of a device. */
const WORDS: Described = {
  form: /^(?!(?:none|unknown|android|ios|os|device|app|browser|runtime)$)[\p{L}\p{N}][\p{L}\p{N} ._/()+-]{1,63}$/iu,
  headers: new Map(),
};

/** Objects that hold nothing but the device and its network; `env.model` may be a language model's. */
const FIXED_OBJECTS = /^(?:device|sua|os|network|client|user)\./;

/** Exchanges mask octets: 203.0.113.xxx. */
const OCTETS = /^\d{1,3}(?:\.(?:\d{1,3}|x{1,3}|\*)){3}$/i;

/**
 * Type -> values that pass where the place is fixed: OpenRTB and its many copies say what `device.ua`, `device.os` and `device.ip`
 * are, and standards say what `User-Agent` and `X-Forwarded-For` are, whatever is written there.
 */
const DESCRIBED_BY_PATH: ReadonlyMap<string, Described> = new Map([
  // Apps write this header as they like (`6.0.2;Model X;Android;13`); a client's bare name (`ExampleClient`) tells of nobody.
  ['user_agent', { ...WORDS, headers: new Map([['header.user-agent', /^(?=.*[0-9(;]).{12,}$/s]]) }],
  ['os_version', WORDS],
  ['device_model', WORDS],
  ['sim_operator', WORDS],
  // Numbers that testers and modified phones make up fail the check digit; what is sent as the IMEI, and written like one, is one to whoever gets it.
  ['imei', { form: /^$/, headers: new Map(), named: /^(?:35|86)\d{13}$/ }],
  ['ip_address', { form: OCTETS, headers: new Map([['header.x-forwarded-for', OCTETS]]) }],
]);

const pathLine: TraceLine = {
  rule: 'key-path',
  text: {
    zh: '对象名与字段名合起来只有一种含义；值的写法少见',
    en: 'object and name together mean one thing; the value is written unusually',
  },
};
const nameLine: TraceLine = {
  rule: 'key-name',
  text: {
    zh: '字段名只有一种含义，值的写法相符，但校验位不符',
    en: 'the name means one thing and the value is written so, but its check digit is wrong',
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
export function describedAt(match: KeyMatch, field: Field, value: string): Place | null {
  const described = DESCRIBED_BY_PATH.get(match.type.id);
  if (described === undefined || match.weak) return null;
  if (described.headers.get(field.path)?.test(value) === true) return { line: headerLine, placeholder: isInvented(value) };
  if (match.reach === 'full' && described.named?.test(value) === true) return { line: nameLine, placeholder: false };
  return FIXED_OBJECTS.test(match.key) && described.form.test(value) ? { line: pathLine, placeholder: isInvented(value) } : null;
}
