import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { headerFromHar, headerToHar, utf8Pieces } from '../../src/capture/har-text.js';
import { InputError } from '../../src/errors.js';

function read(bytes: Uint8Array, size = bytes.length): string {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return Buffer.concat([...utf8Pieces(pieces, 'x.har')]).toString('utf8');
}

function code(bytes: Uint8Array): string {
  try {
    read(bytes);
    return 'accepted';
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).next.length).toBeGreaterThan(20);
    return (error as InputError).code;
  }
}

const utf16 = Buffer.from('{"手机":"😀"}', 'utf16le');

describe('bytes of a file', () => {
  test('a byte order mark is taken off', () => {
    expect(read(Buffer.from('\ufeff{"log":{}}'))).toBe('{"log":{}}');
  });

  test.each([2, 3, 5, 64])('UTF-16 in both orders is read by its byte order mark, in pieces of %i bytes', (size) => {
    const little = Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]);
    expect(read(little, size)).toBe('{"手机":"😀"}');
    expect(read(Buffer.from(little).swap16(), size)).toBe('{"手机":"😀"}');
  });

  test('what cannot be a HAR is named', () => {
    expect(code(gzipSync('{"log":{}}'))).toBe('OVR_HAR_COMPRESSED');
    expect(code(deflateSync('{"log":{}}', { level: 9 }))).toBe('OVR_HAR_COMPRESSED');
    expect(code(Buffer.from('PK\u0003\u0004....'))).toBe('OVR_HAR_COMPRESSED');
    expect(code(utf16)).toBe('OVR_HAR_ENCODING');
    expect(code(Buffer.from(utf16).swap16())).toBe('OVR_HAR_ENCODING');
    expect(code(Buffer.from('{"log":{}}'))).toBe('accepted');
  });
});

test('header text goes both ways', () => {
  expect(headerFromHar('plain')).toBe('plain');
  expect(headerFromHar('设备')).toBe(Buffer.from('设备').toString('latin1'));
  for (const text of ['设备 é', 'lost: \ufffd']) expect(headerToHar(headerFromHar(text))).toEqual({ value: text });
  // GBK: what is no UTF-8 says so, and its bytes come back.
  for (const bytes of ['\xd5\xc5\xc8\xfd', '\xc3(']) {
    expect(headerToHar(bytes)).toEqual({ value: bytes, _latin1: true });
    expect(headerFromHar(bytes, true)).toBe(bytes);
  }
  expect(headerFromHar('设备', true)).toBe(headerFromHar('设备'));
});
