import { expect, test } from 'vitest';
import { en } from '../../../src/live/page/text/en.js';
import { zh } from '../../../src/live/page/text/zh.js';

const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

test('both languages have the same keys and the same places to fill', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  for (const [key, text] of Object.entries(zh)) expect([key, placeholders(en[key as keyof typeof zh])]).toEqual([key, placeholders(text)]);
});

test('nothing is left untranslated', () => {
  for (const [key, text] of Object.entries(en))
    if (key !== 'language.switch') expect([key, /\p{Script=Han}/u.test(text)]).toEqual([key, false]);
  const same = Object.entries(zh)
    .filter(([key, text]) => key !== 'language.switch' && !/\p{Script=Han}/u.test(text))
    .map(([key]) => key);
  expect(same).toEqual([
    'filter.count',
    'detail.sdk',
    'export.format.pdf',
    'export.format.json',
    'export.format.csv',
    'export.format.xlsx',
    'export.format.markdown',
    'export.format.sarif',
    'export.format.junit',
    // Punctuation, which differs all the same.
    'headline.list',
    'headline.join',
    'headline.end',
  ]);
});
