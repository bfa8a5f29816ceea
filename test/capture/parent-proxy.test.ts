import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { ParentProxy, readParentUrl } from '../../src/capture/parent-proxy.js';
import { dial, listen, sleep, startLab, tunnel, until, Wire } from './lab.js';

const LOOPBACK = [{ address: '127.0.0.1', family: 4 }] as const;

/** A parent that answers the n-th message with the n-th answer, then echoes. */
async function parent(answers: readonly Buffer[]): Promise<{ readonly port: number; readonly got: () => Buffer }> {
  let got: Buffer = Buffer.alloc(0);
  const port = await listen(
    createServer((socket) => {
      const left = [...answers];
      socket.on('data', (bytes) => {
        got = Buffer.concat([got, bytes]);
        socket.write(left.shift() ?? bytes);
      });
    }),
  );
  return { port, got: () => got };
}

test('addresses of parents', () => {
  expect(readParentUrl('http://u%40:p%3a@proxy.test')).toEqual({ kind: 'http', host: 'proxy.test', port: 80, user: 'u@', password: 'p:' });
  expect(readParentUrl('socks5://[::1]')).toEqual({ kind: 'socks5', host: '::1', port: 1080, user: null, password: '' });
  for (const bad of ['proxy:80', 'ftp://x', 'http://', '', 'http://u:100%@proxy.test', `socks5://u:${'p'.repeat(256)}@proxy.test`])
    expect(() => readParentUrl(bad)).toThrow(expect.objectContaining({ code: 'OVR_PARENT_PROXY_URL' }));
});

describe('asking', () => {
  test('HTTP CONNECT with credentials; bytes behind the answer stay in the socket', async () => {
    const { port, got } = await parent([Buffer.from('HTTP/1.1 200 OK\r\nX: y\r\n\r\n220 first')]);
    const socket = await new ParentProxy(`http://u:p@127.0.0.1:${port}`, LOOPBACK).connect('origin.example', 443);
    expect(got().toString()).toBe(
      `CONNECT origin.example:443 HTTP/1.1\r\nHost: origin.example:443\r\nProxy-Authorization: Basic ${Buffer.from('u:p').toString('base64')}\r\n\r\n`,
    );
    const wire = new Wire(socket);
    socket.resume();
    await wire.expect('220 first');
    socket.write('echo');
    await wire.expect('echo');
  });

  test('SOCKS5 by name, with credentials', async () => {
    const { port, got } = await parent([Buffer.from([5, 2]), Buffer.from([1, 0]), Buffer.from([5, 0, 0, 3, 2, 0x61, 0x62, 0, 80])]);
    const socket = await new ParentProxy(`socks5://u:p@127.0.0.1:${port}`, LOOPBACK).connect('a.test', 443);
    expect([...got()]).toEqual([5, 2, 0, 2, 1, 1, 0x75, 1, 0x70, 5, 1, 0, 3, 6, ...Buffer.from('a.test'), 1, 0xbb]);
    socket.destroy();
  });

  test('incident: an IPv6 address was given to a SOCKS parent as a name', async () => {
    const { port, got } = await parent([Buffer.from([5, 0]), Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 80])]);
    const socket = await new ParentProxy(`socks5://127.0.0.1:${port}`, LOOPBACK).connect('2001:db8::1', 443);
    expect([...got()]).toEqual([5, 1, 0, 5, 1, 0, 4, 0x20, 1, 0x0d, 0xb8, ...Buffer.alloc(11), 1, 1, 0xbb]);
    socket.destroy();
  });

  test.each([
    ['HTTP 407', 'http', [Buffer.from('HTTP/1.1 407 No\r\n\r\n')]],
    ['junk', 'http', [Buffer.from('junk\r\n\r\n')]],
    ['SOCKS refusal', 'socks5', [Buffer.from([5, 0]), Buffer.from([5, 5, 0, 1, 0, 0, 0, 0, 0, 0])]],
    ['no method', 'socks5', [Buffer.from([5, 255])]],
  ])('%s is a failure of the parent', async (_, kind, answers) => {
    const { port } = await parent(answers);
    await expect(new ParentProxy(`${kind}://127.0.0.1:${port}`, LOOPBACK).connect('a.test', 443)).rejects.toMatchObject({
      causeCode: 'OVR_PARENT_PROXY',
    });
  });

  test('a parent that is down or hangs up', async () => {
    await expect(new ParentProxy('http://127.0.0.1:1', LOOPBACK).connect('a.test', 443)).rejects.toMatchObject({
      causeCode: 'OVR_PARENT_PROXY',
    });
    const port = await listen(createServer((socket) => socket.end()));
    await expect(new ParentProxy(`http://127.0.0.1:${port}`, LOOPBACK).connect('a.test', 443)).rejects.toMatchObject({
      causeCode: 'OVR_PARENT_PROXY',
    });
  });
});

test('some names go without the parent', () => {
  const proxy = new ParentProxy('http://p.test', LOOPBACK, ['.corp.test', '*.lab.test', 'one.test']);
  const far = [{ address: '203.0.113.1', family: 4 }] as const;
  const covered = (host: string): boolean => proxy.covers(host, far);
  expect(['a.corp.test', 'lab.test', 'x.one.test', 'notone.test', 'other.test'].map(covered)).toEqual([false, false, false, true, true]);
  expect(proxy.covers('localhost', LOOPBACK)).toBe(false);
});

