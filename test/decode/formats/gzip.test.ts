import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeBytes, decodeRequest } from '../../../src/decode/index.js';
import { inside, opened, request, values } from '../sample.js';

const json = JSON.stringify({ imei: '860000000000001', list: Array.from({ length: 50 }, (_, i) => i) });

test('a body by its magic number, without any header', () => {
  expect(opened(gzipSync(json))).toMatchObject({ 'body|gzip.$.imei': '860000000000001' });
});

test('inside base64', () => {
  expect(inside(gzipSync(json))).toMatchObject({ '|base64|gzip|json$.imei': '860000000000001' });
});

test('bytes that only begin like it are left alone', () => {
  const broken = gzipSync(json);
  broken.fill(0xff, 12);
  expect(Object.keys(opened(broken))).toEqual(['body']);
});

test('a stream that was never ended gives what it holds', () => {
  const cut = gzipSync(json).subarray(0, -12);
  expect(Object.keys(opened(cut)).some((path) => path.startsWith('body|gzip.'))).toBe(true);
});

test('a wrong checksum does not hide what was sent', () => {
  const bytes = gzipSync('{"a":"x"}');
  bytes.fill(7, bytes.length - 8);
  expect(opened(bytes)).toMatchObject({ 'body|gzip.$.a': 'x' });
});

test('incident: a text behind a stream was lost, and the body counted as read; what fills up a block is nothing', () => {
  expect(Object.values(opened(Buffer.concat([gzipSync(json), Buffer.from('phone=13900000000&a=1')])))).toContain('13900000000');
  expect(Object.values(opened(Buffer.concat([gzipSync(json), Buffer.from('13900000000')])))).toContain('13900000000');
  const filled = decodeBytes(Buffer.concat([gzipSync(json), Buffer.alloc(64)]), 'body');
  expect(filled.fields.some(({ path }) => path.includes('skip-'))).toBe(false);
  expect(filled.opaque).toEqual([]);
});

test('incident: the same behind a declared content-encoding', () => {
  for (const [name, stream] of [
    ['gzip', gzipSync(json)],
    ['deflate', deflateSync(json)],
    ['deflate', deflateRawSync(json)],
    ['br', brotliCompressSync(json)],
  ] as const) {
    const body = Buffer.concat([stream, Buffer.from('phone=13900000000&a=1')]);
    expect(Object.values(values(decodeRequest(request({ headers: [['Content-Encoding', name]], body }))))).toContain('13900000000');
  }
});
