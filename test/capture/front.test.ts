import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Front, startFront } from '../../src/capture/front.js';
import { dial, until } from './lab.js';

async function front(
  onConnect: Parameters<typeof startFront>[0]['onConnect'],
  onMalformed: Parameters<typeof startFront>[0]['onMalformed'] = (socket) => socket.destroy(),
): Promise<Front> {
  const made: Front = await startFront({
    host: '127.0.0.1',
    port: 0,
    onSocket: (socket) => {
      socket.on('error', () => undefined);
      made.parseConnect(socket);
    },
    onConnect,
    onMalformed,
  });
  onTestFinished(() => made.close());
  return made;
}

test('the package parses CONNECT, prints nothing and answers nothing', async () => {
  const prints = (['log', 'info', 'debug', 'error', 'warn'] as const).map((name) => vi.spyOn(console, name));
  const asked: string[] = [];
  const made = await front((request, socket, early) => {
    asked.push(`${request.url} ${early}`);
    socket.on('error', () => undefined);
    setTimeout(() => socket.emit('error', Object.assign(new Error('reset'), { code: 'ECONNRESET' })), 5);
    setTimeout(() => socket.destroy(), 20);
  });
  const wire = await dial(made.address.port);
  wire.socket.write('CONNECT [::1]:443 HTTP/1.1\r\nHost: x\r\n\r\nearly');
  await until(() => asked.length === 1 && (wire.ended || wire.closed));
  expect(asked).toEqual(['[::1]:443 early']);
  expect(wire.received.length).toBe(0);
  for (const print of prints) expect(print).not.toHaveBeenCalled();
});

test('a CONNECT that the parser refuses is handed on with its bytes, unanswered; a broken connection is only closed', async () => {
  const malformed: string[] = [];
  const made = await front(
    () => undefined,
    (socket, bytes, code) => {
      malformed.push(`${code} ${bytes.toString('latin1')}`);
      socket.end('answer');
    },
  );
  const wire = await dial(made.address.port);
  wire.socket.write('CONNECT \0\r\n\r\n');
  await wire.expect('answer');
  expect([wire.text, malformed]).toEqual(['answer', ['HPE_INVALID_URL CONNECT \0\r\n\r\n']]);
  const broken = await dial(made.address.port);
  broken.socket.write('CONNECT a.test:443 HT');
  broken.socket.resetAndDestroy();
  await until(() => broken.closed);
  expect(malformed).toHaveLength(1);
});

test('its throw-away authority is thrown away', async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('overreach-front-'));
  await front(() => undefined);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('overreach-front-') && !before.includes(name))).toEqual([]);
});

test('a taken port and a foreign address are errors with a next step', async () => {
  const made = await front(() => undefined);
  const options = {
    host: '127.0.0.1',
    port: made.address.port,
    onSocket: () => undefined,
    onConnect: () => undefined,
    onMalformed: () => undefined,
  };
  const print = vi.spyOn(console, 'error');
  await expect(startFront(options)).rejects.toMatchObject({ code: 'OVR_LISTEN', message: expect.stringContaining('already in use') });
  await expect(startFront({ ...options, host: '203.0.113.77', port: 0 })).rejects.toMatchObject({
    code: 'OVR_LISTEN',
    next: expect.stringContaining('--listen'),
  });
  expect(print).not.toHaveBeenCalled();
});
