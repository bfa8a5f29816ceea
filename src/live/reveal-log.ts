/** One time that somebody looked at values that are otherwise masked. */
export interface Reveal {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly session: string;
  readonly exchange: number;
  /** null: every value of the exchange. */
  readonly finding: string | null;
  readonly dataTypes: readonly string[];
}

/**
 * Who looks at a person's data leaves a trace: the newest `capacity` reveals of this process. Older ones are dropped, and
 * `total` says how many there were.
 */
export class RevealLog {
  readonly #entries: Reveal[] = [];
  readonly #capacity: number;
  #total = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  add(reveal: Reveal): void {
    this.#total += 1;
    this.#entries.push(reveal);
    if (this.#entries.length > this.#capacity) this.#entries.shift();
  }

  /** Newest first. */
  of(session: string): readonly Reveal[] {
    return this.#entries.filter((entry) => entry.session === session).reverse();
  }

  get total(): number {
    return this.#total;
  }
}
