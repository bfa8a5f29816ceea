import type { Budget } from './budget.js';

const EMPTY = new Uint8Array(0);

/**
 * Bytes gathered from pieces, up to a limit and as far as the budget reaches. Pieces are copied: a view on a 64 KiB tap batch would keep
 * the whole batch alive for a 20-byte body.
 */
export class Gather {
  readonly #budget: Budget;
  readonly #limit: number;
  #buffer: Uint8Array = EMPTY;
  #length = 0;
  #full = false;

  constructor(budget: Budget, limit: number) {
    this.#budget = budget;
    this.#limit = limit;
  }

  get length(): number {
    return this.#length;
  }

  /** True once something did not fit. */
  get full(): boolean {
    return this.#full;
  }

  /** Adds what fits; after the first byte that does not fit nothing is added any more, so that the content is always a true beginning. */
  add(piece: Uint8Array): void {
    if (this.#full || piece.length === 0) return;
    const granted = this.#budget.take(Math.min(piece.length, this.#limit - this.#length));
    if (granted < piece.length) this.#full = true;
    if (granted === 0) return;
    const needed = this.#length + granted;
    if (needed > this.#buffer.length) {
      const grown = new Uint8Array(Math.max(needed, Math.min(this.#limit, this.#buffer.length * 2)));
      grown.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = grown;
    }
    this.#buffer.set(piece.subarray(0, granted), this.#length);
    this.#length = needed;
  }

  /** Nothing is added from here on: what follows would not be adjacent. */
  seal(): void {
    this.#full = true;
  }

  /** The bytes so far, as a view. */
  peek(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  /** Hands the bytes out in an array of their own size and returns them to the budget. The gather is empty afterwards. */
  finish(): Uint8Array {
    const bytes = this.#length === this.#buffer.length ? this.#buffer : this.#buffer.slice(0, this.#length);
    this.#budget.give(this.#length);
    this.#buffer = EMPTY;
    this.#length = 0;
    return bytes;
  }
}
