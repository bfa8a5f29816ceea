import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/locale.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('locale', () => {
  it.each([
    ['zh-CN', 'zh-CN', 'BCP 47'],
    ['zh_CN_#Hans', 'zh_CN_#Hans', 'Java’s form'],
    ['US_en', 'US_en', 'the other way round'],
    ['en-US,en;q=0.9', 'en-US,en', 'a list'],
    ['(eng )', 'eng', 'brackets'],
    ['en_', 'en', 'without its region'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['typescript', 'a programming language'],
    ['xx-yy', 'no such language'],
    ['7', 'a number'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
