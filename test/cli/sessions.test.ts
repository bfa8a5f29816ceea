import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

test('purge removes what is older than the retention time', async () => {
  const purged = JSON.parse((await cli.run('sessions', 'purge', '--days', '1', '--json')).stdout) as { purged: { sessions: number } };
  expect(purged.purged.sessions).toBe(1);
});
