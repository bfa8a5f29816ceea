import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Origin, type RunningProgram, startOrigin, startProgram, temporaryFolder, until } from './program.js';
import { requestThrough } from './proxied.js';

/** Another program holds the database, or takes it away, while a session runs. */
let folder: ReturnType<typeof temporaryFolder>;
let origin: Origin;
let program: RunningProgram;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

beforeEach(async () => {
  folder = temporaryFolder();
  origin = await startOrigin(folder.path);
  program = await startProgram(folder.path, ['--category', 'news']);
});
afterEach(async () => {
  await program.stop();
  await origin.close();
  folder.remove();
});

const send = () =>
  requestThrough(program.proxyPort, `http://127.0.0.1:${origin.httpPort}/collect`, '{"imei":"490154203237518"}', {
    'content-type': 'application/json',
  });
const trouble = async () => ((await program.api('/api/state')) as { trouble: { code: string } | null }).trouble?.code ?? null;
const exchanges = async () =>
  ((await program.api(`/api/sessions/${program.session}`)) as { counters: { exchanges: number } }).counters.exchanges;

test('incident: while another program held the database, nothing was relayed for seconds', { timeout: 60_000 }, async () => {
  await send();
  await until(exchanges, (count) => count === 1);
  const other = new Sqlite(join(folder.path, 'data', 'overreach.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  // A phone that opens the page for phones is noted with the session: by the thread that relays.
  await fetch(`http://127.0.0.1:${program.proxyPort}/`, { headers: { 'user-agent': 'Mozilla/5.0 (Linux; Android 14; Pixel 8)' } });
  let slowest = 0;
  let sent = 1;
  for (const end = performance.now() + 7_000; performance.now() < end; await pause(50)) {
    const began = performance.now();
    await send();
    sent += 1;
    slowest = Math.max(slowest, performance.now() - began);
  }
  expect(slowest).toBeLessThan(3_000);
  await until(trouble, (code) => code === 'OVR_STORE_BUSY');
  other.exec('COMMIT');
  other.close();
  await until(exchanges, (count) => count === sent);
  expect(await trouble()).toBeNull();
});

test('incident: a data folder that was removed while a session ran was not told, and the session said to be stored', {
  timeout: 60_000,
}, async () => {
  await send();
  await until(exchanges, (count) => count === 1);
  const data = join(folder.path, 'data');
  renameSync(data, `${data}-away`);
  await send();
  await until(trouble, (code) => code === 'OVR_STORE_GONE');
  renameSync(`${data}-away`, data);
  await until(exchanges, (count) => count === 2);
  await until(trouble, (code) => code === null);
  rmSync(data, { recursive: true });
  await send();
  const { code, stderr } = await program.stop();
  expect(code).toBe(2);
  expect(stderr).toContain('OVR_STORE_GONE');
  // When the folder was put back.
  expect(stderr.match(/The disk takes records again|磁盘恢复写入/g)).toHaveLength(1);
  expect(stderr).not.toContain('Session stored');
});
