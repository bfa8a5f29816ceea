import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/bank-card.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('bank-card', () => {
  it.each([
    ['6228480402564890018', '6228480402564890018', '19 digits, UnionPay'],
    ['6217000010000004', '6217000010000004', '16 digits, UnionPay'],
    ['4242 4242 4242 4242', '4242424242424242', 'groups of four'],
    ['378282246310005', '378282246310005', 'American Express'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['6228480402564890019', 'a broken check digit'],
    ['1748503543012', 'a time in milliseconds that passes Luhn'],
    ['7777777777777771', 'no issuer begins with 7'],
    ['510123456789018', 'a Mastercard number of 15 digits'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['4242424242424242']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('6228480402564890018')?.placeholder).toBe(false);
  });
});
