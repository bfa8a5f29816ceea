import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect as connectTcp, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Origin, type RunningProgram, runProgram, startOrigin, startProgram, temporaryFolder, until } from './program.js';

/** One proxy, several sessions one after the other, begun from the page: what passes at the switch is in exactly one of them. */
const folder = temporaryFolder();
let origin: Origin;
let program: RunningProgram;
const PHONE = '13912345678';

beforeAll(async () => {
  origin = await startOrigin(folder.path);
  program = await startProgram(folder.path, [
    '--category',
    'news',
    '--app',
    'Reader 1',
    '--first-party',
    'localhost',
    '--upstream-ca',
    origin.ca,
  ]);
});
afterAll(async () => {
  await program?.stop();
  await origin.close();
  folder.remove();
});

interface Listed {
  readonly session: { readonly id: string; readonly status: string; readonly subject: { readonly app: string | null } };
  readonly exchanges: number;
}
const sessions = async () => ((await program.api('/api/sessions')) as { sessions: Listed[] }).sessions;
const running = async () => ((await program.api('/api/state')) as { running: string | null }).running;
const rows = async (id: string) => {
  const all: Array<{ url: string; warnings: Array<{ code: string }> }> = [];
  for (;;) {
    const page = (await program.api(`/api/sessions/${id}/exchanges?limit=200&offset=${all.length}`)) as { rows: typeof all; total: number };
    all.push(...page.rows);
    if (page.rows.length === 0 || all.length >= page.total) return all;
  }
};
const begin = async (wish: object) => {
  const answer = await program.post('/api/sessions', wish);
  const body = (await answer.json()) as { session: { id: string; subject: object }; code?: string };
  return { status: answer.status, ...body };
};

/** Requests one after the other on one connection, in clear, until told to stop. */
async function plainTraffic(name: string, go: () => boolean): Promise<string[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const sent: string[] = [];
  while (go()) {
    const path = `/${name}-${sent.length}`;
    sent.push(path);
    await new Promise<void>((resolve, reject) => {
      const url = `http://127.0.0.1:${origin.httpPort}${path}`;
      const one = request(
        { host: '127.0.0.1', port: program.proxyPort, agent, path: url, headers: { host: new URL(url).host } },
        (response) => {
          response.resume();
          response.on('end', resolve);
        },
      );
      one.on('error', reject);
      one.end();
    });
  }
  agent.destroy();
  return sent;
}

/** A TLS connection through the proxy to the HTTPS origin. */
async function tunnel(): Promise<Socket> {
  const socket = connectTcp(program.proxyPort, '127.0.0.1');
  await new Promise<void>((resolve) => {
    socket.once('data', () => resolve());
    socket.write(`CONNECT localhost:${origin.httpsPort} HTTP/1.1\r\nHost: localhost:${origin.httpsPort}\r\n\r\n`);
  });
  const secure = connectTls({ socket, servername: 'localhost', ca: readFileSync(program.ca), ALPNProtocols: ['http/1.1'] });
  await new Promise<void>((resolve, reject) => {
    secure.once('secureConnect', resolve);
    secure.once('error', reject);
  });
  return secure;
}

