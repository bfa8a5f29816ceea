import { expect, test } from 'vitest';
import { bitsAt } from '../../src/decode/bits.js';

test('from the lowest bit on, across bytes and beyond the end', () => {
  const bytes = Buffer.from([0b1010_0110, 0b0000_0011]);
  expect(bitsAt(bytes, 0, 3)).toBe(0b110);
  expect(bitsAt(bytes, 5, 5)).toBe(0b11101);
  expect(bitsAt(bytes, 8, 12)).toBe(3);
  expect(bitsAt(bytes, 0, 0)).toBe(0);
});
