import type { Decoded, Field } from '../model/field.js';
import type { TraceLine } from '../model/finding.js';
import type { DataType } from '../model/rulebook.js';
import { asClue, type Candidate, evidenceAt } from './candidate.js';
import { isBareAddress, isMark } from './marks.js';
import { isUuid } from './uuid.js';
import { validator as mobile } from './validators/mainland-mobile.js';

/**
 * One value twice in a message: `imei=86…&i=86…`. What a name that means one thing says of an identifier, it says of the same value
 * under a name that says nothing. Only identifiers long enough that two fields do not agree by chance.
 */
const SHORTEST = 8;
/** 20240601, 11111111: few different characters prove little. */
const FEWEST_CHARACTERS = 5;
/** 80 bits in hexadecimal. */
const SECRET = 20;
const PROVEN = 1e-2;
/** An account called by a word (`userId=override`) and the same word in a setting are two things. */
const WORD = /^(?:[a-z]+|[A-Z][a-z]*|[A-Z]+)$/;
const PERSONAL: ReadonlySet<string> = new Set([
  'phone_number',
  'id_number',
  'email',
  'account_id',
  'bank_card_number',
  'wechat_id',
  'ip_address',
]);

/** Names that number anything; what the same value is called elsewhere in the message tells of what. */
const OPEN = new Set(['guid', 'uuid', 'id']);

/** Whatever an app numbers its devices by. */
export const ANY_DEVICES = 'device_uuid';

/** What one value in several places says. */
export interface Repetition {
  /** Readings for the places where it stands again. */
  readonly repeats: readonly Candidate[];
  /** Group of the field of each. */
  readonly groups: readonly number[];
  /** Paths of readings by an open name of a value that another name calls a thing's: `guid=…&voteguid=…`. */
  readonly denied: ReadonlySet<string>;
}

const NOTHING: Repetition = { repeats: [], groups: [], denied: new Set() };

/**
 * The places where an identifier stands again without a sure reading of its own.
 * @param readings all readings of one message, after what their neighbours made of them.
 * @param all fields of the message, for a value that stands among the leaves that nobody wanted.
 * @param isTransport whether a field carries the state of the protocol and is not read.
 * @param refuses whether a field's name says that it holds no such data.
 */
export function findRepeated(
  readings: readonly Candidate[],
  decoded: Decoded,
  types: ReadonlyMap<string, DataType>,
  all: () => readonly Field[],
  isTransport: (field: Field) => boolean,
  refuses: (field: Field, dataType: string) => boolean,
): Repetition {
  const sources = new Map<string, Candidate>();
  const lengths = new Set<number>();
  for (const candidate of readings) {
    const { dataType, value } = candidate.evidence;
    const type = types.get(dataType);
    if (type === undefined || !identifies(candidate, type)) continue;
    const known = sources.get(value);
    // The form with a test of its own says more than an opaque identifier.
    if (known === undefined || candidate.passRate < known.passRate) sources.set(value, candidate);
    lengths.add(value.length);
  }
  if (sources.size === 0) return NOTHING;
  const places: Array<{ readonly field: Field; readonly source: Candidate }> = [];
  const denied = new Set<string>();
  for (const field of decoded.idle?.holdsAny(sources) === true ? all() : decoded.fields) {
    // The length first: it is asked of every field.
    if (!lengths.has(field.value.length) || (field.kind !== 'string' && field.kind !== 'number') || field.opened) continue;
    const source = sources.get(field.value);
    if (source === undefined || source.evidence.path === field.path || isTransport(field)) continue;
    if (!refuses(field, source.evidence.dataType)) places.push({ field, source });
    else if (OPEN.has(source.match?.key ?? '')) denied.add(source.evidence.path);
  }
  if (places.length === 0) return { ...NOTHING, denied };
  /** Path -> how the value is read there: as it is, as the digest of something else, or as any identifier of a device. */
  const sure = new Map<string, 'plain' | 'digest' | 'any'>();
  for (const { evidence, match } of readings) {
    if (evidence.grade === 'candidate') continue;
    const isAny = evidence.dataType === ANY_DEVICES && match?.weak === true;
    sure.set(evidence.path, evidence.form !== 'plain' ? 'digest' : isAny ? 'any' : 'plain');
  }
  const kept = places.filter(({ field, source }) => {
    if (denied.has(source.evidence.path)) return false;
    const own = sure.get(field.path);
    // Sure already, unless the value was taken for the digest of something else, or another name says which identifier it is.
    if (own === 'digest') return source.evidence.form === 'plain';
    return own === undefined || (own === 'any' && source.evidence.dataType !== ANY_DEVICES && !isSharedWithDevice(source));
  });
  return { repeats: kept.map(({ field, source }) => repeat(field, decoded, source)), groups: kept.map(({ field }) => field.group), denied };
}

