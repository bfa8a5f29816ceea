import { limits } from '../limits.js';
import type { Decoded, Field } from '../model/field.js';
import type { Evidence } from '../model/finding.js';
import { BloomFilter } from './bloom-filter.js';
import { BoundedMap } from './bounded-map.js';
import { evidenceAt } from './candidate.js';
import { isDemo } from './demo-value.js';
import { eachDigest, type MadeDigest } from './digest.js';
import { canonicalValue } from './forms/canonical.js';
import { makingOf } from './known-trace.js';
import { type Mark, numberOf } from './marks.js';
import { ANY_DEVICES } from './repeated.js';

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
   * @param held characters that `tell` holds on to.
   * @returns evidence for fields of this message whose value another one named.
   */
  see(said: Said, host: string, tell: (evidence: Evidence) => void, held?: number): readonly Evidence[];
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

/** A value that was named. Its digests refer to it: what a more particular name says of it later holds for them too. */
interface Source {
  dataType: string;
  form: string | null;
  host: string;
  path: string;
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
  readonly tell: (evidence: Evidence) => void;
  /** Characters that it holds on to. */
  readonly size: number;
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

/** @returns a memory with bounded state: see `limits.recurringValues`. @param most for tests: values kept, named and unnamed each. */
export function createRecurring(most: number = limits.recurringValues): Recurring {
  const named = new BoundedMap<Source>(most);
  /** By their hex; those of the values named longest ago go first. */
  const digests = new Map<string, Digested>();
  const passed = new BloomFilter(limits.followedFilterBits);
  const unclear = new BoundedMap<Place | null>(most, (number, last) => {
    if (last !== null) passed.add(number);
    release(last);
  });
  let room: number = limits.recurringHeld;
  /** By the rules in force: one that a place kept would keep the rules and the persona of its time. */
  let isRefused: Said['refuses'] = () => false;
  const news = new Set<'recurringValues' | 'recurringDigests'>();
  const told = new Set<string>();

  function release(last: Place | null): void {
    for (let place = last; place !== null; place = place.before) room += place.size;
  }

  function remember(field: Field, number: string, decoded: Decoded, tell: Place['tell'], held: number): void {
    const before = unclear.get(number) ?? null;
    const place = placeOf(field, number, decoded, tell, held, before);
    const fits = place.count <= limits.recurringPlaces && place.size <= room;
    if (fits) room -= place.size;
    else passed.add(number);
    // Written anew in either case, so that what waited longest makes room.
    unclear.put(number, fits ? place : before);
  }

  /** Tells the places that waited for it. */
  function clear(number: string, source: Source, digest: MadeDigest | null): void {
    if (passed.mayHold(number)) news.add('recurringValues');
    const last = unclear.get(number) ?? null;
    if (last === null) return;
    unclear.put(number, null);
    release(last);
    for (let place: Place | null = last; place !== null; place = place.before)
      if (!isRefused(place.keys, source.dataType)) place.tell(evidenceOf(fieldOf(place, number), place, source, digest));
  }

  /** @returns whether digests were made. @param more whether they may be. */
  function learn(evidence: Evidence, host: string, more: boolean): boolean {
    const number = numberOf(evidence.value);
    const known = named.get(number);
    const isNews = known === undefined || isMoreParticular(evidence, known);
    if (!isNews) {
      named.put(number, known);
      return false;
    }
    const said: Source = { dataType: evidence.dataType, form: evidence.form, host: flat(host), path: flat(evidence.path) };
    const source = known === undefined ? said : Object.assign(known, said);
    named.put(number, source);
    clear(number, source, null);
    if (source.form !== 'plain') return false;
    if (!more) {
      news.add('recurringDigests');
      return false;
    }
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
    return true;
  }

  return {
    reached() {
      const fresh = [...news].filter((name) => !told.has(name));
      for (const name of fresh) told.add(name);
      return fresh;
    },
    see({ decoded, evidence, named: readings, marks, isOpen, refuses }, host, tell, held = 0) {
      isRefused = refuses;
      let digested = 0;
      // What says which identifier it is comes first: places that wait are told once.
      for (const general of [false, true])
        for (const reading of readings)
          if ((reading.dataType === ANY_DEVICES) === general && isRemembered(reading))
            if (learn(reading, host, digested < limits.recurringDigested)) digested += 1;
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
        if (origin === undefined) remember(field, number, decoded, tell, held);
        else if (!refuses(field.keys, origin.dataType)) found.push(evidenceOf(field, decoded, origin, digest ?? null));
      };
      for (const { field, number } of marks) look(field, number);
      if (clues.size > 0)
        for (const field of decoded.fields) if (clues.has(field.path) && isComparable(field.value)) look(field, numberOf(field.value));
      return found;
    },
  };
}

/** `device_id=…` in one message and `oaid=…` in another: apps number their devices by whatever they have, and the second name says what that is. */
function isMoreParticular({ dataType }: Evidence, known: Source): boolean {
  return known.dataType === ANY_DEVICES && dataType !== ANY_DEVICES;
}

/** Whether a reading is of a whole value that two messages do not share by chance. */
function isRemembered({ value, span, placeholder, direction }: Evidence): boolean {
  return direction === 'request' && span === null && !placeholder && isComparable(value) && !isDemo(value);
}

/** Whether it can be looked for: a composite may read another value at the place of a field than the field holds. */
function isComparable(value: string): boolean {
  return value.length >= SHORTEST && value.length <= limits.followedLongest && ASCII.test(value);
}

/** V8 copies what is shorter than this and refers to the whole text for the rest (`SlicedString::kMinLength`). */
const SLICED = 13;

/** Keeps nothing of the message but what is written here: a slice of a text holds on to the whole of it. */
function placeOf(
  { path, part, keys, value, steps }: Field,
  number: string,
  { direction, message }: Decoded,
  tell: Place['tell'],
  held: number,
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
    tell,
    size: held + path.length + value.length + keys.reduce((sum, key) => sum + key.length, 0),
    count: (before?.count ?? 0) + 1,
    before,
  };
}

function fieldOf({ path, part, keys, value, steps }: Place, number: string): Field {
  return { path, part, keys, value: value ?? number, kind: 'string', steps, group: 0 };
}

function flat(text: string): string {
  if (text.length < SLICED) return text;
  const encoding = ASCII.test(text) ? 'latin1' : 'utf16le';
  return Buffer.from(text, encoding).toString(encoding);
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
