import { expect, it } from 'vitest';
import { Warnings } from '../../src/wire/warnings.js';

it('keeps each code once, in the order of their coming, with short details', () => {
  const warnings = new Warnings();
  warnings.add('b', 'first');
  warnings.add('a', 'x'.repeat(10_000));
  warnings.add('b', 'second');
  warnings.addAll([{ code: 'c', detail: '' }]);
  expect(warnings.list().map(({ code }) => code)).toEqual(['b', 'a', 'c']);
  expect(warnings.list()[0]?.detail).toBe('first');
  expect(warnings.list()[1]?.detail.length).toBeLessThan(300);
  expect(warnings.has('c')).toBe(true);
  expect(warnings.has('d')).toBe(false);
});
