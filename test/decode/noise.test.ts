import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { isBrokenWord, isHexNoise, isNoise, mayBeEncoded } from '../../src/decode/noise.js';
import { limits } from '../../src/limits.js';

const random = (text: string, length: number) => createHash('sha512').update(text).digest().subarray(0, length);

test('short random bytes are noise; text, media, and what a decoder may open are none', () => {
  expect(isNoise(random('a', 16), false, undefined)).toBe(true);
  for (const bytes of [
    Buffer.from('readable text'),
    Buffer.from('\x89PNG\r\n\x1a\n12345', 'latin1'),
    Buffer.from('1f8b0800000000000003000000', 'hex'),
  ])
    expect(isNoise(bytes, false, undefined)).toBe(false);
});

test('nothing is noise that may be opaque, or that holds a known value', () => {
  expect(isNoise(random('a', limits.opaqueBytes), false, undefined)).toBe(false);
  expect(isNoise(random('a', 16), false, () => true)).toBe(false);
});

test('hex is judged by its bytes, and only as the decoder of hex would', () => {
  const token = random('a', 16).toString('hex');
  expect(isHexNoise(token, false, undefined)).toBe(true);
  expect(isHexNoise(token.toUpperCase(), false, undefined)).toBe(true);
  const seen: string[] = [];
  isHexNoise(token, false, (bytes) => seen.push(Buffer.from(bytes).toString('hex')) > 1);
  expect(seen).toEqual([token]);
  for (const other of [
    token.slice(1),
    token.slice(0, 14),
    `${token.slice(0, -1)}g`,
    '12345678'.repeat(4),
    Buffer.from('readable').toString('hex'),
  ])
    expect(isHexNoise(other, false, undefined)).toBe(false);
});

test('an encoder mixes its signs as identifiers that were joined do not', () => {
  for (const text of ['q83vEjRWeJCrze8S', 'MFRGGZDFMZTWQ2LK', 'MFRGGZDF==']) expect(mayBeEncoded(text), text).toBe(true);
  for (const text of ['item_12345_67890', 'ITEM1234567890', 'abcdefabcdef']) expect(mayBeEncoded(text), text).toBe(false);
});

test('a word with bytes in it that are no text is broken; a sentence or a document is one that was damaged', () => {
  expect(isBrokenWord('ab\ufffdcd')).toBe(true);
  for (const text of [null, 'abcd', 'ab\ufffd cd', '{"a\ufffd":1}']) expect(isBrokenWord(text), String(text)).toBe(false);
});
