import { expect, it } from 'vitest';
import { notationOf } from '../../src/detect/notation.js';

it('tells digits, letters and signs apart and shows none of them', () => {
  expect(notationOf('00:00:5E:00:53:7a')).toBe('##:##:#A:##:##:#a');
  expect(notationOf('+86 139-1234-5678')).toBe('+## ###-####-####');
  expect(notationOf('范例 a')).toBe('文文 a');
});

it('is bounded', () => {
  expect(notationOf('1'.repeat(500))).toBe(`${'#'.repeat(40)}…`);
});
