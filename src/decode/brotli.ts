import { limits } from '../limits.js';
import { bitsAt } from './bits.js';

/** Bits of the format that were read, and where the next one stands. */
interface Read {
  readonly value: number;
  readonly next: number;
}

/** The order in which the lengths of the code lengths are written, and the codes that write them: value and bits by the next four bits (RFC 7932 section 3.5). */
const ORDERED = 18;
const LENGTHS = [0, 4, 3, 2, 0, 4, 3, 1, 0, 4, 3, 2, 0, 4, 3, 5] as const;
const WIDTHS = [2, 2, 2, 3, 2, 2, 2, 4, 2, 2, 2, 3, 2, 2, 2, 4] as const;
/** A complete code of code lengths fills this. */
const SPACE = 32;

/** Bits of the window's size (section 9.1); -1: reserved. */
function windowBits(bytes: Uint8Array): number {
  const head = bitsAt(bytes, 0, 7);
  if ((head & 1) === 0) return 1;
  if ((head & 0x0e) !== 0) return 4;
  return head >> 4 === 1 ? -1 : 7;
}

/** A count of block types or trees: 1 to 256. */
function countAt(bytes: Uint8Array, at: number): Read {
  if (bitsAt(bytes, at, 1) === 0) return { value: 1, next: at + 1 };
  const extra = bitsAt(bytes, at + 1, 3);
  return { value: (1 << extra) + 1 + bitsAt(bytes, at + 4, extra), next: at + 4 + extra };
}

/** Whether a prefix code may begin here, by its symbols or by the lengths of its code lengths (sections 3.4 and 3.5). @param size of the alphabet. */
function beginsCode(bytes: Uint8Array, at: number, size: number): boolean {
  const skip = bitsAt(bytes, at, 2);
  if (skip === 1) {
    const width = Math.ceil(Math.log2(size));
    const symbols = new Set<number>();
    const count = bitsAt(bytes, at + 2, 2) + 1;
    for (let i = 0; i < count; i++) symbols.add(bitsAt(bytes, at + 4 + i * width, width));
    return symbols.size === count && [...symbols].every((symbol) => symbol < size);
  }
  let space = SPACE;
  let codes = 0;
  let from = at + 2;
  for (let i = skip; i < ORDERED && space > 0; i++) {
    const four = bitsAt(bytes, from, 4);
    from += WIDTHS[four]!;
    const length = LENGTHS[four]!;
    if (length === 0) continue;
    space -= SPACE >> length;
    codes++;
  }
  return space === 0 || codes === 1;
}

/**
 * Whether a brotli stream could begin like this (RFC 7932 section 9.2), up to the first prefix code that it brings: the format has no magic
 * number, and its decoder takes sixty microseconds to refuse a random token, of which this lets one in a hundred pass at most.
 */
export function beginsBrotli(bytes: Uint8Array): boolean {
  let at = windowBits(bytes);
  if (at < 0) return false;
  const isLast = bitsAt(bytes, at++, 1) === 1;
  if (isLast && bitsAt(bytes, at++, 1) === 1) return false;
  const nibbles = bitsAt(bytes, at, 2) + 4;
  at += 2;
  if (nibbles === 7) return false;
  const size = bitsAt(bytes, at, nibbles * 4) + 1;
  if (nibbles > 4 && size <= 2 ** (4 * (nibbles - 1))) return false;
  at += nibbles * 4;
  if (!isLast && bitsAt(bytes, at++, 1) === 1) {
    const from = (at + 7) >> 3;
    return bitsAt(bytes, at, from * 8 - at) === 0 && from + size < bytes.length;
  }
  if (size > (bytes.length < SHORT ? SHORT_RATIO : limits.decodeRatio) * bytes.length || (isLast && size + SLACK < bytes.length))
    return false;
  for (let kind = 0; kind < 3; kind++) {
    const types = countAt(bytes, at);
    at = types.next;
    if (types.value > 1) return types.value <= 256 && beginsCode(bytes, at, types.value + 2);
  }
  // How distances are written, and the context mode of the one kind of literals.
  at += 2 + 4 + 2;
  const trees = countAt(bytes, at);
  if (trees.value > 1) return trees.value <= 256 && beginsMap(bytes, trees);
  const others = countAt(bytes, trees.next);
  if (others.value > 1) return others.value <= 256 && beginsMap(bytes, others);
  return beginsCode(bytes, others.next, 256);
}

/** What a stream may be longer than what it holds. */
const SLACK = 8;
/** Short streams are of short texts, which do not repeat themselves so often: of the random tokens that would pass, two in three end here. */
const SHORT = 128;
const SHORT_RATIO = 64;

/** A map of contexts to trees (section 7.3). */
function beginsMap(bytes: Uint8Array, { value: trees, next }: Read): boolean {
  const runs = bitsAt(bytes, next, 1) === 1 ? bitsAt(bytes, next + 1, 4) + 1 : 0;
  return beginsCode(bytes, next + (runs > 0 ? 5 : 1), trees + runs);
}
