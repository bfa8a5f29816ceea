import type { CanonicalValue } from './forms/canonical.js';
import { putRadix } from './spellings/radix.js';
import { putSubstitutions } from './spellings/substitution.js';
import { putWrittenOut } from './spellings/written-out.js';

/** A known value in a spelling that is looked for as the whole of a leaf. */
export interface SpelledHit {
  readonly value: number;
  readonly form: string;
  /** The value as it reads. */
  readonly text: string;
}

/** The spellings of the persona's values that are too many, and too rarely met, to be looked for in every text. */
export interface SpelledTable {
  /** Cheap test that spares nearly all leaves the look-up. */
  mayHold(leaf: string): boolean;
  /** Whether a number of so many digits that begins with this one may be one. */
  isNumber(digits: string): boolean;
  /** Values of which the whole leaf is a spelling. */
  find(leaf: string): readonly SpelledHit[];
}

/** Characters of the shortest spelling: of those of a number of eleven digits a random word of seven is one in ten thousand million. */
const SHORTEST = 7;
/** Bits of an address in each of its bytes, with signs between them, have as many. */
const LONGEST = 2_048;
/** 8 KiB stay in the first cache; the spellings of forty values fill a tenth. */
const FILTER_BITS = 16;

/** Digits of a time in seconds and in milliseconds, of which a message may hold hundreds: each may be any number. */
const TIMES = new Set([10, 13]);

/** First digit and length of a number. */
function formOf(digits: string): number {
  return digits.length * 16 + digits.charCodeAt(0) - 0x30;
}

const NOTHING: readonly SpelledHit[] = [];

function filterBit(text: string): number {
  const { length } = text;
  const ends = text.charCodeAt(0) | (text.charCodeAt(length - 1) << 8) | (text.charCodeAt(length >> 1) << 16);
  return Math.imul(ends ^ Math.imul(length, 0x85ebca6b) ^ (text.charCodeAt(2) << 24), 0x9e3779b1) >>> (32 - FILTER_BITS);
}

/** @param values in the order of the persona; hits name them by index. */
export function buildSpelledTable(values: readonly CanonicalValue[]): SpelledTable {
  const table = new Map<string, SpelledHit[]>();
  const numbers = new Set<number>();
  const lengths = new Uint8Array(LONGEST + 1);
  const filter = new Uint8Array(2 ** (FILTER_BITS - 3));
  values.forEach((canonical, value) => {
    const put = (written: string, form: string, text: string) => {
      if (written.length < SHORTEST || written.length > LONGEST || written === text) return;
      if (/^\d+$/.test(written)) {
        if (TIMES.has(written.length)) return;
        numbers.add(formOf(written));
      }
      lengths[written.length] = 1;
      const bit = filterBit(written);
      filter[bit >> 3]! |= 1 << (bit & 7);
      const known = table.get(written);
      if (known === undefined) table.set(written, [{ value, form, text }]);
      else if (!known.some((other) => other.value === value)) known.push({ value, form, text });
    };
    putRadix(canonical, put);
    putSubstitutions(canonical, put);
    putWrittenOut(canonical, put);
  });
  return {
    mayHold(leaf) {
      if (leaf.length < SHORTEST || leaf.length > LONGEST || lengths[leaf.length] === 0) return false;
      const bit = filterBit(leaf);
      return (filter[bit >> 3]! & (1 << (bit & 7))) !== 0;
    },
    isNumber: (digits) => numbers.has(formOf(digits)),
    find: (leaf) => table.get(leaf) ?? NOTHING,
  };
}
