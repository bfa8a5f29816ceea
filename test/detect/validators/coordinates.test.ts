import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/coordinates.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('coordinates', () => {
  it.each([
    ['121.473701,31.230416', '31.230416,121.473701', 'longitude first'],
    ['31.230416,121.473701', '31.230416,121.473701', 'latitude first'],
    ['87.617733,43.792818', '43.792818,87.617733', 'longitude first where both could be a latitude'],
    ['[121.47, 31.23]', '31.23,121.47', 'brackets'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['1,2', 'whole numbers'],
    ['0.5,0.5', 'the middle of a picture'],
    ['1.5,-2.25', 'a point of a drawing'],
    ['200.5,300.5', 'off the globe'],
    ['31.2', 'one number'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['0.0,0.0']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('121.473701,31.230416')?.placeholder).toBe(false);
  });
});
