import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import { openDatabase } from '../../src/store/database.js';
import { Query } from '../../src/store/query.js';
import { openStore } from '../../src/store/store.js';
import { folded, gatherVocabulary, hasMiddle, Vocabulary, wordsHolding } from '../../src/store/vocabulary.js';
import { body, dataFolder, exchange, RULES, removeFolders, row, session } from './specimen.js';

let open: Query | null = null;
afterEach(() => {
  open?.database.close();
  open = null;
  removeFolders();
});

/** One session, number 1, and a connection that sees it. */
function query(dir = dataFolder()): Query {
  const store = openStore({ dir });
  store.createSession(session(), RULES);
  store.close();
  open = new Query(openDatabase(dir, false));
  return open;
}

function written(to: Query, ...texts: readonly string[]): Vocabulary {
  const vocabulary = new Vocabulary(to, 1);
  for (const text of texts) {
    vocabulary.add(text);
    to.transaction(() => vocabulary.write());
    vocabulary.settled();
  }
  return vocabulary;
}

const parts = (of: Query) => of.database.prepare('select n, words from vocabulary order by n').all() as Array<{ n: number; words: string }>;
const inside = (of: Query, text: string, most = 100) => wordsHolding(of, 1, text, 'inside', most);

test('each word once, folded as the index folds it; single characters and Han are not in the list', () => {
  const to = query();
  written(to, '{"IDFA_md5":"ABC", "n":1, "Café": "手机ok"}', 'abc idfa 13800138000');
  expect(parts(to)).toEqual([{ n: 1, words: 'idfa\nmd5\nabc\ncafe\nok\n13800138000\n' }]);
  expect(folded('ÜBER')).toBe('uber');
  expect(['13', 'ß', '_', '手', ''].map(hasMiddle)).toEqual([true, true, false, false, false]);
});

test('words are found by what stands in them, not by their beginning, those that it makes up most of first', () => {
  const to = query();
  written(to, 'longer8000word 8000 800080001 x8000 13800138000');
  expect(inside(to, '8000')).toEqual({ words: ['x8000', '800080001', '13800138000', 'longer8000word'], cut: false });
  expect(inside(to, '8000', 2)).toEqual({ words: ['x8000', '800080001'], cut: true });
  expect(wordsHolding(to, 1, '8000', 'end', 9)).toEqual({ words: ['x8000', '13800138000'], cut: false });
  expect(inside(to, 'nowhere')).toEqual({ words: [], cut: false });
  expect(inside(to, '0'), 'one character is in too many words to be looked for').toEqual({ words: [], cut: true });
});

test('a word that goes on is found by what is listed of it, and says by its length that it goes on', () => {
  const to = query();
  const long = 'ab'.repeat(limits.searchWord);
  written(to, `${long} x${'b'.repeat(limits.searchWord - 2)}`);
  expect(inside(to, 'bab').words).toEqual([long.slice(0, limits.searchWord)]);
  expect(wordsHolding(to, 1, 'ab', 'end', 9).words, 'its end is not known').toEqual([]);
  expect(inside(to, long)).toEqual({ words: [], cut: true });
});

test('parts grow to a bound, and go on where a process before left off', () => {
  const to = query();
  const many = (from: number) => Array.from({ length: 400 }, (_, n) => `word${from + n}`).join(' ');
  written(to, many(0), many(1_000), many(2_000), many(3_000));
  written(to, 'later1');
  expect(parts(to).map(({ n }) => n)).toEqual([1, 2, 3]);
  expect(parts(to).at(-1)?.words).toBe('later1\n');
  expect(inside(to, 'ord100', 1_000).words).toHaveLength(11);
  expect(inside(to, 'ater').words).toEqual(['later1']);
});

test('what a transaction lost is written with the next one', () => {
  const to = query();
  const vocabulary = new Vocabulary(to, 1);
  vocabulary.add('first');
  expect(() =>
    to.transaction(() => {
      vocabulary.write();
      throw new Error('disk');
    }),
  ).toThrow();
  expect(parts(to)).toEqual([]);
  vocabulary.add('first second');
  to.transaction(() => vocabulary.write());
  vocabulary.settled();
  expect(parts(to)).toEqual([{ n: 1, words: 'first\nsecond\n' }]);
});

test('a list made from known words replaces the one before', () => {
  const to = query();
  written(to, 'before');
  const steps = [
    ...gatherVocabulary(
      to,
      1,
      Array.from({ length: 4_100 }, (_, n) => `term${n}`),
    ),
  ];
  expect(steps).toEqual([2_000, 4_000]);
  expect(inside(to, 'efore').words).toEqual([]);
  expect(inside(to, 'rm409').words).toHaveLength(11);
});

test('a list that is too long is looked through from its end, and the answer says so', () => {
  const to = query();
  const insert = to.database.prepare('insert into vocabulary (session, n, words) values (1, ?, ?)');
  const filler = `${'z'.repeat(1024)}\n`.repeat(1024);
  const count = Math.ceil(limits.searchVocabulary / filler.length) + 20;
  for (let n = 1; n <= count; n += 1) insert.run(n, n === 1 || n === count ? `${filler}xneedle${n}\n` : filler);
  expect(inside(to, 'needle')).toEqual({ words: [`xneedle${count}`], cut: true });
});

test('deleting a session leaves none of its words on the disk', () => {
  const dir = dataFolder();
  const store = openStore({ dir });
  store.createSession(session('s1', { status: 'ended', endedAt: 1 }), RULES);
  const writer = store.writer('s1');
  const one = exchange(0, { request: { ...exchange(0).request, body: body('secretword') } });
  writer.exchange(one, row(one));
  writer.flush();
  store.deleteSession('s1');
  store.close();
  const database = new Sqlite(join(dir, 'overreach.sqlite'));
  expect(database.prepare('select count(*) as n from vocabulary').get()).toEqual({ n: 0 });
  expect(database.serialize().includes('secretword')).toBe(false);
  database.close();
});
