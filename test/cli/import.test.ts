import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { tnetstring } from '../capture/tnetstring-writer.js';
import { commandLine, harOf } from './recorded-cli.js';

const cli = commandLine();
afterAll(() => cli.remove());

const LEAK = '{"phone":"13900000000"}';
const URL = 'https://api.example.test/v1';

async function sessions(): Promise<Array<{ id: string }>> {
  return (JSON.parse((await cli.run('sessions', 'list', '--json')).stdout) as { sessions: Array<{ id: string }> }).sessions;
}

test('a HAR becomes a stored session with its exchanges, evidence and subject', async () => {
  const file = join(cli.home, 'a.har');
  writeFileSync(file, harOf(URL, LEAK, LEAK));
  const { stdout, code } = await cli.run('import', file, '--category', 'news', '--app', 'App', '--json');
  const { session, exchanges, notAnalysed } = JSON.parse(stdout) as { session: string; exchanges: number; notAnalysed: number };
  expect([code, exchanges, notAnalysed]).toEqual([0, 2, 0]);
  const shown = JSON.parse((await cli.run('sessions', 'show', session, '--json')).stdout) as {
    session: { source: string; app: string; status: string; startedAt: string };
    findings: Array<{ count: number; verdict: string }>;
  };
  expect(shown.session).toMatchObject({ source: 'har', app: 'App', status: 'ended', startedAt: '2026-01-01T00:00:00.000Z' });
  expect(shown.findings).toMatchObject([{ count: 2, verdict: 'beyond_necessary' }]);
});

test('incident: a recording full of events loses none of its evidence', async () => {
  const event = {
    oaid: 'feedface-0000-4000-8000-0123456789ab',
    android_id: '00000000deadbeef',
    model: 'PD2183A',
    os_version: '13',
    carrier: '中国移动',
  };
  // More finds than `limits.storeQueued` holds, in fewer exchanges and bytes than are imported between two commits.
  const events = JSON.stringify({ events: Array.from({ length: 700 }, () => event) });
  const file = join(cli.home, 'events.har');
  writeFileSync(file, harOf(URL, ...Array.from({ length: 24 }, () => events)));
  const { stdout, code } = await cli.run('import', file, '--category', 'news', '--json');
  const { session, ...counts } = JSON.parse(stdout) as { session: string };
  expect([code, counts]).toEqual([0, { exchanges: 24, notAnalysed: 0, notStored: 0 }]);
  const { findings } = JSON.parse((await cli.run('sessions', 'show', session, '--json')).stdout) as {
    findings: Array<{ dataType: string; count: number }>;
  };
  for (const type of ['oaid', 'android_id', 'device_model', 'os_version', 'sim_operator'])
    expect(findings.find(({ dataType }) => dataType === type)?.count, type).toBe(24 * 700);
}, 60_000);

test('a file that is no HAR stores nothing, also where that is known only at its end', async () => {
  const before = (await sessions()).length;
  for (const [name, text] of [
    ['cut-at-once.har', '{"log":'],
    ['broken-later.har', harOf(URL, ...Array.from({ length: 600 }, () => LEAK)).replace(/\}\]\}\}$/, '}]}} trailing')],
  ] as const) {
    const file = join(cli.home, name);
    writeFileSync(file, text);
    await expect(cli.run('import', file)).rejects.toMatchObject({ exit: 2 });
  }
  expect(await sessions()).toHaveLength(before);
});

describe('a recording that ends in the middle', () => {
  const file = join(cli.home, 'cut.har');
  writeFileSync(file, harOf(URL, LEAK, '{"page":1}', '{"page":2}').slice(0, -200));

  test('is stored as far as it goes, said to be cut, and never clean', async () => {
    const { stdout, stderr, code } = await cli.run('import', file, '--category', 'online_community', '--json');
    expect(code).toBe(3);
    expect(stderr).toMatch(/OVR_HAR_TRUNCATED .*truncated after entry 2 \(\d+ bytes\)/);
    const { session } = JSON.parse(stdout) as { session: string };
    const report = JSON.parse((await cli.run('report', session, '--format', 'json')).stdout) as { coverage: { notAnalysed: number } };
    expect(report.coverage.notAnalysed).toBe(1);
    expect((await cli.run('check', session, '--fail-on', 'none')).code).toBe(3);
  });

  test('is inconclusive in check too, and findings before the cut count', async () => {
    const quiet = await cli.run('check', file, '--category', 'online_community');
    expect(quiet.code).toBe(3);
    expect(quiet.stderr).toContain('truncated after entry 2');
    expect((await cli.run('check', file, '--category', 'news')).code).toBe(1);
  });
});

test('flows of mitmproxy are stored like a HAR', async () => {
  const file = join(cli.home, 'flows');
  const b = (text: string) => Buffer.from(text);
  writeFileSync(
    file,
    tnetstring({
      version: 20,
      type: 'http',
      websocket: null,
      client_conn: { peername: ['192.0.2.7', 5] },
      server_conn: {},
      request: {
        http_version: b('HTTP/1.1'),
        method: b('POST'),
        scheme: b('https'),
        authority: b(''),
        host: 'api.example.test',
        port: 443,
        path: b('/v1'),
        headers: [[b('Content-Type'), b('application/json')]],
        content: b(LEAK),
        timestamp_start: 1_767_225_601.25,
        timestamp_end: 1_767_225_601.5,
      },
      response: null,
    }),
  );
  const { session } = JSON.parse((await cli.run('import', file, '--category', 'news', '--json')).stdout) as { session: string };
  const shown = JSON.parse((await cli.run('sessions', 'show', session, '--json')).stdout) as { findings: unknown[] };
  expect(shown.findings).toMatchObject([{ dataType: 'phone_number', count: 1 }]);
  expect((await cli.run('check', file, '--category', 'news')).code).toBe(1);
});
