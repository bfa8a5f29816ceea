import { expect, test } from 'vitest';
import { Amf3Reader } from '../../src/decode/amf3.js';
import { ByteCursor } from '../../src/decode/byte-cursor.js';
import { TypedLeaves } from '../../src/decode/typed.js';
import { Work } from '../../src/decode/work.js';

function read(hex: string) {
  const cursor = new ByteCursor(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  const work = new Work();
  const leaves = new TypedLeaves(work);
  new Amf3Reader(cursor, leaves, work, () => undefined).value({ path: '$', keys: [], group: 0 }, 0);
  return cursor.broken ? null : Object.fromEntries(leaves.list.map(({ path, value, kind }) => [path, kind === 'binary' ? kind : value]));
}

test('integers of 29 bits with their sign, doubles, dates', () => {
  expect(read('04 7f')).toEqual({ $: '127' });
  expect(read('04 8100')).toEqual({ $: '128' });
  expect(read('04 ffffffff')).toEqual({ $: '-1' });
  expect(read('04 bfffffff')).toEqual({ $: String(2 ** 28 - 1) });
  expect(read('05 3ff8000000000000')).toEqual({ $: '1.5' });
  expect(read('08 01 4270000000000000')).toEqual({ $: String(2 ** 40) });
});

test('lists with names and without, bytes, vectors, dictionaries', () => {
  expect(read('09 05 03 61 06 03 62 01 04 01 04 02')).toEqual({ '$.a': 'b', '$[0]': '1', '$[1]': '2' });
  expect(read('0c 05 0102')).toEqual({ $: 'binary' });
  expect(read('0d 05 00 00000001 ffffffff')).toEqual({ '$[0]': '1', '$[1]': '-1' });
  expect(read('0e 03 00 ffffffff')).toEqual({ '$[0]': '4294967295' });
  expect(read('0f 03 00 3ff8000000000000')).toEqual({ '$[0]': '1.5' });
  expect(read('10 03 00 01 06 03 61')).toEqual({ '$[0]': 'a' });
  expect(read('11 05 00 06 03 61 04 01 04 02 04 03')).toEqual({ '$.a': '1', '$[1].key': '2', '$[1].value': '3' });
});

test('classes with names of their own, written once, and the lists of Flex', () => {
  expect(read('09 05 01 0a 13 03 43 03 61 04 01 0a 01 04 02')).toEqual({ '$[0].a': '1', '$[1].a': '2' });
  const list = Buffer.from('flex.messaging.io.ArrayCollection');
  expect(read(`0a 07 ${Buffer.from([(list.length << 1) | 1]).toString('hex')} ${list.toString('hex')} 09 03 01 04 05`)).toEqual({
    '$[0]': '5',
  });
});

test('an object that stood before is told there, and one that did not is false', () => {
  expect(read('09 05 01 09 03 01 04 05 09 02')).toEqual({ '$[0][0]': '5' });
  expect(read('09 04')).toBeNull();
  expect(read('06 04')).toBeNull();
  expect(read('0a 05')).toBeNull();
  expect(read('12')).toBeNull();
  expect(read('06 0f 61')).toBeNull();
});

test('a long text that is referred to again and again costs work', () => {
  const text = Buffer.alloc(2 ** 20, 0x61);
  const head = Buffer.from([
    0x80 | (((2 ** 21 + 1) >> 22) & 127),
    0x80 | (((2 ** 21 + 1) >> 15) & 127),
    0x80 | (((2 ** 21 + 1) >> 8) & 127),
    1,
  ]);
  const again = Buffer.alloc(2 * 5_000, Buffer.from([6, 0]));
  const cursor = new ByteCursor(Buffer.concat([Buffer.from([9, 0xce, 0x13, 1, 6]), head, text, again]));
  const work = new Work();
  const leaves = new TypedLeaves(work);
  new Amf3Reader(cursor, leaves, work, () => undefined).value({ path: '$', keys: [], group: 0 }, 0);
  expect(leaves.list.length).toBeLessThan(200);
  expect(work.hits.map(({ limit }) => limit)).toEqual(['decodeWork']);
});

test('incident: a class with one name of four megabytes took all memory there is, once for each of its objects', () => {
  const long = 'k'.repeat(300_000);
  const head = 2 * long.length + 1;
  const size = [0x80 | (head >> 14), 0x80 | ((head >> 7) & 0x7f), head & 0x7f].map((byte) => byte.toString(16)).join('');
  const objects = 2_000;
  const hex = `09 9f21 01 0a 13 01 ${size} ${Buffer.from(long).toString('hex')} 01 ${'0a0101'.repeat(objects - 1)}`;
  const paths = Object.keys(read(hex) ?? {});
  expect(paths).toHaveLength(objects);
  expect(Math.max(...paths.map(({ length }) => length))).toBeLessThan(200);
  expect(paths[0]).toBe(`$[0]["${'k'.repeat(128)}…"]`);
});
