import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/sim-operator.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('sim-operator', () => {
  it.each([
    ['46001', '46001', 'a code'],
    ['310-410', '310410', 'a code with a hyphen'],
    ['中国移动', '中国移动', 'a name'],
    ['Telmex', 'telmex', 'a name abroad'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['&&', 'an operator of a language'],
    ['true', 'a flag'],
    ['100', 'no carrier code'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
