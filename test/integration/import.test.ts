import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { MAIN, runProgram, temporaryFolder } from './program.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const MARKER = 'planted-value-of-nobody';

function har(entries: number): string {
  const entry = (at: number) => ({
    startedDateTime: '2026-01-01T00:00:00.000Z',
    request: {
      method: 'POST',
      url: `https://api.example.test/${at}`,
      httpVersion: 'HTTP/1.1',
      headers: [{ name: 'Content-Type', value: 'application/json' }],
      postData: { mimeType: 'application/json', text: `{"page":${at},"note":"${MARKER}"}` },
    },
    response: { status: 200, headers: [], content: { size: 0 } },
  });
  return JSON.stringify({ log: { version: '1.2', entries: Array.from({ length: entries }, (_, at) => entry(at)) } });
}

test('stopped halfway, an import leaves no session and none of its values behind; running it again is safe', async () => {
  const file = join(folder.path, 'long.har');
  writeFileSync(file, har(30_000));
  const data = join(folder.path, 'data');
  const env = { PATH: process.env.PATH, HOME: folder.path, OVERREACH_DATA_DIR: data };
  const child = spawn(process.execPath, [MAIN, 'import', file], { cwd: folder.path, env, stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const log = join(data, 'overreach.sqlite-wal');
  // Only once something is on the disk there is something to take back.
  await expect.poll(() => existsSync(log) && statSync(log).size > 200_000, { timeout: 60_000, interval: 20 }).toBe(true);
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  const list = await runProgram(folder.path, ['sessions', 'list', '--json']);
  expect(JSON.parse(list.stdout)).toMatchObject({ sessions: [] });
  for (const name of ['overreach.sqlite', 'overreach.sqlite-wal']) {
    const path = join(data, name);
    if (existsSync(path)) expect(readFileSync(path).includes(MARKER)).toBe(false);
  }
  writeFileSync(file, har(3));
  const again = await runProgram(folder.path, ['import', file, '--json']);
  expect(JSON.parse(again.stdout)).toMatchObject({ exchanges: 3, notAnalysed: 0 });
}, 120_000);

test('killed without a word, an import is an interrupted session, not one that looks whole', async () => {
  const file = join(folder.path, 'killed.har');
  writeFileSync(file, har(30_000));
  const data = join(folder.path, 'killed');
  const env = { PATH: process.env.PATH, HOME: folder.path, OVERREACH_DATA_DIR: data };
  const child = spawn(process.execPath, [MAIN, 'import', file], { cwd: folder.path, env, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const log = join(data, 'overreach.sqlite-wal');
  await expect.poll(() => existsSync(log) && statSync(log).size > 200_000, { timeout: 60_000, interval: 20 }).toBe(true);
  child.kill('SIGKILL');
  await ended;
  writeFileSync(file, har(3));
  await runProgram(folder.path, ['import', file], { OVERREACH_DATA_DIR: data });
  const { stdout } = await runProgram(folder.path, ['sessions', 'list', '--json'], { OVERREACH_DATA_DIR: data });
  const { sessions } = JSON.parse(stdout) as { sessions: Array<{ status: string }> };
  expect(sessions.map(({ status }) => status).sort()).toEqual(['ended', 'interrupted']);
}, 120_000);
