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
    ['31/12/1990', '31/12/1990', 'the day first'],
    ['12/4/2019', '12/4/2019', 'the month or the day first'],
    ['7.3.1990', '7.3.1990', 'with dots'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['1990-02-31', 'no such day'],
    ['1799-01-01', 'nobody alive'],
    ['soon', 'a word'],
    ['31/31/1990', 'no such month'],
    ['1.12/1990', 'two separators'],
    ['1.2.3456', 'a version'],
    ['4008001234', 'a service number, and a second of the year 2097'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['1900-01-01']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('1990-03-07')?.placeholder).toBe(false);
  });
});
