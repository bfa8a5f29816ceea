import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { dial, listen, startLab, until } from '../capture/lab.js';

/** CVE-2025-23217: mitmweb's page was reachable through mitmproxy itself. Every spelling of "this machine" is tried, by every way in. */
test('the page of this program is reachable through the proxy by no spelling and no way in', async () => {
  let touched = 0;
  const ui = await listen(createServer(() => touched++));
  const { port, tap } = await startLab({ ownAddresses: () => [{ host: '127.0.0.1', port: ui }] });
  const lan = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => !entry.address.startsWith('fe80'))
    .map((entry) => (entry.family === 'IPv6' ? `[${entry.address}]` : entry.address));
  const spellings = [
    '127.0.0.1',
    '127.0.0.2',
    'localhost',
    'LOCALHOST',
    'localhost.',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '0.0.0.0',
    '[::]',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '0',
    ...lan,
  ];
  for (const host of new Set(spellings)) {
    const plain = await dial(port);
    plain.socket.write(`GET http://${host}:${ui}/ HTTP/1.1\r\nHost: ${host}:${ui}\r\n\r\n`);
    const connect = await dial(port);
    connect.socket.write(`CONNECT ${host}:${ui} HTTP/1.1\r\nHost: x\r\n\r\n`);
    const socks = await dial(port);
    const name = host.replace(/^\[|\]$/g, '');
    socks.socket.write(Buffer.from([5, 1, 0, 5, 1, 0, 3, name.length, ...Buffer.from(name), ui >> 8, ui & 255]));
    await until(() => plain.ended && connect.ended && socks.ended);
    expect(plain.text, host).toMatch(/^HTTP\/1.1 (403|400|502) .*Overreach-Error: OVR_/s);
    expect(connect.text, host).toMatch(/^HTTP\/1.1 (403|400|502) /);
    expect(socks.received[3], host).not.toBe(0);
  }
  expect(touched).toBe(0);
  expect(tap.opens().every((open) => open.reach === 'failed')).toBe(true);
});

test('loopback, link-local and metadata are refused by default, 0 bytes sent', async () => {
  let touched = 0;
  const inner = await listen(createServer(() => touched++));
  const { port } = await startLab({ allowLoopback: false });
  for (const target of [
    `127.0.0.1:${inner}`,
    `localhost:${inner}`,
    `[::1]:${inner}`,
    '169.254.169.254:80',
    '100.100.100.200:80',
    '[fe80::1]:80',
    '224.0.0.1:80',
    '255.255.255.255:80',
  ]) {
    const wire = await dial(port);
    wire.socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await until(() => wire.ended);
    expect(wire.text, target).toMatch(/^HTTP\/1.1 403 Forbidden/);
  }
  expect(touched).toBe(0);
});

test('ports of remote shells and file shares are refused, by every way in; mail and odd ports of apps are not', async () => {
  let asked = 0;
  const { port, tap } = await startLab({
    resolve: async () => {
      asked += 1;
      return [];
    },
  });
  for (const bad of [22, 23, 25, 445, 3389]) {
    const connect = await dial(port);
    connect.socket.write(`CONNECT far.example:${bad} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await connect.expect('OVR_DESTINATION_PORT');
    const plain = await dial(port);
    plain.socket.write(`GET http://far.example:${bad}/ HTTP/1.1\r\nHost: far.example:${bad}\r\n\r\n`);
    await plain.expect('OVR_DESTINATION_PORT');
    const socks = await dial(port);
    socks.socket.write(Buffer.from([5, 1, 0, 5, 1, 0, 1, 203, 0, 113, 9, bad >> 8, bad & 255]));
    await until(() => socks.received.length >= 12);
    expect(socks.received[3]).toBe(2);
  }
  expect(asked).toBe(0);
  expect(tap.opens().every(({ reach }) => reach === 'failed')).toBe(true);
  for (const fine of [465, 587, 993, 6666, 88, 8443]) {
    const connect = await dial(port);
    connect.socket.write(`CONNECT far.example:${fine} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await connect.expect('OVR_UPSTREAM_DNS');
  }
});

test('a name with several forbidden addresses finds no way around', async () => {
  let touched = 0;
  const metadata = await listen(createServer(() => touched++));
  const { port } = await startLab({
    ownAddresses: () => [{ host: '127.0.0.1', port: metadata }],
    resolve: async () => [
      { address: '127.0.0.1', family: 4 },
      { address: '169.254.169.254', family: 4 },
      { address: '::ffff:127.0.0.1', family: 6 },
    ],
  });
  const wire = await dial(port);
  wire.socket.write(`CONNECT mixed.example:${metadata} HTTP/1.1\r\nHost: x\r\n\r\n`);
  await wire.expect('403 Forbidden');
  expect(touched).toBe(0);
});

test('a name that resolves to this machine is refused like the address', async () => {
  let touched = 0;
  const ui = await listen(createServer(() => touched++));
  const { port } = await startLab({
    ownAddresses: () => [{ host: '127.0.0.1', port: ui }],
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  });
  const wire = await dial(port);
  wire.socket.write(`CONNECT rebind.example:${ui} HTTP/1.1\r\nHost: x\r\n\r\n`);
  await wire.expect('OVR_DESTINATION_OWN');
  expect(touched).toBe(0);
});

test('nothing that is served holds a private key', async () => {
  const { port, capture } = await startLab();
  let all = '';
  for (const path of [
    '/',
    '/ios',
    '/android',
    '/harmony',
    '/cleanup',
    '/ca.crt',
    '/ca.pem',
    '/ca.cer',
    '/ca.mobileconfig',
    '/ca.0',
    '/proxy.pac',
    '/status.json',
    '/ca.key',
    '/lights.js',
    '/site.css',
  ]) {
    const wire = await dial(port);
    wire.socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await until(() => wire.ended);
    all += wire.text;
  }
  all += JSON.stringify(capture) + JSON.stringify(capture.devices());
  expect(all).not.toMatch(/PRIVATE KEY/);
  expect(all.length).toBeGreaterThan(10_000);
});
