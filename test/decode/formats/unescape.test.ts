import { expect, test } from 'vitest';
import { inside } from '../sample.js';

test('escapes outside of JSON', () => {
  expect(inside('\\u5f20\\u4e09 here')).toMatchObject({ '|unescape': '张三 here' });
  expect(inside('{\\"imei\\":\\"1\\"}')).toMatchObject({ '|unescape|json$.imei': '1' });
});

test('Windows paths stay', () => {
  expect(inside('C:\\users\\x')).toEqual({ '': 'C:\\users\\x' });
});
