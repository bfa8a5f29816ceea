import type { Field } from '../model/field.js';
import { ASKS_AMOUNT, type Interest, type Wanted } from '../model/interest.js';
import { CompositeTriggers, tellsComposite } from './composite.js';
import { kindsByName } from './corroboration.js';
import type { KnownValues } from './known-values.js';
import { mayRecur } from './marks.js';
import type { Naming, NamingBook } from './naming.js';
import { FOUND_AMONG_IDLE, namesIdentifier } from './surroundings.js';

interface InterestOptions {
  readonly namings: NamingBook;
  readonly known: KnownValues | null;
  /** Whether the interface of a vendor is known by a field of these names. */
  readonly knowsVendor: (keys: readonly string[]) => boolean;
  /** Whether a leaf gives any reading without a name, or under its own. */
  readonly reads: (leaf: Field, naming: Naming | null) => boolean;
  /** Whether a number, or a text of digits, may give any without a name. */
  readonly readsNumber: (leaf: Field) => boolean;
  /** Whether one of its form may. */
  readonly fits: (value: string) => boolean;
}

/** What has to be asked of each number of a form; nothing: all are wanted. */
const ASK = { place: ASKS_AMOUNT, reading: 2, nothing: 4, spelling: 8 } as const;

/**
 * What detection could make something of, asked of those who detect themselves: a leaf that none of them would look at twice is left where
 * it stands. Whoever is added to detection and reads fields by other ways than these has to be asked here; a test holds random documents read
 * with and without against each other.
 */
export function createInterest({ namings, known, knowsVendor, reads, readsNumber, fits }: InterestOptions): Interest {
  const tells = (leaf: Field) => CompositeTriggers.wouldTrigger(leaf, null) || tellsComposite(leaf.value) || mayRecur(leaf);
  return {
    under(keys): Wanted {
      if (keys.length === 0 || knowsVendor(keys) || kindsByName(keys) > 0 || known?.mayNamePlace(keys) === true) return 'each';
      const { matches, role, awaited } = namings.of(keys);
      if ((role & ~FOUND_AMONG_IDLE) !== 0) return 'each';
      if (matches.length > 0 || role !== 0 || known?.speaks(keys) === true) return 'read';
      return awaited === null ? 'telling' : 'triggering';
    },
    triggers: (leaf) => CompositeTriggers.wouldTrigger(leaf, namings.of(leaf.keys).awaited),
    wantsUnder(leaf) {
      const naming = namings.of(leaf.keys);
      return (
        namesIdentifier(leaf.value) ||
        reads(leaf, naming) ||
        CompositeTriggers.wouldTrigger(leaf, naming.awaited) ||
        known?.mayBeWhole(leaf.value) === true
      );
    },
    wantsText: (leaf) => reads(leaf, null) || tells(leaf) || known?.tells(leaf.value) === true,
    asksOf: (leaf) =>
      (fits(leaf.value) ? ASK.reading : 0) |
      (known?.mayBeSpelled(leaf.value) === true ? ASK.spelling : 0) |
      (known?.mayBeHalf(leaf.value) === true ? ASK.place : 0) |
      (tells(leaf) ? ASK.nothing : 0),
    wantsNumber: (leaf, asks) =>
      (asks & ASK.nothing) !== 0 ||
      ((asks & ASK.place) !== 0 && known?.isNear(Number(leaf.value)) === true) ||
      ((asks & ASK.spelling) !== 0 && known?.tells(leaf.value) === true) ||
      ((asks & ASK.reading) !== 0 && readsNumber(leaf)),
    wantsAmount: (amount) => known?.isNear(amount) === true,
  };
}
