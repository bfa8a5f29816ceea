import { describe, expect, it } from 'vitest';
import { BloomFilter } from '../../src/detect/bloom-filter.js';

describe('BloomFilter', () => {
  it('never denies what it was given, and seldom holds what it was not', () => {
    const filter = new BloomFilter(2 ** 14);
    const given = Array.from({ length: 1_000 }, (_, index) => `given-${index * 7919}-${index}`);
    for (const text of given) filter.add(text);
    expect(given.every((text) => filter.mayHold(text))).toBe(true);
    const others = Array.from({ length: 10_000 }, (_, index) => `other-${index * 104729}-${index}`);
    expect(others.filter((text) => filter.mayHold(text)).length).toBeLessThan(500);
  });
});
