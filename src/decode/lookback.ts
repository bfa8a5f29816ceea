import type { Inflated } from './inflate.js';

/** Signals that the output is as large as it may be. */
class Enough extends Error {}

/** Output of a decompressor that copies from what it already gave (LZ77), never beyond a bound. */
export class Lookback {
  #bytes = Buffer.allocUnsafe(4_096);
  #size = 0;
  readonly #most: number;

  /** @param most bytes that it may hold. */
  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#size);
  }

  /** @throws where the bound is reached; what fits is kept. */
  literals(bytes: Uint8Array): void {
    const fits = this.#room(bytes.length);
    this.#bytes.set(bytes.subarray(0, fits), this.#size);
    this.#size += fits;
    if (fits < bytes.length) throw new Enough();
  }

  /** `length` bytes from `offset` bytes back, which may reach into themselves. @returns false where there is no such place. */
  copy(offset: number, length: number): boolean {
    if (offset === 0 || offset > this.#size) return false;
    const fits = this.#room(length);
    for (let i = 0; i < fits; i++) this.#bytes[this.#size + i] = this.#bytes[this.#size + i - offset]!;
    this.#size += fits;
    if (fits < length) throw new Enough();
    return true;
  }

  /** Makes room. @returns how many of so many bytes fit. */
  #room(wanted: number): number {
    const fits = Math.min(wanted, this.#most - this.#size);
    if (this.#size + fits > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.min(this.#most, Math.max(this.#size + fits, this.#bytes.length * 2)));
      larger.set(this.bytes);
      this.#bytes = larger;
    }
    return fits;
  }
}

/** Runs a decompressor. @param fill gives its output, and is false where the bytes are not of its format. @returns null there. */
export function lookBack(most: number, fill: (output: Lookback) => boolean): Inflated | null {
  const output = new Lookback(most);
  try {
    return fill(output) ? { bytes: output.bytes, cut: false } : null;
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
    return { bytes: output.bytes, cut: true };
  }
}
