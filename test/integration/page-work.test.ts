import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { zstdRaw } from '../decode/sample.js';
import { type RunningProgram, runProgram, startProgram, temporaryFolder } from './program.js';
import { requestThrough } from './proxied.js';

/** What a tester does in the page beside watching: known values, looking at clear ones, searching, judging again, handing over. */
const folder = temporaryFolder();
const origin = createServer((request, response) => {
  request
    .resume()
    .on('end', () => response.writeHead(request.url === '/gone' ? 404 : 200, { 'content-type': 'application/json' }).end('{"ok":1}'));
});
const FILE_PHONE = '13900000000';
const NICK = 'zq-nick-77';
let program: RunningProgram;
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve));
  port = (origin.address() as AddressInfo).port;
  writeFileSync(join(folder.path, 'persona.yaml'), `phone_number: "${FILE_PHONE}"\nsalts: ["pepper"]\n`);
  program = await startProgram(folder.path, ['--persona', 'persona.yaml', '--category', 'news']);
});
afterAll(async () => {
  await program?.stop();
  origin.close();
  folder.remove();
});

interface Overview {
  readonly session: { readonly subject: { readonly knownSince?: unknown } };
  readonly counters: { readonly exchanges: number };
  readonly findings: ReadonlyArray<{
    readonly id: string;
    readonly dataType: string;
    readonly grade: string;
    readonly trail: { readonly statuses: readonly number[] } | null;
  }>;
}
const session = () => program.session;
const path = (rest = '', id = session()) => `/api/sessions/${id}${rest}`;
const overview = (id = session()) => program.api(path('', id)) as Promise<Overview>;
const types = async (id = session()) =>
  (await overview(id)).findings.filter(({ grade }) => grade !== 'candidate').map(({ dataType }) => dataType);

async function send(target: string, body: string | Uint8Array, headers: Record<string, string> = {}): Promise<void> {
  const before = (await overview()).counters.exchanges;
  await requestThrough(program.proxyPort, `http://127.0.0.1:${port}${target}`, body, { 'content-type': 'application/json', ...headers });
  await expect.poll(async () => (await overview()).counters.exchanges, { timeout: 10_000 }).toBe(before + 1);
}

test('a value put in while the session runs counts from then on, and is nowhere in an answer', async () => {
  await send('/a', `{"phone":"${FILE_PHONE}","who":"${NICK}"}`);
  expect(await types()).toContain('phone_number');
  expect(await types()).not.toContain('nickname');
  const shown = (await program.api(path('/persona'))) as {
    source: string;
    values: Array<{ dataType: string; values: Array<{ tag: string }> }>;
  };
  expect(shown).toMatchObject({ source: 'file', salts: 1 });
  const keep = shown.values.map(({ dataType, values }) => ({ dataType, values: values.map(({ tag }) => ({ keep: tag })) }));
  const changed = await program.put(path('/persona'), { values: [...keep, { dataType: 'nickname', values: [{ value: NICK }] }] });
  expect(changed.status).toBe(200);
  expect(await changed.text()).not.toMatch(new RegExp(`${NICK}|${FILE_PHONE}|pepper`));
  expect((await overview()).session.subject.knownSince, 'what passed before was looked through for other values').toMatchObject({
    exchanges: 1,
  });
  await send('/gone', `{"who":"${NICK}"}`);
  await expect.poll(() => types()).toContain('nickname');
  const nick = (await overview()).findings.find(({ dataType }) => dataType === 'nickname');
  await expect.poll(async () => (await overview()).findings.find(({ id }) => id === nick?.id)?.trail?.statuses).toEqual([404]);
});

test('compressed Chinese text is found by any part of it, and leads to its findings', async () => {
  await send('/zip', gzipSync(`{"note":"请填写我的手机号码","imei":"861234567890123","phone":"${FILE_PHONE}"}`), {
    'content-encoding': 'gzip',
  });
  for (const text of ['手机号', '机号码', 'imei=86', 'mei=8612', '5678901']) {
    const { total } = (await program.api(path(`/exchanges?where=${encodeURIComponent(`text:${text}`)}`))) as { total: number };
    expect(total, text).toBe(1);
  }
  const { findings, depth } = (await program.api(path(`/search?text=${encodeURIComponent('手机号')}`))) as {
    findings: string[];
    depth: number;
  };
  expect(depth).toBe(2);
  const met = (await overview()).findings.filter(({ id }) => findings.includes(id)).map(({ dataType }) => dataType);
  expect(met).toContain('phone_number');
  expect(((await program.api(path('/exchanges?where=status:404'))) as { total: number }).total).toBe(1);
});

