import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/landline.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('landline', () => {
  it.each([
    ['010-88993108', '01088993108', 'Beijing with a hyphen'],
    ['(0571)87654321', '057187654321', 'brackets'],
    ['+86 10 8899 3108', '01088993108', 'the number in two halves'],
    ['0755-2601 3399', '075526013399', 'the same behind an area code'],
    ['021-61234567-801', '02161234567', 'an extension'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['400-810-0000', 'a firm’s number'],
    ['01012345', 'too short'],
    ['010-8899310', 'seven digits where every number has eight'],
    ['02688993108', 'an area code that does not exist'],
    ['57187654321', 'eleven digits without the zero'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
