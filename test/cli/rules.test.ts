import { afterAll, expect, test } from 'vitest';
import { commandLine } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());

test('what is loaded, with its checksum', async () => {
  const counts = JSON.parse((await cli.run('rules', 'list', '--json')).stdout) as Record<string, number | string>;
  expect(counts).toMatchObject({ pack: 'cn-2021', categories: 39, dataTypes: 132 });
  expect(counts.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(Number(counts.hostSuffixes)).toBeGreaterThanOrEqual(250);
  expect(Number(counts.companies)).toBeGreaterThanOrEqual(120);
});

test('a category with its official text, items, conditions and how each is detected', async () => {
  const { stdout } = await cli.run('rules', 'show', 'online_shopping');
  expect(stdout).toContain('收货人姓名（名称）、地址、联系电话');
  expect(stdout).toMatch(/postal_address/);
  expect((await cli.run('rules', 'show', 'ride_hailing')).stdout).toContain('online_booked_taxi_only');
  expect((await cli.run('rules', 'show', 'news')).stdout).toContain('无须个人信息');
});

test('every example of every data type holds', async () => {
  const { stdout, stderr, code } = await cli.run('rules', 'test');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(Number(stdout.split(' ')[0])).toBeGreaterThan(400);
});

test('an unknown id names what there is', async () => {
  await expect(cli.run('rules', 'show', 'no_such_thing')).rejects.toMatchObject({ code: 'OVR_CATEGORY' });
});
