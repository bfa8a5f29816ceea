import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { runProgram, temporaryFolder, until } from './program.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const home = temporaryFolder();
const data = join(home.path, 'data');
afterAll(() => home.remove());

/** `npm start`, as the README says it; stopped by a supervisor that knows npm's process only. */
function npmStart(): ChildProcess {
  const env = { PATH: process.env.PATH, HOME: home.path, NO_COLOR: '1', OVERREACH_DATA_DIR: data };
  return spawn('npm', ['start', '--', '--listen', '127.0.0.1:0', '--ui', '127.0.0.1:0'], { cwd: root, env, stdio: 'ignore' });
}

/** The process that records: it leaves a note for other commands. */
function recorder(): number | null {
  try {
    const [note = ''] = readdirSync(join(data, 'running'));
    return (JSON.parse(readFileSync(join(data, 'running', note), 'utf8')) as { pid: number }).pid;
  } catch {
    return null;
  }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

// Was: npm ended at once, and the proxy went on listening with nobody to stop it.
test('SIGTERM to npm start ends the session in order', async () => {
  const npm = npmStart();
  const ended = new Promise<void>((resolve) => npm.on('close', () => resolve()));
  const pid = await until(
    async () => recorder(),
    (found) => found !== null,
    60_000,
  );
  npm.kill('SIGTERM');
  await ended;
  if (pid === null) throw new Error('nothing was recording');
  expect(
    await until(
      async () => isThere(pid),
      (there) => !there,
      20_000,
    ),
  ).toBe(false);
  const { stdout } = await runProgram(home.path, ['sessions', 'list', '--json']);
  expect((JSON.parse(stdout) as { sessions: { status: string }[] }).sessions.map(({ status }) => status)).toEqual(['ended']);
});

test('incident: without the built program npm start said no more than that a module is missing', () => {
  const bare = join(home.path, 'bare');
  mkdirSync(join(bare, 'scripts'), { recursive: true });
  cpSync(join(root, 'scripts', 'assert-built.mjs'), join(bare, 'scripts', 'assert-built.mjs'));
  const { name, type, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(bare, 'package.json'), JSON.stringify({ name, type, scripts }));
  for (const command of ['start', 'demo', 'overreach']) {
    const { status, stderr } = spawnSync('npm', ['run', '--silent', command], { cwd: bare, encoding: 'utf8' });
    expect(status, command).toBe(2);
    expect(stderr).toContain('npm run build');
    expect(stderr).not.toContain('MODULE_NOT_FOUND');
  }
});
