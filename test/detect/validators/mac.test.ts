import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/mac.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('mac', () => {
  it.each([
    ['3C:CD:5D:12:34:56', '3CCD5D123456', 'colons'],
    ['3c-cd-5d-12-34-56', '3CCD5D123456', 'hyphens'],
    ['3ccd.5d12.3456', '3CCD5D123456', 'dots'],
    ['3ccd5d123456', '3CCD5D123456', 'nothing between'],
    ['8:0:27:a:3f:bf', '0800270A3FBF', 'no zero before a single digit'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['3C:CD:5D:12:34', 'five pairs'],
    ['01:00:5E:12:34:56', 'a group address'],
    ['123456789012', 'twelve decimal digits'],
    ['3C:CD-5D:12-34:56', 'mixed separators'],
    ['2026:5:1:12:30:0', 'a time'],
    ['10:5:12:30:20:0', 'six decimal numbers'],
    ['a:b:c:d:e:f', 'letters in a row'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['02:00:00:00:00:00', '00:00:00:00:00:00']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('3C:CD:5D:12:34:56')?.placeholder).toBe(false);
  });
});
