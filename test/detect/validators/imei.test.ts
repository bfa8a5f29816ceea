import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { isHandset, isWrittenAsImei, validator } from '../../../src/detect/validators/imei.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('imei', () => {
  it.each([
    ['866123456789018', '866123456789018', '15 digits'],
    ['866123456789018/866123456789026', '866123456789018', 'two slots'],
    ['86-612345-678901-8', '866123456789018', 'hyphens'],
    ['8661234567890112', '8661234567890112', 'IMEISV of 16 digits'],
    ['866123456789018,866123456789026', '866123456789018', 'both slots of a phone'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['866123456789019', 'a broken check digit'],
    ['206123456789017', 'no reporting body'],
    ['1700000000123', 'a time'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('tells a phone by the two commonest bodies and the check digit', () => {
    expect(isHandset('866123456789018')).toBe(true);
    for (const value of ['866123456789019', '358240051111110', '8661234567890112', '866123456789018/866123456789026'])
      expect(isHandset(value), value).toBe(false);
    // Facebook numbers its accounts so, and this one passes as an IMEI.
    expect(read('100000123456781')?.placeholder).toBe(false);
    expect(isHandset('100000123456781')).toBe(false);
    expect(isWrittenAsImei('866123456789019')).toBe(true);
    expect(isWrittenAsImei('100000123456781')).toBe(false);
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['000000000000000', '358240051111110']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('866123456789018')?.placeholder).toBe(false);
  });
});
