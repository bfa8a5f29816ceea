import type { Decoder } from '../decoder.js';
import { holdsFixedBlock } from '../fixed-codes.js';
import { inflate, inflatedChild } from '../inflate.js';

/** Compressors write fixed codes only where a table of codes would be longer than what it saves. */
const FIXED_CODES_END = 2_048;

/**
 * Whether a deflate stream could begin like this (RFC 1951 section 3.2): starting an inflater for every random token would cost
 * more than all other decoding.
 */
function plausible(bytes: Uint8Array, truncated: boolean): boolean {
  const first = bytes[0]!;
  const type = (first >> 1) & 3;
  if (type === 3) return false;
  if (type === 0) return (bytes[1]! ^ bytes[3]!) === 0xff && (bytes[2]! ^ bytes[4]!) === 0xff;
  if (type === 1) return bytes.length < FIXED_CODES_END && (truncated || holdsFixedBlock(bytes));
  const bits = (at: number, count: number): number => {
    let value = 0;
    for (let i = 0; i < count; i++) value |= (((bytes[(at + i) >> 3] ?? 0) >> ((at + i) & 7)) & 1) << i;
    return value;
  };
  if (bits(3, 5) > 29 || bits(8, 5) > 29) return false;
  const count = bits(13, 4) + 4;
  let space = 0;
  for (let i = 0; i < count; i++) {
    const length = bits(17 + 3 * i, 3);
    if (length > 0) space += 2 ** (7 - length);
  }
  return space === 128;
}

/**
 * Deflate without a wrapper: what some clients send as `content-encoding: deflate`, and what apps put into fields. It has no
 * magic number and no checksum, so undeclared it must end with the bytes and earn its place by what it holds.
 */
export const decoder: Decoder = {
  id: 'rawdeflate',
  order: 80,
  encodings: ['deflate'],
  guess: (bytes, { truncated }) => bytes.length >= 8 && plausible(bytes, truncated),
  open(source) {
    const { bytes, work, declared } = source;
    if (bytes.length < 8 || !(declared || plausible(bytes, source.truncated))) return null;
    const inflated = inflate('rawdeflate', bytes, work.inflatable(bytes.length), source.truncated);
    // Text that deflate made longer is no compression: a short random token that happens to be a stream.
    if (!declared && inflated !== null && inflated.bytes.length < Math.max(12, bytes.length - 8)) return null;
    return inflatedChild(source, inflated, declared);
  },
};
