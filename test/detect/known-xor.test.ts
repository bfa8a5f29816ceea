import { describe, expect, test } from 'vitest';
import { canonicalValue } from '../../src/detect/forms/canonical.js';
import { buildXorSearch, type XorHit } from '../../src/detect/known-xor.js';

const search = buildXorSearch([
  canonicalValue('phone_number', '19903051234'),
  canonicalValue('email', 'test-1@overreach.example'),
  canonicalValue('phone_number', '13900000000'),
]);

function hits(text: string | Uint8Array, key: number): XorHit[] {
  const found: XorHit[] = [];
  search.scan(
    Buffer.from(text).map((byte) => byte ^ key),
    (hit) => {
      found.push(hit);
      return false;
    },
  );
  return found;
}

describe('single-byte XOR', () => {
  test('a value is found under every key', () => {
    for (let key = 1; key < 256; key++)
      expect(hits('{"p":"19903051234"}', key)).toEqual([{ value: 0, start: 6, end: 17, key, text: '19903051234' }]);
  });

  test('key 0 is plain text and is left to the other search', () => {
    expect(hits('{"p":"19903051234"}', 0)).toEqual([]);
  });

  test('neighbours are read under the same key', () => {
    expect(hits('119903051234', 0xa5)).toEqual([]);
    expect(hits('199030512345', 0xa5)).toEqual([]);
    expect(hits('xtest-1@overreach.example', 0xa5)).toEqual([]);
    expect(hits('<test-1@overreach.example>', 0xa5)).toHaveLength(1);
  });

  test('a number that is mostly one digit would hit constant runs and is not looked for', () => {
    expect(hits('"13900000000"', 0xa5)).toEqual([]);
  });

  test('constant, empty and tiny data', () => {
    for (const data of [
      new Uint8Array(0),
      new Uint8Array(3),
      new Uint8Array(10_000),
      Uint8Array.from({ length: 4096 }, (_, index) => index & 255),
    ])
      expect(hits(data, 1)).toEqual([]);
  });
});
