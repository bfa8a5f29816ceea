import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/exit-permit.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('exit-permit', () => {
  it.each([
    ['C12345678', 'C12345678', 'mainland resident to Hong Kong'],
    ['H1234567890', 'H1234567890', 'Hong Kong resident'],
    ['12345678', '12345678', 'Taiwan resident'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['Q12345678', 'no such permit'],
    ['1234567', 'seven digits'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
