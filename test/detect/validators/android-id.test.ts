import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/android-id.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('android-id', () => {
  it.each([
    ['F3F34488828B105F', 'f3f34488828b105f', '16 digits'],
    ['9e28776354d259e', '9e28776354d259e', 'a leading zero dropped'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['30', 'an API level'],
    ['b9e28776354d259g', 'a letter beyond f'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['9774d56d682e549c', '0000000000000000']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('F3F34488828B105F')?.placeholder).toBe(false);
  });
});
