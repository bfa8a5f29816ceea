import { expect, test } from 'vitest';
import { Around } from '../../src/decode/around.js';
import { Names } from '../../src/decode/names.js';
import { limits } from '../../src/limits.js';

test('the path of an object is made of those around it when it is asked for', () => {
  const top = new Names([], '');
  const list = top.under('list');
  const item = new Around(new Around(new Around(null, 'body.$', top, -1, 0), null, list, -1, 0), null, list, 3, 1);
  expect(item.path).toBe('body.$.list[3]');
  expect(item.pathOf(-1, list.under('a b'))).toBe('body.$.list[3]["a b"]');
  expect(item.pathOf(0, list)).toBe('body.$.list[3][0]');
  expect([item.group, item.keys]).toEqual([1, ['list']]);
});

test('a path that has grown to its bound says so and grows no more', () => {
  const name = new Names([], '').under('n'.repeat(100));
  let around = new Around(null, '$', name, -1, 0);
  for (let depth = 0; depth < limits.decodePath; depth++) around = new Around(around, null, name, -1, 0);
  expect(around.path.endsWith('…')).toBe(true);
  expect(around.path.length).toBeLessThan(limits.decodePath + 200);
});
