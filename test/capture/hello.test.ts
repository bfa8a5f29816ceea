import { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readClientHello } from '../../src/capture/hello.js';
import { limits } from '../../src/limits.js';

/** The ClientHello that Node really sends. */
async function realHello(options: { servername?: string; ALPNProtocols?: string[] }): Promise<Buffer> {
  return new Promise((resolve) => {
    const sink = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _, done) => {
        resolve(chunk);
        done();
      },
    });
    const socket = connect({ socket: sink, ...options });
    socket.on('error', () => undefined);
  });
}

/** Cuts the one record of a hello into records of `size` bytes. */
function inRecords(hello: Buffer, size: number): Buffer {
  const message = hello.subarray(5);
  const records: Buffer[] = [];
  for (let at = 0; at < message.length; at += size) {
    const part = message.subarray(at, at + size);
    records.push(Buffer.from([0x16, 3, 1, part.length >> 8, part.length & 255]), part);
  }
  return Buffer.concat(records);
}

test('name and offer are read from a real hello, at every split of the stream', async () => {
  const hello = await realHello({ servername: 'Api.Example.cn', ALPNProtocols: ['h2', 'http/1.1'] });
  for (let length = 0; length < hello.length; length++)
    expect(readClientHello(hello.subarray(0, length)).state, String(length)).toBe('more');
  expect(readClientHello(Buffer.concat([hello, Buffer.from('more')]))).toEqual({
    state: 'hello',
    hello: { serverName: 'api.example.cn', protocols: ['h2', 'http/1.1'] },
  });
});

test('a hello over many records, down to one byte each', async () => {
  const hello = await realHello({ servername: 'a.test' });
  for (const size of [1, 2, 3, 50, 200])
    expect(readClientHello(inRecords(hello, size))).toEqual({ state: 'hello', hello: { serverName: 'a.test', protocols: [] } });
});

test('a hello as large as post-quantum ones', async () => {
  const hello = await realHello({
    servername: 'a.test',
    ALPNProtocols: Array.from({ length: 200 }, (_, index) => `protocol-number-${index}`),
  });
  const reading = readClientHello(hello);
  expect(hello.length).toBeGreaterThan(3_000);
  expect(reading.state === 'hello' && reading.hello.protocols.length).toBe(200);
});

test('what can never be TLS is told at once', () => {
  for (const text of ['GET / HTTP/1.1', '\x05\x01\0', '\x16GET', '\x16\x03\x01\0\0', '\x16\x03\x01\0\x05\x02'])
    expect(readClientHello(Buffer.from(text, 'latin1')).state, text).toBe('not-tls');
});

test('a hello above its limit is none', () => {
  const head = Buffer.from([0x16, 3, 1, 0x40, 0, 1, 0xff, 0xff, 0xff]);
  expect(readClientHello(Buffer.concat([head, Buffer.alloc(100)])).state).toBe('not-tls');
  expect(limits.clientHello).toBe(65_536);
});

test('mutations of a real hello never throw', async () => {
  const hello = await realHello({ servername: 'a.test', ALPNProtocols: ['h2'] });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(hello.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      fc.nat(hello.length),
      (changes, cut) => {
        const bytes = Buffer.from(hello.subarray(0, cut));
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        expect(['more', 'hello', 'not-tls']).toContain(readClientHello(bytes).state);
      },
    ),
    { numRuns: 2_000 },
  );
});
