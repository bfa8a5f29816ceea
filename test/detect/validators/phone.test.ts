import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/phone.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('phone', () => {
  it.each([
    ['13912345678', '13912345678', 'a mobile'],
    ['021-61234567', '02161234567', 'a landline'],
    ['(415) 555-0134', '4155550134', 'a number abroad as people type it'],
    ['0085261234567', '+85261234567', 'the same as it is dialled'],
    ['+852 6123 4567', '+85261234567', 'Hong Kong'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['+86 123', 'a fragment of a domestic number'],
    ['Mi 10', 'a phone’s model'],
    ['6123456', 'digits without a plus'],
    ['400-810-0000', 'a service number'],
    ['1700000000123', 'a time'],
    ['104.16.123.96', 'an address of the network'],
    ['100012043978', 'goods: twelve digits from 1 on are no number of North America'],
    ['10001204397', 'nor is an area that begins with 0'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
