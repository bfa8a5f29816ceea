import { createServer } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { dial, listen, secureTunnel, sleep, startLab, tlsOrigin, tunnel, until, type Wire } from '../capture/lab.js';

// The timers are those of the program; only their lengths are made such that a test can wait for them.
const SHORT = vi.hoisted(() => ({
  idleMs: 600,
  keepAliveMs: 400,
  headMs: 400,
  clientHelloMs: 300,
  handshakeMs: 500,
  connectMs: 500,
  lingerMs: 200,
}));
vi.mock('../../src/limits.js', async (original) => {
  const { limits } = await original<typeof import('../../src/limits.js')>();
  return { limits: { ...limits, ...SHORT } };
});

/** A hello cut in half: 64 of the bytes that it announces. */
const HALF_HELLO = Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3, ...Array.from({ length: 64 }, () => 7)]);

async function gone(wire: Wire, ms = 15_000): Promise<void> {
  wire.socket.resume();
  await until(() => wire.closed || wire.ended, ms);
}

describe('whoever keeps the proxy waiting is let go, and leaves nothing open', () => {
  let silent: number;
  beforeAll(() => {
    // The keys of the lab are made outside of the time that is measured.
    tlsOrigin(() => undefined);
  });

  test.each([
    ['who connects and says nothing', ''],
    ['a method in half', 'CONN'],
    ['a CONNECT head in half', 'CONNECT a.test:443 HTTP/1.1\r\nHost: a'],
    ['a request head in half', 'GET http://a.test/ HTTP/1.1\r\nHost'],
    ['a head that grows by a byte at a time', 'GET http://a.test/ HTTP/1.1\r\nX: '],
    ['a SOCKS greeting in half', '\x05\x02\0'],
    ['a SOCKS request in half', '\x05\x01\0\x05\x01\0\x03'],
    ['TLS to the proxy itself, hello in half', HALF_HELLO.toString('latin1')],
  ])('%s', async (name, beginning) => {
    const { port, capture } = await startLab();
    const wire = await dial(port);
    wire.socket.write(Buffer.from(beginning, 'latin1'));
    const drip = name.includes('byte at a time') ? setInterval(() => wire.socket.write('x'), 50) : undefined;
    await gone(wire);
    clearInterval(drip);
    await until(() => capture.devices().every(({ openConnections }) => openConnections === 0));
  });

  test('a hello in half inside a tunnel, by CONNECT and by SOCKS', async () => {
    silent = await listen(createServer());
    const { port, tap } = await startLab();
    const connect = await tunnel(port, `127.0.0.1:${silent}`);
    connect.socket.write(HALF_HELLO);
    const socks = await dial(port);
    socks.socket.write(Buffer.from([5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, silent >> 8, silent & 255]));
    await until(() => socks.received.length >= 12);
    socks.socket.write(HALF_HELLO);
    await Promise.all([gone(connect), gone(socks)]);
    await until(() => tap.closes().length === 2);
    expect(tap.opens().map(({ cause }) => cause?.code)).toEqual(['OVR_CLIENT_TIMEOUT', 'OVR_CLIENT_TIMEOUT']);
  });

  test('a phone that stops after the answer to its hello', async () => {
    const origin = await listen(tlsOrigin((socket) => socket.resume()));
    const { port, tap } = await startLab();
    const wire = await tunnel(port, `localhost:${origin}`);
    // A real hello, and nothing after it: what TLS would write next is thrown away.
    const hello = await new Promise<Buffer>((resolve) => {
      const catcher = createServer((socket) => socket.once('data', resolve));
      catcher.listen(0, '127.0.0.1', () => {
        const address = catcher.address();
        const client = tlsConnect({
          port: typeof address === 'object' && address !== null ? address.port : 0,
          host: '127.0.0.1',
          servername: 'localhost',
        });
        client.on('error', () => undefined);
        setTimeout(() => {
          client.destroy();
          catcher.close();
        }, 200);
      });
    });
    wire.socket.write(hello);
    await gone(wire);
    await until(() => tap.opens().length === 1);
    expect(tap.opens()[0]?.cause?.code).toBe('OVR_CLIENT_TIMEOUT');
  });

  test('an origin that takes the connection and never answers its TLS', async () => {
    silent = await listen(createServer((socket) => socket.resume()));
    const { port, ca, tap } = await startLab();
    await expect(secureTunnel(port, `127.0.0.1:${silent}`, { ca }).then(({ wire }) => gone(wire))).resolves.toBeUndefined();
    await until(() => tap.opens().length === 1);
    expect(tap.opens()[0]?.cause?.code).toBe('OVR_UPSTREAM_TIMEOUT');
  });

  test('a parent proxy that never answers', async () => {
    silent = await listen(createServer((socket) => socket.resume()));
    const { port, tap } = await startLab({
      parentProxy: `http://127.0.0.1:${silent}`,
      resolve: async () => [{ address: '203.0.113.1', family: 4 }],
    });
    const wire = await dial(port);
    wire.socket.write('CONNECT far.test:443 HTTP/1.1\r\nHost: far.test\r\n\r\n');
    wire.socket.write(HALF_HELLO);
    await gone(wire);
    await until(() => tap.opens().length === 1);
    expect(tap.opens()[0]?.reach).toBe('failed');
  });

  test('incident: a plain request whose answer never came was recorded as one that the phone had left', async () => {
    silent = await listen(createServer((socket) => socket.resume()));
    const { port, tap } = await startLab();
    const wire = await dial(port);
    wire.socket.write(`GET http://127.0.0.1:${silent}/ HTTP/1.1\r\nHost: a.test\r\n\r\n`);
    await gone(wire);
    await until(() => tap.closes().length === 1);
    expect(tap.closes()[0]?.failure?.code).toBe('idle-timeout');
  });

  test('a silent tunnel ends, in clear and inside TLS; one that speaks now and then does not', async () => {
    const echo = await listen(createServer((socket) => socket.pipe(socket)));
    const secureEcho = await listen(tlsOrigin((socket) => socket.pipe(socket)));
    const { port, ca, capture, tap } = await startLab();
    const raw = await tunnel(port, `127.0.0.1:${echo}`);
    raw.socket.write('\x10raw');
    await raw.expect('\x10raw');
    const { tls: quiet, wire: quietWire } = await secureTunnel(port, `localhost:${secureEcho}`, { ca });
    quiet.write('once');
    await quietWire.expect('once');
    const { tls: busy, wire: busyWire } = await secureTunnel(port, `localhost:${secureEcho}`, { ca });
    for (let beat = 0; beat < 12; beat++) {
      busy.write(`beat ${beat};`);
      await busyWire.expect(`beat ${beat};`);
      await sleep(SHORT.idleMs / 4);
    }
    expect(busyWire.closed || busyWire.ended).toBe(false);
    await until(() => (raw.closed || raw.ended) && (quietWire.closed || quietWire.ended));
    // Incident: a connection that the proxy cut for its silence was recorded as one that the phone had left.
    await until(() => tap.closes().length === 2);
    expect(tap.closes().map(({ failure }) => failure?.code)).toEqual(['idle-timeout', 'idle-timeout']);
    busy.destroy();
    raw.socket.destroy();
    quiet.destroy();
    await until(() => capture.devices().every(({ openConnections }) => openConnections === 0));
  });
});
