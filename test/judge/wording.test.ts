import { expect, test } from 'vitest';
import { articleOf, articlesOf, listsOf, provisionOf, receiverOf, timesOf } from '../../src/judge/wording.js';
import type { Category } from '../../src/model/rulebook.js';
import { chineseNumber } from '../../src/model/text.js';
import { pack } from './case.js';

const category = (no: number): Category => pack.categories[no - 1] as Category;

test('items are numbered as the text numbers them', () => {
  expect([1, 2, 10, 11, 19, 20, 22, 30, 39].map(chineseNumber)).toEqual([
    '一',
    '二',
    '十',
    '十一',
    '十九',
    '二十',
    '二十二',
    '三十',
    '三十九',
  ]);
  expect(provisionOf(category(2))).toEqual({ zh: '第五条第（二）项', en: 'art. 5(2)' });
  expect(articlesOf([category(2), category(39)])).toBe('5(2), 5(39)');
  expect(articlesOf([])).toBeNull();
});

test("a category of a user's own pack never passes for the law", () => {
  const own = { ...category(2), no: 40, policy: { pack: 'house', removed: null } };
  expect(articleOf(own)).toBe('house(40)');
  expect(provisionOf(own).zh).toBe('规则包 house 第 40 项');
});

test('lists are named with their provision', () => {
  expect(listsOf([category(1), category(2)]).zh).toBe('「地图导航类」（第五条第（一）项）、「网络约车类」（第五条第（二）项）');
});

test('receivers by name where known, else by host', () => {
  const party = {
    host: 'a.test',
    registrableDomain: 'a.test',
    company: null,
    sdk: null,
    purpose: null,
    firstParty: null,
    country: null,
    reason: { zh: '', en: '' },
  };
  expect(receiverOf(party).zh).toBe('a.test');
  expect(receiverOf({ ...party, company: { zh: '甲', en: 'A' }, sdk: 'Kit', purpose: 'ads' })).toEqual({
    zh: '甲（Kit，广告）',
    en: 'A (Kit, advertising)',
  });
  expect(receiverOf({ ...party, company: { zh: '甲', en: 'A' }, purpose: 'first_party' }).zh).toBe('甲');
});

test('counts read well in both languages', () => {
  const tally = (count: number) => ({ count, first: { at: 0, exchange: 12, message: null, path: '' } });
  expect(timesOf(tally(1))).toEqual({ zh: '1 处，首见于请求 #12', en: '1 place, first in exchange #12' });
  expect(timesOf(tally(3)).en).toBe('3 places, first in exchange #12');
});
