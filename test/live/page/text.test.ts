import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
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

test('every text is asked for by its name, or by the beginning of it', () => {
  const folder = fileURLToPath(new URL('../../../src/live', import.meta.url));
  const asking = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/text\/(?:zh|en)\.ts$/.test(file))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
    .join('\n');
  const begun = (key: string) =>
    key.split('.').some((_, end, parts) => {
      const beginning = parts.slice(0, end).join('.');
      return (end > 0 && asking.includes(`\`${beginning}.\${`)) || asking.includes(`named('${beginning}'`);
    });
  expect(Object.keys(zh).filter((key) => !asking.includes(`'${key}'`) && !begun(key))).toEqual([]);
});
