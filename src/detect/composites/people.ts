import type { Field } from '../../model/field.js';
import type { Grade } from '../../model/finding.js';
import { firstOf, readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope, FieldList } from '../composite.js';
import { tokensOf } from '../keys.js';
import { validator as phone } from '../validators/phone.js';

/**
 * Arrays about other people: the contact book (name and number, twice or more), call records (number, time, duration), text
 * messages (number, text). Told from what each element holds; the array's own name decides between them and lifts the grade.
 */
const NAMES: Readonly<Record<string, RegExp>> = {
  contacts: /(?:contacts?|address ?books?|phone ?books?|txl|tongxunlu|通讯录|联系人)(?: ?(?:lists?|infos?|data|records?))?$/,
  call_log: /(?:calls?|call ?logs?|call ?records?|call ?history|thjl|tonghua ?jilu|通话记录)(?: ?(?:lists?|infos?|data))?$/,
  sms: /(?:sms|messages?|msgs?|duanxin|短信)(?: ?(?:lists?|logs?|records?|infos?|data|(?:in|out)box))?$/,
};
const NAME = /(?:name|display ?name|nick|^xm|xingming|姓名|名称)$/;
const NUMBER = /(?:phone|phones|mobile|tel|number|num|address|addr|msisdn|sender|^sjh|^dh|^dhhm|haoma|手机|电话|号码)$/;
/** Banks, carriers and services send from short numbers (工信部《电信网编号计划》: 1XXXX, 95XXX, 96XXX, 106…, 12…). */
const SERVICE_NUMBER = /^(?:1[0-2]\d{1,18}|9[56]\d{3,6})$/;
const TEXTS = /^(?:sms|duanxin|短信)/;
const DURATION = /(?:duration|dur|talk ?time|时长)$/;
const MOMENT = /(?:time|date|ts|timestamp|时间)$/;
const TEXT = /(?:body|content|text|msg|message|内容)$/;

export const composite: Composite = {
  named: (keys) => NUMBER.test(tokensOf(keys[keys.length - 1] ?? '').join(' ')),
  stirs: ({ value, path }, named) => named && (isNumber(value) || SERVICE_NUMBER.test(value)) && path.includes('['),
  find(scope) {
    const found: CompositeFinding[] = [];
    for (const list of scope.lists) {
      const kind = kindOf(list);
      if (kind !== null && scope.types.has(kind.dataType)) found.push(finding(scope, list, kind.dataType, kind.grade, kind.people));
    }
    return found;
  },
};

function kindOf(list: FieldList): { dataType: string; grade: Grade; people: number } | null {
  let people = 0;
  let calls = 0;
  let texts = 0;
  const name = tokensOf(list.keys[list.keys.length - 1] ?? '').join(' ');
  const isNumbered = TEXTS.test(name) ? (value: string) => isNumber(value) || SERVICE_NUMBER.test(value) : isNumber;
  for (const element of list.elements) {
    const words = element.map((field) => tokensOf(field.keys[field.keys.length - 1] ?? '').join(' '));
    const numbered = element.some((field, index) => NUMBER.test(words[index] ?? '') && isNumbered(field.value));
    if (!numbered) continue;
    if (words.some((word) => DURATION.test(word)) && words.some((word) => MOMENT.test(word))) calls++;
    else if (
      element.some((field, index) => TEXT.test(words[index] ?? '') && field.value.length >= 2) &&
      words.some((word) => MOMENT.test(word))
    )
      texts++;
    else if (element.some((field, index) => NAME.test(words[index] ?? '') && field.value.length >= 1 && field.value.length <= 40)) people++;
  }
  const best = Math.max(people, calls, texts);
  const dataType = calls === best ? 'call_log' : texts === best ? 'sms' : 'contacts';
  const named = NAMES[dataType]?.test(name) ?? false;
  // A single consignee is no contact book; one entry counts only where the array says what it is.
  if (best >= 2 || (best === 1 && named)) return { dataType, grade: best >= 2 && named ? 'strong' : 'probable', people: best };
  return null;
}

function isNumber(value: string): boolean {
  return value.length >= 7 && (phone.check(value) !== null || isMaskedNumber(value));
}

function isMaskedNumber(value: string): boolean {
  return /^1\d{2}\*{4,}\d{2,4}$/.test(value);
}

function finding(
  { decoded }: CompositeScope,
  { path, elements }: FieldList,
  dataType: string,
  grade: Grade,
  people: number,
): CompositeFinding {
  const candidate = readAsOne(decoded, elements[0]?.[0] as Field, {
    dataType,
    grade,
    value: firstOf(elements, ' ', '; '),
    path,
    trace: [{ rule: 'record-list', text: { zh: `${people} 条含号码的记录`, en: `${people} records with a number` } }],
    passRate: 1e-6,
  });
  return { candidate, absorbs: elements.flatMap((element) => element.map((field) => field.path)) };
}
