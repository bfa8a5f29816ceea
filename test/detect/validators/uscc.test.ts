import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/uscc.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('uscc', () => {
  it.each([['91310000MA1FL0001R', '91310000MA1FL0001R', 'a company']])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['91310000MA1FL0001A', 'a broken check character'],
    ['Z1310000MA1FL0001X', 'no registrar'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
