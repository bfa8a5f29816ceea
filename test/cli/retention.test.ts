import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRetention } from '../../src/cli/retention.js';
import { readSettings } from '../../src/cli/settings.js';
import { openStore, type Store } from '../../src/store/index.js';
import { sessionOf } from '../session/traffic.js';

const DAY = 86_400_000;
let home: string;
let store: Store;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'overreach-retention-'));
  store = openStore({ dir: home });
});
afterEach(() => {
  store.close();
  rmSync(home, { recursive: true });
});

test('a change holds at once, is kept, and decides what is due', async () => {
  const around = { env: { HOME: home }, cwd: home };
  const rules = { pack: 'cn-2021', version: '1', sha256: '' };
  const aged = (id: string, days: number) => {
    const at = Date.now() - days * DAY;
    store.createSession(sessionOf({ id, startedAt: at, status: 'ended', endedAt: at + 1 }), rules);
  };
  aged('aged-40', 40);
  aged('aged-10', 10);
  const retention = createRetention(store, readSettings({ dataDir: home }, around), around, async (olderThan) => store.purge(olderThan));
  expect([retention.days(), retention.due()]).toEqual([30, 1]);
  retention.change(7);
  expect([retention.days(), retention.due()]).toEqual([7, 2]);
  expect(readSettings({}, around).retentionDays).toBe(7);
  retention.change(20);
  expect((await retention.purge()).sessions).toBe(1);
  expect(store.sessions().map(({ session }) => session.id)).toEqual(['aged-10']);
});
