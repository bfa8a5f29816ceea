import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandLine, harOf } from './recorded-cli.js';

const cli = commandLine();
beforeAll(async () => {
  const file = join(cli.home, 'a.har');
  writeFileSync(file, harOf('https://api.example.test/v1', '{"phone":"13900000000"}'));
  await cli.run('import', file, '--category', 'news');
});
afterAll(() => cli.remove());

test('to a file or to stdout, in any format, masked unless asked for', async () => {
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
