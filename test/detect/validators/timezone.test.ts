import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/timezone.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('timezone', () => {
  it.each([
    ['Asia/Shanghai', 'Asia/Shanghai', 'IANA name'],
    ['GMT+08:00', 'GMT+08:00', 'offset'],
    ['28800', '28800', 'seconds'],
    ['8', '8', 'hours'],
    ['GMT+08:00,Asia/Shanghai', 'GMT+08:00', 'offset and name'],
    ['+5.30 GMT', '+5.30 GMT', 'the offset before its name'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['7201', 'no quarter hour'],
    ['102', 'a number of three digits is no offset (slot_number_as_time_zone)'],
    ['home', 'a word'],
    ['+5.37 GMT', 'no quarter hour before its name'],
    ['8,9', 'numbers in a row'],
    ['GMT+08:00,home', 'an offset beside a word'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
