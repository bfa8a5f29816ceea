import { describe, expect, it } from 'vitest';
import { beginsWithDivision, isAdcode, isDivisionName, isIdentityArea } from '../../src/detect/division.js';

describe('isIdentityArea', () => {
  it('takes mainland counties, abolished prefectures included', () => {
    for (const code of ['110101', '310115', '510202', '659001', '429004']) expect(isIdentityArea(code), code).toBe(true);
  });

  it('refuses what no identity card names', () => {
    for (const code of ['000101', '160101', '110100', '119901', '710101', '810000', '449901'])
      expect(isIdentityArea(code), code).toBe(false);
  });
});

describe('isAdcode', () => {
  it('takes provinces and cities as a whole as well', () => {
    for (const code of ['310000', '330100', '330106', '810000', '659001']) expect(isAdcode(code), code).toBe(true);
    for (const code of ['160000', '33010', '3301066', '339906', 'abcdef']) expect(isAdcode(code), code).toBe(false);
  });
});

describe('isDivisionName', () => {
  it('knows names with and without their rank', () => {
    for (const name of ['上海', '上海市', '江苏省', '内蒙古自治区', '广西壮族自治区', '延边朝鲜族自治州', '阿勒泰地区', '香港特别行政区'])
      expect(isDivisionName(name), name).toBe(true);
    for (const name of ['高清', '首页', '超市', '省']) expect(isDivisionName(name), name).toBe(false);
  });
});

describe('beginsWithDivision', () => {
  it('marks a written address', () => {
    expect(beginsWithDivision('杭州市西湖区')).toBe(true);
    expect(beginsWithDivision('呼和浩特市新城区')).toBe(true);
    expect(beginsWithDivision('西湖区文三路')).toBe(false);
  });
});
