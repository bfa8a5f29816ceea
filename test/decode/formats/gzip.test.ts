import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inside, opened } from '../sample.js';

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
