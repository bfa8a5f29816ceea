import { expect, test } from 'vitest';
import { list, numberOf, record, textOf, written } from '../../src/capture/har-json.js';

test('what has the wrong shape counts as absent', () => {
  expect([record(null), record([1]), record('x'), record({ a: 1 })]).toEqual([{}, {}, {}, { a: 1 }]);
  expect([list(null), list({ length: 1 }), list([1])]).toEqual([[], [], [1]]);
  expect([textOf(undefined), textOf(5), textOf('x'), textOf({})]).toEqual(['', '5', 'x', '']);
  expect([written({ a: [1] }), written(true), written(null), written(undefined), written('x')]).toEqual(['{"a":[1]}', 'true', '', '', 'x']);
  expect([numberOf('12.5'), numberOf(''), numberOf('x'), numberOf(Number.NaN), numberOf(-1), numberOf(null)]).toEqual([
    12.5, 0, 0, 0, -1, 0,
  ]);
});
