import { expect, test } from 'vitest';
import { againAfter, TYPING_MS } from '../../../src/live/page/pace.js';

test('a slow answer is asked for less often', () => {
  expect(againAfter(1_000, 5)).toBe(1_000);
  expect(againAfter(1_000, 250)).toBe(2_500);
});

test('from the last key to the answer fit 300 ms, the search itself included', () => {
  expect(TYPING_MS).toBeLessThanOrEqual(150);
});
