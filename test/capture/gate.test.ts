import { createServer, Socket } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { AddressPolicy } from '../../src/capture/address-policy.js';
import { Devices } from '../../src/capture/devices.js';
import { Gate } from '../../src/capture/gate.js';
import { connectionBounds } from '../../src/capture/open-files.js';
import { limits } from '../../src/limits.js';
import { dial, listen, sleep, until } from './lab.js';

async function gate(allowed = true) {
  const taken: string[] = [];
  const policy = new AddressPolicy({ allowLoopback: true, own: () => [] });
  if (!allowed) vi.spyOn(policy, 'allowsPeer').mockReturnValue(false);
  const devices = new Devices(Date.now, []);
  const take =
    (kind: string) =>
    (socket: import('node:net').Socket): void => {
      socket.once('data', (bytes) => taken.push(`${kind} ${bytes.toString('latin1')}`));
      socket.resume();
    };
  const made = new Gate({
    policy,
    devices,
    bounds: connectionBounds(null),
    onConnectMethod: take('connect'),
    onPlain: take('plain'),
    onSocks: take('socks'),
    onTls: take('tls'),
    onCrowded: (address) => taken.push(`crowded ${address}`),
  });
  const port = await listen(createServer({ allowHalfOpen: true }, (socket) => made.admit(socket)));
  return { port, taken, gate: made, devices };
}

test('incident: a phone with a public address got no answer, and nobody was told why', async () => {
  const told: string[] = [];
  const policy = new AddressPolicy({ allowLoopback: true, own: () => [] });
  const made = new Gate({
    policy,
    devices: new Devices(Date.now, []),
    bounds: connectionBounds(null),
    onConnectMethod: () => {},
    onPlain: () => {},
    onSocks: () => {},
    onTls: () => {},
    onRefused: (address) => told.push(address),
  });
  const refused = (remoteAddress: string) => {
    const socket = new Socket();
    Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress });
    made.admit(socket);
    expect(socket.destroyed).toBe(true);
  };
  for (const address of ['203.0.113.9', '::ffff:203.0.113.9', '203.0.113.9']) refused(address);
  expect(told).toEqual(['203.0.113.9']);
  // Scanners are not told of for ever.
  for (let n = 1; n <= 2 * limits.refusedPeers; n++) refused(`198.51.100.${n}`);
  expect(told).toHaveLength(limits.refusedPeers);
});

describe('the first byte decides, and nothing of it is lost', () => {
  test.each([
    ['\x05\x01\0', 'socks'],
    ['\x16\x03\x01', 'tls'],
    ['CONNECT a:1 HTTP/1.1\r\n', 'connect'],
    ['CONNECTED x', 'plain'],
    ['COPY / HTTP/1.1', 'plain'],
    ['\0\0', 'plain'],
  ])('%j', async (text, kind) => {
    const { port, taken } = await gate();
    const wire = await dial(port);
    wire.socket.write(text, 'latin1');
    await until(() => taken.length === 1);
    expect(taken).toEqual([`${kind} ${text}`]);
  });

  test('byte by byte', async () => {
    const { port, taken } = await gate();
    const wire = await dial(port);
    wire.socket.setNoDelay(true);
    for (const letter of 'CONNECT ') {
      wire.socket.write(letter);
      await sleep(2);
    }
    await until(() => taken.length === 1);
    expect(taken).toEqual(['connect CONNECT ']);
  });
});

test('a peer of the open Internet gets not one byte', async () => {
  const { port, taken } = await gate(false);
  const wire = await dial(port);
  wire.socket.write('GET / HTTP/1.1\r\n\r\n');
  await until(() => wire.closed || wire.ended);
  expect([wire.received.length, taken]).toEqual([0, []]);
});

test('incident: one client gets its share and no more, and gets it back; that its connections are turned away was told to nobody', {
  timeout: 30_000,
}, async () => {
  const { port, taken, gate: made, devices } = await gate();
  for (let count = 0; count < limits.connectionsPerClient; count++) devices.opened('127.0.0.1');
  const refused = await dial(port);
  refused.socket.write('GET http://a.test/ HTTP/1.1\r\n\r\n');
  await refused.expect('HTTP/1.1 429');
  expect(made.openConnections).toBe(0);
  const again = await dial(port);
  again.socket.write('GET http://a.test/ HTTP/1.1\r\n\r\n');
  await again.expect('HTTP/1.1 429');
  expect(taken).toEqual(['crowded 127.0.0.1']);
  devices.closed('127.0.0.1');
  const wire = await dial(port);
  await until(() => made.openConnections === 1);
  wire.socket.destroy();
  await until(() => made.openConnections === 0);
  expect(devices.openConnections('127.0.0.1')).toBe(limits.connectionsPerClient - 1);
});

test('closing ends all', async () => {
  const { port, gate: made } = await gate();
  const wire = await dial(port);
  await until(() => made.openConnections === 1);
  made.closeAll();
  await until(() => wire.ended || wire.closed);
});
