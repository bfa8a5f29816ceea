import { expect, test } from 'vitest';
import { lookBack } from '../../src/decode/lookback.js';

test('copies reach into what they make', () => {
  const made = lookBack(100, (output) => {
    output.literals(Buffer.from('ab'));
    return output.copy(2, 5) && output.size === 7;
  });
  expect(Buffer.from(made?.bytes ?? []).toString()).toBe('abababa');
  expect(made?.cut).toBe(false);
});

test('a place before the beginning is none', () => {
  expect(lookBack(100, (output) => output.copy(1, 4))).toBeNull();
  expect(lookBack(100, (output) => output.copy(0, 4))).toBeNull();
});

test('output ends at the bound, and says so', () => {
  const made = lookBack(10_000, (output) => {
    output.literals(Buffer.alloc(6_000, 1));
    return output.copy(1, 1e9);
  });
  expect(made).toMatchObject({ cut: true });
  expect(made?.bytes.length).toBe(10_000);
});
