/** Extra bits and first length of length codes 257 to 285, extra bits and first distance of distance codes 0 to 29 (RFC 1951 section 3.2.5). */
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const DISTANCE_EXTRA = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385,
  24577,
];

/** Nine bits, as they lie in the stream, to the symbol they begin with and its length: `symbol << 4 | bits` (section 3.2.6). */
const SYMBOLS = Uint16Array.from({ length: 512 }, (_, bits) => {
  const code = reversed(bits, 9);
  if (code >> 2 <= 23) return ((256 + (code >> 2)) << 4) | 7;
  if (code >> 1 <= 191) return (((code >> 1) - 48) << 4) | 8;
  if (code >> 1 <= 199) return ((280 + (code >> 1) - 192) << 4) | 8;
  return ((144 + code - 400) << 4) | 9;
});
const DISTANCES = Uint8Array.from({ length: 32 }, (_, bits) => reversed(bits, 5));

function reversed(bits: number, count: number): number {
  let out = 0;
  for (let i = 0; i < count; i++) out |= ((bits >> i) & 1) << (count - 1 - i);
  return out;
}

/** Where a block ends, in bits, and how much has been written with it. */
export interface Block {
  readonly end: number;
  readonly written: number;
}

/**
 * Walks through one block of fixed codes. null: it cannot be one, because of a code that is reserved, a copy from before the
 * beginning, or no end before the bytes are through. What this refuses zlib refuses too, at a hundred times the cost, and nearly every
 * random token is refused by its first copy.
 * @param at the bit after the type of the block; @param before bytes that the blocks before it have written.
 */
export function readFixedBlock(bytes: Uint8Array, at: number, before: number): Block | null {
  const total = bytes.length * 8;
  const peek = (at: number): number => {
    const byte = at >> 3;
    return (((bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8) | ((bytes[byte + 2] ?? 0) << 16)) >> (at & 7)) & 0xffff;
  };
  let next = at;
  for (let written = before; ; ) {
    const entry = SYMBOLS[peek(next) & 511]!;
    next += entry & 15;
    const symbol = entry >> 4;
    if (next > total || symbol > 285) return null;
    if (symbol < 256) {
      written++;
      continue;
    }
    if (symbol === 256) return { end: next, written };
    const extra = LENGTH_EXTRA[symbol - 257]!;
    const length = LENGTH_BASE[symbol - 257]! + (peek(next) & ((1 << extra) - 1));
    next += extra;
    const distance = DISTANCES[peek(next) & 31]!;
    next += 5;
    if (distance > 29) return null;
    const back = DISTANCE_EXTRA[distance]!;
    if (DISTANCE_BASE[distance]! + (peek(next) & ((1 << back) - 1)) > written) return null;
    next += back;
    if (next > total) return null;
    written += length;
  }
}
