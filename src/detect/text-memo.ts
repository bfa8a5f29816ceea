import { limits } from '../limits.js';
import { copied, hashOf, slotOf } from './text-hash.js';

/**
 * Answers about short texts that come again and again: a number for each. Only a text that is asked about twice is kept, as a copy, at
 * most `limits.readingsKept` of them, no longer than whoever asks lives; of one that is asked about once, a hash of 32 bits.
 */
export class TextMemo {
  readonly #answer: (text: string) => number;
  readonly #texts: string[] = new Array<string>(limits.readingsKept).fill('');
  readonly #numbers = new Int32Array(limits.readingsKept);
  readonly #hashes = new Int32Array(limits.readingsKept);

  /** @param answer depends on the text alone. */
  constructor(answer: (text: string) => number) {
    this.#answer = answer;
  }

  of(text: string): number {
    if (text.length === 0 || text.length > limits.readingLength) return this.#answer(text);
    const hash = hashOf(text, text.length);
    const place = slotOf(hash);
    if (this.#hashes[place] !== hash) {
      this.#hashes[place] = hash;
      this.#texts[place] = '';
      return this.#answer(text);
    }
    if (this.#texts[place] === text) return this.#numbers[place]!;
    const number = this.#answer(text);
    this.#texts[place] = copied(text);
    this.#numbers[place] = number;
    return number;
  }
}
