/**
 * Which four bytes in a row occur in any of a set of anchors, so that a scan need not look at every byte: an anchor of eight bytes holds five
 * such fours, and one of them begins at a place that is divisible by five. (Wu and Manber, A Fast Algorithm for Multi-Pattern Searching, 1994.)
 */
export interface Grams {
  /** Every anchor holds a four that begins at a multiple of this. */
  readonly stride: number;
  /** Bytes of the longest anchor. */
  readonly longest: number;
  /** A bit for each `gramBit`. */
  readonly bits: Uint8Array;
}

const GRAM = 4;
/** 32 KiB stay in the first cache. */
const BITS = 18;
/** Shorter strides do not pay, nor does a set in which every fourth four of other texts would seem to be one. */
const LEAST_STRIDE = 3;
const MOST_SHARE = 1 / 4;

/** @param four the bytes, the first one lowest. Letters of both cases give the same. */
export function gramBit(four: number): number {
  return Math.imul(four | 0x20202020, 0x9e3779b1) >>> (32 - BITS);
}

/** @returns null where looking at every byte is as fast. */
export function buildGrams(anchors: readonly Uint8Array[]): Grams | null {
  const lengths = anchors.map(({ length }) => length);
  const stride = Math.min(...lengths) - GRAM + 1;
  if (anchors.length === 0 || stride < LEAST_STRIDE) return null;
  const bits = new Uint8Array(2 ** (BITS - 3));
  let filled = 0;
  for (const anchor of anchors)
    for (let at = 0; at + GRAM <= anchor.length; at++) {
      const bit = gramBit(anchor[at]! | (anchor[at + 1]! << 8) | (anchor[at + 2]! << 16) | (anchor[at + 3]! << 24));
      const mask = 1 << (bit & 7);
      if ((bits[bit >> 3]! & mask) === 0) filled++;
      bits[bit >> 3]! |= mask;
    }
  return filled > 2 ** BITS * MOST_SHARE ? null : { stride, longest: Math.max(...lengths), bits };
}
