import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/meid.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('meid', () => {
  it.each([
    ['A10000009296F2', 'A10000009296F2', '14 hexadecimal digits'],
    ['a1000000-9296f2', 'A10000009296F2', 'small letters and a hyphen'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['810000009296F2', 'a regional code below A0'],
    ['A10000009296', 'too short'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['00000000000000']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('A10000009296F2')?.placeholder).toBe(false);
  });
});
