import { bitsAt } from '../bits.js';
import type { Decoder } from '../decoder.js';
import { readFixedBlock } from '../fixed-codes.js';
import { inflate, inflatedChild } from '../inflate.js';

/** Compressors write fixed codes only where a table of codes would be longer than what it saves. */
const FIXED_CODES_END = 2_048;

/** Least that a stream of so many bytes must hold: text that deflate made longer is no compression, but a random token. */
function leastOf(length: number): number {
  return Math.max(12, length - 8);
}

/**
 * Whether a deflate stream could begin like this (RFC 1951 section 3.2): starting an inflater for every random token would cost
 * more than all other decoding. Blocks of fixed codes are walked through, up to the first of another kind.
 */
function plausible(bytes: Uint8Array, truncated: boolean): boolean {
  let written = 0;
  for (let at = 0; ; ) {
    const type = bitsAt(bytes, at + 1, 2);
    if (type === 3) return false;
    if (type === 0) return isStored(bytes, (at + 10) >> 3);
    if (type === 2) return bringsCodes(bytes, at + 3);
    if (at === 0 && bytes.length >= FIXED_CODES_END) return false;
    if (truncated) return true;
    const block = readFixedBlock(bytes, at + 3, written);
    if (block === null) return false;
    if (bitsAt(bytes, at, 1) === 1) return (block.end + 7) >> 3 === bytes.length && block.written >= leastOf(bytes.length);
    at = block.end;
    written = block.written;
  }
}

/** @param at the byte at which the length of a stored block stands, its complement after it. */
function isStored(bytes: Uint8Array, at: number): boolean {
  return (bytes[at]! ^ bytes[at + 2]!) === 0xff && (bytes[at + 1]! ^ bytes[at + 3]!) === 0xff;
}

/** Whether the code of the codes that a block brings with it is complete. @param at the bit after the type of the block. */
function bringsCodes(bytes: Uint8Array, at: number): boolean {
  if (bitsAt(bytes, at, 5) > 29 || bitsAt(bytes, at + 5, 5) > 29) return false;
  const count = bitsAt(bytes, at + 10, 4) + 4;
  let space = 0;
  // Random lengths claim too much after a few.
  for (let i = 0; i < count && space <= 128; i++) {
    const length = bitsAt(bytes, at + 14 + 3 * i, 3);
    if (length > 0) space += 128 >> length;
  }
  return space === 128;
}

/**
 * Deflate without a wrapper: what some clients send as `content-encoding: deflate`, and what apps put into fields. It has no
 * magic number and no checksum, so undeclared it must end with the bytes and earn its place by what it holds.
 */
export const decoder: Decoder = {
  id: 'rawdeflate',
  says: { zh: '无头部的 deflate 解压（RFC 1951）', en: 'deflate without a head, inflated (RFC 1951)' },
  order: 80,
  encodings: ['deflate'],
  // A block of the type that is reserved.
  first: (byte) => ((byte >> 1) & 3) !== 3,
  guess: (bytes, { truncated }) => bytes.length >= 8 && plausible(bytes, truncated),
  open(source) {
    const { bytes, work, declared } = source;
    if (bytes.length < 8 || !(declared || plausible(bytes, source.truncated))) return null;
    const inflated = inflate('rawdeflate', bytes, work.inflatable(bytes.length), source.truncated);
    if (!declared && inflated !== null && inflated.bytes.length < leastOf(bytes.length)) return null;
    return inflatedChild(source, inflated, declared);
  },
};
