import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Origin, runProgram, startOrigin, startProgram, temporaryFolder, until } from './program.js';

const run = promisify(execFile);
const folder = temporaryFolder();
let origin: Origin;
beforeAll(async () => {
  origin = await startOrigin(folder.path);
});
afterAll(async () => {
  await origin.close();
  folder.remove();
});

test('a killed process loses nothing that was shown, and its session is marked interrupted', async () => {
  const program = await startProgram(folder.path, ['--upstream-ca', origin.ca, '--category', 'news']);
  for (let index = 0; index < 5; index += 1)
    await run('curl', [
      '-sS',
      '--proxy',
      program.proxy,
      '--cacert',
      program.ca,
      '-d',
      'imei=490154203237518',
      `https://localhost:${origin.httpsPort}/${index}`,
    ]);
  const shown = (await until(
    () => program.api(`/api/sessions/${program.session}`),
    (answer) => (answer as { counters: { exchanges: number } }).counters.exchanges === 5,
  )) as { findings: Array<{ dataType: string; count: number }> };
  await program.kill();

  const { stdout } = await runProgram(folder.path, ['sessions', 'show', program.session, '--json']);
  const report = JSON.parse(stdout) as { exchanges: { count: number }; findings: Array<{ dataType: string; count: number }> };
  expect(report.exchanges.count).toBe(5);
  const imei = (list: Array<{ dataType: string; count: number }>) => list.find((finding) => finding.dataType === 'imei')?.count;
  expect(imei(shown.findings)).toBe(5);
  expect(imei(report.findings)).toBe(5);

  const next = await startProgram(folder.path);
  const list = JSON.parse((await runProgram(folder.path, ['sessions', 'list', '--json'])).stdout) as {
    sessions: Array<{ id: string; status: string }>;
  };
  expect(list.sessions.find((session) => session.id === program.session)?.status).toBe('interrupted');
  expect((await next.stop()).code).toBe(0);
});
