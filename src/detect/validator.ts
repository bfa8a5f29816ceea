import type { Bilingual } from '../model/text.js';
import { importFolder } from '../modules.js';
import type { ValueShape } from './shape.js';

/** What a validator says about a value that passes. */
export interface Passed {
  /** The value without separators and country codes, so that equal values compare equal. */
  readonly normalised: string;
  /** A value that identifies nobody: all zeros, an emulator's default. */
  readonly placeholder: boolean;
  /**
   * Share of random values of the same cheap class (so many digits, so many hex characters) that pass too. Sources: simulated or
   * computed, see the table in each validator's `source`. Below `limits.strongPassRate` a value with a key is `strong`.
   */
  readonly passRate: number;
  /** What was tested, for the trace. */
  readonly note: Bilingual;
}

/** A test that more than one ordinary value in four passes proves little, whatever is said before it. */
export const COMMON_PASS_RATE = 0.25;

/** One kind of value, tested by its published rule. Pure. */
export interface Validator {
  /** The standard or registry the rule comes from. */
  readonly source: string;
  /** Cheap gate on length and character classes; `check` is only called where it holds. */
  readonly fits: (shape: ValueShape) => boolean;
  /**
   * Asked besides `fits` for a value that nothing names: such a one counts only where it passes at `limits.cluePassRate` or below, so
   * that loose forms need not be tested. It never turns a value away that would count.
   */
  readonly alone?: (shape: ValueShape) => boolean;
  /** It takes no running text (`isProse`): one is not asked about where no name speaks for it. */
  readonly prose?: false;
  /** null: does not pass. */
  readonly check: (value: string) => Passed | null;
}

/** Every validator of the folder, by file name. Adding one file there is all it takes. */
export const validators: ReadonlyMap<string, Validator> = new Map(
  (await importFolder<Validator>(new URL('./validators/', import.meta.url), 'validator')).map(({ id, value }) => [id, value]),
);