/** `uid` and `did` of one UUID: kits call an installation's number the user's, and nobody calls the account's the device's. */
function isSharedWithDevice({ evidence: { dataType, value } }: Candidate): boolean {
  return dataType === 'account_id' && isUuid(value);
}

/** A reading by an open name, once the same value is a thing's by another. */
export function withDenial(candidate: Candidate): Candidate {
  return asClue(candidate, deniedLine);
}

/** One in ten random numbers passes a check digit (Luhn, ISO/IEC 7812-1). */
const CHECKED = 0.1;

/** Personal numbers with a test of their own; another account's number, or a server's address, may stand in the next message for itself. */
const TESTED: ReadonlySet<string> = new Set(['phone_number', 'id_number', 'bank_card_number']);

/**
 * Whether it is one that other messages are held against: an identifier of the phone, long and random or with a test of its own, or a number
 * of the person with such a test. What a login or an account is called differs from server to server, and so does whose it is.
 */
export function identifiesEverywhere(candidate: Candidate, type: DataType): boolean {
  if (type.identifier === null && !TESTED.has(type.id)) return false;
  if (candidate.evidence.form === null || !identifies(candidate, type)) return false;
  const { value } = candidate.evidence;
  return type.identifier === null || candidate.passRate <= CHECKED || isMark(value) || isBareAddress(value);
}

/** Whether a reading names one person or device for certain enough to be believed elsewhere. */
function identifies({ evidence, match, passRate }: Candidate, type: DataType): boolean {
  const { value, span, placeholder, trace } = evidence;
  if (evidence.grade === 'candidate' || placeholder || span !== null || value.length < SHORTEST) return false;
  // What the interface of a vendor says needs no name.
  if (match === undefined && trace[0]?.rule !== 'endpoint') return false;
  // What a Cookie or a header carries as a login is one in the body too.
  if (type.id === 'auth_token') return value.length >= SECRET && isVaried(value);
  // `origin_imei`: part of a name is enough where the value has a test of its own.
  // An ambiguous name (`username`) is enough for a number in a prefix that is allocated.
  if (type.id === 'phone_number' && match?.reach !== 'suffix' && mobile.check(value) !== null) return isVaried(value);
  if (match !== undefined && (match.weak || (match.reach !== 'full' && passRate > PROVEN))) return false;
  if (type.identifier === null && !PERSONAL.has(type.id)) return false;
  return isVaried(value) && !WORD.test(value);
}

function isVaried(value: string): boolean {
  let seen = '';
  for (const character of value) {
    if (seen.includes(character)) continue;
    seen += character;
    if (seen.length >= FEWEST_CHARACTERS) return true;
  }
  return false;
}

function repeat(field: Field, decoded: Decoded, { evidence, passRate }: Candidate): Candidate {
  return {
    evidence: evidenceAt(field, decoded.direction, decoded.message, {
      dataType: evidence.dataType,
      grade: 'probable',
      detector: 'pattern',
      form: evidence.form,
      value: evidence.value,
      span: null,
      placeholder: false,
      trace: [sameLine(evidence.path)],
    }),
    // Before a digest of unknown content at the same place.
    passRate: Math.min(passRate, 1e-3),
    keyLength: 0,
    preference: 0,
  };
}

function sameLine(path: string): TraceLine {
  return {
    rule: 'same-value',
    text: { zh: `与 ${path} 的值相同`, en: `the same value as at ${path}` },
  };
}

const deniedLine: TraceLine = {
  rule: 'same-value-elsewhere',
  text: {
    zh: '同一报文中相同的值另有名称，说明它编号的是别的事物',
    en: 'the same value stands in this message under a name that says it numbers something else',
  },
};
