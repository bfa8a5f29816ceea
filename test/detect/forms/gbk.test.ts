import { describe, expect, test } from 'vitest';
import { encodeGbk } from '../../../src/detect/forms/gbk.js';

describe('GBK', () => {
  test('known bytes', () => {
    // GB 2312: 北 B1B1, 京 BEA9; GBK extension: 镕 E946.
    expect(Buffer.from(encodeGbk('北京A镕')!).toString('hex')).toBe('b1b1bea941e946');
  });

  test('what Node decodes comes back', () => {
    const text = '越界测试员：范例，一二三（ＡＢＣ）';
    expect(new TextDecoder('gbk').decode(encodeGbk(text)!)).toBe(text);
  });

  test('characters outside GBK give null', () => {
    expect(encodeGbk('😀')).toBeNull();
    expect(encodeGbk('')).toEqual(new Uint8Array(0));
  });
});
