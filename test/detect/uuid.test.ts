import { expect, it } from 'vitest';
import { isUuid, UUID } from '../../src/detect/uuid.js';

it.each([
  ['123e4567-e89b-12d3-a456-426614174000', true],
  ['123E4567-E89B-12D3-A456-426614174000', true],
  ['123e4567e89b12d3a456426614174000', false],
  ['{123e4567-e89b-12d3-a456-426614174000}', false],
  ['123e4567-e89b-12d3-a456-42661417400g', false],
  ['123e4567-e89b-12d3-a456-426614174000,', false],
])('%s: %s', (text, is) => {
  expect(isUuid(text)).toBe(is);
});

it('is found in what is longer', () => {
  expect(new RegExp(`^uid=${UUID};$`).test('uid=123e4567-e89b-12d3-a456-426614174000;')).toBe(true);
});
