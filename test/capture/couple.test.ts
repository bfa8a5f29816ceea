import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { couple } from '../../src/capture/couple.js';
import type { Failure } from '../../src/model/exchange.js';
import { sleep, until, Wire } from './lab.js';

/** Two ends of one TCP connection. */
async function pair(): Promise<{ readonly near: Socket; readonly far: Wire }> {
  const server = createServer({ allowHalfOpen: true });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const far = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true });
  const near = await accepted;
  server.close();
  near.on('error', () => undefined);
  onTestFinished(() => {
    near.destroy();
  });
  return { near, far: new Wire(far) };
}

async function coupled(early?: Buffer): Promise<{ phone: Wire; origin: Wire; seen: string[]; ends: (Failure | null)[] }> {
  const [phone, origin] = [await pair(), await pair()];
  const seen: string[] = [];
  const ends: (Failure | null)[] = [];
  couple({
    phone: phone.near,
    origin: origin.near,
    ...(early === undefined ? {} : { early }),
    seen: (direction, bytes) => seen.push(`${direction} ${bytes}`),
    done: (failure) => ends.push(failure),
  });
  return { phone: phone.far, origin: origin.far, seen, ends };
}

test('bytes and both ends pass, one side at a time', async () => {
  const { phone, origin, seen, ends } = await coupled(Buffer.from('early '));
  phone.socket.end('question');
  await until(() => origin.text === 'early question' && origin.ended);
  expect(phone.ended).toBe(false);
  origin.socket.end('answer');
  await until(() => phone.text === 'answer' && phone.ended && ends.length === 1);
  expect(ends).toEqual([null]);
  expect(seen.join('|')).toBe('up early |up question|down answer');
});

test.each(['phone', 'origin'] as const)('a reset of the %s is a reset for the other', async (side) => {
  const lab = await coupled();
  const [breaks, sees] = side === 'phone' ? [lab.phone, lab.origin] : [lab.origin, lab.phone];
  breaks.socket.write('half');
  await sees.expect('half');
  breaks.socket.resetAndDestroy();
  await until(() => sees.closed && lab.ends.length === 1);
  expect(sees.error?.code).toBe('ECONNRESET');
  expect(lab.ends[0]?.code).toBe(side === 'phone' ? 'client-reset' : 'upstream-reset');
});

test('a side that had already said its last byte is ended for the other', async () => {
  const [phone, origin] = [await pair(), await pair()];
  phone.near.resume();
  phone.far.socket.end();
  await until(() => phone.near.readableEnded);
  couple({ phone: phone.near, origin: origin.near, early: Buffer.from('PIN'), seen: () => undefined, done: () => undefined });
  await until(() => origin.far.text === 'PIN' && origin.far.ended);
});

test('nothing is buffered for a side that does not read', async () => {
  const { phone, origin, seen } = await coupled();
  phone.socket.pause();
  let sent = 0;
  const pump = (): void => {
    while (sent < 50_000_000) {
      sent += 100_000;
      if (!origin.socket.write(Buffer.alloc(100_000))) {
        origin.socket.once('drain', pump);
        return;
      }
    }
  };
  pump();
  await sleep(300);
  const stalled = seen.length;
  await sleep(200);
  expect(seen.length).toBe(stalled);
  expect(sent).toBeLessThan(20_000_000);
});
