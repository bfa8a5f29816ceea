import { limits } from '../limits.js';
import type { Decoded, Field } from '../model/field.js';
import type { Evidence } from '../model/finding.js';
import { BloomFilter } from './bloom-filter.js';
import { BoundedMap } from './bounded-map.js';
import { evidenceAt } from './candidate.js';
import { eachDigest, type MadeDigest } from './digest.js';
import { canonicalValue } from './forms/canonical.js';
import { makingOf } from './known-trace.js';
import { type Mark, numberOf } from './marks.js';

/**
 * One identifier in many messages: what `androidId=…` says to one server, it says of the same value sent to another as `k=…`, or as its
 * digest. A name is a habit of whoever wrote the SDK, the value is the phone's. No persona is needed: two messages do not agree by chance on
 * sixteen random characters, nor on a number that passes the test of its type.
 *
 * Which of the messages came first makes no difference: a place whose name said nothing is remembered, and told once another message names
 * its value.
 */
export interface Recurring {
  /**
   * @param host where the message went. @param tell gets evidence for this message that a later one brought to light.
   * @returns evidence for fields of this message whose value another one named.
   */
  see(said: Said, host: string, tell: (evidence: Evidence) => void): readonly Evidence[];
  /** Each bound once: a value was named that may have stood in messages that are forgotten; digests of values are no longer known. */
  reached(): ReadonlyArray<'recurringValues' | 'recurringDigests'>;
}

/** What detection made of one message. */
export interface Said {
  readonly decoded: Decoded;
  readonly evidence: readonly Evidence[];
  /** Readings that say by their name, or their vendor's interface, which identifier of one person or device it is. */
  readonly named: readonly Evidence[];
  readonly marks: readonly Mark[];
  /** Whether anything may be read at this place. */
  isOpen(field: Field): boolean;
  /** Whether names say that a value is no such data. */
  refuses(keys: readonly string[], dataType: string): boolean;
}

/** A value that was named. */
interface Source {
  readonly dataType: string;
  readonly form: string | null;
  readonly host: string;
  readonly path: string;
}

/** A place whose name says nothing of its value. */
interface Place {
  readonly path: string;
  readonly part: Field['part'];
  readonly keys: readonly string[];
  readonly steps: readonly string[];
  /** null: it is written as the number that it is remembered by. */
  readonly value: string | null;
  readonly direction: Evidence['direction'];
  readonly message: number | null;
  readonly refuses: Said['refuses'];
  readonly tell: (evidence: Evidence) => void;
  /** How many there are, with those before it. */
  readonly count: number;
  readonly before: Place | null;
}

interface Digested extends MadeDigest {
  readonly source: Source;
}

/** Numbers with a test of their own, an IMEI or a phone number, are shorter than marks. Ten digits are times and counts. */
const SHORTEST = 11;
const ASCII = /^[\x21-\x7e]+$/;
/** One and the same value in this many messages whose names say nothing; of more the later ones are told when they are named. */
const PLACES = 16;

