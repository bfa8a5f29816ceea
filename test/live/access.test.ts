import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { AccessError, allowedHosts, createAccess, newToken } from '../../src/live/access.js';

const token = newToken();
const access = createAccess({ host: '127.0.0.1', port: 9_000 }, token);

function incoming(headers: Record<string, string>, url = '/', raw?: string[]): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  message.url = url;
  message.headers = headers;
  message.rawHeaders = raw ?? Object.entries(headers).flat();
  return message;
}

function codeOf(work: () => void): string | null {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof AccessError ? `${error.status} ${error.code}` : String(error);
  }
}

test('tokens have 128 bit, differ, and a short one is refused', () => {
  expect(newToken()).toMatch(/^[0-9a-f]{32}$/);
  expect(newToken()).not.toBe(newToken());
  expect(() => createAccess({ host: '127.0.0.1', port: 1 }, 'hunter2')).toThrow(/too short/);
});

describe('Host', () => {
  test.each(['127.0.0.1:9000', 'localhost:9000', 'LOCALHOST:9000', '[::1]:9000'])('%s may ask', (host) => {
    expect(codeOf(() => access.checkHost(incoming({ host })))).toBeNull();
  });
  test.each(['evil.test', 'evil.test:9000', '127.0.0.1', '127.0.0.1:9001', '127.0.0.1.evil.test:9000', 'localhost:9000.evil.test'])(
    '%s may not',
    (host) => {
      expect(codeOf(() => access.checkHost(incoming({ host })))).toBe('403 OVR_UI_HOST');
    },
  );
  test('none, two, or an absolute target are bad requests', () => {
    expect(codeOf(() => access.checkHost(incoming({})))).toBe('400 OVR_UI_HOST');
    const twice = incoming({ host: '127.0.0.1:9000' }, '/', ['Host', '127.0.0.1:9000', 'HOST', 'evil.test']);
    expect(codeOf(() => access.checkHost(twice))).toBe('400 OVR_UI_HOST');
    expect(codeOf(() => access.checkHost(incoming({ host: '127.0.0.1:9000' }, 'http://evil.test/')))).toBe('400 OVR_UI_HOST');
  });
  test('a listener on all addresses answers to its own addresses, one with a name to that name', () => {
    expect(allowedHosts('0.0.0.0', 80)).toContain('127.0.0.1');
    expect(allowedHosts('audit.lan', 7_000)).toContain('audit.lan:7000');
    expect(allowedHosts('::1', 7_000)).toContain('[::1]:7000');
  });
});

describe('Origin and Sec-Fetch-Site', () => {
  const origin = 'http://127.0.0.1:9000';
  test('a page of this server may read, change and upgrade', () => {
    for (const kind of ['read', 'change', 'upgrade'] as const)
      expect(codeOf(() => access.checkOrigin(incoming({ origin, 'sec-fetch-site': 'same-origin' }), kind))).toBeNull();
  });
  test.each(['http://evil.test', 'http://127.0.0.1:9001', 'https://127.0.0.1:9000', 'null'])('%s may do none of it', (other) => {
    for (const kind of ['read', 'change', 'upgrade'] as const)
      expect(codeOf(() => access.checkOrigin(incoming({ origin: other }), kind))).toBe('403 OVR_UI_ORIGIN');
  });
  test('without Origin only a program with the token itself may change something, and nobody may upgrade', () => {
    expect(codeOf(() => access.checkOrigin(incoming({}), 'change'))).toBe('403 OVR_UI_ORIGIN');
    expect(codeOf(() => access.checkOrigin(incoming({ authorization: `Bearer ${token}` }), 'change'))).toBeNull();
    expect(codeOf(() => access.checkOrigin(incoming({ authorization: `Bearer ${token}` }), 'upgrade'))).toBe('403 OVR_UI_ORIGIN');
  });
  test('another site may link to the page but not read from it', () => {
    const site = { 'sec-fetch-site': 'cross-site' };
    expect(codeOf(() => access.checkOrigin(incoming({ ...site, 'sec-fetch-mode': 'navigate' }), 'read'))).toBeNull();
    expect(codeOf(() => access.checkOrigin(incoming({ ...site, 'sec-fetch-mode': 'no-cors' }), 'read'))).toBe('403 OVR_UI_ORIGIN');
    expect(codeOf(() => access.checkOrigin(incoming({ 'sec-fetch-site': 'same-site', origin }), 'change'))).toBe('403 OVR_UI_ORIGIN');
  });
});

describe('who holds the token', () => {
  const cookie = access.setCookie.split(';')[0]!;
  test('the cookie carries the port, is out of reach for scripts and other sites, and does not contain the token', () => {
    expect(access.setCookie).toMatch(/^overreach_9000=[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(access.setCookie).not.toContain(token);
  });
  test('cookie or bearer let in; anything else does not', () => {
    expect(access.isAuthorized(incoming({ cookie: `a=1; ${cookie}; b=2` }))).toBe(true);
    expect(access.isAuthorized(incoming({ authorization: `Bearer ${token}` }))).toBe(true);
    for (const headers of [
      {},
      { cookie: `overreach_9001=${cookie.split('=')[1]}` },
      { cookie: `${cookie}0` },
      { authorization: 'Bearer x' },
      { cookie: `overreach_9000=${token}` },
    ])
      expect(access.isAuthorized(incoming(headers as Record<string, string>))).toBe(false);
    expect(access.isToken(token)).toBe(true);
    expect(access.isToken(token.slice(1))).toBe(false);
  });
});
