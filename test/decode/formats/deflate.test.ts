import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inside, opened } from '../sample.js';

const json = JSON.stringify({ imei: '860000000000001', list: Array.from({ length: 50 }, (_, i) => i) });

test('a body by its magic number, without any header', () => {
  expect(opened(deflateSync(json))).toMatchObject({ 'body|deflate.$.imei': '860000000000001' });
});

test('inside base64', () => {
  expect(inside(deflateSync(json))).toMatchObject({ '|base64|deflate|json$.imei': '860000000000001' });
});

test('bytes that only begin like it are left alone', () => {
  const broken = deflateSync(json);
  broken.fill(0xff, 12);
  expect(Object.keys(opened(broken))).toEqual(['body']);
});
