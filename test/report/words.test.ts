import { expect, test } from 'vitest';
import { partyWords, purposeWords } from '../../src/report/words.js';

test('a purpose nobody has named yet prints as it stands', () => {
  expect(purposeWords('ads')).toEqual({ zh: '广告', en: 'advertising' });
  expect(purposeWords('games')).toEqual({ zh: 'games', en: 'games' });
});

test('unknown is not third party', () => {
  expect([true, false, null].map((party) => partyWords(party).en)).toEqual(['first party', 'third party', 'owner unknown']);
});
