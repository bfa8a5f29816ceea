import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/iccid.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('iccid', () => {
  it.each([
    ['89860012345678901238', '89860012345678901238', 'Luhn passes'],
    ['898604A0192071234567', '898604A0192071234567', 'an IoT card with a letter'],
    ['8944000000123456783', '8944000000123456783', 'a card from abroad'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['88860012345678901234', 'no telecom prefix'],
    ['8986001234', 'too short'],
    ['8944000000123456784', 'a card from abroad with another check digit'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['89014103211118510720']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('89860012345678901238')?.placeholder).toBe(false);
  });
});

it('takes the filler off a number of nineteen digits (iccid_with_filler)', () => {
  const card = [...'0123456789'].map((last) => `891004234814455936${last}`).find((text) => read(text) !== null) ?? '';
  expect(read(`${card}F`)).toMatchObject({ normalised: card });
  const broken = [...'0123456789'].map((last) => `891004234814455936${last}`).find((text) => read(text) === null);
  expect(read(`${broken}f`)).toBeNull();
});