// In a company network only the proxy may know a name: it was refused for want of an address.
test('a name that only the parent can resolve is asked of it; one that goes without it still needs an address', async () => {
  const { port: parentPort } = await parent([Buffer.from('HTTP/1.1 200 OK\r\n\r\n')]);
  const { port, tap } = await startLab({
    parentProxy: `http://127.0.0.1:${parentPort}`,
    noProxy: ['direct.example'],
    resolve: async () => [],
  });
  const wire = await tunnel(port, 'inside.example:1883');
  wire.socket.write('\x10raw');
  await wire.expect('\x10raw');
  const refused = await tunnel(port, 'direct.example:1883').catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Error);
  await until(() => tap.opens().length === 2);
  expect(
    tap
      .opens()
      .map(({ host, reach, cause }) => [host, reach, cause?.code])
      .sort(),
  ).toEqual([
    ['direct.example', 'failed', 'OVR_UPSTREAM_DNS'],
    ['inside.example', 'not_inspected', 'OVR_NOT_INSPECTED_PROTOCOL'],
  ]);
});

test('a tunnel of a phone goes by way of the parent, and the record does not take the parent for the origin', async () => {
  const { port: parentPort } = await parent([Buffer.from('HTTP/1.1 200 OK\r\n\r\n')]);
  const { port, tap } = await startLab({
    parentProxy: `http://127.0.0.1:${parentPort}`,
    resolve: async () => [{ address: '203.0.113.1', family: 4 }],
  });
  const wire = await tunnel(port, 'far.example:1883');
  wire.socket.write('\x10raw');
  await wire.expect('\x10raw');
  await until(() => tap.opens().length === 1);
  expect(tap.opens()[0]).toMatchObject({ host: 'far.example', serverAddress: null, reach: 'not_inspected' });
  await sleep(1);
});

describe('plain requests by way of an HTTP parent', () => {
  const far = { resolve: async () => [{ address: '203.0.113.1', family: 4 as const }] };
  const credentials = `Proxy-Authorization: Basic ${Buffer.from('u:p').toString('base64')}\r\n`;

  test('are asked as requests, with the absolute target and our credentials, which are not in the record', async () => {
    const answer = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    const { port: parentPort, got } = await parent([answer, answer]);
    const { port, tap } = await startLab({ parentProxy: `http://u:p@127.0.0.1:${parentPort}`, ...far });
    const wire = await dial(port);
    wire.socket.write('GET http://far.example/a/../b?q HTTP/1.1\r\nHost: far.example\r\nProxy-Authorization: Basic eDp5\r\n\r\n');
    await wire.expect('ok');
    wire.socket.write('OPTIONS http://far.example HTTP/1.1\r\nHost: far.example\r\n\r\n');
    await until(() => wire.text.split('ok').length === 3);
    expect(got().toString()).toBe(
      `GET http://far.example/a/../b?q HTTP/1.1\r\n${credentials}Host: far.example\r\n\r\n` +
        `OPTIONS http://far.example HTTP/1.1\r\n${credentials}Host: far.example\r\n\r\n`,
    );
    const [open] = tap.opens();
    expect(open).toMatchObject({ host: 'far.example', port: 80, serverAddress: null, reach: 'cleartext' });
    await until(() => tap.text(open?.connection ?? '', 'up').includes('OPTIONS'));
    expect(tap.text(open?.connection ?? '', 'up')).toBe(
      'GET /a/../b?q HTTP/1.1\r\nHost: far.example\r\n\r\nOPTIONS * HTTP/1.1\r\nHost: far.example\r\n\r\n',
    );
  });

  test('a WebSocket gets a tunnel, because a proxy need not carry an upgrade on', async () => {
    const { port: parentPort, got } = await parent([
      Buffer.from('HTTP/1.1 200 OK\r\n\r\n'),
      Buffer.from('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
    ]);
    const { port } = await startLab({ parentProxy: `http://127.0.0.1:${parentPort}`, ...far });
    const wire = await dial(port);
    wire.socket.write('GET ws://far.example/s HTTP/1.1\r\nHost: far.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await wire.expect('101 Switching');
    expect(got().toString()).toMatch(/^CONNECT far\.example:80 HTTP\/1\.1\r\n(?:.+\r\n)*\r\nGET \/s HTTP\/1\.1\r\n/);
  });

  test('a parent that wants other credentials is named; the phone is not asked for ours', async () => {
    const { port: parentPort } = await parent([Buffer.from('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n')]);
    const { port, tap } = await startLab({ parentProxy: `http://127.0.0.1:${parentPort}`, ...far });
    const wire = await dial(port);
    wire.socket.write('GET http://far.example/ HTTP/1.1\r\nHost: far.example\r\n\r\n');
    await wire.expect('Overreach-Error: OVR_PARENT_PROXY');
    expect(wire.text).toMatch(/^HTTP\/1\.1 502 /);
    expect(tap.opens().map(({ reach }) => reach)).toEqual(['cleartext', 'failed']);
  });
});