/** @returns a memory with bounded state: see `limits.recurringValues`. @param most for tests: values kept, named and unnamed each. */
export function createRecurring(most: number = limits.recurringValues): Recurring {
  const named = new BoundedMap<Source>(most);
  /** By their hex; those of the values named longest ago go first. */
  const digests = new Map<string, Digested>();
  const passed = new BloomFilter(limits.followedFilterBits);
  const unclear = new BoundedMap<Place | null>(most, (number, place) => {
    if (place !== null) passed.add(number);
  });
  const news = new Set<'recurringValues' | 'recurringDigests'>();
  const told = new Set<string>();

  /** Tells the places that waited for it. */
  function clear(number: string, source: Source, digest: MadeDigest | null): void {
    const last = unclear.get(number);
    if (last === undefined) {
      if (passed.mayHold(number)) news.add('recurringValues');
      return;
    }
    unclear.put(number, null);
    for (let place = last; place !== null; place = place.before)
      if (!place.refuses(place.keys, source.dataType)) place.tell(evidenceOf(fieldOf(place, number), place, source, digest));
  }

  function learn(evidence: Evidence, host: string): void {
    const number = numberOf(evidence.value);
    const known = named.get(number);
    const source = known ?? { dataType: evidence.dataType, form: evidence.form, host: flat(host), path: flat(evidence.path) };
    named.put(number, source);
    if (known !== undefined) return;
    clear(number, source, null);
    if (source.form !== 'plain') return;
    eachDigest(canonicalValue(source.dataType, evidence.value).digested, (hex, digest) => {
      if (digests.has(hex)) return;
      digests.set(hex, { ...digest, source });
      clear(hex, source, digest);
    });
    for (const oldest of digests.keys()) {
      if (digests.size <= limits.recurringDigests) break;
      digests.delete(oldest);
      news.add('recurringDigests');
    }
  }

  return {
    reached() {
      const fresh = [...news].filter((name) => !told.has(name));
      for (const name of fresh) told.add(name);
      return fresh;
    },
    see({ decoded, evidence, named: readings, marks, isOpen, refuses }, host, tell) {
      for (const reading of readings) if (isRemembered(reading)) learn(reading, host);
      const clues = new Set<string>();
      for (const clue of evidence) if (clue.grade === 'candidate' && isRemembered(clue)) clues.add(clue.path);
      if (marks.length === 0 && clues.size === 0) return [];
      const sure = new Set<string>();
      for (const { grade, path } of evidence) if (grade !== 'candidate' && grade !== 'opaque') sure.add(path);
      const found: Evidence[] = [];
      const look = (field: Field, number: string) => {
        if (sure.has(field.path) || !isOpen(field)) return;
        sure.add(field.path);
        const source = named.get(number);
        const digest = source === undefined ? digests.get(number) : undefined;
        const origin = source ?? digest?.source;
        if (origin === undefined) {
          const before = unclear.get(number) ?? null;
          if (before === null || before.count < PLACES) unclear.put(number, placeOf(field, number, decoded, refuses, tell, before));
        } else if (!refuses(field.keys, origin.dataType)) found.push(evidenceOf(field, decoded, origin, digest ?? null));
      };
      for (const { field, number } of marks) look(field, number);
      if (clues.size > 0) for (const field of decoded.fields) if (clues.has(field.path)) look(field, numberOf(field.value));
      return found;
    },
  };
}

/** Whether a reading is of a whole value that two messages do not share by chance. */
function isRemembered({ value, span, placeholder, direction }: Evidence): boolean {
  if (direction !== 'request' || span !== null || placeholder) return false;
  return value.length >= SHORTEST && value.length <= limits.followedLongest && ASCII.test(value);
}

/** V8 copies what is shorter than this and refers to the whole text for the rest (`SlicedString::kMinLength`). */
const SLICED = 13;

/** Keeps nothing of the message but what is written here: a slice of a text holds on to the whole of it. */
function placeOf(
  { path, part, keys, value, steps }: Field,
  number: string,
  { direction, message }: Decoded,
  refuses: Said['refuses'],
  tell: Place['tell'],
  before: Place | null,
): Place {
  // A path is put together from names; where all are short, nothing in it is a slice.
  const short = keys.every((key) => key.length < SLICED);
  return {
    path: short ? path : flat(path),
    part,
    keys: short ? keys : keys.map(flat),
    steps,
    value: value === number ? null : flat(value),
    direction,
    message,
    refuses,
    tell,
    count: (before?.count ?? 0) + 1,
    before,
  };
}

function fieldOf({ path, part, keys, value, steps }: Place, number: string): Field {
  return { path, part, keys, value: value ?? number, kind: 'string', steps, group: 0 };
}

function flat(text: string): string {
  return text.length < SLICED ? text : Buffer.from(text, 'utf16le').toString('utf16le');
}

function evidenceOf(
  field: Field,
  { direction, message }: Pick<Decoded, 'direction' | 'message'>,
  { dataType, form, host, path }: Source,
  digest: MadeDigest | null,
): Evidence {
  const from = `${host.slice(0, 100)}`;
  const place = path.slice(0, 100);
  const made = digest === null ? null : makingOf(digest);
  return evidenceAt(field, direction, message, {
    dataType,
    grade: 'probable',
    detector: 'recurring',
    form: digest?.form ?? form,
    value: field.value,
    span: null,
    placeholder: false,
    trace: [
      {
        rule: 'recurring',
        text:
          made === null
            ? {
                zh: `与发往 ${from} 的 ${place} 的值相同，那里的字段名说明了它是什么`,
                en: `the same value as sent to ${from} at ${place}, where its name says what it is`,
              }
            : {
                zh: `等于发往 ${from} 的 ${place} 的值的 ${digest!.form} 摘要（${made.zh}）`,
                en: `equals the ${digest!.form} digest of the value sent to ${from} at ${place} (${made.en})`,
              },
      },
    ],
  });
}
