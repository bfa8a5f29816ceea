import type { Field } from '../../model/field.js';
import type { Grade } from '../../model/finding.js';
import { BOOK, isNumber, isOfNameLength } from '../address-book.js';
import { isBusinessNumber } from '../business-number.js';
import { firstOf, readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope, FieldList } from '../composite.js';
import { leafName, leafPhrase, phraseOf } from '../keys.js';
import { isOfEmergency, namesRelation } from '../kinship.js';
import { namesOffer } from '../offers.js';
import { isOfPremises } from '../premises.js';

/**
 * Arrays about other people: the contact book (name and number, twice or more), call records (number, time, duration), text
 * messages (number, text). Told from what each element holds; the array's own name decides between them and lifts the grade. A few people of
 * whom each entry says what they are to the user, or who are to be called in an emergency, were named in a form: no book was read.
 */
const NAMES = {
  contacts: BOOK,
  call_log: /(?:calls?|call ?logs?|call ?records?|call ?history|thjl|tonghua ?jilu|通话记录)(?: ?(?:lists?|infos?|data))?$/,
  sms: /(?:sms|messages?|msgs?|duanxin|短信)(?: ?(?:lists?|logs?|records?|infos?|data|(?:in|out)box))?$/,
};
const NAME = /(?:name|display ?name|nick|^xm|xingming|姓名|名称)$/;
const NUMBER = /(?:(?:phone|mobile|tel)(?: no)?|phones|number|num|address|addr|msisdn|sender|^sjh|^dh|^dhhm|haoma|手机|电话|号码)$/;
/** Banks, carriers and services send from short numbers (工信部《电信网编号计划》: 1XXXX, 95XXX, 96XXX, 106…, 12…). */
const SERVICE_NUMBER = /^(?:1[0-2]\d{1,18}|9[56]\d{3,6})$/;
/** Others send from the short code of a carrier abroad, or under a name of up to eleven characters (3GPP TS 23.040, 9.1.2.5). */
const SENDER = /^(?:\d{3,6}|(?=.*[A-Za-z])[A-Za-z0-9-]{3,11})$/;
const TEXTS = /(?:^| )(?:sms|duanxin)|短信/;
const DURATION = /(?:duration|dur|talk ?time|时长)$/;
const MOMENT = /(?:time|date|ts|timestamp|时间)$/;
/** Where a shop stands and whom it answers to is printed for everybody; the book of a phone knows no position on the map. */
const PLACED = /^(?:lat|lng|lon|latitude|longitude|adcode|poiid|website|site|homepage|fax)$/;
const IDENTITY =
  /(?:idcard|idno|idnum|idnumber|identityno|identitynumber|certno|certnum|certnumber|certificateno|idcode|sfz|sfzh|身份证|身份证号|证件号|证件号码)$/;
const DOCUMENT_NUMBER = /^[0-9A-Za-z*]{8,20}$/;
const TEXT = /(?:body|content|text|msg|message|内容)$/;
/** Forms ask for two or three; a book of relatives alone nobody has. */
const MOST_NAMED = 10;

export const composite: Composite = {
  named: (keys) => NUMBER.test(leafPhrase(keys)),
  triggers: ({ value, path, keys }, named) =>
    named &&
    path.includes('[') &&
    (isNumber(value) || SERVICE_NUMBER.test(value) || (SENDER.test(value) && keys.some((key) => TEXTS.test(phraseOf(key))))),
  find(scope) {
    const found: CompositeFinding[] = [];
    for (const list of scope.lists) {
      const kind = kindOf(list);
      if (kind !== null) found.push(finding(scope, list, kind.dataType, kind.grade, kind.people));
    }
    return found;
  },
};

function kindOf(list: FieldList): { dataType: string; grade: Grade; people: number } | null {
  // A batch of events repeats the number of whoever is signed in with each of them: one person, however often.
  const numbers = new Set<string>();
  let calls = 0;
  let texts = 0;
  let related = 0;
  const name = leafPhrase(list.keys);
  const isOfTexts = TEXTS.test(name);
  const isBook = NAMES.contacts.test(name);
  for (const element of list.elements) {
    const words = element.map((field) => leafPhrase(field.keys));
    const numberIn = (test: (value: string) => boolean) =>
      element.find((field, index) => NUMBER.test(words[index] ?? '') && test(field.value));
    const number = numberIn(isNumber);
    const numbered = number ?? (isOfTexts ? numberIn((value) => SERVICE_NUMBER.test(value) || SENDER.test(value)) : undefined);
    if (numbered === undefined) continue;
    // A call or a message is one object; the text and the time of a review below a shop’s number make none of it.
    const group = numbered.group;
    const holds = (test: (field: Field, word: string) => boolean) =>
      element.some((field, index) => field.group === group && test(field, words[index] ?? ''));
    const isTimed = holds((_, word) => MOMENT.test(word));
    if (isTimed && holds((_, word) => DURATION.test(word))) calls++;
    else if (isTimed && holds(({ value }, word) => TEXT.test(word) && value.length >= 2)) texts++;
    else if (
      number !== undefined &&
      !isIdentified(element) &&
      (isBook || !isBusiness(element, words)) &&
      element.some((field, index) => NAME.test(words[index] ?? '') && isOfNameLength(field.value))
    ) {
      numbers.add(number.value);
      if (element.some(namesRelation)) related++;
    }
  }
  const people = numbers.size;
  const best = Math.max(people, calls, texts);
  const dataType = calls === best ? 'call_log' : texts === best ? 'sms' : 'contacts';
  const named = NAMES[dataType].test(name);
  if (dataType === 'contacts' && people > 0 && people <= MOST_NAMED && (related >= people || list.keys.map(phraseOf).some(isOfEmergency)))
    return { dataType: 'family_relation', grade: 'probable', people };
  // A single consignee is no contact book; one entry counts only where the array says what it is.
  if (best >= 2 || (best === 1 && named)) return { dataType, grade: best >= 2 && named ? 'strong' : 'probable', people: best };
  return null;
}

/**
 * Whoever is in the book of a phone has no number of identity there: passengers, insured people and applicants have, and each of them is told by what
 * stands in the entry.
 */
function isIdentified(element: readonly Field[]): boolean {
  return element.some((field) => IDENTITY.test(leafName(field.keys)) && DOCUMENT_NUMBER.test(field.value.trim()) && !namesRelation(field));
}

/** Shops, hotels, branches, schools: what is offered beside the number, where it is on the map, or a number that is no mobile's. */
function isBusiness(element: readonly Field[], words: readonly string[]): boolean {
  const numbers = element.filter(({ value }, index) => NUMBER.test(words[index] ?? '') && isNumber(value));
  return (
    numbers.every(({ value, keys }) => isBusinessNumber(value) || isOfPremises(keys)) ||
    element.some(({ keys }) => namesOffer(keys) || PLACED.test(leafName(keys)))
  );
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
