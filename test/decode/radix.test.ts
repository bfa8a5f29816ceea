import { expect, test } from 'vitest';
import { base64Alphabet, fromBase64, fromHex, fromOctets, fromQuotedPrintable, isOctets } from '../../src/decode/radix.js';

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

test('quoted-printable, with lines that go on', () => {
  expect(fromQuotedPrintable('=E5=BC=\r\n=a0, a=3Db =').toString()).toBe('张, a=b =');
});

test('hex as people print it', () => {
  for (const text of [
    '0x6869686968696869',
    '68:69:68:69:68:69:68:69',
    '68 69 68 69 68 69  68 69',
    '6869-6869-6869-6869',
    '0x68, 0x69, 0x68, 0x69, 0x68, 0x69, 0x68, 0x69',
    '68696869 68696869',
  ])
    expect(fromOctets(text), text).toEqual(Buffer.from('hihihihi'));
  expect(fromOctets('6869 6869 6869 6869 68')).toEqual(Buffer.from('hihihihih'));
});

test('other signs, groups that differ, few bytes, and a run without a prefix', () => {
  for (const text of [
    '6869686968696869',
    '68:69:68:69:68:69:68-69',
    '68:69-68:69:68:69:68:69',
    '68.69.68.69.68.69.68.69',
    '686968 696869 686968',
    '68:69:68:69:68:69:68',
    '68:69:68:69:68:69:68:69:',
    '68:69:68:69:68:69:68:6',
    '68 69 68 69     68 69 68 69',
    '68:69:68:69:68:69:68:6g',
    '0x',
    '',
  ]) {
    expect(isOctets(text), text).toBe(false);
    expect(fromOctets(text), text).toBeNull();
  }
  expect(isOctets(`${'68:'.repeat(1_000_000)}69`)).toBe(true);
});
