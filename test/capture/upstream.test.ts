import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { upstreamTrust } from '../../src/capture/trust-store.js';
import { connectTo, failureCode, Upstream, type UpstreamError, upstreamError } from '../../src/capture/upstream.js';
import { listen, originRoot, tlsOrigin, until } from './lab.js';

const V4 = [{ address: '127.0.0.1', family: 4 }] as const;

function upstream(insecureHosts: readonly string[] = []): Upstream {
  return new Upstream({ trust: upstreamTrust(originRoot().certificate), insecureHosts, parent: null });
}

test('of several addresses the one that answers is taken', async () => {
  const port = await listen(createServer());
  const socket = await connectTo('name.test', port, [{ address: '::1', family: 6 }, ...V4]);
  expect(socket.remoteAddress).toBe('127.0.0.1');
  socket.destroy();
});

test('failures have names', async () => {
  await expect(connectTo('x', 1, V4)).rejects.toMatchObject({ causeCode: 'OVR_UPSTREAM_REFUSED' });
  await expect(connectTo('x', 1, [{ address: '::1', family: 6 }, ...V4])).rejects.toMatchObject({ causeCode: 'OVR_UPSTREAM_REFUSED' });
  await expect(connectTo('x', 1, [])).rejects.toMatchObject({ causeCode: 'OVR_UPSTREAM_DNS' });
  const named = (code: string): string => upstreamError(Object.assign(new Error('x'), { code })).causeCode;
  expect(
    [
      'CERT_HAS_EXPIRED',
      'ETIMEDOUT',
      'ENETUNREACH',
      'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'toString',
    ].map(named),
  ).toEqual([
    'OVR_UPSTREAM_CERT_EXPIRED',
    'OVR_UPSTREAM_TIMEOUT',
    'OVR_UPSTREAM_UNREACHABLE',
    'OVR_UPSTREAM_CLIENT_CERTIFICATE',
    'OVR_UPSTREAM_TLS',
    'OVR_UPSTREAM_UNREACHABLE',
  ]);
  expect(upstreamError('thrown text').causeCode).toBe('OVR_UPSTREAM_UNREACHABLE');
  expect(
    ['OVR_UPSTREAM_CERT_EXPIRED', 'OVR_DESTINATION_OWN', 'OVR_UPSTREAM_DNS'].map((code) => failureCode(code as UpstreamError['causeCode'])),
  ).toEqual(['upstream-certificate', 'refused-by-policy', 'upstream-dns']);
});

test('the origin sees the name and the offer of the phone, GREASE included, and chooses', async () => {
  const seen: unknown[] = [];
  const server = tlsOrigin((socket) => socket.on('data', () => undefined), {
    ALPNCallback: ({ servername, protocols }) => {
      seen.push([servername, protocols]);
      return 'http/1.1';
    },
  });
  const port = await listen(server);
  const secured = await upstream().secure(await connectTo('127.0.0.1', port, V4), {
    host: '127.0.0.1',
    port,
    serverName: 'a.origin.test',
    protocols: ['\x0a\x0a', 'h2', 'http/1.1'],
  });
  expect(secured).toMatchObject({ protocol: 'http/1.1', problem: null });
  expect(seen).toEqual([['a.origin.test', ['\x0a\x0a', 'h2', 'http/1.1']]]);
  secured.socket.destroy();
});

test('no name and no offer stay none', async () => {
  let name: unknown = 'unset';
  const server = tlsOrigin((socket) => {
    name = socket.servername;
    socket.end();
  });
  const port = await listen(server);
  const secured = await upstream().secure(await connectTo('127.0.0.1', port, V4), {
    host: 'localhost',
    port,
    serverName: null,
    protocols: [],
  });
  await until(() => name !== 'unset');
  expect(name).toBe(false);
  expect(secured.protocol).toBeNull();
  secured.socket.destroy();
});

test('a second connection resumes the session, and a session never replaces the check of a name', async () => {
  const port = await listen(tlsOrigin((socket) => socket.write('x')));
  const shared = upstream();
  const secure = async (serverName: string) =>
    shared.secure(await connectTo('127.0.0.1', port, V4), { host: '203.0.113.9', port, serverName, protocols: [] });
  const first = await secure('origin.test');
  await new Promise((resolve) => first.socket.once('data', resolve));
  const second = await secure('origin.test');
  expect([first.socket.isSessionReused(), second.socket.isSessionReused()]).toEqual([false, true]);
  await expect(secure('other.test')).rejects.toMatchObject({ causeCode: 'OVR_UPSTREAM_CERT_WRONG_HOST' });
  first.socket.destroy();
  second.socket.destroy();
});

test('a certificate for the address asked for is as good as one for the name (HTTPDNS)', async () => {
  const port = await listen(tlsOrigin((socket) => socket.end()));
  const secured = await upstream().secure(await connectTo('127.0.0.1', port, V4), {
    host: '127.0.0.1',
    port,
    serverName: 'unlisted.test',
    protocols: [],
  });
  expect(secured.problem).toBeNull();
  secured.socket.destroy();
});

test('an insecure host is let through with the problem told, and only that host', async () => {
  const port = await listen(tlsOrigin((socket) => socket.end()));
  const strict = new Upstream({ trust: upstreamTrust(null), insecureHosts: ['excused.test'], parent: null });
  const ask = async (serverName: string) =>
    strict.secure(await connectTo('127.0.0.1', port, V4), { host: '203.0.113.9', port, serverName, protocols: [] });
  const secured = await ask('excused.test');
  expect(secured.problem).toMatch(/UNABLE|SELF_SIGNED/);
  secured.socket.destroy();
  await expect(ask('origin.test')).rejects.toMatchObject({ causeCode: expect.stringMatching(/UNKNOWN_ISSUER/) });
});
