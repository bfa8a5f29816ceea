import type { Field } from './field.js';

/**
 * What is wanted of leaves under a name: each of them, those that are read as something under it or trigger a composite, those that trigger one, or only
 * those whose value tells something by itself.
 */
export type Wanted = 'each' | 'read' | 'triggering' | 'telling';

/** The bit of `asksOf` that the amount of a number answers. */
export const ASKS_AMOUNT = 1;

/**
 * What those who read the fields of a message could make something of. Most leaves of a body are counters, prices and switches that
 * nobody does: told so beforehand, the decoder leaves them where they stand in the text.
 *
 * Every answer errs on one side: a leaf may be called wanted that nobody then makes anything of, never the other way round.
 */
export interface Interest {
  /** What is wanted under these names. */
  under(keys: readonly string[]): Wanted;
  /** Under a name of which `triggering` is wanted: whether this leaf, which tells nothing by itself, does. @param leaf lent for the question. */
  triggers(leaf: Field): boolean;
  /** Under a name of which `read` is wanted: whether this leaf, which tells nothing by itself, gives anything there. @param leaf lent for the question. */
  wantsUnder(leaf: Field): boolean;
  /** Whether a text tells something by itself, under whatever name. @param leaf lent for the question. */
  wantsText(leaf: Field): boolean;
  /**
   * The same of a number (`-`, digits, one point) or of a text of digits, by its form: sign, first digit, how many digits before the point and
   * in all.
   * @param leaf any leaf of that form, lent for the question. @returns bits of what `wantsNumber` has to ask of each of them; 0: none is wanted.
   */
  asksOf(leaf: Field): number;
  /** Whether this one is. @param leaf lent for the question. @param asks what to ask. */
  wantsNumber(leaf: Field, asks: number): boolean;
  /** Where nothing but `ASKS_AMOUNT` is to be asked: whether a number of this amount is wanted. */
  wantsAmount(amount: number): boolean;
}
