import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { nearMisses } from '../near-misses.js';
import { opened, request, values } from '../sample.js';

test('a header and a file name as libraries for mail write them', () => {
  const name = `=?UTF-8?B?${Buffer.from('张三 13900000000').toString('base64')}?=`;
  expect(values(decodeRequest(request({ headers: [['X-Name', name]] })))).toMatchObject({
    'header.x-name|encodedword': '张三 13900000000',
  });
  const body = `--b\r\nContent-Disposition: form-data; name="a"; filename="=?gbk?Q?=D5=C5=C8=FD_1.txt?="\r\n\r\nv\r\n--b--\r\n`;
  expect(opened(body, 'multipart/form-data; boundary=b')).toMatchObject({ 'body.multipart.a.filename|encodedword': '张三 1.txt' });
});

test('words side by side are one text, and what is none stays as it stands', () => {
  const read = (text: string) => values(decodeRequest(request({ headers: [['X-Name', text]] })));
  expect(read('=?utf-8?Q?a=40?= =?UTF-8?B?Yg==?= c')['header.x-name|encodedword']).toBe('a@b c');
  for (const text of ['=?utf-8?B?!!?=', '=?x']) expect(Object.keys(read(text))).not.toContain('header.x-name|encodedword');
});

nearMisses('encodedword', { content: '=?UTF-8?B?5byg5LiJ?= =?utf-8?Q?a=40b?=' });
