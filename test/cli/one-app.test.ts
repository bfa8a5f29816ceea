import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { appsWithoutCategory } from '../../src/cli/one-app.js';
import type { SessionReport } from '../../src/model/report.js';
import { commandLine, harOf } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());

const MINI = 'wechat:wx0123456789abcdef';
const log = JSON.parse(harOf('https://api.example.test/v1', '{"phone":"13900000000"}', '{"phone":"13900000000"}')) as {
  log: { entries: Array<{ request: { url: string; headers: Array<{ name: string; value: string }> } }> };
};
const mini = log.log.entries[1]?.request;
if (mini === undefined) throw new Error('no entry');
mini.url = 'https://shop.example.test/order';
mini.headers.push({ name: 'Referer', value: 'https://servicewechat.com/wx0123456789abcdef/12/page-frame.html' });
const har = join(cli.home, 'a.har');
writeFileSync(har, JSON.stringify(log));

const json = async (...words: string[]) => JSON.parse((await cli.run(...words)).stdout) as SessionReport;
const verdicts = (report: SessionReport) => report.findings.map(({ app, verdict }) => [app, verdict]).sort();

test('each app is held against its own category, in check, import and rejudge alike', async () => {
  const flags = ['--category', `news,${MINI}=online_shopping`];
  const expected = [
    ['main', 'beyond_necessary'],
    [MINI, 'necessary'],
  ];
  expect(verdicts(await json('check', har, ...flags, '--json'))).toEqual(expected);
  const { session } = JSON.parse((await cli.run('import', har, '--json', '--category', 'news')).stdout) as { session: string };
  expect(verdicts(await json('check', session, '--json'))).toEqual([expected[0], [MINI, 'not_judged']]);
  expect(verdicts(await json('rejudge', session, '--category', `${MINI}=online_shopping`, '--json'))).toEqual(expected);

  const report = await json('report', session, '--format', 'json', '--app-id', MINI);
  expect(verdicts(report)).toEqual([expected[1]]);
  expect(report.session).toMatchObject({ app: MINI, category: 'online_shopping' });
  expect(report.parties.map(({ host }) => host)).toEqual(['shop.example.test']);
  expect(report.exchanges.count).toBe(1);
});

test('of a HAR, too: the category of the app decides, and the threshold with it', async () => {
  const flags = ['--category', `news,${MINI}=online_shopping`, '--json'];
  const whole = await cli.run('check', har, ...flags);
  expect(whole.code).toBe(1);
  const part = await cli.run('check', har, ...flags, '--app-id', MINI);
  expect(part.code).toBe(0);
  expect((JSON.parse(part.stdout) as SessionReport).exchanges.count).toBe(1);
  expect((await cli.run('check', har, '--category', 'news', '--app-id', MINI, '--json')).code).toBe(3);
  await expect(cli.run('check', har, '--app-id', 'alipay:2018')).rejects.toMatchObject({
    code: 'OVR_APP_ID',
    next: expect.stringContaining(MINI),
  });
});

test('an app without a category is named in the summary', async () => {
  const { stdout } = await cli.run('check', har, '--category', 'news');
  expect(stdout).toContain(`! ${MINI}: 1 项发现来自未选类型的 App 或小程序，未判定 (--category ${MINI}=ID)`);
  const report = await json('check', har, '--category', `news,${MINI}=browser`, '--json');
  expect(appsWithoutCategory(report)).toEqual([]);
});
