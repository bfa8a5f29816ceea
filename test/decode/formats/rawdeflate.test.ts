import { deflateRawSync, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { inside, opened, request, values } from '../sample.js';

const json = JSON.stringify({ imei: '860000000000001', list: Array.from({ length: 50 }, (_, i) => i) });

test('content-encoding deflate is either of the two', () => {
  const raw = decodeRequest(request({ headers: [['Content-Encoding', 'deflate']], body: deflateRawSync(json) }));
  expect(values(raw)['body|rawdeflate.$.imei']).toBe('860000000000001');
  const zlib = decodeRequest(request({ headers: [['Content-Encoding', 'deflate']], body: deflateSync(json) }));
  expect(values(zlib)['body|deflate.$.imei']).toBe('860000000000001');
});

test('undeclared it must end with the bytes and hold something', () => {
  expect(opened(deflateRawSync(json))).toMatchObject({ 'body|rawdeflate.$.imei': '860000000000001' });
  expect(inside(deflateRawSync(json))).toMatchObject({ '|base64|rawdeflate|json$.imei': '860000000000001' });
  expect(Object.keys(opened(deflateRawSync(json, { level: 0 })))).toContain('body|rawdeflate.$.imei');
});
