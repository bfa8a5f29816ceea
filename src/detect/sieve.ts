/**
 * Remembers that a text was met, in bounded memory and without the text: an answer of no is certain, one of yes may be wrong. (Bloom,
 * Space/Time Trade-offs in Hash Coding with Allowable Errors, 1970.)
 */
export class Sieve {
  readonly #bits: Uint32Array;
  readonly #mask: number;

  /** @param bits a power of two; at an eighth of them in texts, one text in twelve that was never met passes. */
  constructor(bits: number) {
    this.#bits = new Uint32Array(bits >>> 5);
    this.#mask = bits - 1;
  }

  add(text: string): void {
    for (const place of this.#placesOf(text)) this.#bits[place >>> 5]! |= 1 << (place & 31);
  }

  mayHold(text: string): boolean {
    return this.#placesOf(text).every((place) => (this.#bits[place >>> 5]! & (1 << (place & 31))) !== 0);
  }

  /** Three places, from two runs of FNV-1a over the text from different ends of its offset basis. */
  #placesOf(text: string): readonly number[] {
    let one = 0x811c9dc5;
    let two = 0x1b873593;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      one = Math.imul(one ^ code, 0x01000193);
      two = Math.imul(two ^ code, 0x01000193);
    }
    two ^= two >>> 15;
    return [one, one + two, one + 2 * two].map((each) => (each ^ (each >>> 13)) & this.#mask);
  }
}
