import { limits } from '../limits.js';
import type { DataType } from '../model/rulebook.js';
import { type Awaited, awaitedBy } from './composite.js';
import { KeyDictionary, type KeyMatch } from './keys.js';
import { roleOf } from './surroundings.js';

/** What the names on the way to a field say, whatever the field holds. */
export interface Naming {
  /** Tells it from all others of its book. */
  readonly number: number;
  readonly matches: readonly KeyMatch[];
  /** `ROLE` bits: how the name may speak of its neighbours. */
  readonly role: number;
  /** Composites that look out for such a name. */
  readonly awaited: Awaited;
  /** Types that it says it holds no data of; null: nobody asked so far. */
  refused: ReadonlySet<string> | null;
  /** Number of the message it was last met in. */
  message: number;
  /** The array it was asked by, and which naming was asked for after it: objects of one kind keep their order. */
  keys: readonly string[];
  next: Naming | null;
}

/**
 * Remembers namings. A phone's traffic repeats a few thousand names millions of times, and the decoder gives equal names of one
 * document as one array: mostly the answer is a look at the array itself.
 */
export class NamingBook {
  readonly dictionary: KeyDictionary;
  #byArray = new WeakMap<readonly string[], Naming>();
  readonly #byNames = new Map<string, Naming>();
  #last: Naming | null = null;
  #made = 0;

  constructor(dataTypes: readonly DataType[]) {
    this.dictionary = new KeyDictionary(dataTypes);
  }

  of(keys: readonly string[]): Naming {
    const guess = this.#last?.next ?? null;
    if (guess !== null && guess.keys === keys) {
      this.#last = guess;
      return guess;
    }
    const naming = this.#byArray.get(keys) ?? this.#read(keys);
    naming.keys = keys;
    if (this.#last !== null) this.#last.next = naming;
    this.#last = naming;
    return naming;
  }

  /** Whether names say of themselves that they hold no data of a type. */
  refuses(keys: readonly string[], dataType: string): boolean {
    const naming = this.of(keys);
    naming.refused ??= this.dictionary.refusedBy(keys);
    return naming.refused.has(dataType);
  }

  #read(keys: readonly string[]): Naming {
    const names = keys.join('\u0000');
    let naming = this.#byNames.get(names);
    if (naming === undefined) {
      naming = {
        number: ++this.#made,
        matches: this.dictionary.lookup(keys),
        role: roleOf(keys),
        awaited: awaitedBy(keys, this.dictionary),
        refused: null,
        message: 0,
        keys,
        next: null,
      };
      // Names come from captured traffic: a hostile app could send a new one with every request.
      if (this.#byNames.size >= limits.keyMemory) this.#byNames.clear();
      this.#byNames.set(names, naming);
    }
    this.#byArray.set(keys, naming);
    return naming;
  }
}
