import { limits } from '../limits.js';

/**
 * Answers about short texts that come again and again: a number for each. Only a text that is asked about twice is kept, as a copy, at
 * most `limits.readingsKept` of them, no longer than whoever asks lives; of one that is asked about once, a hash of 32 bits.
 */
export class Recall {
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
    const place = (hash ^ (hash >>> 15)) & (limits.readingsKept - 1);
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

/** FNV-1a over the characters. */
export function hashOf(text: string, start: number): number {
  let hash = Math.imul(start, 0x9e3779b1);
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

/** A flat copy: a text that was cut out of a message holds on to the whole of it. */
export function copied(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
