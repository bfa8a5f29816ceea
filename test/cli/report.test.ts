import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandLine, harOf } from './recorded-cli.js';

const cli = commandLine();
beforeAll(async () => {
  const file = join(cli.home, 'a.har');
  writeFileSync(file, harOf('https://api.example.test/v1', '{"phone":"13900000000"}'));
  await cli.run('import', file, '--category', 'news');
}, 120_000);
afterAll(() => cli.remove());

test('to a file or to stdout, in any format, masked unless asked for', { timeout: 120_000 }, async () => {
  const out = join(cli.home, 'report.html');
  await cli.run('report', 'latest', '--out', out);
  expect(readFileSync(out, 'utf8')).toContain('新闻资讯类');
  expect(readFileSync(out, 'utf8')).not.toContain('13900000000');
  const { stdout } = await cli.run('report', 'latest', '--format', 'json');
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1 });
  const raw = join(cli.home, 'raw.json');
  await cli.run('report', 'latest', '--format', 'json', '--show-values', '--out', raw);
  expect(readFileSync(raw, 'utf8')).toContain('13900000000');
  expect(statSync(raw).mode & 0o777).toBe(0o600);
});

test('an unknown format or session, or a path that cannot be written, says what to do', async () => {
  await expect(cli.run('report', 'latest', '--format', 'papyrus')).rejects.toMatchObject({ code: 'OVR_REPORT_FORMAT' });
  await expect(cli.run('report', 'nothing')).rejects.toMatchObject({ code: 'OVR_SESSION' });
  await expect(cli.run('report', 'latest', '--out', join(cli.home, 'no', 'such', 'folder'))).rejects.toMatchObject({ code: 'OVR_OUT' });
});

test('incident: a recording for one app held the traffic of all, and options that say nothing in a recording were taken in silence', {
  timeout: 120_000,
}, async () => {
  const file = join(cli.home, 'two.har');
  const two = JSON.parse(harOf('https://api.example.test/v1', '{"phone":"13900000000"}', '{"phone":"13900000000","page":2}'));
  two.log.entries[1].request.headers.push({ name: 'Referer', value: 'https://servicewechat.com/wx0123456789abcdef/1/page-frame.html' });
  writeFileSync(file, JSON.stringify(two));
  const { stdout: imported } = await cli.run('import', file, '--category', 'news');
  const har = async (...words: string[]) =>
    JSON.parse((await cli.run('report', imported.trim(), '--format', 'har', ...words)).stdout).log.entries.length;
  expect(await har()).toBe(2);
  expect(await har('--app-id', 'main')).toBe(1);
  expect(await har('--app-id', 'wechat:wx0123456789abcdef')).toBe(1);
  expect(await har('--app-id', 'main', '--only', 'type=phone_number')).toBe(1);
  await expect(har('--app-id', 'wechat:wx0000000000000000')).rejects.toMatchObject({ code: 'OVR_APP_ID' });
  for (const words of [['--show-values'], ['--candidates'], ['--judgement', '1']])
    await expect(har(...words)).rejects.toMatchObject({ code: 'OVR_RAW', message: expect.stringContaining(words[0]!) });
});
