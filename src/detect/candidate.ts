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
  readonly detector: 'pattern' | 'key' | 'composite';
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

/**
 * A field read as a whole because of what stands beside it in the message: probable, however ambiguous its own name is.
 * @param line says what stands beside it.
 */
export function readTogether({ direction, message }: Decoded, field: Field, dataType: string, line: TraceLine): Candidate {
  return {
    evidence: evidenceAt(field, direction, message, {
      dataType,
      grade: 'probable',
      detector: 'composite',
      form: 'plain',
      value: field.value,
      span: null,
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

/** The weaker of two grades. */
export function weaker(a: Grade, b: Grade): Grade {
  const order: readonly Grade[] = ['confirmed', 'strong', 'probable', 'candidate', 'opaque'];
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}
