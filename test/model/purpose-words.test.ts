import { expect, test } from 'vitest';
import { RULES_DIR } from '../../src/cli/place.js';
import { purposeWords } from '../../src/model/purpose-words.js';
import { loadRulebook } from '../../src/rulebook/load.js';

test('every purpose that the rules name has words in both languages', () => {
  const { parties } = loadRulebook({ dir: RULES_DIR });
  const used = [...new Set(parties.map(({ purpose }) => purpose))];
  expect(used.length).toBeGreaterThan(15);
  for (const purpose of used) {
    const { zh, en } = purposeWords(purpose);
    expect([purpose, /^\p{Script=Han}+$/u.test(zh), en.includes('_')]).toEqual([purpose, true, false]);
  }
});

test('one that nobody has words for reads as it stands, be it `constructor`', () => {
  expect(purposeWords('ads')).toEqual({ zh: '广告', en: 'advertising' });
  expect(purposeWords('constructor')).toEqual({ zh: 'constructor', en: 'constructor' });
});
