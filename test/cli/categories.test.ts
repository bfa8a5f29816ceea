import { afterAll, expect, test } from 'vitest';
import { commandLine } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());

test('the official names, in the chosen language', async () => {
  const zh = await cli.run('categories');
  expect(zh.stdout.split('\n').filter(Boolean)).toHaveLength(39);
  expect(zh.stdout).toMatch(/ 2 {2}ride_hailing +网络约车类/);
  expect(zh.stdout.match(/无须个人信息/g)).toHaveLength(13);
  expect((await cli.run('categories', '--lang', 'en')).stdout).toContain('Online ride-hailing');
});

test('another pack', async () => {
  const { stdout } = await cli.run('categories', '--pack', 'cn-2020-draft', '--json');
  expect((JSON.parse(stdout) as { categories: unknown[] }).categories).toHaveLength(38);
});
