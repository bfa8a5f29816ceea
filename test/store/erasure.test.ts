import { afterEach, expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import { openDatabase } from '../../src/store/database.js';
import { eraseDoomed } from '../../src/store/erasure.js';
import { twoSessions } from './lists.js';
import { exchange, removeFolders, row } from './specimen.js';

afterEach(removeFolders);

test('a session of several steps goes whole, its neighbour stays whole', () => {
  const { database, query, first, second } = twoSessions();
  const count = limits.storeDeleteStep + 5;
  query.transaction(() => {
    for (let seq = 0; seq < count; seq++) first.exchange(exchange(seq), row(exchange(seq)), {});
    for (let seq = 0; seq < 3; seq++) second.exchange(exchange(seq), row(exchange(seq)), {});
  });
  database.exec('update session set doomed = 1 where number = 1');
  expect(eraseDoomed(query)).toEqual({ sessions: 1, complete: true });
  for (const table of ['exchange', 'wire', 'body', 'session'])
    expect(database.prepare(`select count(*) from ${table}`).pluck().get(), table).toBe(table === 'session' ? 1 : table === 'body' ? 6 : 3);
  expect(database.prepare(`select name from sqlite_master where name like 'search_1%'`).all()).toEqual([]);
  expect(eraseDoomed(query)).toEqual({ sessions: 0, complete: true });
  database.close();
});

test('a reader that still looks at the old state is said, not hidden', () => {
  const { database, query, first } = twoSessions();
  first.exchange(exchange(0), row(exchange(0)), {});
  database.pragma('busy_timeout = 0');
  const reader = openDatabase(database.name.replace(/\/[^/]*$/, ''), true);
  reader.exec('begin');
  reader.prepare('select count(*) from exchange').get();
  database.exec('update session set doomed = 1 where number = 1');
  expect(eraseDoomed(query)).toEqual({ sessions: 1, complete: false });
  reader.exec('rollback');
  reader.close();
  database.close();
});
