import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/detect/shape.js';
import { areClasses, areSettings, validator } from '../../../src/detect/validators/package-list.js';

const read = (value: string) => (validator.fits(shapeOf(value)) ? validator.check(value) : null);

describe('package-list', () => {
  it.each([
    [
      'com.tencent.mm,com.eg.android.AlipayGphone,com.taobao.taobao',
      'com.tencent.mm,com.eg.android.AlipayGphone,com.taobao.taobao',
      'commas',
    ],
    ['com.a.bc#甲,com.d.ef#乙,cn.g.hi#丙', 'com.a.bc,com.d.ef,cn.g.hi', 'names behind a sign'],
  ])('passes %s as %s: %s', (value, normalised) => {
    expect(read(value)?.normalised).toBe(normalised);
  });

  it.each([
    ['com.tencent.mm,com.taobao.taobao', 'two only'],
    ['com.example.a.FooServlet,com.example.b.BarFilter,com.example.c.Baz', 'classes'],
    ['www.example.com,m.example.com,api.example.com', 'host names'],
    ['android.permission.INTERNET,android.permission.CAMERA,android.permission.NFC', 'permissions'],
  ])('refuses %s: %s', (value) => {
    expect(read(value)).toBeNull();
  });
});

it('knows a list of classes by more than half of its names', () => {
  expect(areClasses(['com.example.a.FooServlet', 'com.example.Bar', 'com.example.c'])).toBe(true);
  // Apps that are written like classes, each of another house.
  expect(areClasses(['com.eg.android.AlipayGphone', 'com.cubic.AutoHome', 'com.Qunar'])).toBe(false);
  expect(areClasses(['com.UCMobile', 'com.example.Bar', 'com.example.c'])).toBe(false);
});

it('knows the keys of one program by the house and the product that all share', () => {
  const keys = ['indent', 'width', 'tabs', 'wrap', 'blank'].map((key) => `org.example.tool.format.${key}`);
  expect(areSettings(keys)).toBe(true);
  expect(areSettings(keys.slice(0, 4))).toBe(false);
  expect(areSettings([...keys, 'com.tencent.mm'])).toBe(false);
  // The games of one house.
  expect(areSettings(['a', 'b', 'c', 'd', 'e'].map((app) => `com.example.games.${app}`))).toBe(false);
  // What the makers of a system ship lies in a house of theirs.
  expect(areSettings(['gms', 'gsf', 'youtube', 'dialer', 'contacts'].map((app) => `com.google.android.${app}`))).toBe(false);
});

it('knows classes of several houses by how deep all of them lie', () => {
  expect(areClasses(['com.example.pool.druid.DruidSource', 'com.other.jdbc.Driver', 'org.third.spring.SqlFactory'])).toBe(true);
  expect(areClasses(['com.example.pool.druid.DruidSource', 'com.other.jdbc.Driver', 'com.Qunar'])).toBe(false);
});
