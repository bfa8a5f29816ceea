import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/screen-size.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('screen-size', () => {
  it.each([
    ['1080x2340', '1080x2340', 'width by height'],
    ['1080,1794', '1080,1794', 'a comma'],
    ['1.2000000476837158', '1.2000000476837158', 'a density as a number of 32 bits is printed with 64'],
    ['440', '440', 'one number'],
    ['XXHDPI', 'xxhdpi', 'a bucket of density'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['0', 'zero'],
    ['12000x9000', 'beyond any panel'],
    ['auto', 'a style'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
