import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import { dial, listen, startLab, tunnel, until } from './lab.js';

/** Files for so many connections. */
const room = (connections: number): number => limits.filesReserved + limits.filesPerConnection * connections;

/** A proxy with room for one connection, which is taken. */
async function fullLab(options: Parameters<typeof startLab>[0] = {}) {
  const told: string[] = [];
  const lab = await startLab({ openFiles: room(1), onCrowded: (address) => told.push(address), ...options });
  const first = await dial(lab.port);
  await until(() => lab.capture.devices()[0]?.openConnections === 1);
  return { ...lab, told, first };
}

describe('incident: connections beyond the descriptors of the system were closed by it without a word', () => {
  test('whom a tunnel was meant for stands in the record, and each is counted', async () => {
    const { port, tap, told, capture } = await fullLab();
    expect(capture.bounds).toEqual({ total: 1, perClient: 1, openFiles: room(1) });
    for (let n = 0; n < 3; n++) {
      const wire = await dial(port);
      wire.socket.write('CONNECT api.example.test:443 HTTP/1.1\r\nHost: api.example.test:443\r\n\r\n');
      await wire.expect('HTTP/1.1 429');
      await wire.expect('OVR_TOO_MANY_CONNECTIONS');
    }
    expect(tap.opens()).toHaveLength(3);
    for (const opened of tap.opens()) {
      expect(opened).toMatchObject({ host: 'api.example.test', port: 443, reach: 'failed', cause: { code: 'OVR_TOO_MANY_CONNECTIONS' } });
      expect(opened.cause?.text.en).toContain(`ulimit -n ${room(1)}`);
    }
    expect(tap.closes().map(({ failure }) => failure?.code)).toEqual(Array.from({ length: 3 }, () => 'too-many-connections'));
    expect(told).toEqual(['127.0.0.1']);
  });

  test('a plain request, SOCKS, and what names nobody', async () => {
    const { port, tap } = await fullLab();
    const plain = await dial(port);
    plain.socket.write('GET http://plain.example.test/a?b HTTP/1.1\r\nHost: plain.example.test\r\n\r\n');
    await plain.expect('HTTP/1.1 429');
    const socks = await dial(port);
    socks.socket.write(Buffer.from([5, 1, 0, 5, 1, 0, 3, 4, ...Buffer.from('sock'), 1, 187]));
    await until(() => socks.received.length === 12);
    expect(socks.received[3]).toBe(1);
    const garbage = await dial(port);
    garbage.socket.write('\0\0\r\n\r\n');
    await garbage.expect('HTTP/1.1 429');
    expect(tap.opens().map(({ host, port: at }) => `${host}:${at}`)).toEqual(['plain.example.test:80', 'sock:443', '?:0']);
  });

  test('a connection that says nothing wanted nothing, and our own pages are no traffic of an app', async () => {
    const { port, tap } = await fullLab();
    const silent = await dial(port);
    silent.socket.end();
    const onboarding = await dial(port);
    onboarding.socket.write('CONNECT overreach.test:443 HTTP/1.1\r\n\r\n');
    await onboarding.expect('HTTP/1.1 429');
    const secure = await dial(port);
    secure.socket.write(Buffer.from([0x16, 3, 1, 0, 1]));
    await until(() => secure.ended || secure.closed);
    await until(() => silent.closed, 2 * limits.lingerMs);
    expect(tap.opens()).toEqual([]);
  });

  test('of more than can be listened to, the number is recorded', async () => {
    const { port, tap } = await fullLab();
    const many = await Promise.all(Array.from({ length: limits.turnedAway + 5 }, () => dial(port)));
    await until(() => tap.opens().length === 5);
    expect(tap.opens().every(({ host }) => host === '?')).toBe(true);
    for (const wire of many) if (!wire.closed) wire.socket.write('CONNECT late.example.test:443 HTTP/1.1\r\n\r\n');
    await until(() => tap.opens().length === limits.turnedAway + 5);
  });

  test('who may not use the proxy leaves nothing in the record', async () => {
    const { port, tap } = await fullLab({ credentials: { user: 'u', password: 'p' } });
    const stranger = await dial(port);
    stranger.socket.write('CONNECT api.example.test:443 HTTP/1.1\r\n\r\n');
    await stranger.expect('HTTP/1.1 429');
    expect(tap.opens()).toEqual([]);
    const ours = await dial(port);
    const basic = Buffer.from('u:p').toString('base64');
    ours.socket.write(`CONNECT api.example.test:443 HTTP/1.1\r\nProxy-Authorization: Basic ${basic}\r\n\r\n`);
    await ours.expect('HTTP/1.1 429');
    expect(tap.opens().map(({ host, client }) => `${client.user} ${host}`)).toEqual(['u api.example.test']);
  });

  test('incident: a phone that asks first without its password was turned away, and nothing of that stood in the record', async () => {
    const { port, tap, first, capture } = await fullLab({ credentials: { user: 'u', password: 'p' } });
    first.socket.destroy();
    await until(() => capture.devices()[0]?.openConnections === 0);
    // It holds the only place, and its phone is known by it.
    const echo = await listen(createServer((socket) => socket.pipe(socket)));
    await tunnel(port, `127.0.0.1:${echo}`, `Proxy-Authorization: Basic ${Buffer.from('u:p').toString('base64')}\r\n`);
    const before = tap.opens().length;
    const asking = await dial(port);
    asking.socket.write('CONNECT api.example.test:443 HTTP/1.1\r\n\r\n');
    await asking.expect('HTTP/1.1 429');
    expect(tap.opens().slice(before)).toMatchObject([
      { host: 'api.example.test', cause: { code: 'OVR_TOO_MANY_CONNECTIONS' }, client: { user: null } },
    ]);
  });

  test('there is room again when one has gone', async () => {
    const { port, first, capture } = await fullLab();
    first.socket.destroy();
    await until(() => capture.devices()[0]?.openConnections === 0);
    await expect(tunnel(port, 'localhost:1')).resolves.toBeDefined();
  });
});
