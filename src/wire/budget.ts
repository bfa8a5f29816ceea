/**
 * A shared allowance of bytes. Every place that keeps captured bytes draws on it, so that the memory of a connection is bounded
 * as a whole and not only body by body: 1,000 half-sent HTTP/2 uploads of 1 MiB would otherwise cost 1 GiB.
 */
export class Budget {
  #left: number;

  /** @param limit bytes */
  constructor(limit: number) {
    this.#left = limit;
  }

  get left(): number {
    return this.#left;
  }

  /** Asks for `wanted` bytes; returns how many are granted, 0 to `wanted`. */
  take(wanted: number): number {
    const granted = Math.max(0, Math.min(wanted, this.#left));
    this.#left -= granted;
    return granted;
  }

  /** Returns bytes that were granted. */
  give(bytes: number): void {
    this.#left += bytes;
  }
}
