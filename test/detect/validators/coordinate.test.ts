import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { isScaled, validator } from '../../../src/detect/validators/coordinate.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('coordinate', () => {
  it.each([
    ['31.230416', '31.230416', 'degrees'],
    ['31230416', '31230416', 'scaled by a million'],
    ['-99.16', '-99.16', 'west'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['181.5', 'off the globe'],
    ['12345678901', 'too long'],
    ['north', 'a word'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('knows degrees without their point by their digits', () => {
    expect(['31230416', '-121473701', '3123041'].every(isScaled)).toBe(true);
    expect(['312304', '12147370112', '31.230416'].some(isScaled)).toBe(false);
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['0']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('31.230416')?.placeholder).toBe(false);
  });
});
