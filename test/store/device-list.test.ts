import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import type { SeenDevice } from '../../src/model/session.js';
import { APPLICATION_ID } from '../../src/store/directory.js';
import { MIGRATIONS } from '../../src/store/migrations.js';
import { openStore } from '../../src/store/store.js';
import { dataFolder, RULES, removeFolders, session } from './specimen.js';

afterEach(removeFolders);

const device = (address: string, firstSeen: number, part: Partial<SeenDevice> = {}): SeenDevice => ({
  address,
  firstSeen,
  lastSeen: firstSeen + 10,
  known: null,
  lights: { proxySet: false, downloaded: false, trusted: false },
  ...part,
});

test('what was known of a phone is known after a restart, as it was last, and goes with its session', () => {
  const dir = dataFolder();
  const before = openStore({ dir });
  before.createSession(session('s1'), RULES);
  before.createSession(session('s2'), RULES);
  before.keepDevice('s1', device('192.0.2.9', 20));
  before.keepDevice('s1', device('192.0.2.8', 10));
  const later = device('192.0.2.8', 10, {
    lastSeen: 90,
    known: 'Pixel 8 · Android 14',
    lights: { proxySet: true, downloaded: true, trusted: false },
  });
  before.keepDevice('s1', later);
  before.keepDevice('s2', device('192.0.2.9', 5));
  before.close();

  const after = openStore({ dir });
  expect(after.devices('s1')).toEqual([later, device('192.0.2.9', 20)]);
  after.markInterrupted();
  after.deleteSession('s1');
  expect(() => after.devices('s1')).toThrow(/no session/);
  expect(after.devices('s2')).toEqual([device('192.0.2.9', 5)]);
  after.close();
  const database = new Sqlite(join(dir, 'overreach.sqlite'), { readonly: true });
  expect(database.prepare('select count(*) as n from device').get()).toEqual({ n: 1 });
  database.close();
});

test('a database of the version before opens: of its sessions no phone is known, and notes can be kept from now on', () => {
  const dir = dataFolder();
  const version = MIGRATIONS.findIndex((sql) => sql.includes('CREATE TABLE device'));
  const old = new Sqlite(join(dir, 'overreach.sqlite'));
  for (const migration of MIGRATIONS.slice(0, version)) old.exec(migration);
  old.pragma(`application_id = ${APPLICATION_ID}`);
  old.pragma(`user_version = ${version}`);
  old.exec(
    `insert into session (id, started_at, status, source, subject, scenes, pack, pack_version, rules_sha256)
     values ('old', 1, 'ended', 'har', '{"app":"A"}', '[]', 'cn-2021', '1', 'ff')`,
  );
  old.close();
  chmodSync(join(dir, 'overreach.sqlite'), 0o600);
  const store = openStore({ dir });
  expect(store.devices('old')).toEqual([]);
  store.keepDevice('old', device('192.0.2.8', 1));
  expect(store.devices('old')).toHaveLength(1);
  store.close();
});
