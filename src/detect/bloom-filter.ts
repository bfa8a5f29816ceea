/** Places of each text. */
const TURNS = 3;

/**
 * Remembers that a text was met, in bounded memory and without the text: an answer of no is certain, one of yes may be wrong. (Bloom,
 * Space/Time Trade-offs in Hash Coding with Allowable Errors, 1970.)
 */
export class BloomFilter {
  readonly #bits: Uint32Array;
  readonly #mask: number;
  #isEmpty = true;
  /** Of the text that was asked about last. */
  #one = 0;
  #two = 0;

  /** @param bits a power of two; at an eighth of them in texts, one text in twelve that was never met passes. */
  constructor(bits: number) {
    this.#bits = new Uint32Array(bits >>> 5);
    this.#mask = bits - 1;
  }

  add(text: string): void {
    this.#isEmpty = false;
    this.#hash(text);
    for (let turn = 0; turn < TURNS; turn++) {
      const place = this.#place(turn);
      this.#bits[place >>> 5]! |= 1 << (place & 31);
    }
  }

  mayHold(text: string): boolean {
    if (this.#isEmpty) return false;
    this.#hash(text);
    for (let turn = 0; turn < TURNS; turn++) {
      const place = this.#place(turn);
      if ((this.#bits[place >>> 5]! & (1 << (place & 31))) === 0) return false;
    }
    return true;
  }

  /** Two runs of FNV-1a over the text from different ends of its offset basis. */
  #hash(text: string): void {
    let one = 0x811c9dc5;
    let two = 0x1b873593;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      one = Math.imul(one ^ code, 0x01000193);
      two = Math.imul(two ^ code, 0x01000193);
    }
    this.#one = one;
    this.#two = two ^ (two >>> 15);
  }

  #place(turn: number): number {
    const each = this.#one + turn * this.#two;
    return (each ^ (each >>> 13)) & this.#mask;
  }
}
