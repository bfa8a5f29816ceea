import type { Field, Part } from '../model/field.js';
import type { Evidence, TraceLine } from '../model/finding.js';

/** A hit on its way to becoming evidence. */
export interface Hit {
  readonly value: number;
  readonly path: string;
  readonly part: Part;
  readonly steps: readonly string[];
  readonly keys: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly span: readonly [number, number] | null;
  readonly dataType: string;
  readonly grade: Evidence['grade'];
  readonly detector: Evidence['detector'];
  readonly form: string;
  readonly text: string;
  readonly trace: readonly TraceLine[];
  /** Position of the field (then of the layer) in the message. */
  readonly order: number;
  /** The whole of a field, as a person would write it: taking it apart further shows nothing more. */
  readonly readable: boolean;
}

/** What a hit inherits from the field or layer it was found in. `text` is the field's text, for UTF-16 spans. */
export interface Placement {
  readonly path: string;
  readonly part: Part;
  readonly steps: readonly string[];
  readonly keys: readonly string[];
  readonly layer: boolean;
  readonly order: number;
  readonly text: string | null;
}

/** The place of a field. @param order of it in the message. */
export function placeOf(field: Field, order: number): Placement {
  return { path: field.path, part: field.part, steps: field.steps, keys: field.keys, layer: false, order, text: field.value };
}
