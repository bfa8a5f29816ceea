import type { TraceLine } from '../model/finding.js';
import type { Candidate } from './candidate.js';
import { isKin } from './kinship.js';

/**
 * What an object speaks of, by the data that is sure in it. `degree`, `position` and `salary` are columns of a vacancy, a figure and a shop's
 * staff as well; beside a birthday and a marital status they are those of the person who is described. `leaveDate` is when somebody
 * leaves a firm; beside a hotel it is when the room is free.
 */

/** Data type -> what it says of whether a person is described. A number of identity is nobody else's; a name stands on parcels, too. */
const OF_PERSON: ReadonlyMap<string, number> = new Map([
  ['id_number', 3],
  ['minor_info', 2],
  ...(
    'real_name birth_date gender age ethnicity marital_status political_status religion nationality education occupation income ' +
    'family_relation body_metrics health_record medical_condition medical_diagnosis reproductive_health social_security_number id_expiry ' +
    'id_document_image credit_record property_assets resume bank_card_number specific_identity'
  )
    .split(' ')
    .map((type) => [type, 1] as const),
]);
/** Every report of an app may carry a gender and an age. */
const DESCRIBED = 3;

/** Whoever books a journey for a firm names the traveller and the firm: of work, pay and study a form speaks that asks how somebody lives. */
const OF_LIFE = setOf(
  'birth_date gender age ethnicity marital_status political_status religion education occupation income family_relation credit_record property_assets resume',
);
/** What an app says of itself, in one word: `position: banner`, `work=upload`. */
const WORD = /^[A-Za-z][A-Za-z_-]*$/;
const LIVED = setOf('education occupation income property_assets resume');

/** Complaints are made of parcels as well, operations stand in a log, and tickets have a place; whoever travels or stays is named there, too. */
const ONLY_KINDRED = setOf(
  'health_record medical_condition medical_diagnosis medical_appointment reproductive_health trip_origin trip_destination travel_time stay_dates ' +
    'property_address bank_name',
);
const MEDICAL = setOf('health_record medical_condition medical_diagnosis medical_appointment');
const JOURNEY = setOf('trip_origin trip_destination trip_number travel_time seat_class seat_number');
const STAY = setOf('hotel_name stay_dates');
/** Type -> types of its own subject, any of which is enough, in another field of the object. */
const KINDRED: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...[MEDICAL, JOURNEY, STAY].flatMap((subject) => [...subject].map((type) => [type, subject] as const)),
  ['body_metrics', new Set([...MEDICAL, 'body_metrics'])],
  ['reproductive_health', setOf('reproductive_health')],
  ['education', setOf('education')],
  // What somebody is to whoever is named beside it; only words for that are asked here.
  ['family_relation', setOf('family_relation contact_phone real_name')],
  ['bank_name', setOf('bank_card_number bank_name bank_reserved_phone')],
  ['property_address', setOf('property_address property_layout property_price')],
]);
/**
 * What is said of a person under names that channels, memberships and tickets have as well: a class or a year of a school (`gradeName: 黄金会员` is a
 * member's), a party, a belief.
 */
const WRITTEN: ReadonlyMap<string, RegExp> = new Map([
  ['political_status', /党|团员|群众|无党派|民盟|民革|民建|民进|致公|九三|台盟|^\d{1,2}$/],
  ['religion', /教|佛|道|信仰|伊斯兰|基督|天主|穆斯林|无神|^无$|^[A-Za-z]/],
]);
const OF_SCHOOL = new Set(['bj', 'bjmc', 'njmc', 'banji', '班级', '年级', 'class name', 'grade name']);
const CLASS = /年级|\d{2,4}[级届]|\d[)）]?班|[一二三四五六七八九十][)）]?班|[小初高大][一二三四五六]|[大中小托]班|^\d{1,14}$/;
/** A ticket and a coupon are valid until a day as well; this stands on the document beside it. */
const ON_DOCUMENT = setOf('id_document_image id_type ethnicity nationality birth_date');

/** Whether a value is written as what the name stands for in that context. @param key of the dictionary. */
function isWrittenSo(type: string, key: string, value: string, kinds: ReadonlySet<string>): boolean {
  if (OF_SCHOOL.has(key)) return CLASS.test(value);
  if (type === 'id_expiry') return [...ON_DOCUMENT].some((kind) => kinds.has(kind));
  return WRITTEN.get(type)?.test(value) !== false;
}

/** One or two digits are a flag or a level; of these types they are a code. */
const FLAG = /^\d{1,2}$/;
const CODED = setOf('id_type marital_status');

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/**
 * Whether the object of a reading speaks of its subject.
 * @param type that the name stands for in that context. @param key of the dictionary. @param value of the field.
 * @param kinds types that are sure in the same object.
 * @returns what the trace says of it, or null.
 */
export function besideSubject(type: string, key: string, value: string, kinds: ReadonlySet<string>): TraceLine | null {
  if ((LIVED.has(type) && WORD.test(value)) || (type === 'family_relation' && !isKin(value))) return null;
  if (!isWrittenSo(type, key, value, kinds)) return null;
  const kindred = KINDRED.get(type);
  let described = 0;
  let isLife = false;
  for (const kind of kinds) {
    if (kindred?.has(kind) === true) return subjectLine(kind);
    if (kind === type) continue;
    described += OF_PERSON.get(kind) ?? 0;
    isLife ||= OF_LIFE.has(kind);
  }
  if (FLAG.test(value) && !CODED.has(type)) return null;
  return described >= DESCRIBED && !ONLY_KINDRED.has(type) && (isLife || !LIVED.has(type)) ? personLine : null;
}

/** Whether a name speaks of a type in a context that is not there: not even a clue. */
export function isOutOfContext({ evidence, match }: Candidate): boolean {
  return match?.context === true && evidence.grade === 'candidate';
}

function subjectLine(kind: string): TraceLine {
  return {
    rule: 'neighbours',
    text: { zh: `同一对象内还有 ${kind}，说的是同一件事`, en: `the same object holds ${kind}, which is of the same subject` },
  };
}

const personLine: TraceLine = {
  rule: 'neighbours',
  text: { zh: '同一对象描述的是一个人', en: 'the same object describes a person' },
};
