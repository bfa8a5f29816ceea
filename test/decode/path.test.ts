import { expect, test } from 'vitest';
import { element, member, named, Repeats } from '../../src/decode/path.js';
import { limits } from '../../src/limits.js';

test('plain names stay bare, odd ones are quoted', () => {
  expect(member('body.$', 'imei')).toBe('body.$.imei');
  expect(member('body.$', 'user-id')).toBe('body.$.user-id');
  expect(member('body.$', '$device_id')).toBe('body.$.$device_id');
  expect(member('body.$', '手机')).toBe('body.$.手机');
  expect(member('body.$', 'a b')).toBe('body.$["a b"]');
  expect(member('body.$', 'a.b')).toBe('body.$["a.b"]');
  expect(member('body.$', '')).toBe('body.$[""]');
  expect(member('body.$', 'a"|b')).toBe('body.$["a\\"|b"]');
  expect(element('body.$.list', 2)).toBe('body.$.list[2]');
});

test('a name cannot rearrange the line it is printed on', () => {
  expect(member('', 'a\u202eb\u0007\u2028')).toBe('["a\\u202eb\\u0007\\u2028"]');
});

test('long names and long paths stop growing', () => {
  expect(member('', 'k'.repeat(100_000)).length).toBeLessThan(limits.decodeKey + 10);
  let path = 'body.$';
  for (let i = 0; i < 1000; i++) path = member(path, 'k'.repeat(60));
  expect(path.length).toBeLessThan(limits.decodePath + 100);
  expect(path.endsWith('…')).toBe(true);
});

test('names on the way are bounded, the innermost stay', () => {
  let keys: readonly string[] = [];
  for (let i = 0; i < 100; i++) keys = named(keys, `k${i}`);
  expect(keys).toHaveLength(limits.decodeKeys);
  expect(keys.at(-1)).toBe('k99');
});

test('repeated names count up', () => {
  const repeats = new Repeats();
  expect([repeats.path('query', 'a'), repeats.path('query', 'a'), repeats.path('query', 'b'), repeats.path('query', 'a')]).toEqual([
    'query.a',
    'query.a[1]',
    'query.b',
    'query.a[2]',
  ]);
});
