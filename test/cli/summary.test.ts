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
  expect(zh).toMatch(/✗ 超出必要 {2}手机号码.*→ api\.example\.test.*body\.\$\.phone/);
  expect(zh).toContain('新闻资讯类');
  const en = (await cli.run('check', file, '--category', 'news', '--lang', 'en')).stdout;
  expect(en).toMatch(/✗ beyond necessary {2}Mobile phone number/);
});
