import { expect, test } from 'vitest';
import { STYLE } from '../../../src/capture/onboarding/style.js';

test('loads nothing from elsewhere and fits a narrow phone', () => {
  expect(STYLE).not.toMatch(/url\(|@import/);
  expect(STYLE).toContain('overflow-wrap: anywhere');
  expect([...STYLE.matchAll(/min-width|(?<!max-)width: (\d{3,})px/g)]).toEqual([]);
});
