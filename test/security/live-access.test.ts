import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CONTENT_SECURITY_POLICY } from '../../src/live/index.js';
import { FakeAudit } from '../live/fake-audit.js';
import { ask, login, type Started, startFake } from '../live/server.js';

let live: Started;
let other: Started;
let cookie: string;
const audit = new FakeAudit(0);

beforeAll(async () => {
  live = await startFake(audit, { report: () => ({ body: 'x', mime: 'text/html', name: 'r.html' }) });
  other = await startFake(new FakeAudit(0));
  cookie = await login(live);
});
afterAll(async () => {
  await live.close();
  await other.close();
});

const ROUTES = [
  'GET /',
  'GET /index.html',
  'GET /assets/page.js',
  'GET /api/state',
  'GET /api/rules',
  'GET /api/openapi.json',
  'GET /api/sessions',
  'GET /api/sessions/s-demo-1',
  'GET /api/sessions/s-demo-1/exchanges',
  'GET /api/sessions/s-demo-1/report?format=html',
  'POST /api/sessions/s-demo-1/exchanges/0/reveal',
  'POST /api/sessions/s-demo-1/scene',
  'POST /api/sessions/s-demo-1/end',
  'POST /api/pass-through',
  'DELETE /api/sessions/s-demo-1',
  'GET /nothing',
  'OPTIONS /api/state',
];

async function upgrade(headers: Record<string, string>, path = '/feed'): Promise<number | 'open'> {
  const socket = new WebSocket(`ws://127.0.0.1:${live.port}${path}`, { headers });
  return new Promise((resolve) => {
    socket.on('open', () => {
      socket.terminate();
      resolve('open');
    });
    socket.on('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', () => undefined);
  });
}

