import { expect, test } from 'vitest';
import { base64Alphabet, fromBase64, fromHex } from '../../src/decode/radix.js';

test('base64 in both alphabets, padded or not, broken into lines, with spaces that were plus signs', () => {
  const bytes = Buffer.from([0xfb, 0xff, 0xfe, 0x10, 0x83]);
  expect(fromBase64('+//+EIM=')).toEqual(bytes);
  expect(fromBase64('-__-EIM')).toEqual(bytes);
  expect(fromBase64('+//+\r\nEIM=')).toEqual(bytes);
  expect(fromBase64(' //+EIM=')).toEqual(bytes);
});

test('what is not base64 is refused, not skipped', () => {
  for (const text of ['abc*', 'a', 'abcde', 'ab=c', 'abc===', 'ab=', 'ä']) expect(fromBase64(text), text).toBeNull();
});

test('a shuffled alphabet', () => {
  const alphabet = 'ZYXWVUTSRQPONMLKJIHGFEDCBAzyxwvutsrqponmlkjihgfedcba9876543210+/';
  const table = base64Alphabet(alphabet);
  const standard = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const shuffled = Buffer.from('imei')
    .toString('base64')
    .replace(/[A-Za-z0-9+/]/g, (c) => alphabet[standard.indexOf(c)] ?? '');
  expect(Buffer.from(fromBase64(shuffled, table ?? undefined) ?? []).toString()).toBe('imei');
  expect(base64Alphabet('AA')).toBeNull();
  expect(base64Alphabet('A'.repeat(64))).toBeNull();
});

test('hex', () => {
  expect(fromHex('6869')).toEqual(Buffer.from('hi'));
  expect(fromHex('686')).toBeNull();
  expect(fromHex('zz')).toBeNull();
});
