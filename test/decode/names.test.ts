import { expect, test } from 'vitest';
import { joined, Names } from '../../src/decode/names.js';
import { limits } from '../../src/limits.js';

test('equal names share one list', () => {
  const root = new Names(['data'], '');
  const imei = root.under('device').under('imei');
  expect(imei.keys).toEqual(['data', 'device', 'imei']);
  expect(imei.segment).toBe('.imei');
  expect(root.under('device').under('imei')).toBe(imei);
});

test('odd names are quoted, depth and length are bounded', () => {
  let names = new Names([], '');
  expect(names.under('a b').segment).toBe('["a b"]');
  expect(names.under('x'.repeat(9999)).keys[0]).toHaveLength(limits.decodeKey);
  for (let i = 0; i < 100; i++) names = names.under('k');
  expect(names.keys).toHaveLength(limits.decodeKeys);
  expect(joined('p'.repeat(limits.decodePath + 1), '.a').endsWith('…')).toBe(true);
  expect(joined('p', '.a')).toBe('p.a');
});
