import { afterAll, expect, test } from 'vitest';
import { commandLine } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());

test('what is loaded, with its checksum', async () => {
  const counts = JSON.parse((await cli.run('rules', 'list', '--json')).stdout) as Record<string, number | string>;
  expect(counts).toMatchObject({ pack: 'cn-2021', categories: 39 });
  expect(Number(counts.dataTypes)).toBeGreaterThanOrEqual(132);
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
  await expect(cli.run('rules', 'show', 'no_such_thing')).rejects.toMatchObject({ code: 'OVR_RULE_ID' });
});

test('one kind of rule line by line; what the hint of addresses registered abroad rests on is said', async () => {
  expect((await cli.run('rules', 'list')).stdout).toMatch(/abroad +依据 \d{4}-\d{2}-\d{2} 的地址登记表.*登记地不等于服务器所在地/);
  expect((await cli.run('rules', 'list', '--lang', 'en')).stdout).toMatch(
    /abroad +By the table of address registrations of \d{4}-\d{2}-\d{2}/,
  );
  const checks = (await cli.run('rules', 'list', 'checks', '--lang', 'en')).stdout;
  expect(checks).toMatch(/^before_consent +high/m);
  expect(checks).toMatch(/^abroad +low .*\n +By the table/m);
  expect((await cli.run('rules', 'list', 'parties')).stdout.split('\n').length).toBeGreaterThan(250);
  expect((await cli.run('rules', 'list', 'data-types')).stdout).toMatch(/^imei +device_id +国际移动设备识别码/m);
  expect((await cli.run('rules', 'list', 'packs')).stdout).toMatch(/^cn-2020-draft .* 38 /m);
  expect(JSON.parse((await cli.run('rules', 'list', 'categories', '--json')).stdout)).toHaveLength(39);
});

test('a data type and a check read as text, and as data with --json', async () => {
  expect((await cli.run('rules', 'show', 'imei')).stdout).toContain('不在任何类型的清单上');
  expect(JSON.parse((await cli.run('rules', 'show', 'imei', '--json')).stdout)).toMatchObject({ id: 'imei', family: 'device_id' });
  expect((await cli.run('rules', 'show', 'abroad', '--lang', 'en')).stdout).toContain('By the table of address registrations');
  expect(JSON.parse((await cli.run('rules', 'show', 'abroad', '--json')).stdout)).toMatchObject({ id: 'abroad' });
});

test('what changed since the draft, for people and for programs', async () => {
  const zh = (await cli.run('rules', 'diff', 'cn-2020-draft', 'cn-2021')).stdout;
  expect(zh).toMatch(/^cn-2020-draft .* → cn-2021 /);
  expect(zh).toMatch(/新增 \d+ · 取消 \d+ · 变化 \d+/);
  const difference = JSON.parse((await cli.run('rules', 'diff', 'cn-2020-draft', 'cn-2021', '--json')).stdout) as {
    categories: Array<{ id: string; kind: string }>;
  };
  for (const { id, kind } of difference.categories) expect(zh.includes(`(${id})`), id).toBe(kind !== 'same');
  await expect(cli.run('rules', 'diff', 'cn-1999', 'cn-2021')).rejects.toThrow(/cn-1999/);
});
