import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { commandLine, harOf } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());

test('a HAR becomes a stored session with its exchanges, evidence and subject', async () => {
  const file = join(cli.home, 'a.har');
  writeFileSync(file, harOf('https://api.example.test/v1', '{"phone":"13900000000"}', '{"phone":"13900000000"}'));
  const { stdout } = await cli.run('import', file, '--category', 'news', '--app', 'App', '--json');
  const { session, exchanges } = JSON.parse(stdout) as { session: string; exchanges: number };
  expect(exchanges).toBe(2);
  const shown = JSON.parse((await cli.run('sessions', 'show', session, '--json')).stdout) as {
    session: { source: string; app: string };
    findings: Array<{ count: number; verdict: string }>;
  };
  expect(shown.session).toMatchObject({ source: 'har', app: 'App' });
  expect(shown.findings).toMatchObject([{ count: 2, verdict: 'beyond_necessary' }]);
});

test('a file that is no HAR stores nothing', async () => {
  const file = join(cli.home, 'b.har');
  writeFileSync(file, '{"log":');
  await expect(cli.run('import', file)).rejects.toMatchObject({ exit: 2 });
  const { sessions } = JSON.parse((await cli.run('sessions', 'list', '--json')).stdout) as { sessions: unknown[] };
  expect(sessions).toHaveLength(1);
});
