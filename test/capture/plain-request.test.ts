import { describe, expect, test } from 'vitest';
import { aimOf, forwardedHead, targetOf } from '../../src/capture/plain-request.js';

const line = (raw: string) => ({ name: raw.slice(0, raw.indexOf(':')).toLowerCase(), value: raw.slice(raw.indexOf(':') + 1).trim(), raw });
const headOf = (
  lines: readonly string[],
  request: { readonly method?: string; readonly target?: string; readonly version?: '1.0' | '1.1' } = {},
) => ({
  method: 'GET',
  target: '',
  version: '1.1' as const,
  ...request,
  lines: lines.map(line),
});

describe('the head that goes on', () => {
  const at = { host: 'h', port: 80 };

  test('Host is added where there is none, and kept where it names another (HTTPDNS)', () => {
    const address = { host: 'fd00::1', port: 81 };
    expect(forwardedHead(headOf([], { version: '1.0' }), address, '/').toString()).toBe('GET / HTTP/1.0\r\nHost: [fd00::1]:81\r\n\r\n');
    expect(forwardedHead(headOf(['Host: api.example.cn']), address, '/').toString()).toBe('GET / HTTP/1.1\r\nHost: api.example.cn\r\n\r\n');
  });

  test('an upgrade to anything but WebSocket is left out', () => {
    const upgrade = ['Host: h', 'Connection: Upgrade, HTTP2-Settings, close', 'Upgrade: h2c', 'HTTP2-Settings: AAMA'];
    expect(forwardedHead(headOf(upgrade), at, '/').toString()).toBe('GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
    expect(forwardedHead(headOf(['Host: h', 'Connection: Upgrade', 'Upgrade: websocket']), at, '/').toString()).toContain(
      'Upgrade: websocket',
    );
  });

  test('a parent gets the absolute form and its own credentials, never those of the phone', () => {
    const asked = headOf(['Host: h', 'Proxy-Authorization: Basic cGhvbmU6', 'Proxy-Connection: keep-alive']);
    const parent = { host: 'parent', port: 3128, authorization: 'Basic b3VyczpvdXJz' };
    expect(forwardedHead(asked, { host: 'h', port: 8080 }, '/a', parent).toString()).toBe(
      'GET http://h:8080/a HTTP/1.1\r\nProxy-Authorization: Basic b3VyczpvdXJz\r\nHost: h\r\n\r\n',
    );
    expect(forwardedHead(headOf(['Host: h'], { method: 'OPTIONS' }), at, '*', parent).toString()).toMatch(/^OPTIONS http:\/\/h HTTP/);
  });
});

describe('what a request line asks for', () => {
  const asked = (target: string, method = 'GET') => targetOf(headOf([], { method, target }), ({ host }) => host === 'overreach.test');

  test('an origin, by the absolute form', () => {
    expect(asked('http://h')).toEqual({ kind: 'origin', at: { host: 'h', port: 80 }, path: '/' });
    expect(asked('http://h:81?q')).toEqual({ kind: 'origin', at: { host: 'h', port: 81 }, path: '/?q' });
    expect(asked('WS://[fd00::1]/chat')).toMatchObject({ kind: 'origin', at: { host: 'fd00::1' }, path: '/chat' });
    expect(asked('http://h', 'OPTIONS')).toMatchObject({ path: '*' });
  });

  test('the pages for the phone, through the proxy and without', () => {
    expect(asked('http://overreach.test/ca')).toEqual({ kind: 'onboarding', proxied: true });
    expect(asked('/ca')).toEqual({ kind: 'onboarding', proxied: false });
  });

  test('what is neither is refused, and a scheme is named only where it is one of those that people use', () => {
    expect(asked('https://h/')).toEqual({ kind: 'refused', code: 'OVR_HTTP_SCHEME', detail: 'https' });
    expect(asked('script://h/')).toEqual({ kind: 'refused', code: 'OVR_HTTP_SCHEME', detail: '' });
    expect(asked('http:///x')).toEqual({ kind: 'refused', code: 'OVR_HTTP_HEAD', detail: 'authority' });
    expect(asked('*', 'OPTIONS')).toEqual({ kind: 'refused', code: 'OVR_HTTP_HEAD', detail: 'request target' });
  });
});

test('for whom a request was that cannot be carried on is read from its first line alone', () => {
  const aim = (text: string) => aimOf(Buffer.from(text, 'latin1'));
  expect(aim('GET http://A.test:81/x HTTP/1.1\r\nX : y\nproxy-authorization: Basic cDpx\r\n')).toEqual({
    at: { host: 'a.test', port: 81 },
    authorization: 'Basic cDpx',
  });
  expect(aim('POST wss://a.test/ HTTP/1.1\r\n')).toEqual({ at: { host: 'a.test', port: 443 }, authorization: undefined });
  expect(['GET / HTTP/1.1\r\nHost: a.test\r\n', 'HELO http://a.test', 'GET http:///', ''].map((text) => aim(text)?.at ?? null)).toEqual([
    null,
    { host: 'a.test', port: 80 },
    null,
    null,
  ]);
});
