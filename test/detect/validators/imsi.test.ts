import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/imsi.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('imsi', () => {
  it.each([
    ['460011234567890', '460011234567890', 'China Unicom'],
    ['454001234567890', '454001234567890', 'Hong Kong'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['460991234567890', 'a network code nobody has'],
    ['999991234567890', 'no country'],
    ['46001123456789', '14 digits'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['310260000000000']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('460011234567890')?.placeholder).toBe(false);
  });
});
