import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/mainland-mobile.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('mainland-mobile', () => {
  it.each([
    ['13912345678', '13912345678', 'bare'],
    ['+86 139-1234-5678', '13912345678', 'country code and hyphens'],
    ['008613912345678', '13912345678', '00 in place of the plus'],
    ['8619212345678', '19212345678', 'the blocks of 2020'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['15412345678', 'a block that is not allocated'],
    ['1594876543210', 'a time in milliseconds'],
    ['1391234567', 'ten digits'],
    ['23912345678', 'another first digit'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['13800138000']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('13912345678')?.placeholder).toBe(false);
  });
});
