import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/passport.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('passport', () => {
  it.each([
    ['E12345678', 'E12345678', 'ordinary'],
    ['EA1234567', 'EA1234567', 'letter series'],
    ['PE1234567', 'PE1234567', 'public affairs'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['X12345678', 'no such series'],
    ['12345678', 'digits only'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
