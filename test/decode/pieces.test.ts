import { expect, test } from 'vitest';
import { piecesOf } from '../../src/decode/pieces.js';

const PAIR = /^\s*([a-z]+)=/;

test('pairs with their places, blanks left out', () => {
  const text = '{a=1 ; b= two;;c=}';
  expect(piecesOf(text, [1, text.length - 1], /;/g, PAIR, 10)).toEqual([
    { name: 'a', value: '1', start: 3 },
    { name: 'b', value: 'two', start: 10 },
    { name: 'c', value: '', start: 17 },
  ]);
});

test('one that is none, and more than are wanted', () => {
  expect(piecesOf('a=1;2;c=3', [0, 9], /;/g, PAIR, 10)).toBeNull();
  expect(piecesOf('a=1;b=2;c=3;!', [0, 13], /;/g, PAIR, 1)).toHaveLength(2);
});
