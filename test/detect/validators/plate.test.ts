import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/plate.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('plate', () => {
  it.each([
    ['沪A12345', '沪A12345', 'ordinary'],
    ['粤B·D12345', '粤BD12345', 'new energy, small car'],
    ['京A12345D', '京A12345D', 'new energy, large car'],
    ['WJ京12345', 'WJ京12345', 'armed police'],
    ['粤Z1234港', '粤Z1234港', 'Hong Kong car'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['A12345', 'no province'],
    ['沪I12345', 'letter I is never issued'],
    ['沪A1234', 'four characters'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
