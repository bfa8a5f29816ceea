import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { opened, request, values } from '../sample.js';

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
