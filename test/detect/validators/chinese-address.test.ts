import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { validator } from '../../../src/detect/validators/chinese-address.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('chinese-address', () => {
  it.each([
    ['上海市浦东新区世纪大道100号12楼1203室', '上海市浦东新区世纪大道100号12楼1203室', 'city to room'],
    ['西湖区文三路90号', '西湖区文三路90号', 'road and number'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['首页推荐内容', 'words'],
    ['请在市区内配送。谢谢', 'a sentence'],
    ['上海欢迎您的到来', 'a greeting'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});
