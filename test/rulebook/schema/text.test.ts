import { expect, test } from 'vitest';
import { bilingual, date, id, packId } from '../../../src/rulebook/schema/text.js';

test('both languages, neither blank', () => {
  expect(bilingual.safeParse({ zh: '甲', en: 'a' }).success).toBe(true);
  for (const text of [{ zh: '甲' }, { zh: '甲', en: ' ' }, { zh: '甲', en: 'a', fr: 'a' }])
    expect(bilingual.safeParse(text).success).toBe(false);
});

test('ids are lower-case words', () => {
  for (const good of ['imei', 'phone_number', 'gb2']) expect(id.safeParse(good).success).toBe(true);
  for (const bad of ['IMEI', 'phone-number', '_x', 'x_', '2x', '../x', '']) expect(id.safeParse(bad).success).toBe(false);
  expect(packId.safeParse('cn-2021').success).toBe(true);
  for (const bad of ['cn_2021', '../x', 'a/b', '-a']) expect(packId.safeParse(bad).success).toBe(false);
});

test('dates', () => {
  expect(date.safeParse('2021-05-01').success).toBe(true);
  expect(date.safeParse('1 May 2021').success).toBe(false);
});
