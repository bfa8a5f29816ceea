import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';

/** Runs `untilStopped` in a process of its own and sends it signals. */
function stopping(endMs: number, signals: readonly NodeJS.Signals[]): Promise<{ code: number | null; out: string }> {
  const script = `
    import { untilStopped } from './src/cli/stop.ts';
    const cli = { terminal: { say: (text) => console.log(text) } };
    const alive = setInterval(() => {}, 1000);
    console.log('ready');
    untilStopped(cli, () => new Promise((resolve) => setTimeout(resolve, ${endMs}))).then(() => { console.log('ended'); clearInterval(alive); process.exit(0); });
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  return new Promise((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (!chunk.toString().includes('ready')) return;
      for (const [index, signal] of signals.entries()) setTimeout(() => child.kill(signal), 100 + index * 200);
    });
    child.on('close', (code) => resolve({ code, out }));
  });
}

test('a signal ends in order', async () => {
  expect(await stopping(10, ['SIGTERM'])).toEqual({ code: 0, out: 'ready\nended\n' });
});

test('a second signal ends at once', async () => {
  expect(await stopping(60_000, ['SIGINT', 'SIGINT'])).toEqual({ code: 130, out: 'ready\n' });
});
