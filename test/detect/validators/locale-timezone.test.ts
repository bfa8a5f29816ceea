import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/locale-timezone.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('locale-timezone', () => {
  it.each([
    ['zh-CN', 'zh-CN', 'a language'],
    ['Asia/Shanghai', 'Asia/Shanghai', 'a zone'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([['a-1', 'neither']])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
