import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { commandLine, harOf } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());

test('verdict first, then what, to whom, how sure and where; in both languages', async () => {
  const file = join(cli.home, 'a.har');
  writeFileSync(file, harOf('https://api.example.test/v1', '{"phone":"13900000000"}'));
  const zh = (await cli.run('check', file, '--category', 'news')).stdout;
  expect(zh).toMatch(/✗ 超出必要范围 {2}手机号码.*→ api\.example\.test.*body\.\$\.phone/);
  expect(zh).toContain('新闻资讯类 · 1 次请求');
  const en = (await cli.run('check', file, '--category', 'news', '--lang', 'en')).stdout;
  expect(en).toMatch(/✗ Beyond necessary {2}Mobile phone number/);
});

test('incident: a finding of a mini program had no name of its own', async () => {
  const file = join(cli.home, 'mini.har');
  const referer = '{"name":"Referer","value":"https://servicewechat.com/wx0123456789abcdef/12/page-frame.html"}';
  writeFileSync(file, harOf('https://api.example.test/v1', '{"phone":"13900000000"}').replace('"headers":[', `"headers":[${referer},`));
  const { stdout } = await cli.run('check', file, '--category', 'news', '--category', 'wechat:wx0123456789abcdef=news');
  expect(stdout).toMatch(/✗ 超出必要范围 {2}手机号码.*\[wechat:wx0123456789abcdef\] {2}→ api\.example\.test/);
});

test('issues by name and weight, in the language of the reader', async () => {
  const file = join(cli.home, 'clear.har');
  writeFileSync(file, harOf('http://api.example.test/v1', '{"phone":"13900000000"}'));
  expect((await cli.run('check', file, '--category', 'news')).stdout).toMatch(/（中）|（高）|（低）/);
  expect((await cli.run('check', file, '--category', 'news', '--lang', 'en')).stdout).toMatch(/\((medium|high|low)\)/);
});
