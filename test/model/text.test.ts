import { expect, test } from 'vitest';
import { byText, chineseNumber } from '../../src/model/text.js';

test('text is ordered by code unit, not by locale', () => {
  expect(['b', 'ä', 'B', 'a', '中'].sort(byText)).toEqual(['B', 'a', 'b', 'ä', '中']);
});

test('numbers as a statute numbers its articles', () => {
  expect([2, 10, 11, 20, 99, 100].map(chineseNumber)).toEqual(['二', '十', '十一', '二十', '九十九', '100']);
});
