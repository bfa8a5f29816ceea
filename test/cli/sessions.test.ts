import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore } from '../../src/store/index.js';
import { MIGRATIONS } from '../../src/store/migrations.js';
import { sessionOf } from '../session/traffic.js';
import { commandLine, harOf } from './recorded-cli.js';

const cli = commandLine();
const ids: string[] = [];
beforeAll(async () => {
  for (const phone of ['13900000000', '13800000000']) {
    const file = join(cli.home, `${phone}.har`);
    writeFileSync(file, harOf('https://api.example.test/v1', `{"phone":"${phone}"}`));
    ids.push((await cli.run('import', file, '--category', 'news', '--app', 'App')).stdout.trim());
  }
}, 60_000);
afterAll(() => cli.remove());

test('list, show by the beginning of an id, and latest', async () => {
  const listed = JSON.parse((await cli.run('sessions', 'list', '--json')).stdout) as { sessions: Array<{ id: string; exchanges: number }> };
  expect(listed.sessions.map((session) => session.id).sort()).toEqual([...ids].sort());
  expect(listed.sessions[0]?.exchanges).toBe(1);
  expect((await cli.run('sessions', 'show', ids[0] ?? '')).stdout).toContain('手机号码');
  expect((await cli.run('sessions', 'show', (ids[1] ?? '').slice(0, -2))).stdout).toContain('手机号码');
  await expect(cli.run('sessions', 'show', 'har-')).rejects.toMatchObject({ code: 'OVR_SESSION' });
});

test('a name of several lines stays in its row', async () => {
  const file = join(cli.home, 'lines.har');
  writeFileSync(file, harOf('https://api.example.test/v2', '{"a":"b"}'));
  const id = (await cli.run('import', file, '--app', '两\n行 "🚕"')).stdout.trim();
  const rows = (await cli.run('sessions', 'list')).stdout.trimEnd().split('\n');
  expect(rows).toHaveLength(3);
  expect(rows.find((row) => row.startsWith(id))).toMatch(/1 次请求，0 项发现 {2}两 行 "🚕"$/);
  await cli.run('sessions', 'delete', id);
});

test('a deleted session leaves no trace on disk', async () => {
  await cli.run('sessions', 'delete', ids[0] ?? '');
  const left = readdirSync(join(cli.home, 'data'))
    .filter((name) => name.startsWith('overreach.sqlite'))
    .map((name) => readFileSync(join(cli.home, 'data', name), 'latin1'))
    .join('');
  expect(left).not.toContain('13900000000');
  expect(left).toContain('13800000000');
  const listed = JSON.parse((await cli.run('sessions', 'list', '--json')).stdout) as { sessions: unknown[] };
  expect(listed.sessions).toHaveLength(1);
});

// Was: a recording of last year was due at once when it was imported, and gone with the next purge.
test('purge removes what was stored before the retention time; an import counts from its import', async () => {
  const data = join(cli.home, 'data');
  const rules = { pack: 'cn-2021', version: '1', sha256: '' };
  const store = openStore({ dir: data });
  const at = Date.now() - 40 * 86_400_000;
  store.createSession(sessionOf({ id: 'aged-40-days', startedAt: at, status: 'ended', endedAt: at + 1 }), rules);
  store.close();
  const purge = async (...words: string[]) =>
    JSON.parse((await cli.run('sessions', 'purge', '--json', ...words)).stdout) as { purged: { sessions: number }; sessions: string[] };
  expect(await purge('--dry-run')).toMatchObject({ purged: { sessions: 0 }, dryRun: true, sessions: ['aged-40-days'] });
  expect((await cli.run('sessions', 'purge', '--dry-run')).stderr).toContain('会删除 1 个存入超过 30 天的会话');
  expect(await purge('--days', '1')).toMatchObject({ purged: { sessions: 1 }, dryRun: false });
  const listed = JSON.parse((await cli.run('sessions', 'list', '--json')).stdout) as { sessions: { id: string; startedAt: number }[] };
  // Its traffic is of 2026-01-01, and so it is shown.
  expect(listed.sessions).toMatchObject([{ id: ids[1], startedAt: Date.parse('2026-01-01T00:00:00.000Z') }]);
  expect((await cli.run('sessions', 'purge', '--lang', 'en')).stderr).toContain('imported ones from their import');
  await expect(cli.run('sessions', 'purge', '--days', 'many')).rejects.toMatchObject({ code: 'OVR_SETTING', exit: 2 });
});

test('imports of a database from before count from the day it was opened anew', () => {
  const dir = join(cli.home, 'older');
  mkdirSync(dir, { mode: 0o700 });
  const old = new Database(join(dir, 'overreach.sqlite'));
  const before = MIGRATIONS.findIndex((sql) => sql.includes('stored_at'));
  for (const migration of MIGRATIONS.slice(0, before)) old.exec(migration);
  old.pragma(`user_version = ${before}`);
  old.pragma(`application_id = ${0x4f565243}`);
  const row = old.prepare(
    `INSERT INTO session (id, started_at, ended_at, status, source, subject, scenes, pack, pack_version, rules_sha256) VALUES (?, 1000, 2000, 'ended', ?, '{}', '[]', 'cn-2021', '1', '')`,
  );
  row.run('recorded', 'proxy');
  row.run('imported', 'har');
  old.close();
  chmodSync(join(dir, 'overreach.sqlite'), 0o600);
  const store = openStore({ dir });
  expect(store.due(Date.now() - 60_000).map(({ id }) => id)).toEqual(['recorded']);
  store.close();
});

test('incident: a session whose remains another program kept on the disk was called deleted without a word', async () => {
  const file = join(cli.home, 'remains.har');
  writeFileSync(file, harOf('https://api.example.test/v1', '{"phone":"13900000000"}'));
  const id = (await cli.run('import', file)).stdout.trim();
  const reader = new Database(join(cli.home, 'data', 'overreach.sqlite'), { readonly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM exchange').get();
  const { stdout, stderr } = await cli.run('sessions', 'delete', id, '--json');
  reader.exec('ROLLBACK');
  reader.close();
  expect(JSON.parse(stdout)).toEqual({ deleted: id, complete: false });
  expect(stderr).toContain('残余内容');
  const again = (await cli.run('import', file)).stdout.trim();
  expect(JSON.parse((await cli.run('sessions', 'delete', again, '--json')).stdout)).toEqual({ deleted: again, complete: true });
});
