import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { SessionReport } from '../../src/model/report.js';
import { harOf } from '../cli/recorded-cli.js';
import { MAIN, runProgram, temporaryFolder, until } from './program.js';

/** Several recordings at once, large enough to be shared among threads. */
const folder = temporaryFolder();
const runs = join(folder.path, 'runs');
mkdirSync(runs);
afterAll(() => folder.remove());

function recording(name: string, exchanges: number, last: string): void {
  const filler = Array.from({ length: exchanges }, (_, index) => JSON.stringify({ page: index, words: 'x'.repeat(600) }));
  writeFileSync(join(runs, name), harOf('https://api.example.test/v1', ...filler, last));
}

const LEAK = '{"imei":"490154203237518"}';
recording('a-long.har', 3_000, LEAK);
recording('b-short.har', 10, LEAK);
recording('c-quiet.har', 2_000, '{"page":1}');
writeFileSync(join(runs, 'd-bad.har'), '{"log":{"entries":[{');

test('threads give what one thread gives, in the order of the names, whichever is ready first', async () => {
  const { code, stdout, stderr } = await runProgram(folder.path, ['check', 'runs', '--category', 'news', '--json']);
  const document = JSON.parse(stdout) as {
    reports: Array<{ input: string; report?: SessionReport; error?: { code: string } }>;
    summary: { failing: Array<{ inputs: string[] }>; unreadable: number; exit: number };
  };
  expect(document.reports.map(({ input }) => input)).toEqual(
    ['a-long', 'b-short', 'c-quiet', 'd-bad'].map((name) => join('runs', `${name}.har`)),
  );
  expect(document.reports[3]?.report?.findings ?? []).toEqual([]);
  expect(document.summary.failing).toMatchObject([{ inputs: [join('runs', 'a-long.har'), join('runs', 'b-short.har')] }]);
  expect(code).toBe(1);
  expect(stderr).not.toContain('\r');
  const alone = await runProgram(folder.path, ['check', join('runs', 'a-long.har'), '--category', 'news', '--json']);
  expect(document.reports[0]?.report).toEqual(JSON.parse(alone.stdout));
});

/** Whether the process has a handler for the signal by now (proc(5), SigCgt; Node has none of its own for SIGHUP). Elsewhere than on Linux: yes, after a moment. */
async function catches(pid: number, signal: number): Promise<boolean> {
  if (process.platform !== 'linux') return new Promise((resolve) => setTimeout(() => resolve(true), 3_000));
  const mask = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  return (BigInt(`0x${mask}`) & (1n << BigInt(signal - 1))) !== 0n;
}

test('Ctrl-C ends it with 130 and no file', async () => {
  for (let copy = 0; copy < 4; copy += 1) recording(`big-${copy}.har`, 12_000, LEAK);
  const args = ['check', 'runs', '--category', 'news', '--format', 'html', '--out', 'out'];
  mkdirSync(join(folder.path, 'out'), { recursive: true });
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder.path,
    env: { PATH: process.env.PATH, HOME: folder.path, OVERREACH_DATA_DIR: join(folder.path, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const end = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  );
  await until(async () => catches(child.pid ?? 0, constants.signals.SIGHUP), Boolean, 20_000);
  child.kill('SIGINT');
  expect(await end).toEqual({ code: 130, signal: null });
  expect(stderr).toContain('OVR_CANCELLED');
  expect(readdirSync(join(folder.path, 'out'))).toEqual([]);
});
