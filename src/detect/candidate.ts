import type { Decoded, Field } from '../model/field.js';
import type { Evidence, Grade, TraceLine } from '../model/finding.js';
import type { KeyMatch } from './keys.js';

/** Evidence that has yet to stand against other readings of the same place. */
export interface Candidate {
  readonly evidence: Evidence;
  /** Share of random values that pass the test behind it; 1 where there was none. */
  readonly passRate: number;
  /** Characters of the dictionary key that named it; 0 without a key. The longer name is the more particular one. */
  readonly keyLength: number;
  /** How the field's own name speaks for the type; absent where something else says it. */
  readonly match?: KeyMatch;
  /** Earlier wins between equals: what the neighbours of the field say. */
  readonly preference: number;
}

/** The parts of a piece of evidence that the field does not give. */
export interface Reading {
  readonly dataType: string;
  readonly grade: Grade;
  readonly detector: Evidence['detector'];
  readonly form: string | null;
  readonly value: string;
  readonly span: readonly [number, number] | null;
  readonly placeholder: boolean;
  readonly trace: readonly TraceLine[];
}

/** Sets a reading at its place; direction and message are put in by the detector, which knows them. */
export function evidenceAt(field: Field, direction: Evidence['direction'], message: number | null, reading: Reading): Evidence {
  // Written out: spreading objects showed up as a quarter of the detection time.
  return {
    dataType: reading.dataType,
    grade: reading.grade,
    detector: reading.detector,
    form: reading.form,
    direction,
    message,
    part: field.part,
    path: field.path,
    steps: field.steps,
    value: reading.value,
    span: reading.span,
    placeholder: reading.placeholder,
    trace: reading.trace,
  };
}

/** The same reading at the place of another field. */
export function replaced(
  { evidence, passRate, keyLength, match, preference }: Candidate,
  field: Field,
  { direction, message }: Decoded,
): Candidate {
  const own = evidenceAt(field, direction, message, evidence);
  // Written out, for the same reason.
  return match === undefined
    ? { evidence: own, passRate, keyLength, preference }
    : { evidence: own, passRate, keyLength, match, preference };
}

/** A part of a field's text, and where it begins there (UTF-16 units). */
export interface Part {
  readonly text: string;
  readonly start: number;
}

/**
 * A field, or a part of its text, read because of what stands beside it: probable, however ambiguous its own name is.
 * @param line says what stands beside it.
 */
export function readTogether({ direction, message }: Decoded, field: Field, dataType: string, line: TraceLine, part?: Part): Candidate {
  return {
    evidence: evidenceAt(field, direction, message, {
      dataType,
      grade: 'probable',
      detector: 'composite',
      form: 'plain',
      value: part?.text ?? field.value,
      span: part === undefined ? null : [part.start, part.start + part.text.length],
      placeholder: false,
      trace: [line],
    }),
    passRate: TOGETHER,
    keyLength: 0,
    preference: 0,
  };
}

/** Before a bare form, after a name of its own with a test. */
const TOGETHER = 0.1;

/** What several fields are when they are taken as one: a pair of coordinates, the records of an array. */
export interface Sum {
  readonly dataType: string;
  readonly grade: Grade;
  readonly value: string;
  /** Where it stands if not at the field: the array, the object, the part of the message. */
  readonly path?: string;
  readonly form?: string | null;
  readonly placeholder?: boolean;
  readonly trace: readonly TraceLine[];
  readonly passRate: number;
  /** Characters of the name that told it. Without one the fields told it together, and no name of one of them says more. */
  readonly keyLength?: number;
}

/** Several fields read as one at the first of them, or one field by a test of the composite's own. */
export function readAsOne({ direction, message }: Decoded, first: Field, sum: Sum): Candidate {
  const { dataType, grade, value, path = first.path, form = 'plain', placeholder = false, trace, passRate, keyLength = NO_NAME } = sum;
  const reading: Reading = { dataType, grade, detector: 'composite', form, value, span: null, placeholder, trace };
  return { evidence: { ...evidenceAt(first, direction, message, reading), path }, passRate, keyLength, preference: 0 };
}

/** Longer than any name. */
const NO_NAME = 99;

/** How many elements of an array are shown. */
const SHOWN = 3;

/** The values of an array's first elements, with a sign between the values of one and another between the elements. */
export function firstOf(elements: ReadonlyArray<readonly Field[]>, within: string, between: string): string {
  return elements
    .slice(0, SHOWN)
    .map((element) => element.map((field) => field.value).join(within))
    .join(between);
}

/** Where something is found for certain enough to be more than a clue. @param dataType of this type only. */
export function surePaths(candidates: readonly Candidate[], dataType?: string): ReadonlySet<string> {
  return new Set(
    candidates.flatMap(({ evidence: { grade, path, dataType: own } }) =>
      grade === 'candidate' || (dataType !== undefined && own !== dataType) ? [] : path,
    ),
  );
}

/** Path -> the type that is found there so; where it is several, the last of them. */
export function sureTypes(candidates: readonly Candidate[]): ReadonlyMap<string, string> {
  return new Map(candidates.flatMap(({ evidence: { grade, path, dataType } }) => (grade === 'candidate' ? [] : [[path, dataType]])));
}

/** The same piece as no more than a clue, with the reason. */
export function clueOf(evidence: Evidence, reason: TraceLine): Evidence {
  return { ...evidence, grade: weaker(evidence.grade, 'candidate'), trace: [...evidence.trace, reason] };
}

/** The same of a reading. */
export function asClue(candidate: Candidate, reason: TraceLine): Candidate {
  return { ...candidate, evidence: clueOf(candidate.evidence, reason) };
}

/** A reading with what its surroundings change of it, and the reason. */
export function changedBy(reason: TraceLine, candidate: Candidate, change: Partial<Pick<Evidence, 'grade' | 'dataType'>>): Candidate {
  const { evidence } = candidate;
  return { ...candidate, evidence: { ...evidence, ...change, trace: [...evidence.trace, reason] } };
}

/** The weaker of two grades. */
export function weaker(a: Grade, b: Grade): Grade {
  const order: readonly Grade[] = ['confirmed', 'strong', 'probable', 'candidate', 'opaque'];
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}
