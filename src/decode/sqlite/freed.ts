/**
 * Danger: the list of free stretches in a page may run in a ring, and what stands in a whole file is held against what was freed in it. Fences: stretches
 * only follow one another, and each byte is looked at once.
 */

/** Words in clear, as they stand in a database with texts in UTF-8, and those of ASCII in one with texts in UTF-16. */
const UTF8 = /(?:[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}){8,}/g;
const UTF16 = /(?:[\x20-\x7e]\0){8,}|(?:\0[\x20-\x7e]){8,}/g;
const WINDOW = 8;
/**
 * Windows one after another that occur in no row, which make a word that does not. Lengths and numbers of the rows beside a moved one may look like text; they
 * are fewer bytes than that.
 */
const LEAST_WINDOWS = 8;
/** Bits for each byte of what is in use: one window in eight that occurs nowhere is taken for one that does, and the word is told only where it is longer. */
const BITS = 8;

/** A page that holds rows, apart from its head. */
export interface UsedPage {
  readonly used: readonly Buffer[];
  readonly freed: readonly Buffer[];
}

/** Where that ends which looks like pointers to cells that are no more: in large pages they look like text. */
function behindPointers(page: Buffer, from: number, to: number): number {
  for (let at = from; at + 2 <= to; at += 2) {
    const pointer = page.readUInt16BE(at);
    if (pointer !== 0 && (pointer < from || pointer >= page.length)) return at;
  }
  return to;
}

/**
 * What of a leaf page holds rows, and what once did (sqlite.org/fileformat2.html, 1.6: unallocated space and free blocks).
 * @param head where its header begins. @param usable bytes of the page that are its own.
 */
export function stretchesOf(page: Buffer, head: number, usable: number): UsedPage {
  const cells = page.readUInt16BE(head + 5) || 65_536;
  const pointers = Math.min(head + 8 + 2 * page.readUInt16BE(head + 3), usable);
  const from = Math.max(Math.min(cells, usable), pointers);
  const freed = [page.subarray(behindPointers(page, pointers, from), from)];
  const used: Buffer[] = [];
  let at = from;
  for (let block = page.readUInt16BE(head + 1); block >= at && block + 4 <= usable; ) {
    const end = block + page.readUInt16BE(block + 2);
    if (end < block + 4 || end > usable) break;
    used.push(page.subarray(at, block));
    freed.push(page.subarray(block + 4, end));
    at = end;
    block = page.readUInt16BE(block);
  }
  used.push(page.subarray(at, usable));
  return { used, freed };
}

/** Says of eight bytes whether they occur among others; an answer of yes may be wrong. */
class Windows {
  readonly #bits: Uint32Array;
  readonly #mask: number;

  constructor(parts: readonly Buffer[]) {
    const size = parts.reduce((sum, { length }) => sum + length, 0);
    const bits = 2 ** Math.ceil(Math.log2(Math.max(size * BITS, 1_024)));
    this.#bits = new Uint32Array(bits >>> 5);
    this.#mask = bits - 1;
    for (const part of parts)
      for (let at = 0; at + WINDOW <= part.length; at++) {
        const place = this.#place(part, at);
        this.#bits[place >>> 5]! |= 1 << (place & 31);
      }
  }

  holds(bytes: Buffer, at: number): boolean {
    const place = this.#place(bytes, at);
    return (this.#bits[place >>> 5]! & (1 << (place & 31))) !== 0;
  }

  #place(bytes: Buffer, at: number): number {
    const hash = Math.imul(bytes.readInt32LE(at), 0x9e3779b1) ^ Math.imul(bytes.readInt32LE(at + 4), 0x85ebca6b);
    return (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 3) & this.#mask;
  }
}

/** Stretches of a file that hold no row, and the words in them. */
export class Freed {
  readonly #words: RegExp;
  readonly #stretches: Buffer[] = [];

  /** @param isWide texts of the database are in UTF-16. */
  constructor(isWide: boolean) {
    this.#words = isWide ? UTF16 : UTF8;
  }

  get isEmpty(): boolean {
    return this.#stretches.length === 0;
  }

  /** Whether words stand in these bytes. */
  hasWords(bytes: Buffer): boolean {
    return bytes.length >= WINDOW && bytes.toString('latin1').search(this.#words) >= 0;
  }

  add(stretch: Buffer): void {
    if (this.hasWords(stretch)) this.#stretches.push(stretch);
  }

  /**
   * Those stretches that hold words which stand in no row: a row that was moved to another page is there twice, and nothing was deleted.
   * @param used bytes of all rows.
   */
  gone(used: readonly Buffer[]): readonly Buffer[] {
    const windows = new Windows(used);
    return this.#stretches.filter((stretch) => {
      for (const { index, 0: word } of stretch.toString('latin1').matchAll(this.#words)) {
        let missing = 0;
        for (let at = index; at + WINDOW <= index + word.length && missing < LEAST_WINDOWS; at++)
          missing = windows.holds(stretch, at) ? 0 : missing + 1;
        if (missing >= LEAST_WINDOWS) return true;
      }
      return false;
    });
  }
}
