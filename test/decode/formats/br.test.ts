import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { inside, opened, request, values } from '../sample.js';

const json = JSON.stringify({ imei: '860000000000001', list: Array.from({ length: 50 }, (_, i) => i) });

test('declared, and as the content-encoding of a form', () => {
  const decoded = decodeRequest(
    request({
      headers: [['Content-Encoding', 'br']],
      type: 'application/x-www-form-urlencoded',
      body: brotliCompressSync('phone=13900000000&a=1'),
    }),
  );
  expect(values(decoded)['body|br.form.phone']).toBe('13900000000');
});

test('a whole body that nobody declared', () => {
  expect(opened(brotliCompressSync(json))).toMatchObject({ 'body|br.$.imei': '860000000000001' });
});

test('a value in base64 or hex: JSON, a form, a text', () => {
  for (const quality of [1, 5, 11]) {
    const packed = (text: string) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
    expect(inside(packed(json)), `quality ${quality}`).toMatchObject({ '|base64|br|json$.imei': '860000000000001' });
    expect(inside(packed(json), 'hex')).toMatchObject({ '|hex|br|json$.imei': '860000000000001' });
    expect(inside(packed('{"a":"x","phone":"13900000000"}'))).toMatchObject({ '|base64|br|json$.phone': '13900000000' });
    expect(inside(packed('phone=13900000000&name=%E5%BC%A0%E4%B8%89'))).toMatchObject({ '|base64|br|form.name': '张三' });
    expect(inside(packed('手机号码是 13900000000，姓名是张三'))).toMatchObject({ '|base64|br': '手机号码是 13900000000，姓名是张三' });
  }
});

test('a value that does not end with its stream, is cut off, or holds noise is none', () => {
  const packed = brotliCompressSync(json);
  const noise = brotliCompressSync(createHash('sha512').update('x').digest());
  for (const bytes of [Buffer.concat([packed, Buffer.from('x')]), packed.subarray(0, -1), noise])
    expect(Object.keys(inside(bytes)).filter((path) => path.includes('br'))).toEqual([]);
});

test('random tokens of any length open into nothing', () => {
  let opens = 0;
  for (let index = 0; index < 1_500; index++) {
    const bytes = Buffer.concat(['a', 'b'].map((half) => createHash('sha512').update(`${index}${half}`).digest())).subarray(
      0,
      12 + (index % 110),
    );
    opens += Object.keys(inside(bytes)).filter((path) => path.includes('|br')).length;
  }
  expect(opens).toBe(0);
});

test('a stream of which only a part was used is none inside of a message', () => {
  const stream = brotliCompressSync(json);
  expect(Object.keys(inside(stream))).toContain('|base64|br|json$.imei');
  expect(Object.keys(inside(Buffer.concat([stream, Buffer.from('x')])))).toEqual(['']);
});
