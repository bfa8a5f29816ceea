import { expect, it } from 'vitest';
import { visible } from '../../src/detect/visible.js';

it.each([
  ['\u202d139 0000 0000\u202c', '139 0000 0000'],
  ['\ufeff 13900000000\u200b ', '13900000000'],
  ['866123456789018\u202e', '866123456789018'],
  ['\u00adabc', 'abc'],
  [' abc ', 'abc'],
  ['a\u200bb', 'a\u200bb'],
  ['张伟', '张伟'],
  ['\u200b', ''],
  ['', ''],
])('%j is %j', (text, seen) => {
  expect(visible(text)).toBe(seen);
});
