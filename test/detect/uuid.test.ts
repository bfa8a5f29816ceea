import { expect, it } from 'vitest';
import { isDrawnUuid, isUuid, UUID } from '../../src/detect/uuid.js';

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

it.each([
  ['0f0b9c2a-3d4e-47a9-a9e1-5f60718293a4', true],
  ['0F0B9C2A-3D4E-11EE-A9E1-5F60718293A4', true],
  // A name was digested into versions 3 and 5; a digest written with dashes has any digit there.
  ['0f0b9c2a-3d4e-37a9-a9e1-5f60718293a4', false],
  ['0f0b9c2a-3d4e-57a9-a9e1-5f60718293a4', false],
  ['0f0b9c2a-3d4e-47a9-29e1-5f60718293a4', false],
  ['0f0b9c2a3d4e47a9a9e15f60718293a4', false],
])('whether %s says that it was drawn: %s', (text, is) => {
  expect(isDrawnUuid(text)).toBe(is);
});