test('bodies are shown without their content-encoding, whichever it is, as they were analysed', async () => {
  const seen = async () => {
    const { rows } = (await program.api(path('/exchanges?limit=1'))) as { rows: Array<{ seq: number }> };
    const view = (await program.api(path(`/exchanges/${rows[0]?.seq}`))) as {
      request: { body: { kind: string; coding: unknown; segments: Array<{ text: string }> } };
    };
    const { kind, coding, segments } = view.request.body;
    return { kind, coding, text: segments.map(({ text }) => text).join('') };
  };
  const json = Buffer.from(`{"note":"层层包着","phone":"${FILE_PHONE}"}`);
  for (const [encoding, body] of [
    ['gzip', gzipSync(json)],
    ['deflate', deflateSync(json)],
    ['deflate', deflateRawSync(json)],
    ['br', brotliCompressSync(json)],
    ['zstd', zstdRaw(json)],
    ['zstd, br', brotliCompressSync(zstdRaw(json))],
  ] as const) {
    await send('/packed', body, { 'content-encoding': encoding });
    const { kind, coding, text } = await seen();
    expect({ kind, coding }, encoding).toEqual({ kind: 'json', coding: null });
    expect(text, encoding).toContain('层层包着');
    expect(text, encoding).toMatch(/"phone": "1\d*\*+\d*"/);
    expect(text, encoding).not.toContain(FILE_PHONE);
  }
  await send('/packed', json, { 'content-encoding': 'zstd' });
  expect(await seen()).toMatchObject({ kind: 'json', coding: { name: 'zstd', why: 'misfit' } });
});

test('who looked survives a restart and is counted in the report; the report is made off the main thread', async () => {
  expect((await program.post(path('/exchanges/0/reveal'), { finding: null })).status).toBe(200);
  const first = session();
  await program.stop();
  program = await startProgram(folder.path, ['--category', 'news']);
  expect(await program.api(path('/reveals', first))).toMatchObject({ total: 1, reveals: [{ who: 'api 127.0.0.1', exchange: 0 }] });
  const report = (await program.api(path('/report?format=json', first))) as { reveals?: { count: number } };
  expect(report.reveals?.count).toBe(1);
  expect(JSON.stringify(report)).not.toMatch(new RegExp(`${NICK}|${FILE_PHONE}`));

  const limits = async () => JSON.stringify((await program.api(path('/report?format=json', first))) as object).includes('knownSince');
  expect(await limits()).toBe(true);
  const again = await program.post(path('/rejudge', first), {});
  expect(again.status).toBe(200);
  expect((await overview(first)).session.subject.knownSince).toBeUndefined();
  expect(await limits()).toBe(false);
  expect(((await again.json()) as { diff: { gone: unknown[] } }).diff.gone).toEqual([]);
  const nick = (await overview(first)).findings.find(({ dataType }) => dataType === 'nickname');
  expect(nick, 'and the first request now counts too').toMatchObject({ count: 2 });
  await send('/b', `{"phone":"${FILE_PHONE}"}`);
  const diff = (await program.api(`/api/diff?before=${first}&after=${session()}`)) as { gone: Array<{ dataType: string }> };
  expect(diff.gone.map(({ dataType }) => dataType)).toContain('nickname');
});

test('what was typed in lies in files of this user alone, in no export, and goes with its session', async () => {
  const [first] = ((await program.api('/api/sessions')) as { sessions: Array<{ session: { id: string } }> }).sessions.slice(-1);
  const id = first?.session.id ?? '';
  const data = join(folder.path, 'data');
  for (const name of readdirSync(data)) expect(statSync(join(data, name)).mode & 0o077, name).toBe(0);
  await program.stop();
  const { code } = await runProgram(folder.path, ['export', id, '--evidence', 'evidence.zip']);
  expect(code).toBe(0);
  expect(readFileSync(join(folder.path, 'evidence.zip')).includes(NICK)).toBe(false);
  for (const format of ['html', 'json', 'har']) {
    const { stdout } = await runProgram(folder.path, ['report', id, '--format', format]);
    expect(stdout.length).toBeGreaterThan(500);
    expect(stdout, format).not.toContain(NICK);
  }
  expect((await runProgram(folder.path, ['sessions', 'delete', id])).code).toBe(0);
  for (const name of readdirSync(data).filter((one) => one.startsWith('overreach.sqlite')))
    expect(readFileSync(join(data, name)).includes(NICK), name).toBe(false);
});
