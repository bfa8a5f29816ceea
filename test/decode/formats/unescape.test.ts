import { expect, test } from 'vitest';
import { inside } from '../sample.js';

test('escapes outside of JSON', () => {
  expect(inside('\\u5f20\\u4e09 here')).toMatchObject({ '|unescape': '张三 here' });
  expect(inside('{\\"imei\\":\\"1\\"}')).toMatchObject({ '|unescape|json$.imei': '1' });
});

test('escaped_twice: the letters of a value, not the quotes that an inner document still needs', () => {
  expect(inside('\\\\u0031\\\\u0030\\\\u00e9')).toMatchObject({ '|unescape': '10é' });
  expect(inside('{"a":"say \\\\u0022\\\\u5f20\\\\u0022"}')).toMatchObject({ '|json$.a|unescape': 'say "张"' });
  const query = { query: 'mutation { save(input: {phone: "\\\\u0031\\\\u0030\\\\u0030", note: "a\\\\u0022b"}) { ok } }' };
  expect(Object.values(inside(JSON.stringify(query)))).toEqual(expect.arrayContaining(['100']));
});

test('Windows paths stay', () => {
  expect(inside('C:\\users\\x')).toEqual({ '': 'C:\\users\\x' });
});
