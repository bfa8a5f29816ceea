import { expect, test } from 'vitest';
import { inside } from '../sample.js';

test('digits and letters of full width', () => {
  expect(inside('１３９００００００００')).toMatchObject({ '|fullwidth': '13900000000' });
  expect(inside('邮箱：ｔｅｓｔ＠ｅｘａｍｐｌｅ．ｃｏｍ')).toMatchObject({ '|fullwidth': '邮箱:test@example.com' });
});

test('a sentence with its punctuation stays', () => {
  for (const text of ['你好，世界！（测试）', 'Ａ座１０１室']) expect(inside(text)).toEqual({ '': text });
});
