import { expect, test } from 'vitest';
import { inside, opened } from '../sample.js';

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

test('characters by their numbers, and bytes in octal as the text format of Protocol Buffers has them', () => {
  expect(inside('\\u{5f20}\\u{4E09} here')).toMatchObject({ '|unescape': '张三 here' });
  expect(inside('name: "\\345\\274\\240\\344\\270\\211"')).toMatchObject({ '|unescape': 'name: "张三"' });
  expect(Object.keys(inside('C:\\200\\x and \\u{ffffffff}'))).not.toContain('|unescape');
});

const bytesOf = (text: string) => [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16)}`).join('');

test('bytes as a log of a server or a language prints them, all of them or what is no plain text', () => {
  expect(inside(bytesOf('{"name":"张三"}'))).toMatchObject({ '|unescape|json$.name': '张三' });
  expect(inside('{\\x22phone\\x22:\\x2213900000000\\x22,\\x22name\\x22:\\x22\\xE5\\xBC\\xA0三\\x22}')).toMatchObject({
    '|unescape|json$.phone': '13900000000',
    '|unescape|json$.name': '张三',
  });
  expect(inside('\\xd5\\xc5\\xc8\\xfd')).toMatchObject({ '|unescape|gb18030': '张三' });
  expect(opened(bytesOf('{"a":"whole"}'), 'text/plain')).toMatchObject({ 'body|unescape|json$.a': 'whole' });
});

test('escaped_twice: bytes in a literal of an inner document are left to it', () => {
  const query = { query: `mutation { save(input: {note: ${JSON.stringify(bytesOf('13900000000'))}}) { ok } }` };
  expect(Object.values(inside(JSON.stringify(query)))).toContain('13900000000');
});

test('a few escapes of bytes, and bytes that are nothing, stay as they are', () => {
  for (const text of ['C:\\x86\\xaa', 'red \\x1b[31m text \\x1b[0m', '\\x9f\\xe1\\x02\\xff\\x80\\x00\\x17\\xfe'])
    expect(Object.keys(inside(text)), text).toEqual(['']);
});

test('Windows paths stay', () => {
  expect(inside('C:\\users\\x')).toEqual({ '': 'C:\\users\\x' });
});

test('incident: a whole body of escaped characters stayed as it stood', () => {
  const body = [...'{"phone":"13900000000"}'].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  expect(opened(body)).toMatchObject({ 'body|unescape|json$.phone': '13900000000' });
  expect(Object.values(opened(body.replaceAll('\\', '\\\\'))).some((value) => value.includes('13900000000'))).toBe(true);
});
