import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/birth-date.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('birth-date', () => {
  it.each([
    ['1990-03-07', '1990-03-07', 'ISO'],
    ['1990年3月7日', '1990年3月7日', 'Chinese'],
    ['1984', '1984', 'a year'],
    ['19900307', '19900307', 'without separators'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['1990-02-31', 'no such day'],
    ['1799-01-01', 'nobody alive'],
    ['soon', 'a word'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['1900-01-01']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('1990-03-07')?.placeholder).toBe(false);
  });
});
