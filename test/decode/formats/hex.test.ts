import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { inside, opened, request } from '../sample.js';

test('text and JSON in either case', () => {
  expect(inside(Buffer.from('{"a":"x"}'), 'hex')).toMatchObject({ '|hex|json$.a': 'x' });
  expect(inside(Buffer.from('{"a":"y"}').toString('hex').toUpperCase())).toMatchObject({ '|hex|json$.a': 'y' });
  expect(inside(Buffer.from('13900000000'), 'hex')).toMatchObject({ '|hex': '13900000000' });
});

test('digests and long numbers are not taken apart', () => {
  for (let i = 0; i < 200; i++) {
    const digest = createHash('md5').update(String(i)).digest('hex');
    expect(Object.keys(inside(digest)), digest).toEqual(['']);
    const number = BigInt(`0x${digest.slice(0, 14)}`)
      .toString()
      .padStart(18, '7')
      .slice(0, 18);
    expect(Object.keys(inside(number)), number).toEqual(['']);
  }
});

const JSON_TEXT = '{"phone":"13900000000"}';
const PAIRS = Buffer.from(JSON_TEXT).toString('hex').match(/../g) ?? [];
const FOURS = PAIRS.join('').match(/.{2,4}/g) ?? [];

test.each([
  ['behind 0x', `0x${PAIRS.join('')}`],
  ['behind 0X', `0X${PAIRS.join('').toUpperCase()}`],
  ['with colons', PAIRS.join(':')],
  ['with dashes, upper case', PAIRS.join('-').toUpperCase()],
  ['with blanks', PAIRS.join(' ')],
  ['each behind 0x, as C has it', PAIRS.map((pair) => `0x${pair}`).join(', ')],
  ['in fours and lines, as a dump has it', `${FOURS.slice(0, 8).join(' ')}\n${FOURS.slice(8).join(' ')}\n`],
])('%s', (_, text) => {
  expect(inside(text)).toMatchObject({ '|hex|json$.phone': '13900000000' });
  expect(opened(text, 'text/plain')).toMatchObject({ 'body|hex|json$.phone': '13900000000' });
  expect(opened(`v=1&d=${encodeURIComponent(text.trim())}`, 'application/x-www-form-urlencoded')).toMatchObject({
    'body.form.d|hex|json$.phone': '13900000000',
  });
});

test('addresses, fingerprints of certificates, dates, serial numbers and lists of numbers stay as they are', () => {
  const pairs = createHash('sha256').update('x').digest('hex').match(/../g) ?? [];
  for (const text of [
    pairs.slice(0, 6).join(':'),
    pairs.slice(0, 8).join(':'),
    pairs.slice(0, 20).join(':').toUpperCase(),
    pairs.join(' '),
    '2001:0db8:85a3:0000:0000:8a2e:0370:7334',
    'f81d4fae-7dec-41d0-a765-00a0c91e6bf6',
    '2024-01-15 10:20:30',
    '6200 0000 1234 5678',
    // Scores of a class: every one of them is a letter in hex.
    '61,65,72,68,75,79,66,63,71,70,64,62,77',
    '4142-4344-4546-4748',
    '3A41-4B43-4445-4647',
    '7b:22:61-22:3a:31:7d:20:20',
    '0x1234',
    '0xdeadbeef',
  ])
    expect(Object.keys(inside(text)), text).toEqual(['']);
});

test('measurements of two digits are no opaque payload', () => {
  const numbers = Array.from({ length: 100 }, (_, index) => (index * 37) % 100).filter((number) => number > 9);
  expect(decodeRequest(request({ body: JSON.stringify({ v: numbers.join(',') }) })).opaque).toEqual([]);
});

test('a short number in pairs is opened where it is a known one', () => {
  const body = JSON.stringify({ v: '31:32:33:34:35:36:37:38:39:30' });
  const earns = (bytes: Uint8Array): boolean => Buffer.from(bytes).equals(Buffer.from('1234567890'));
  expect(decodeRequest(request({ body }), { earns }).fields.map(({ path }) => path)).toContain('body.$.v|hex');
  expect(decodeRequest(request({ body })).fields.map(({ path }) => path)).not.toContain('body.$.v|hex');
});
