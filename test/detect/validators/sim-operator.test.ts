import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/sim-operator.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('sim-operator', () => {
  it.each([
    ['46001', '46001', 'a code'],
    ['310-410', '310410', 'a code with a hyphen'],
    ['中国移动', '中国移动', 'a name'],
    ['中国联通_46001', '中国联通_46001', 'a name and its code'],
    ['中国电信_', '中国电信_', 'a name without the rest'],
    ['Telmex', 'telmex', 'a name abroad'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['sf-express', 'a courier'],
    ['顺丰速运', 'a courier'],
    ['&&', 'an operator of a language'],
    ['true', 'a flag'],
    ['home', 'a page'],
    ['unknown - probably WLAN', 'what an exchange could not tell'],
    ['100', 'no carrier code'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
