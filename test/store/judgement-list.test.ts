import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { APPLICATION_ID } from '../../src/store/directory.js';
import { openStore } from '../../src/store/index.js';
import { keepJudgement, listJudgements } from '../../src/store/judgement-list.js';
import { MIGRATIONS } from '../../src/store/migrations.js';
import { twoSessions } from './lists.js';
import { dataFolder, RULES, removeFolders, session } from './specimen.js';

afterEach(removeFolders);

test('each session has its own, numbered, oldest first, never written over', () => {
  const { database, query } = twoSessions();
  expect([keepJudgement(query, 1, 10, 'a'), keepJudgement(query, 2, 11, 'b'), keepJudgement(query, 1, 12, 'c')]).toEqual([1, 1, 2]);
  expect(listJudgements(query, 1)).toEqual([
    { n: 1, at: 10, document: 'a' },
    { n: 2, at: 12, document: 'c' },
  ]);
  database.close();
});

test('they leave the disk with their session', () => {
  const dir = dataFolder();
  const store = openStore({ dir });
  store.createSession(session('s1', { status: 'ended' }), RULES);
  store.keepJudgement('s1', 1, 'earlier');
  store.deleteSession('s1');
  store.close();
  const database = new Sqlite(join(dir, 'overreach.sqlite'), { readonly: true });
  expect(database.prepare('select count(*) as n from judgement').get()).toEqual({ n: 0 });
  database.close();
});

test('a database of the first layout is brought up to date with everything in it', () => {
  const dir = dataFolder();
  const first = MIGRATIONS[0] ?? '';
  const old = new Sqlite(join(dir, 'overreach.sqlite'));
  old.exec(first);
  old.pragma(`application_id = ${APPLICATION_ID}`);
  old.pragma('user_version = 1');
  old
    .prepare(
      `insert into session (id, started_at, status, source, subject, scenes, pack, pack_version, rules_sha256)
       values ('old', 1, 'ended', 'har', '{"app":"A"}', '[]', 'cn-2021', '1', 'ff')`,
    )
    .run();
  old.close();
  chmodSync(join(dir, 'overreach.sqlite'), 0o600);
  const store = openStore({ dir });
  expect(store.session('old')).toMatchObject({ id: 'old', subject: { app: 'A' } });
  expect(store.keepJudgement('old', 5, 'x')).toBe(1);
  expect(store.judgements('old')).toEqual([{ n: 1, at: 5, document: 'x' }]);
  store.close();
});

test('together: all of it or nothing', () => {
  const store = openStore({ dir: dataFolder() });
  store.createSession(session('s1', { status: 'ended' }), RULES);
  expect(() =>
    store.together(() => {
      store.keepJudgement('s1', 1, 'x');
      store.updateSession(session('s1', { status: 'ended', device: 'changed' }));
      throw new Error('halfway');
    }),
  ).toThrow('halfway');
  expect(store.judgements('s1')).toEqual([]);
  expect(store.session('s1')?.device).toBe('Pixel');
  store.close();
});
