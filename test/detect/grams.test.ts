import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { buildGrams, gramBit } from '../../src/detect/grams.js';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const four = (text: string) => bytes(text).readInt32LE(0);

describe('fours of a set of anchors', () => {
  test('hold every four of every anchor, in either case', () => {
    const grams = buildGrams([bytes('abcdefgh'), bytes('12345678')]);
    const has = (text: string) => {
      const bit = gramBit(four(text));
      return ((grams?.bits[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
    };
    expect(['abcd', 'DEFG', 'efgh', '1234', '5678'].map(has)).toEqual([true, true, true, true, true]);
    expect(['zzzz', 'h123', '    '].map(has)).toEqual([false, false, false]);
    expect([grams?.stride, grams?.longest]).toEqual([5, 8]);
  });

  test('are no use for short anchors, for none, or for so many that most texts hold one', () => {
    expect([buildGrams([]), buildGrams([bytes('abcdefgh'), bytes('abc12')])]).toEqual([null, null]);
    const many = Array.from({ length: 20_000 }, (_, index) => createHash('sha256').update(String(index)).digest().subarray(0, 8));
    expect(buildGrams(many)).toBeNull();
  });
});
