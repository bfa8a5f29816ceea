import { expect, it } from 'vitest';
import { notationOf } from '../../src/detect/notation.js';

it('tells digits, letters and signs apart and shows none of them', () => {
  expect(notationOf('00:00:5E:00:53:7a')).toBe('99:99:9A:99:99:9a');
  expect(notationOf('+86 139-1234-5678')).toBe('+99 999-9999-9999');
  expect(notationOf('范例 a')).toBe('文文 a');
});

it('is bounded', () => {
  expect(notationOf('1'.repeat(500))).toBe(`${'9'.repeat(40)}…`);
});
