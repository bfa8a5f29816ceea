import { expect, test } from 'vitest';
import { Work } from '../../src/decode/work.js';
import { limits } from '../../src/limits.js';

test('reading, decoding and fields are bounded, and each bound is named with its place', () => {
  const work = new Work();
  expect(work.read(limits.decodeWork - 1000, 'a')).toBe(true);
  expect(work.read(1000, 'b')).toBe(false);
  expect(work.decoded(limits.decodeTotal, 'a')).toBe(true);
  expect(work.decoded(1, 'c')).toBe(false);
  for (let i = 0; i <= limits.decodeFields - limits.decodeNewName; i++) work.field('x', ['name']);
  expect(work.fieldsLeft).toBe(0);
  expect(work.field('d', ['name'])).toBe(false);
  work.take(-1);
  expect(work.field('d', ['name'])).toBe('met');
  expect(work.hits).toEqual([
    { path: 'b', limit: 'decodeWork' },
    { path: 'c', limit: 'decodeTotal' },
    { path: 'd', limit: 'decodeFields' },
  ]);
});

test('a name that the message did not have before counts for more, whatever array it comes in', () => {
  const work = new Work();
  const shared = ['device', 'imei'];
  for (const keys of [shared, shared, ['device', 'imei'], ['imei']]) work.field('x', keys);
  expect(work.fields).toBe(2 * limits.decodeNewName + 2);
  for (let i = 0; work.field('x', [`k${i}`]); i++);
  expect(work.fields).toBe(limits.decodeFields);
});

test('a long one for more than that', () => {
  const work = new Work();
  for (const size of [limits.keyLength, limits.keyLength + 1]) work.field('x', ['a', 'b'.repeat(size)]);
  expect(work.fields).toBe(limits.decodeNewName + limits.decodeLongName);
  work.field('x', ['a', 'b'.repeat(limits.keyLength + 1)]);
  expect(work.fields).toBe(limits.decodeNewName + limits.decodeLongName + 1);
});

test('an inflater may put out so much for this input, and no more than is left', () => {
  const work = new Work();
  expect(work.inflatable(10)).toBe(10 * limits.decodeRatio + 65_536);
  expect(work.inflatable(10_000_000)).toBe(limits.decodeInflated);
  work.decoded(limits.decodeTotal - 5, 'a');
  expect(work.inflatable(10_000_000)).toBe(5);
  expect(work.inflatableBy(10_000_000)).toBe('decodeTotal');
  expect([10, 10_000_000].map((size) => new Work().inflatableBy(size))).toEqual(['decodeRatio', 'decodeInflated']);
});

test('the same bound at the same place is said once, and the list ends', () => {
  const work = new Work();
  for (let i = 0; i < 1000; i++) work.hit('same', 'jsonDepth');
  expect(work.hits).toHaveLength(1);
  for (let i = 0; i < 1000; i++) work.hit(`p${i}`, 'jsonDepth');
  expect(work.hits).toHaveLength(limits.decodeHits);
  // A bound that was not reached before says something new, however late it comes.
  work.hit('late', 'decodeTotal');
  work.hit('later', 'decodeTotal');
  expect(work.hits).toHaveLength(limits.decodeHits + 1);
  expect(work.hits.at(-1)).toEqual({ path: 'late', limit: 'decodeTotal' });
});
