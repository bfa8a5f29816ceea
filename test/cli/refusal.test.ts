import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { leaveNote } from '../../src/cli/running.js';
import type { SessionReport } from '../../src/model/report.js';
import { openStore } from '../../src/store/index.js';
import { sessionOf } from '../session/traffic.js';
import { commandLine, harOf } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());
const data = join(cli.home, 'data');
const har = join(cli.home, 'a.har');
writeFileSync(har, harOf('https://api.example.test/v1', '{"phone":"13900000000"}'));

async function imported(...categories: string[]): Promise<string> {
  return JSON.parse((await cli.run('import', har, '--json', '--category', categories.join(','))).stdout).session as string;
}

test('the checklist of the category, answered step by step, printed in the report and in check', async () => {
  const id = await imported('ride_hailing');
  const open = await cli.run('refusal', id);
  expect(open.stdout).toMatch(/\[未答\] basic_function {2}.*网络预约出租汽车服务/);
  expect(open.stderr).toContain('没有标记为“已拒绝”的场景');

  await cli.run('refusal', id, '--answer', 'basic_function=no,repeated_asking=yes', '--note', '拒绝定位后\u001b[2J停在启动页');
  const { stdout } = await cli.run('refusal', id, '--answer', 'declined=unknown', '--lang', 'en');
  expect(stdout).toMatch(/\[No\] basic_function {2}After the refusal/);
  expect(stdout).toMatch(/\[Yes\] repeated_asking/);
  expect(stdout).toMatch(/\[open\] declined/);
  expect(stdout).toContain('拒绝定位后\\u001b[2J停在启动页');

  for (const words of [
    ['report', id, '--format', 'json'],
    ['check', id, '--json'],
    ['rejudge', id, '--category', 'news', '--json'],
  ]) {
    const report = JSON.parse((await cli.run(...words)).stdout) as SessionReport;
    expect(
      report.refusal?.find(({ id: question }) => question === 'basic_function'),
      words[0],
    ).toMatchObject({
      answer: 'no',
      note: '拒绝定位后\u001b[2J停在启动页',
    });
  }
  expect((await cli.run('report', id, '--format', 'html')).stdout).toContain('停在启动页');
});

test('several categories have a checklist each', async () => {
  const id = await imported('ride_hailing', 'map_navigation');
  await cli.run('refusal', id, '--answer', 'map_navigation.declined=yes');
  const { lines } = JSON.parse((await cli.run('refusal', id, '--json')).stdout) as { lines: Array<{ id: string; answer: string }> };
  expect(lines.filter(({ answer }) => answer !== 'not_tested')).toEqual([
    expect.objectContaining({ id: 'map_navigation.declined', answer: 'yes' }),
  ]);
  expect(lines.map(({ id: line }) => line)).toContain('ride_hailing.declined');
});

test('unknown questions and answers, a note alone, and a session without a category are refused', async () => {
  const id = await imported('news');
  for (const words of [
    ['--answer', 'declined=maybe'],
    ['--answer', 'nothing=yes'],
    ['--answer', 'yes'],
    ['--note', 'alone'],
    ['--answer', 'declined=yes', '--note', 'x'.repeat(2_001)],
  ])
    await expect(cli.run('refusal', id, ...words), words.join(' ')).rejects.toMatchObject({ code: 'OVR_REFUSAL' });
  await expect(cli.run('refusal', id, '--note', 'alone')).rejects.toMatchObject({ zh: expect.stringContaining('--answer') });
  const { session } = JSON.parse((await cli.run('import', har, '--json')).stdout) as { session: string };
  await expect(cli.run('refusal', session)).rejects.toMatchObject({ code: 'OVR_REFUSAL' });
});

test('a running session is answered through its own process', async () => {
  const store = openStore({ dir: data });
  store.createSession(sessionOf({ id: 'running-1' }), { pack: 'cn-2021', version: '1', sha256: '0' });
  const seen: Array<{ url: string | undefined; body: { refusal: Array<{ id: string; answer: string }> } }> = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push({ url: request.url, body: JSON.parse(body) });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ui = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?token=secret`;
  const away = leaveNote(data, { session: 'running-1', pid: process.pid, ui });
  try {
    await cli.run('refusal', 'running-1', '--answer', 'declined=yes');
    expect(seen[0]?.url).toBe('/api/sessions/running-1/subject');
    expect(seen[0]?.body.refusal.find(({ id }) => id === 'declined')?.answer).toBe('yes');
    expect(store.session('running-1')?.subject.refusal).toBeUndefined();
  } finally {
    away();
    server.close();
    store.close();
  }
});

test('a mini program has a checklist of its own, and its report has its answers alone (art. 2)', async () => {
  const mini = 'wechat:wx0123456789abcdef';
  const id = await imported('ride_hailing', `${mini}=online_shopping`);
  expect((await cli.run('refusal', id)).stdout).toMatch(new RegExp(`${mini}\\.basic_function .*购买商品`));
  await cli.run('refusal', id, '--answer', `${mini}.basic_function=no,basic_function=yes`);
  const report = async (...more: string[]) =>
    JSON.parse((await cli.run('report', id, '--format', 'json', ...more)).stdout) as SessionReport;
  const said = ({ refusal = [] }: SessionReport) =>
    refusal.filter(({ answer }) => answer !== 'not_tested').map((one) => [one.id, one.answer]);
  expect(said(await report()).sort()).toEqual([
    ['basic_function', 'yes'],
    [`${mini}.basic_function`, 'no'],
  ]);
  expect(said(await report('--app-id', mini))).toEqual([[`${mini}.basic_function`, 'no']]);
  expect(said(await report('--app-id', 'main'))).toEqual([['basic_function', 'yes']]);
});
