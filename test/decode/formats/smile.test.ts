import { expect, test } from 'vitest';
import { decoder } from '../../../src/decode/formats/smile.js';
import { decodeRequest } from '../../../src/decode/index.js';
import { nearMisses } from '../near-misses.js';
import { inside, limitsOf, opened, request, takenFor, under } from '../sample.js';

const none = (hex: string) => Object.keys(opened(Buffer.from(hex.replaceAll(' ', ''), 'hex'))).filter((path) => path.includes('|smile'));

/** By the specification, as the package `smile-js` reads it: names and texts that come again are numbers. */
const OBJECT = Buffer.from(
  'OikKA/qDaW1laU40OTAxNTQyMDMyMzc1MTiDbmFtZYTlvKDkuImAbsmCbWlkJBELn4JiaWclAUtGXWtniIJsYXQpAEAfTl83dEN/F4BmKAN+AAAAgW9rI4Nub25lIYRl' +
    'bXB0eSCDbGlzdPhAYfqEcGhvbmVKMTM5MDAwMDAwMDH7+ksB+/mDbG9uZ+B4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4' +
    'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4/IJ1bmnk5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg' +
    '5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg5byg/IJyYXfogwBAQAP7',
  'base64',
);
const FIELDS = {
  '.imei': '490154203237518',
  '.name': '张三',
  '.n': '-5',
  '.mid': '-70000',
  '.big': '1748503543012',
  '.lat': '31.2304',
  '.f': '1.5',
  '.ok': 'true',
  '.none': 'null',
  '.empty': '',
  '.list[0]': 'a',
  '.list[1].phone': '13900000001',
  '.list[2].phone': '490154203237518',
  '.long': 'x'.repeat(100),
  '.uni': '张'.repeat(40),
};

test('every type of value, and names and texts that came before', () => {
  expect(opened(OBJECT)).toMatchObject(under('body|smile', FIELDS));
  expect(opened(Buffer.concat([OBJECT, Buffer.from([0xff])]))).toMatchObject(under('body|smile', FIELDS));
  expect(inside(OBJECT)).toMatchObject(under('|base64|smile', FIELDS));
  const raw = decodeRequest(request({ body: OBJECT })).fields.find(({ path }) => path === 'body|smile.raw');
  expect(raw?.bytes).toEqual(Buffer.from([1, 2, 3]));
});

test('lengths that lie, numbers that refer to nothing, signs that are none', () => {
  for (const lie of [
    '3a290a00 fa 80',
    '3a290a00 fa 8061 45 61',
    '3a290a00 fa 8061 01 fb',
    '3a290a00 fa 40 21 fb',
    '3a290a00 fa 8061 00 fb',
    '3a290a10 21',
    '3a290a00 fa 8061 24 000000000000000000000000 fb',
  ])
    expect(none(lie), lie).toEqual([]);
});

test('lists in lists without end', () => {
  expect(limitsOf(Buffer.concat([Buffer.from('3a290a00', 'hex'), Buffer.alloc(100_000, 0xf8)]))).toEqual(['structDepth']);
});

test('random bytes are none', () => {
  expect(takenFor(decoder, 20_000)).toEqual([]);
});

nearMisses('smile', { content: OBJECT });
