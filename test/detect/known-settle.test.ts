import { describe, expect, test } from 'vitest';
import { settle } from '../../src/detect/known-settle.js';

const nameOf = (value: number) => ({ type: `t${value}`, name: { zh: `类型${value}`, en: `type ${value}` }, ordinal: 1 });
const hit = (value: number, start: number, end: number, path = 'p', order = 0) => ({ value, start, end, path, order, trace: [] });
const run = (hits: ReadonlyArray<ReturnType<typeof hit>>, agreeing: readonly number[] = []) =>
  settle(hits, nameOf, ({ value }) => agreeing.includes(value)).map(({ value, trace }) => [value, trace.map(({ rule }) => rule)]);

describe('hits on one place', () => {
  test('the longer one wins over what it contains', () => {
    expect(run([hit(0, 0, 11), hit(1, 0, 29)])).toEqual([[1, ['contains']]]);
  });

  test('equal spans: the key decides, then the order of the persona', () => {
    expect(run([hit(1, 0, 11), hit(0, 0, 11)])).toEqual([[0, ['same-value']]]);
    expect(run([hit(0, 0, 11), hit(1, 0, 11)], [1])).toEqual([[1, ['same-value']]]);
  });

  test('hits side by side, and on other paths, all stay, in the order of the message', () => {
    expect(run([hit(2, 0, 5, 'q', 1), hit(1, 20, 25), hit(0, 0, 11)])).toEqual([
      [0, []],
      [1, []],
      [2, []],
    ]);
  });
});
