import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/vin.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('vin', () => {
  it.each([
    ['1M8GDM9AXKP042788', '1M8GDM9AXKP042788', 'check digit X'],
    ['LSVAA4182E2184841', 'LSVAA4182E2184841', 'a Chinese maker'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['1M8GDM9A0KP042788', 'a broken check digit abroad'],
    ['12345678901234567', 'digits only'],
    ['1M8GDM9AXKP04278O', 'letter O'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
