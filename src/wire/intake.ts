const EMPTY = new Uint8Array(0);

/**
 * The unread bytes of one direction. A piece that arrives while nothing waits is read in place; only leftovers are copied, into a buffer
 * that doubles, so that a head dripped byte by byte costs linear time.
 */
export class Intake {
  #buffer: Uint8Array = EMPTY;
  #start = 0;
  #end = 0;
  #owned = false;

  get length(): number {
    return this.#end - this.#start;
  }

  push(piece: Uint8Array): void {
    if (piece.length === 0) return;
    const waiting = this.length;
    if (waiting === 0) {
      this.#buffer = piece;
      this.#start = 0;
      this.#end = piece.length;
      this.#owned = false;
      return;
    }
    if (!this.#owned || this.#end + piece.length > this.#buffer.length) {
      const grown = new Uint8Array((waiting + piece.length) * 2);
      grown.set(this.#buffer.subarray(this.#start, this.#end));
      this.#buffer = grown;
      this.#start = 0;
      this.#end = waiting;
      this.#owned = true;
    }
    this.#buffer.set(piece, this.#end);
    this.#end += piece.length;
  }

  /** Byte at `index`, or -1 beyond the end. */
  at(index: number): number {
    return index < this.length ? (this.#buffer[this.#start + index] ?? -1) : -1;
  }

  /** Position of a byte from `from` on, or -1. */
  indexOf(byte: number, from = 0): number {
    const found = this.#buffer.indexOf(byte, this.#start + from);
    return found === -1 || found >= this.#end ? -1 : found - this.#start;
  }

  /** A view on everything that waits; valid until the next call. */
  view(): Uint8Array {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  /** Takes up to `count` bytes as a view that is valid until the next push. */
  take(count: number): Uint8Array {
    const from = this.#start;
    this.#start = Math.min(this.#end, from + count);
    return this.#buffer.subarray(from, this.#start);
  }
}
