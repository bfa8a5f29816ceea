import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { dial, listen, sleep, startLab, tunnel, until } from './lab.js';

describe('CONNECT', () => {
  test.each([
    ['169.254.169.254:80', 403, 'OVR_DESTINATION_LINK_LOCAL'],
    ['0x7f000001:80', 403, 'OVR_DESTINATION_NUMERIC'],
    ['no-such-name.invalid:443', 502, 'OVR_UPSTREAM_DNS'],
    ['a:b:c', 400, 'OVR_DESTINATION_MALFORMED'],
    ['::1:443', 400, 'OVR_DESTINATION_MALFORMED'],
    ['a.test:99999', 400, 'OVR_DESTINATION_MALFORMED'],
    ['../../x:443', 403, 'OVR_DESTINATION_MALFORMED'],
  ])('%s is answered %i %s and never reached', async (target, status, code) => {
    const { port } = await startLab();
    const wire = await dial(port);
    wire.socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await wire.expect(code);
    expect(wire.text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  test('incident: a CONNECT whose target could not be read was refused and stood nowhere', async () => {
    const { port, tap } = await startLab();
    const wire = await dial(port);
    wire.socket.write(`CONNECT a:b:${'c'.repeat(400)} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await until(() => tap.closes().length === 1);
    expect(tap.opens()[0]).toMatchObject({ host: `a:b:${'c'.repeat(296)}`, reach: 'failed', cause: { code: 'OVR_DESTINATION_MALFORMED' } });
    const locked = await startLab({ credentials: { user: 'u', password: 'p' } });
    const stranger = await dial(locked.port);
    stranger.socket.write('CONNECT a:b:c HTTP/1.1\r\nHost: x\r\n\r\n');
    await stranger.expect('OVR_DESTINATION_MALFORMED');
    expect(locked.tap.opens()).toEqual([]);
  });

  test.each([
    ['a header without a colon', 'CONNECT api.example.test:443 HTTP/1.1\r\nbroken\r\n\r\n', 400],
    ['a head that is too long', `CONNECT api.example.test:443 HTTP/1.1\r\nX: ${'y'.repeat(17_000)}\r\n\r\n`, 431],
    ['another protocol', 'CONNECT api.example.test:443 ICY/1.1\r\n\r\n', 400],
  ])('incident: a CONNECT that could not be parsed was answered and stood nowhere (%s)', async (_, head, status) => {
    const { port, tap } = await startLab();
    const wire = await dial(port);
    wire.socket.write(head);
    await wire.expect(`HTTP/1.1 ${status}`);
    await until(() => tap.closes().length === 1);
    expect(tap.opens()[0]).toMatchObject({ host: 'api.example.test', port: 443, reach: 'failed', cause: { code: 'OVR_HTTP_HEAD' } });
    const locked = await startLab({ credentials: { user: 'u', password: 'p' } });
    const stranger = await dial(locked.port);
    stranger.socket.write(head);
    await stranger.expect(`HTTP/1.1 ${status}`);
    expect(locked.tap.opens()).toEqual([]);
  });

  test('a refusal is a row', async () => {
    const { port, tap } = await startLab();
    const wire = await dial(port);
    wire.socket.write('CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => tap.closes().length === 1);
    expect(tap.opens()[0]).toMatchObject({ host: '169.254.169.254', reach: 'failed' });
    expect(tap.closes()[0]?.failure?.code).toBe('refused-by-policy');
  });

  test('the user name is a label; where credentials are demanded, others get 407', async () => {
    const echo = await listen(createServer((socket) => socket.pipe(socket)));
    const header = (text: string): string => `Proxy-Authorization: Basic ${Buffer.from(text).toString('base64')}\r\n`;
    const open = await startLab();
    const labelled = await tunnel(open.port, `127.0.0.1:${echo}`, header('iPhone:'));
    labelled.socket.write('\0x');
    await labelled.expect('\0x');
    expect(open.tap.opens()[0]?.client).toMatchObject({ address: '127.0.0.1', user: 'iPhone' });
    const locked = await startLab({ credentials: { user: 'u', password: 'p' } });
    await expect(tunnel(locked.port, `127.0.0.1:${echo}`)).rejects.toThrow(/407 Proxy Authentication Required/);
    await expect(tunnel(locked.port, `127.0.0.1:${echo}`, header('u:q'))).rejects.toThrow(/407/);
    await tunnel(locked.port, `127.0.0.1:${echo}`, header('u:p'));
    const plain = await dial(locked.port);
    plain.socket.write(`GET http://127.0.0.1:${echo}/ HTTP/1.1\r\nHost: x\r\n\r\n`);
    await plain.expect('407');
    expect((await tunnel(locked.port, 'overreach.test:443')).socket.destroyed).toBe(false);
  });

  test('bytes sent behind the CONNECT, without waiting, are not lost', async () => {
    const echo = await listen(createServer((socket) => socket.pipe(socket)));
    const { port } = await startLab();
    const wire = await dial(port);
    wire.socket.write(`CONNECT 127.0.0.1:${echo} HTTP/1.1\r\nHost: x\r\n\r\n\0early`);
    await wire.expect('\0early');
  });
});

test.each([
  ['CONNECT', (port: number) => Buffer.from(`CONNECT origin.test:${port} HTTP/1.1\r\nHost: x\r\n\r\n`)],
  [
    'SOCKS',
    (port: number) =>
      Buffer.concat([Buffer.from([5, 1, 0, 5, 1, 0, 3, 11]), Buffer.from('origin.test'), Buffer.from([port >> 8, port & 0xff])]),
  ],
])(
  'incident: a phone that left while its origin was looked up stood nowhere, and the connection to it was kept for ever (%s)',
  async (_, asking) => {
    let met = 0;
    let open = 0;
    const origin = createServer((socket) => {
      met++;
      open++;
      socket.resume();
      socket.on('close', () => open--);
    });
    const at = await listen(origin);
    const { port, tap } = await startLab({ resolve: () => sleep(100).then(() => [{ address: '127.0.0.1', family: 4 }]) });
    const wire = await dial(port);
    wire.socket.write(asking(at));
    await sleep(20);
    wire.socket.resetAndDestroy();
    await until(() => met === 1 && open === 0);
    await until(() => tap.closes().length === 1);
    expect(tap.opens()[0]).toMatchObject({ host: 'origin.test', port: at, reach: 'failed', cause: { code: 'OVR_CLIENT_LEFT' } });
    expect(tap.closes()[0]?.failure?.code).toBe('client-left');
  },
);

test('500 tunnels at once are all served', { timeout: 60_000 }, async () => {
  const echo = await listen(createServer((socket) => socket.pipe(socket)));
  const { port } = await startLab();
  const wires = await Promise.all(Array.from({ length: 500 }, () => tunnel(port, `127.0.0.1:${echo}`)));
  for (const [index, wire] of wires.entries()) wire.socket.write(`\0${index};`);
  await until(() => wires.every((wire, index) => wire.text === `\0${index};`), 20_000);
});
