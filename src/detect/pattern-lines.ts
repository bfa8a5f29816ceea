import type { Field } from '../model/field.js';
import type { TraceLine } from '../model/finding.js';
import type { KeyMatch } from './keys.js';
import type { Passed } from './validator.js';

/** What the trace of a finding says about its name and its value. */

/** What a test said about one value: the validator's word, or that the rule's expression holds. */
export interface Tested {
  readonly passed: Passed;
  readonly by: 'validator' | 'shape';
}

/** What was said last of each match, and under which names: the same few names come again and again. */
const said = new WeakMap<KeyMatch, { readonly keys: readonly string[]; readonly line: TraceLine }>();

/** What the field's name says, by the dictionary. */
export function keyLine(match: KeyMatch, { keys }: Field): TraceLine {
  const known = said.get(match);
  if (known?.keys === keys) return known.line;
  const line = newKeyLine(match, keys);
  said.set(match, { keys, line });
  return line;
}

function newKeyLine(match: KeyMatch, keys: readonly string[]): TraceLine {
  const name = keys.slice(-2).join('.').slice(0, 80);
  return {
    rule: match.weak ? 'key-weak' : 'key',
    text: {
      zh: `字段名“${name}”与词典中的“${match.key}”相符${match.weak ? '（多义，须与值相互印证）' : ''}`,
      en: `the name "${name}" is "${match.key}" in the key dictionary${match.weak ? ' (ambiguous: it counts only with a value that agrees)' : ''}`,
    },
  };
}

export const drawnLine: TraceLine = {
  rule: 'drawn-uuid',
  text: {
    zh: '值是随机或按时间生成的 UUID（由版本位可知），既不是字段名所说的号码，也不是其摘要：是应用给设备的编号',
    en: 'a UUID that was drawn, by its version: neither the number that the name says nor a digest of it, but one that the app gave the device',
  },
};

/** What the test of the value says, and how many random values pass it. */
export function testLine({ passed, by }: Tested): TraceLine {
  if (by === 'shape') return { rule: 'shape', text: passed.note };
  const rate = passed.passRate < 1 ? written(passed.passRate) : null;
  return {
    rule: 'validator',
    text: {
      zh: passed.note.zh + (rate === null ? '；此形态无校验位' : `；同类随机值通过率约 ${rate}`),
      en: passed.note.en + (rate === null ? '; this form has no check digit' : `; about ${rate} of random values of this class pass`),
    },
  };
}

/** Rates are constants of the validators, or computed from a few lengths. */
const RATES = 1_000;
const rates = new Map<number, string>();

function written(rate: number): string {
  let text = rates.get(rate);
  if (text === undefined) {
    text = rate.toPrecision(1);
    if (rates.size >= RATES) rates.clear();
    rates.set(rate, text);
  }
  return text;
}

/** @param form name of the digest of that length. @param empty what the digest is of where that is nothing; null otherwise. */
export function digestLine(form: string, empty: string | null): TraceLine {
  return {
    rule: 'digest-shape',
    text: {
      zh: `值为 ${form} 长度的摘要；散列不是匿名化${empty === null ? '' : '；它是空值或占位值的摘要'}`,
      en: `the value has the length of ${form}; a digest is not anonymous${empty === null ? '' : '; it is the digest of an empty or placeholder value'}`,
    },
  };
}

/** Why the value stands alone. @param event the name is that of an event's number or time. */
export function unkeyedLine(event: boolean): TraceLine {
  return event
    ? {
        rule: 'no-key-event',
        text: { zh: '字段名像事件编号或时间，只作线索', en: 'the name is that of an event number or a time: a clue only' },
      }
    : { rule: 'no-key', text: { zh: '字段名未提供线索，仅凭值', en: 'the name says nothing; by the value alone' } };
}

export const keyOnlyLine: TraceLine = {
  rule: 'key-only',
  text: { zh: '此类型的值没有可校验的写法，仅凭字段名', en: 'values of this type have no form to test; by the name alone' },
};
export const suffixLine: TraceLine = {
  rule: 'key-suffix',
  text: { zh: '字段名前还有其他词，等级相应降低', en: 'other words stand before the name, so the grade is lowered' },
};
export const encryptedLine: TraceLine = {
  rule: 'encrypted-shape',
  text: { zh: '值像密文，未能还原', en: 'the value looks encrypted and could not be opened' },
};
export const maskedLine: TraceLine = { rule: 'masked', text: { zh: '值已由应用打码', en: 'the app has masked the value' } };
export const placeholderLine: TraceLine = {
  rule: 'placeholder',
  text: { zh: '占位值：应用请求了该信息但未取得', en: 'placeholder: the app asked for it and got nothing' },
};
export const typedLine: TraceLine = {
  rule: 'typed',
  text: {
    zh: '值是按键盘或字母数字顺序键入的示例（或文档中的示例），不是系统或应用生成的标识',
    en: 'the value was typed in the order of keys, letters or digits (or is the example of a document): no system and no app made it',
  },
};
