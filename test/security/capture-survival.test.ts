import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dial, listen, secureTunnel, sleep, startLab, tlsOrigin, tunnel, until, type Wire } from '../capture/lab.js';
import { mutated, random } from '../random.js';

/**
 * No input ends the process. The listeners that vitest puts on uncaughtException would hide it, so every such error is counted.
 */
const uncaught: unknown[] = [];
const note = (error: unknown): void => {
  uncaught.push(error);
};
beforeAll(() => {
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
});
afterAll(() => {
  process.off('uncaughtException', note);
  process.off('unhandledRejection', note);
});

const UPGRADE =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

test('the inputs that ended http-mitm-proxy 1.1.0', async () => {
  const answers = [
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTrailer: x\r\n\r\nok',
    'HTTP/1.1 099 Odd\r\nContent-Length: 2\r\n\r\nok',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nzzz\r\n',
    '\0'.repeat(100),
  ];
  const { port, ca } = await startLab();
  for (const answer of answers) {
    const plain = await listen(createServer((socket) => socket.once('data', () => socket.end(answer))));
    const secure = await listen(tlsOrigin((socket) => socket.once('data', () => socket.end(answer))));
    const wire = await dial(port);
    wire.socket.write(`GET http://127.0.0.1:${plain}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
    await until(() => wire.text === answer);
    const inside = await secureTunnel(port, `localhost:${secure}`, { ca, servername: 'localhost' });
    inside.tls.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => inside.wire.text === answer);
  }
  for (const line of [
    `GET / HTTP/1.1\r\nHost: a%%b:99999\r\n${UPGRADE}`,
    `GET / HTTP/1.0\r\n${UPGRADE}`,
    `GET http://a%%b:99999/ HTTP/1.1\r\n${UPGRADE}`,
    'CONNECT ca.private:443 HTTP/1.1\r\n\r\n',
    'CONNECT ../../x:443 HTTP/1.1\r\n\r\n',
    'CONNECT : HTTP/1.1\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  ]) {
    const wire = await dial(port);
    wire.socket.write(line);
    await sleep(20);
    wire.socket.destroy();
  }
  const reset = await dial(port);
  reset.socket.write('CONNECT localhost:9 HTTP/1.1\r\n\r\n');
  reset.socket.resetAndDestroy();
  await sleep(50);
  expect(uncaught).toEqual([]);
});

test('10,000 mutated beginnings, on every way in, and the next request is served', { timeout: 300_000 }, async () => {
  const origin = await listen(
    createServer((socket) => {
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
    }),
  );
  const { port, tap } = await startLab();
  const seeds = [
    `GET http://127.0.0.1:${origin}/a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc`,
    `POST http://127.0.0.1:${origin}/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
    `GET http://127.0.0.1:${origin}/ HTTP/1.1\r\nHost: x\r\n${UPGRADE}`,
    `CONNECT 127.0.0.1:${origin} HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n`,
    'GET http://overreach.test/?lang=en HTTP/1.1\r\nHost: overreach.test\r\n\r\n',
    `\x05\x01\x00\x05\x01\x00\x01\x7f\x00\x00\x01${String.fromCharCode(origin >> 8, origin & 255)}GET / HTTP/1.1\r\n\r\n`,
    `\x16\x03\x01\x00\x2f\x01\x00\x00\x2b\x03\x03${'r'.repeat(32)}\x00\x00\x02\x13\x01\x01\x00\x00\x00`,
    `CONNECT 127.0.0.1:${origin} HTTP/1.1\r\nHost: x\r\n\r\n\x16\x03\x01\x00\x2f\x01\x00\x00\x2b\x03\x03${'r'.repeat(32)}\x00\x00\x02\x13\x01\x01\x00\x00\x00`,
  ].map((text) => Buffer.from(text, 'latin1'));
  const next = random(20_260_101);
  const one = async (): Promise<void> => {
    const wire = await dial(port);
    wire.socket.end(mutated(next, seeds));
    const leave = next(3);
    if (leave === 0) wire.socket.resetAndDestroy();
    else await Promise.race([until(() => wire.ended || wire.closed).catch(() => undefined), sleep(5)]);
    wire.socket.destroy();
  };
  const worker = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done++) await one();
  };
  await Promise.all(Array.from({ length: 50 }, () => worker(200)));
  const wire = await dial(port);
  wire.socket.write(`GET http://127.0.0.1:${origin}/after HTTP/1.1\r\nHost: x\r\n\r\n`);
  await wire.expect('ok');
  wire.socket.destroy();
  const left = () => {
    const closed = new Set(tap.closes().map((close) => close.connection));
    return tap.opens().filter((open) => !closed.has(open.connection));
  };
  await until(() => left().length === 0, 15_000).catch(() => undefined);
  expect(left()).toEqual([]);
  expect(uncaught).toEqual([]);
});

test('h2 rapid reset and broken frames pass as bytes and cost nothing', async () => {
  let got = 0;
  const origin = await listen(
    tlsOrigin(
      (socket) => {
        socket.on('data', (bytes) => {
          got += bytes.length;
        });
      },
      { ALPNProtocols: ['h2'] },
    ),
  );
  const { port, ca } = await startLab();
  const { tls } = await secureTunnel(port, `localhost:${origin}`, { ca, servername: 'localhost', alpn: ['h2'] });
  const resets = Buffer.alloc(10_000 * 13);
  for (let stream = 0; stream < 10_000; stream++) resets.set([0, 0, 4, 3, 0, 0, 0, stream >> 8, stream & 255, 0, 0, 0, 8], stream * 13);
  tls.write(resets);
  await until(() => got === resets.length);
  tls.destroy();
  expect(uncaught).toEqual([]);
});

test('half-open clients of every kind leave no connection behind when they go', async () => {
  const silent = await listen(createServer());
  const { port, capture } = await startLab();
  const beginnings = [
    'C',
    'CONNECT a',
    'GET http://',
    '\x05',
    '\x05\x01',
    '\x16\x03',
    `CONNECT 127.0.0.1:${silent} HTTP/1.1\r\n\r\n\x16`,
    `GET http://127.0.0.1:${silent}/ HTTP/1.1\r\nHost: x\r\n\r\n`,
  ];
  const wires: Wire[] = [];
  for (const beginning of beginnings) {
    const wire = await dial(port);
    wire.socket.write(Buffer.from(beginning, 'latin1'));
    wires.push(wire);
  }
  wires.push(await tunnel(port, `127.0.0.1:${silent}`));
  await until(() => capture.devices()[0]?.openConnections === wires.length);
  for (const wire of wires) wire.socket.resetAndDestroy();
  await until(() => capture.devices()[0]?.openConnections === 0);
  expect(uncaught).toEqual([]);
});

test('half-sent heads and greetings are ended by a timer', { timeout: 60_000 }, async () => {
  const { port, capture } = await startLab();
  for (const beginning of ['CONNECT a', 'GET http://a/ HTTP/1.1\r\nHost', '\x05\x02\0'])
    (await dial(port)).socket.write(Buffer.from(beginning, 'latin1'));
  await until(() => capture.devices()[0]?.openConnections === 3);
  await until(() => capture.devices()[0]?.openConnections === 0, 40_000);
  expect(uncaught).toEqual([]);
});
