import type { Bilingual } from '../model/text.js';

/** What stands in one object: the words of each name in one, and the first value under it. */
export type Neighbours = ReadonlyMap<string, string>;

/**
 * Whose a value may be instead: names that fit a person's or a device's data, in an object that describes a beacon, a till, an advertisement,
 * goods, a shop or a company. One object is asked here; rows of a list that contradict each other are asked in offers.ts.
 */
export interface Owner {
  readonly name: string;
  readonly types: ReadonlySet<string>;
  /** Dictionary keys of the reading; without them any. */
  readonly keys?: RegExp;
  /** Values that may be the owner's; without it any. */
  readonly of?: (value: string) => boolean;
  /** Whether the neighbours say so: names, their words in one, with the first value under each. */
  readonly says: (neighbours: Neighbours) => boolean;
  /** Names of the object itself that say so without any neighbour. */
  readonly holder?: RegExp;
  /** Names of neighbours that make the object somebody's after all. */
  readonly unless?: RegExp;
  /** Names of an object around it that do. */
  readonly under?: RegExp;
  /** Types that say the same, once one of them is sure in the same object. */
  readonly rivals?: ReadonlySet<string>;
  readonly why: Bilingual;
}

/** So many different names of a kind. */
export const counted =
  (enough: number, pattern: RegExp) =>
  (neighbours: Neighbours): boolean => {
    let count = 0;
    for (const [name, value] of neighbours) if (pattern.test(name) && value !== '' && ++count >= enough) return true;
    return false;
  };

/** So many of a kind, of which one is of those that nothing else has. */
export const countedWith =
  (enough: number, pattern: RegExp, own: RegExp) =>
  (neighbours: Neighbours): boolean =>
    counted(1, own)(neighbours) && counted(enough, pattern)(neighbours);

/** Types by their ids, blanks between them. */
export const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));