describe('without the token', () => {
  test.each(ROUTES)('%s is refused', async (route) => {
    const [method = '', path = ''] = route.split(' ');
    for (const headers of [
      {},
      { cookie: `overreach_${live.port}=${'0'.repeat(64)}` },
      { authorization: `Bearer ${'0'.repeat(32)}` },
      { cookie: await login(other) },
    ]) {
      const origin = method === 'GET' ? {} : { origin: live.origin };
      const answer = await ask(live.port, path, { method, headers: { ...headers, ...origin } as Record<string, string> });
      expect(answer.status).toBe(401);
      expect(answer.json().code).toBe('OVR_UI_TOKEN');
    }
  });
  test('a wrong token logs nobody in', async () => {
    for (const token of ['', 'x', live.token.slice(0, -1), `${live.token}0`, live.token.toUpperCase().replace(/^./, 'g')]) {
      const answer = await ask(live.port, `/?token=${token}`);
      expect(answer.status).toBe(401);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });
  test('a browser gets a page that says what to open, with the same fences', async () => {
    const answer = await ask(live.port, '/', { headers: { 'sec-fetch-dest': 'document' } });
    expect(answer.status).toBe(401);
    expect(answer.text).toContain('overreach start');
    expect(answer.headers['content-security-policy']).toBe(CONTENT_SECURITY_POLICY);
  });
});

describe('with the token', () => {
  test('the address gives it away once: a cookie, and a redirect to an address without it', async () => {
    const answer = await ask(live.port, `/?view=matrix&token=${live.token}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/?view=matrix');
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(new RegExp(`^overreach_${live.port}=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Strict$`)),
    ]);
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
  });
  test('followed from another site there is no redirect, which would lose the strict cookie', async () => {
    const answer = await ask(live.port, `/?token=${live.token}`, {
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    });
    expect([answer.status, answer.text]).toEqual([200, '<!doctype html><title>page</title>']);
    expect(answer.headers['set-cookie']).toHaveLength(1);
  });
  test('two instances keep two cookies', async () => {
    const both = { cookie: `${cookie}; ${await login(other)}` };
    expect((await ask(live.port, '/api/state', { headers: both })).status).toBe(200);
    expect((await ask(other.port, '/api/state', { headers: both })).status).toBe(200);
  });
  test.each(['GET /', 'GET /assets/page.js', 'GET /api/state', 'GET /nothing', 'POST /api/pass-through'])(
    '%s carries every header',
    async (route) => {
      const [method = '', path = ''] = route.split(' ');
      const { headers } = await ask(live.port, path, { method, headers: { cookie, origin: live.origin } });
      expect(headers).toMatchObject({
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );
  test('the policy allows nothing inline and no other host', () => {
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:/);
  });
});

describe('Host', () => {
  test.each(['evil.test', 'evil.test:80', '127.0.0.1.nip.io', '169.254.169.254'])('%s is refused even with the cookie', async (host) => {
    const answer = await ask(live.port, '/api/state', { headers: { cookie, host } });
    expect([answer.status, answer.json().code]).toEqual([403, 'OVR_UI_HOST']);
    expect(await upgrade({ cookie, host, origin: `http://${host}` })).toBe(403);
  });
  test('an absolute target and two Hosts are bad requests', async () => {
    for (const head of [
      `GET http://evil.test/api/state HTTP/1.1\r\nHost: 127.0.0.1:${live.port}\r\n`,
      `GET /api/state HTTP/1.1\r\nHost: 127.0.0.1:${live.port}\r\nHost: evil.test\r\n`,
    ]) {
      const socket = connect(live.port, '127.0.0.1');
      socket.end(`${head}Cookie: ${cookie}\r\nConnection: close\r\n\r\n`);
      const [first] = (await once(socket, 'data')) as [Buffer];
      expect(first.toString()).toMatch(/^HTTP\/1\.1 400 /);
      socket.destroy();
    }
  });
});

describe('other origins', () => {
  test.each(['http://evil.test', 'null', 'https://127.0.0.1'])(
    '%s may change nothing, though the browser sends the cookie',
    async (origin) => {
      for (const path of ['/api/sessions/s-demo-1/end', '/api/sessions/s-demo-1/scene', '/api/pass-through']) {
        const answer = await ask(live.port, path, {
          method: 'POST',
          headers: { cookie, origin, 'content-type': 'application/json' },
          body: '{}',
        });
        expect([answer.status, answer.json().code]).toEqual([403, 'OVR_UI_ORIGIN']);
      }
      expect(await upgrade({ cookie, origin })).toBe(403);
      expect(audit.calls).toEqual([]);
    },
  );
  test('a neighbour port is another origin, although cookies do not know ports', async () => {
    const headers = { cookie, origin: other.origin, 'sec-fetch-site': 'same-site', 'content-type': 'application/json' };
    expect((await ask(live.port, '/api/sessions/s-demo-1/end', { method: 'POST', headers, body: '{}' })).status).toBe(403);
    expect(await upgrade({ cookie, origin: other.origin })).toBe(403);
  });
  test('cross-site requests are refused by Sec-Fetch-Site alone', async () => {
    const headers = { cookie, 'sec-fetch-site': 'cross-site', origin: live.origin, 'content-type': 'application/json' };
    expect((await ask(live.port, '/api/sessions/s-demo-1/end', { method: 'POST', headers, body: '{}' })).status).toBe(403);
    expect(
      (await ask(live.port, '/api/state', { headers: { cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } })).status,
    ).toBe(403);
  });
  test('a form of another site cannot post: only JSON is read', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect(
        (
          await ask(live.port, '/api/pass-through', {
            method: 'POST',
            headers: { cookie, origin: live.origin, 'content-type': type },
            body: '{"host":"a.example","on":true}',
          })
        ).status,
      ).toBe(415);
  });
});

describe('the upgrade', () => {
  test('opens with cookie or bearer and this origin only', async () => {
    expect(await upgrade({ cookie, origin: live.origin })).toBe('open');
    expect(await upgrade({ authorization: `Bearer ${live.token}`, origin: live.origin })).toBe('open');
    expect(await upgrade({ cookie })).toBe(403);
    expect(await upgrade({ origin: live.origin })).toBe(401);
    expect(await upgrade({ cookie, origin: live.origin }, '/other')).toBe(404);
  });
});

test('no route reaches a file that is not an asset', async () => {
  const attempts = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..%5c', '....//', '%00', '/etc/passwd', '..;/'];
  for (const prefix of [
    '/',
    '/assets/',
    '/api/',
    '/api/sessions/',
    '/api/sessions/s-demo-1/exchanges/',
    '/api/sessions/s-demo-1/findings/',
    '/api/sessions/s-demo-1/report?format=',
  ])
    for (const attempt of attempts) {
      const path = `${prefix}${attempt}${attempt}package.json`;
      const answer = await ask(live.port, path, { headers: { cookie } });
      expect(`${path} ${answer.status}`).toMatch(/ (400|404|414)$/);
      expect(answer.text).not.toContain('"dependencies"');
    }
});

test('what is too large is refused before it is read', async () => {
  const body = JSON.stringify({ app: 'x'.repeat(400 * 1024) });
  const answer = await ask(live.port, '/api/sessions/s-demo-1/subject', {
    method: 'POST',
    headers: { cookie, origin: live.origin, 'content-type': 'application/json' },
    body,
  });
  expect(answer.status).toBe(413);
});
