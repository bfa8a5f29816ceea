import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { isWrittenAsResidentId, validator } from '../../../src/detect/validators/resident-id.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('resident-id', () => {
  it.each([
    ['11010119900307803X', '11010119900307803X', 'a mainland number'],
    ['11010119900307803x', '11010119900307803X', 'a small x'],
    ['810000199003070015', '810000199003070015', 'a Hong Kong resident’s permit'],
    ['830000198501010217', '830000198501010217', 'a Taiwan resident’s permit'],
    ['930156198501010218', '930156198501010218', 'a foreigner’s permanent residence card'],
    ['510202196002290015', '510202196002290015', 'an abolished prefecture and a leap day'],
    ['110101900307803', '110101900307803', '15 digits, before 1999'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['110101199003078031', 'a broken check character'],
    ['110101199002318038', 'the 31st of February'],
    ['000101199003078034', 'no province'],
    ['202103071234567890', 'an order number that begins with a year'],
    ['1101011990030780', '16 digits'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('tells what is written like one, whatever its check character', () => {
    expect(isWrittenAsResidentId('110101199003078031')).toBe(true);
    expect(isWrittenAsResidentId('11010119900307803x')).toBe(true);
    for (const text of ['110101190003078031', '110101202403078031', '110101199002318031', '900101199003078031', '1101011990030780'])
      expect(isWrittenAsResidentId(text), text).toBe(false);
  });
});