async function ask(socket: Socket, path: string): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.once('data', () => resolve());
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost:${origin.httpsPort}\r\n\r\n`);
  });
}

async function secureTraffic(name: string, go: () => boolean): Promise<string[]> {
  const socket = await tunnel();
  const sent: string[] = [];
  while (go()) {
    sent.push(`/${name}-${sent.length}`);
    await ask(socket, sent.at(-1) ?? '');
  }
  socket.destroy();
  return sent;
}

/** Until some of the traffic is in the session. */
const recorded = (id: string) =>
  until(
    () => rows(id),
    (list) => list.length >= 20,
  );

test('sessions change under traffic, on connections that stay open: every request is in exactly one of them', async () => {
  let on = true;
  const go = () => on;
  const traffic = Promise.all([
    ...['p1', 'p2', 'p3'].map((name) => plainTraffic(name, go)),
    ...['t1', 't2', 't3'].map((name) => secureTraffic(name, go)),
  ]);
  const ids = [program.session];
  for (let turn = 0; turn < 4; turn++) {
    await recorded(ids.at(-1) ?? '');
    const { status, session } = await begin({ ends: ids.at(-1), app: `Reader ${turn + 2}` });
    expect(status).toBe(200);
    ids.push(session.id);
  }
  await recorded(ids.at(-1) ?? '');
  on = false;
  const sent = (await traffic).flat();
  const total = async () => (await sessions()).reduce((sum, one) => sum + one.exchanges, 0);
  await until(total, (count) => count >= sent.length, 15_000);
  const seen = (await Promise.all(ids.map(rows))).map((list) => list.map(({ url }) => new URL(url).pathname));
  expect(seen.flat().sort()).toEqual([...sent].sort());
  for (const list of seen) expect(list.length, 'traffic in each').toBeGreaterThan(0);
  const byId = new Map((await sessions()).map((one) => [one.session.id, one]));
  expect(ids.map((id) => byId.get(id)?.session.status)).toEqual(['ended', 'ended', 'ended', 'ended', 'running']);
  expect(ids.map((id) => byId.get(id)?.session.subject.app)).toEqual(['Reader 1', 'Reader 2', 'Reader 3', 'Reader 4', 'Reader 5']);
});

test('a session that another took the place of stays as it was: evidence of it is exported and verifies', async () => {
  const oldest = (await sessions()).at(-1)?.session.id ?? '';
  const file = join(folder.path, 'oldest.zip');
  expect((await runProgram(folder.path, ['export', oldest, '--evidence', file])).code).toBe(0);
  expect((await runProgram(folder.path, ['verify', file])).code).toBe(0);
});

test('of two that ask at once one is refused; so are a category that there is not, and another origin', async () => {
  const now = await running();
  const both = await Promise.all([begin({ ends: now, app: 'A' }), begin({ ends: now, app: 'B' })]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
  expect(both.find(({ status }) => status === 400)?.code).toBe('OVR_UI_RUNNING');
  expect(await begin({ app: 'C' })).toMatchObject({ status: 400, code: 'OVR_UI_RUNNING' });
  expect(await begin({ ends: await running(), categories: { main: ['no_such'] } })).toMatchObject({ status: 400, code: 'OVR_UI_CATEGORY' });
  const ui = new URL(program.ui);
  const forged = await fetch(new URL('/api/sessions', ui.origin), {
    method: 'POST',
    headers: { authorization: `Bearer ${ui.searchParams.get('token')}`, origin: 'http://evil.example', 'content-type': 'application/json' },
    body: '{}',
  });
  expect(forged.status).toBe(403);
  expect(await running()).toBe(both.find(({ status }) => status === 200)?.session.id);
});

test('a WebSocket that outlives its session goes on in the next one, and what it sends is found there', async () => {
  const before = (await running()) ?? '';
  expect(
    (await program.put(`/api/sessions/${before}/persona`, { values: [{ dataType: 'phone_number', values: [{ value: PHONE }] }] })).status,
  ).toBe(200);
  const secure = await tunnel();
  const socket = new WebSocket(`ws://localhost:${origin.httpsPort}/live`, { createConnection: () => secure });
  await new Promise((resolve) => socket.once('open', resolve));
  const echo = async (text: string) => {
    socket.send(text);
    await new Promise((resolve) => socket.once('message', resolve));
  };
  await echo('hello');
  const { session } = await begin({ ends: before, app: 'Reader WS' });
  await echo(`{"phone":"${PHONE}"}`);
  const found = await until(
    async () => (await program.api(`/api/sessions/${session.id}`)) as { findings: Array<{ dataType: string; grade: string }> },
    ({ findings }) => findings.some(({ dataType }) => dataType === 'phone_number'),
  );
  expect(
    found.findings.find(({ dataType }) => dataType === 'phone_number'),
    'the test person goes along',
  ).toMatchObject({ grade: 'confirmed' });
  expect((await rows(session.id)).map(({ warnings }) => warnings.map(({ code }) => code))).toEqual([['carried-over']]);
  expect(
    (await rows(before)).some(({ url, warnings }) => url.endsWith('/live') && warnings.some(({ code }) => code === 'open-at-end')),
  ).toBe(true);
  expect(JSON.stringify(await program.api(`/api/sessions/${before}`))).not.toContain('phone_number');
  socket.terminate();
});

test('between two sessions traffic is relayed and kept nowhere; SIGTERM after that stores the newest', async () => {
  const last = (await running()) ?? '';
  const secure = await tunnel();
  await ask(secure, '/kept');
  expect((await program.post(`/api/sessions/${last}/end`, {})).status).toBe(200);
  expect(await running()).toBeNull();
  const before = (await sessions()).map(({ exchanges }) => exchanges);
  await ask(secure, '/unrecorded');
  expect(origin.seen.map(({ url }) => url)).toContain('/unrecorded');
  const { status, session } = await begin({ keep: ['own_domains'], app: null });
  expect(status).toBe(200);
  expect(session.subject).toMatchObject({ app: null, categories: { main: ['news'] }, firstPartyDomains: ['localhost'] });
  expect(await program.api(`/api/sessions/${session.id}/persona`)).toMatchObject({ values: [] });
  await ask(secure, '/after');
  await until(
    () => rows(session.id),
    (list) => list.length > 0,
  );
  expect((await rows(session.id)).map(({ url }) => new URL(url).pathname)).toEqual(['/after']);
  expect((await sessions()).slice(1).map(({ exchanges }) => exchanges)).toEqual(before);
  secure.destroy();
  const { code, stderr } = await program.stop();
  expect(code, stderr).toBe(0);
  expect(stderr.split(`New session: ${session.id}`)).toHaveLength(2);
  expect(stderr).toContain(`Session stored: ${session.id}`);
  const list = JSON.parse((await runProgram(folder.path, ['sessions', 'list', '--json'])).stdout) as object;
  expect(JSON.stringify(list)).not.toContain('interrupted');
  expect(JSON.stringify(list)).not.toContain('"running"');
});

test('ended in the page, then Ctrl-C: the program ends at once and in order', async () => {
  program = await startProgram(folder.path);
  expect((await program.post(`/api/sessions/${program.session}/end`, {})).status).toBe(200);
  // One that waits for a thread that has gone is ended by its own patience, with 130.
  expect((await program.stop()).code).toBe(0);
});
