import { expect, test } from 'vitest';
import { TypedLeaves } from '../../src/decode/typed.js';
import { Work } from '../../src/decode/work.js';
import { limits } from '../../src/limits.js';

const place = { path: 'body|tars.1', keys: ['1'], group: 0 };

test('values of each kind', () => {
  const leaves = new TypedLeaves(new Work());
  leaves.number(place, 2n ** 63n);
  leaves.single(place, Math.fround(31.2304));
  leaves.boolean(place, true);
  leaves.text(place, Buffer.from('张三'));
  leaves.text(place, Buffer.alloc(0));
  leaves.bytes(place, Buffer.from([1, 2]), 'application/x-tars');
  expect(leaves.list.map(({ value, kind }) => [value, kind])).toEqual([
    ['9223372036854775808', 'number'],
    ['31.2304', 'number'],
    ['true', 'boolean'],
    ['张三', 'string'],
    ['', 'string'],
    ['', 'binary'],
  ]);
  expect(leaves.list.at(-1)?.contentType).toBe('application/x-tars');
});

test('readable and dark texts are counted by their bytes', () => {
  const leaves = new TypedLeaves(new Work());
  leaves.text(place, Buffer.from('com.example'));
  leaves.text(place, Buffer.from('ab'));
  leaves.text(place, Buffer.from('d5c5c8fdb7e1', 'hex'));
  expect([leaves.readable, leaves.dark]).toEqual([17, 0]);
  leaves.text(place, Buffer.from([0xff, 0xfe, 0xfd]));
  leaves.text(place, Buffer.from('a\u0001b'));
  expect([leaves.readable, leaves.dark]).toEqual([17, 6]);
  // In another charset the text is made further on, as a step.
  expect(leaves.list[2]).toMatchObject({ kind: 'binary', value: '' });
});

test('full with what the message may keep', () => {
  const work = new Work();
  work.take(limits.decodeFields - 1);
  const leaves = new TypedLeaves(work);
  for (let i = 0; i < 2; i++) leaves.number(place, i);
  expect(leaves.full).toBe(true);
});

test('incident: empty lists by the million took seconds, though none was ever a field: every value costs work, and deeper ones more', () => {
  const asked = (depth: number) => {
    const leaves = new TypedLeaves(new Work());
    let values = 0;
    while (leaves.enters(place, depth)) values++;
    return values;
  };
  expect(asked(0)).toBeLessThan(1_000_000);
  expect(asked(0)).toBeGreaterThan(10 * limits.decodeFields);
  expect(asked(limits.structDepth - 1)).toBeLessThan(asked(0) / 4);
  const work = new Work();
  expect(new TypedLeaves(work).enters(place, limits.structDepth)).toBe(false);
  expect(work.hits).toEqual([{ path: place.path, limit: 'structDepth' }]);
});
