import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { dial, listen, sleep, startLab, until, type Wire } from './lab.js';

async function echoPort(): Promise<number> {
  return listen(createServer((socket) => socket.pipe(socket)));
}

function request(port: number, address: readonly number[]): Buffer {
  return Buffer.from([5, 1, 0, ...address, port >> 8, port & 255]);
}
const V4 = [1, 127, 0, 0, 1];
const domain = (name: string): number[] => [3, name.length, ...Buffer.from(name)];

async function greet(port: number, methods: readonly number[] = [0]): Promise<Wire> {
  const wire = await dial(port);
  wire.socket.write(Buffer.from([5, methods.length, ...methods]));
  await until(() => wire.received.length >= 2);
  return wire;
}

describe('SOCKS5 on the same port', () => {
  test.each([
    ['IPv4', V4],
    ['a domain', domain('localhost')],
  ])('%s', async (_, address) => {
    const echo = await echoPort();
    const { port, tap } = await startLab();
    const wire = await greet(port);
    wire.socket.write(request(echo, address));
    await until(() => wire.received.length === 12);
    expect([...wire.received]).toEqual([5, 0, 5, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    wire.socket.write('\0hi');
    await wire.expect('\0hi');
    expect(tap.opens()[0]).toMatchObject({ port: echo, reach: 'not_inspected', client: { user: null } });
  });

  test('all at once, byte by byte, and with a user name as label', async () => {
    const echo = await echoPort();
    const { port, tap, capture } = await startLab();
    const all = Buffer.concat([
      Buffer.from([5, 2, 0, 2]),
      Buffer.from([1, 5, ...Buffer.from('Pixel'), 0]),
      request(echo, V4),
      Buffer.from('\0early'),
    ]);
    const at = await dial(port);
    at.socket.write(all);
    await at.expect('\0early');
    const slow = await dial(port);
    slow.socket.setNoDelay(true);
    for (const byte of all) {
      slow.socket.write(Buffer.from([byte]));
      await sleep(1);
    }
    await slow.expect('\0early');
    expect(tap.opens().map((open) => open.client.user)).toEqual(['Pixel', 'Pixel']);
    expect(capture.devices()[0]?.label).toBe('Pixel');
  });

  test('a refused origin and a refused destination have their own replies', async () => {
    const { port, tap } = await startLab();
    const down = await greet(port);
    down.socket.write(request(1, V4));
    await until(() => down.received.length === 12);
    expect(down.received[3]).toBe(5);
    const metadata = await greet(port);
    metadata.socket.write(request(80, [1, 169, 254, 169, 254]));
    await until(() => metadata.received.length === 12);
    expect(metadata.received[3]).toBe(2);
    expect(tap.opens().map((open) => open.cause?.code)).toEqual(['OVR_UPSTREAM_REFUSED', 'OVR_DESTINATION_LINK_LOCAL']);
  });

  test.each([
    ['BIND', [5, 2, 0, 1, 127, 0, 0, 1, 0, 80], 7],
    ['an unknown address type', [5, 1, 0, 9, 0, 0, 0, 0, 0, 0], 8],
    ['a hostile name', [5, 1, 0, ...domain('a b'), 0, 80], 2],
    ['port 0', [5, 1, 0, 1, 127, 0, 0, 1, 0, 0], 2],
  ])('%s is refused', async (_, bytes, code) => {
    const { port } = await startLab();
    const wire = await greet(port);
    wire.socket.write(Buffer.from(bytes));
    await until(() => wire.received.length === 12);
    expect(wire.received[3]).toBe(code);
  });

  test('incident: UDP that a phone asked for, and targets that could not be read, were refused and stood nowhere', async () => {
    const { port, tap } = await startLab();
    const ask = async (...bytes: number[]) => {
      const wire = await greet(port);
      wire.socket.write(Buffer.from(bytes));
      await until(() => wire.received.length === 12);
    };
    // A VPN asks for UDP again and again: one row for a while.
    for (let times = 0; times < 3; times++) await ask(5, 3, 0, 1, 0, 0, 0, 0, 0, 0);
    await ask(5, 2, 0, 1, 127, 0, 0, 1, 0, 80);
    await ask(5, 1, 0, 9, 0, 0, 0, 0, 0, 0);
    await ask(5, 1, 0, ...domain('a@:b'), 0, 80);
    await ask(4, 1, 0, 3, 200);
    expect(tap.opens().map(({ host, port: to, reach, cause }) => [host, to, reach, cause?.code])).toEqual([
      ['0.0.0.0', 0, 'failed', 'OVR_SOCKS_COMMAND'],
      ['127.0.0.1', 80, 'failed', 'OVR_SOCKS_COMMAND'],
      ['SOCKS address type 9', 0, 'failed', 'OVR_DESTINATION_MALFORMED'],
      ['a@:b', 80, 'failed', 'OVR_DESTINATION_MALFORMED'],
      ['SOCKS address type 3', 0, 'failed', 'OVR_DESTINATION_MALFORMED'],
    ]);
    expect(tap.opens()[0]?.cause?.text.en).toContain('UDP ASSOCIATE');
    expect(tap.closes().map(({ failure }) => failure?.code)).toEqual([
      'socks-command',
      'socks-command',
      'refused-by-policy',
      'refused-by-policy',
      'refused-by-policy',
    ]);
  });

  test('no method in common', async () => {
    const { port } = await startLab();
    const wire = await greet(port, [1]);
    expect([...wire.received]).toEqual([5, 0xff]);
  });

  test('credentials, where they are demanded', async () => {
    const echo = await echoPort();
    const { port } = await startLab({ credentials: { user: 'u', password: 'p' } });
    expect([...(await greet(port, [0])).received]).toEqual([5, 0xff]);
    const wrong = await greet(port, [2]);
    wrong.socket.write(Buffer.from([1, 1, 0x75, 1, 0x71]));
    await until(() => wrong.ended);
    expect([...wrong.received]).toEqual([5, 2, 1, 1]);
    const right = await greet(port, [0, 2]);
    right.socket.write(Buffer.concat([Buffer.from([1, 1, 0x75, 1, 0x70]), request(echo, V4)]));
    await until(() => right.received.length === 14);
    expect(right.received[5]).toBe(0);
  });
});
