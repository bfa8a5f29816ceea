import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/chinese-name.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('chinese-name', () => {
  it.each([
    ['张小明', '张小明', 'a common surname'],
    ['欧阳明', '欧阳明', 'a compound surname'],
    ['古丽·买买提', '古丽·买买提', 'a middle dot'],
    ['Zhang Wei', 'zhang wei', 'pinyin'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['安全中心', 'an office'],
    ['小明', 'no surname'],
    ['张', 'one character'],
    ['Hello World', 'English words'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });

  it('knows the values that identify nobody', () => {
    for (const value of ['张三']) expect(read(value), value).toMatchObject({ placeholder: true });
    expect(read('张小明')?.placeholder).toBe(false);
  });
});
