import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { isClosed } from '../../src/session/closed.js';

/** Bytes that look like a cipher text, the same in every run. */
function cipher(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, n) => createHash('sha256').update(`block ${n}`).digest());
  return Buffer.concat(blocks).subarray(0, length);
}

function closed(body: Buffer | string, headers: readonly (readonly [string, string])[] = []): boolean {
  const bytes = Buffer.from(body);
  const request = {
    method: 'POST',
    url: 'https://api.example.test/v1?sign=1',
    target: '/v1?sign=1',
    httpVersion: '1.1' as const,
    headers,
    trailers: [],
    body: { bytes, size: bytes.length, truncated: false, sha256: '' },
  };
  return isClosed(decodeRequest(request), bytes.length);
}

const JSON_TYPE = ['content-type', 'application/json'] as const;
const data = cipher(600).toString('base64');

test('a body that is encrypted as a whole, plain or as text, is closed', () => {
  expect(closed(cipher(2_000), [['content-type', 'application/octet-stream']])).toBe(true);
  expect(closed(data, [['content-type', 'text/plain']])).toBe(true);
  expect(closed(cipher(500), [['content-encoding', 'gzip']])).toBe(true);
});

test('words in clear in a format that nobody knows were searched', () => {
  const words = Buffer.from('\x05\x01\x0bcom.example\x00\x00\x0f860000000000001\xff\xfe\x00\x02', 'latin1');
  expect(closed(words, [['content-type', 'application/octet-stream']])).toBe(false);
  expect(closed(Buffer.from('0102fffe00000004a21f35ea00000ffe0102030405060708fefdfc', 'hex'))).toBe(true);
});

test('an envelope around an encrypted payload opens nothing', () => {
  expect(closed(JSON.stringify({ v: 1, ts: 1_767_225_600, data, sign: '0f1e2d' }), [JSON_TYPE])).toBe(true);
  expect(closed(`data=${encodeURIComponent(data)}&ts=1767225600`, [['content-type', 'application/x-www-form-urlencoded']])).toBe(true);
});

test('a bomb is closed, however it is made', () => {
  const gzip = ['content-encoding', 'gzip'] as const;
  expect(closed(gzipSync(Buffer.alloc(64 * 2 ** 20, 0x41)), [JSON_TYPE, gzip])).toBe(true);
  expect(closed('['.repeat(20_000) + ']'.repeat(20_000), [JSON_TYPE])).toBe(true);
  let nest = gzipSync(Buffer.from('{"imei":"490154203237518"}'));
  for (let level = 0; level < 22; level += 1) nest = gzipSync(nest);
  expect(closed(nest, [gzip])).toBe(true);
});

test('what was read is not closed, an encrypted field in it or not', () => {
  expect(closed('{"city":"Hangzhou"}', [JSON_TYPE])).toBe(false);
  expect(closed('', [JSON_TYPE])).toBe(false);
  const read = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`field_${n}`, `a value in clear, number ${n}`]));
  expect(closed(JSON.stringify({ ...read, token: data }), [JSON_TYPE])).toBe(false);
  expect(closed(Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(400, 7)]), [['content-type', 'image/png']])).toBe(
    false,
  );
});
