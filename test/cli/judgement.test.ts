import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { SessionReport } from '../../src/model/report.js';
import { commandLine, harOf } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());

test('a judgement that was replaced can be printed again, in every format; others are named', { timeout: 120_000 }, async () => {
  const har = join(cli.home, 'a.har');
  writeFileSync(har, harOf('https://api.example.test/v1', '{"phone":"13900000000"}'));
  const { session } = JSON.parse((await cli.run('import', har, '--category', 'ride_hailing', '--json')).stdout) as { session: string };
  await expect(cli.run('report', session, '--judgement', '1')).rejects.toMatchObject({
    code: 'OVR_JUDGEMENT',
    next: expect.stringContaining('never'),
  });
  const before = JSON.parse((await cli.run('report', session, '--format', 'json')).stdout) as SessionReport;
  await cli.run('rejudge', session, '--category', 'news');
  expect(JSON.parse((await cli.run('report', session, '--judgement', '1', '--format', 'json')).stdout)).toEqual(before);
  expect((await cli.run('report', session, '--judgement', '1', '--format', 'markdown')).stdout).toContain('网络约车类');
  expect((await cli.run('report', session, '--format', 'markdown')).stdout).toContain('新闻资讯类');
  await expect(cli.run('report', session, '--judgement', '2')).rejects.toThrow(/no earlier judgement "2"/);
  for (const flag of [['--show-values'], ['--candidates'], ['--app-id', 'main']])
    await expect(cli.run('report', session, '--judgement', '1', ...flag), flag[0]).rejects.toMatchObject({
      code: 'OVR_JUDGEMENT',
      zh: expect.stringContaining('请去掉'),
    });
});
