import { expect, test } from 'vitest';
import { byteSize, clockTime, duration, thousands } from '../../src/report/figures.js';

test('numbers', () => {
  expect([0, 999, 1_000, 1_234_567].map(thousands)).toEqual(['0', '999', '1,000', '1,234,567']);
  expect([0, 999, 1_000, 48_213, 123_456, 1_204_880, 5e12].map(byteSize)).toEqual([
    '0 B',
    '999 B',
    '1.0 KB',
    '48.2 KB',
    '123 KB',
    '1.2 MB',
    '5.0 TB',
  ]);
});

test('times are Beijing time, whatever the machine says', () => {
  expect(clockTime('2026-11-20T17:00:00.000Z')).toBe('2026-11-21 01:00:00');
  expect(duration('2026-01-01T00:00:00.000Z', '2026-01-01T00:06:12.400Z')).toBe('6:12');
  expect(duration('2026-01-01T00:00:00.000Z', '2026-01-01T01:02:03.000Z')).toBe('1:02:03');
  expect(duration('2026-01-01T00:00:01.000Z', '2026-01-01T00:00:00.000Z')).toBe('0:00');
});
