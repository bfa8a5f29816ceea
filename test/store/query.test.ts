import { dirname } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.js';
import { build, Query } from '../../src/store/query.js';
import { dataFolder, removeFolders } from './specimen.js';

let database: Database;
let query: Query;
beforeEach(() => {
  database = openDatabase(dataFolder(), false);
  query = new Query(database);
});
afterEach(() => {
  database.close();
  removeFolders();
});

test('runs what was built, values always bound', () => {
  const hostile = `'); drop table setting; --`;
  expect(query.run(build.insertInto('setting').values({ key: hostile, value: 'v' }))).toBe(1);
  expect(query.get(build.selectFrom('setting').select('value').where('key', '=', hostile))).toEqual({ value: 'v' });
  expect(query.get(build.selectFrom('setting').select('value').where('key', '=', 'none'))).toBeUndefined();
  expect(query.all(build.selectFrom('setting').selectAll())).toHaveLength(1);
});

test('prepared takes values in the order of the columns', () => {
  const insert = query.prepared(build.insertInto('setting').values({ key: '', value: '' }));
  expect(insert('a', '1')).toBe(1);
  expect(() => insert('a', '2')).toThrow(expect.objectContaining({ code: 'OVR_STORE' }));
  expect(query.all(build.selectFrom('setting').selectAll())).toEqual([{ key: 'a', value: '1' }]);
});

test('a transaction is all or nothing', () => {
  expect(() =>
    query.transaction(() => {
      query.run(build.insertInto('setting').values({ key: 'a', value: '1' }));
      throw new Error('stop');
    }),
  ).toThrow(expect.objectContaining({ code: 'OVR_STORE' }));
  expect(query.all(build.selectFrom('setting').selectAll())).toEqual([]);
});

test('what is read in one moment does not see what another process writes meanwhile', () => {
  const other = new Query(openDatabase(dirname(database.name), false));
  const count = () => query.all(build.selectFrom('setting').selectAll()).length;
  const seen = query.moment(() => {
    const before = count();
    other.run(build.insertInto('setting').values({ key: 'a', value: '1' }));
    return [before, count()];
  });
  expect([seen, count()]).toEqual([[0, 0], 1]);
  other.database.close();
});

test('any number of statement shapes does not pile up', () => {
  for (let n = 0; n < 1_200; n++) query.get(sql`select ${sql.lit(n)}`.compile(build));
  expect(query.get(sql<{ one: number }>`select 1 as one`.compile(build))).toEqual({ one: 1 });
});
