import { createHash, type Hash } from 'node:crypto';
import { limits } from '../limits.js';
import { type Body, EMPTY_BODY } from '../model/exchange.js';
import type { Budget } from './budget.js';
import { Gather } from './gather.js';

/** Makes a `Body` out of pieces as they pass: hashes and counts all of them, keeps the beginning. */
export class Tally {
  readonly #gather: Gather;
  #hash: Hash | null = null;
  #size = 0;
  #missed = 0;

  /** @param kept bytes to keep at most; `limits.bodyKept` unless a caller gives the bytes out in another way. */
  constructor(budget: Budget, kept: number = limits.bodyKept) {
    this.#gather = new Gather(budget, kept);
  }

  get size(): number {
    return this.#size;
  }

  /** Bytes that passed without a copy (tap gap); the hash cannot cover them. */
  get missed(): number {
    return this.#missed;
  }

  add(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#hash ??= createHash('sha256');
    this.#hash.update(piece);
    this.#size += piece.length;
    this.#gather.add(piece);
  }

  /** Counts bytes that were relayed but not copied. */
  miss(bytes: number): void {
    this.#size += bytes;
    this.#missed += bytes;
    this.#gather.seal();
  }

  /** Gives the kept bytes up without a body; harmless behind `finish`. */
  drop(): void {
    this.#gather.finish();
  }

  /** Closes the tally. Size 0 gives the shared empty body. A hash of the rest would pass for one of the whole: where bytes were missed there is none. */
  finish(): Body {
    const bytes = this.#gather.finish();
    if (this.#size === 0) return EMPTY_BODY;
    return {
      bytes,
      size: this.#size,
      sha256: this.#missed > 0 || this.#hash === null ? '' : this.#hash.digest('hex'),
      truncated: bytes.length < this.#size,
    };
  }
}
