import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

interface Result {
  readonly group: string;
  readonly name: string;
  readonly verdict: string;
  readonly direct: string;
  readonly through: string;
  readonly reason: string | null;
}

const SCRIPT = fileURLToPath(new URL('../../../scripts/conformance.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Groups in which nothing but a client certificate may differ, whatever reason a row gives. */
const EXACT = ['HTTP/1.1 in TLS', 'ALPN', 'HTTP/2', 'gRPC', 'WebSocket in TLS', 'TLS'];

test('a connection through Overreach is the same as a direct one', { timeout: 120_000 }, async () => {
  // In a process of its own: it plays client and origin at once, and what it does to sockets is not kind to a test runner.
  const { code, stdout, stderr } = await new Promise<{ code: number; stdout: string; stderr: string }>((resolve) =>
    execFile(
      process.execPath,
      ['--import', 'tsx', SCRIPT, '--json'],
      { cwd: ROOT, maxBuffer: 64 << 20, timeout: 110_000 },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
    ),
  );
  expect(stdout, stderr).toMatch(/^\[/);
  const results = JSON.parse(stdout.split('\n')[0] ?? '') as Result[];
  expect(results.filter(({ verdict }) => verdict === 'DIFFERS')).toEqual([]);
  const excused = results.filter(({ verdict }) => verdict === 'documented');
  expect(excused.filter(({ group, name }) => EXACT.includes(group) && name !== 'client certificate')).toEqual([]);
  expect(excused.every(({ reason }) => (reason ?? '').length > 20)).toBe(true);
  expect(results.length).toBeGreaterThan(150);
  expect(code).toBe(0);
});
