import { expect, test } from 'vitest';
import { decoder } from '../../../src/decode/formats/bencode.js';
import { nearMisses } from '../near-misses.js';
import { inside, limitsOf, opened, takenFor, under } from '../sample.js';

const none = (hex: string) => Object.keys(opened(Buffer.from(hex.replaceAll(' ', ''), 'hex'))).filter((path) => path.includes('|bencode'));

/** As the package `bencode` wrote it. */
const DICTIONARY = Buffer.from(
  'ZDM6ZGV2ZDM6bWFjMTc6MDI6QUI6Q0Q6MDA6MDA6MDFlNDppbWVpMTU6NDkwMTU0MjAzMjM3NTE4NDpsaXN0bDE6YWQ1OnBob25lMTE6MTM5MDAwMDAwMDFlZTE6bmkt' +
    'NWU0Om5hbWU2OuW8oOS4iTM6cmF3Mzr//gFl',
  'base64',
);
const FIELDS = {
  '.imei': '490154203237518',
  '.name': '张三',
  '.n': '-5',
  '.list[0]': 'a',
  '.list[1].phone': '13900000001',
  '.dev.mac': '02:AB:CD:00:00:01',
};

test('a dictionary, its lists and the dictionaries in it', () => {
  expect(opened(DICTIONARY)).toMatchObject(under('body|bencode', FIELDS));
  expect(inside(DICTIONARY)).toMatchObject(under('|base64|bencode', FIELDS));
  expect(opened('d2:id20:abcdefghij0123456789e')).toEqual({ 'body|bencode.id': 'abcdefghij0123456789' });
});

test('lengths that lie, numbers that are none, what stands behind the end', () => {
  for (const lie of [
    'd1:a5:abce',
    'd1:a99999999999:be',
    'd1:ai1-2ee',
    'd1:aiee',
    'd1:a1:b',
    'd1:a1:bex',
    'd0:1:be',
    'd1:axe',
    'd1:ale',
    'de',
  ])
    expect(none(Buffer.from(lie).toString('hex')), lie).toEqual([]);
});

test('lists in lists without end', () => {
  expect(limitsOf(Buffer.from(`d1:a${'l'.repeat(100_000)}`))).toEqual(['structDepth']);
});

test('random bytes are none', () => {
  expect(takenFor(decoder, 20_000)).toEqual([]);
});

nearMisses('bencode', { content: DICTIONARY });
