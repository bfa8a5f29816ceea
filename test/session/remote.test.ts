import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { EXIT, type OverreachError } from '../../src/errors.js';
import { limits } from '../../src/limits.js';
import type { Lasting } from '../../src/model/trouble.js';
import { unpack } from '../../src/session/parcel.js';
import { connectAudit, type Order, type Word } from '../../src/session/remote.js';
import { sessionOf } from './traffic.js';

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** The other end of a thread, answering as told. */
async function connected(answer: (order: Order, say: (word: Word) => void) => void) {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const orders: Order[] = [];
  const problems: { readonly error: OverreachError; readonly lasts: Lasting }[] = [];
  const say = (word: Word) => port2.postMessage(word);
  port2.on('message', (order: Order) => {
    orders.push(order);
    answer(order, say);
  });
  const caughtUp: number[] = [];
  const connecting = connectAudit(
    port1,
    (error, lasts) => problems.push({ error, lasts }),
    Date.now,
    () => caughtUp.push(problems.length),
  );
  say({ type: 'ready', session: sessionOf() });
  return { audit: await connecting, orders, problems, caughtUp, say };
}

const counters = { exchanges: 1, findings: 0, bytesUp: 0, bytesDown: 0, notAnalysed: 0, opaque: 0 };

test('pressure grows with what is handed over and falls with what is consumed', async () => {
  const { audit } = await connected((order, say) => {
    if (order.type === 'tap' || order.type === 'parcel') say({ type: 'consumed', size: order.size });
  });
  audit.tap({ type: 'bytes', connection: 'c', at: 0, direction: 'up', bytes: new Uint8Array(10_000) });
  expect(audit.pressure()).toBeGreaterThanOrEqual(10_000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(audit.pressure()).toBe(0);
});

test('incident: an analysis that was minutes behind was told to nobody, and the session was ended too soon', async () => {
  const { audit, problems, caughtUp, say, orders } = await connected(() => {});
  let ahead = 0;
  const real = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => real() + ahead);
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  const send = () => audit.tap({ type: 'bytes', connection: 'c', at: 0, direction: 'down', bytes: new Uint8Array(limits.tapBatch) });
  const size = (of: number): number => {
    const order = orders[of];
    return order?.type === 'parcel' ? order.size : Number.NaN;
  };
  const answered = async (of: number) => {
    await vi.waitFor(() => expect(size(of)).toBeGreaterThan(0));
    const before = audit.pressure();
    say({ type: 'consumed', size: size(of) });
    await vi.waitFor(() => expect(audit.pressure()).toBeLessThan(before));
  };
  for (let n = 0; n < 4; n++) {
    send();
    ahead += 1_000;
  }
  await answered(0);
  expect(problems).toEqual([]);
  ahead += limits.analysisBehindMs;
  await answered(1);
  expect(problems).toMatchObject([
    { error: { code: 'OVR_ANALYSIS_BEHIND', next: expect.stringContaining('before you end the session') }, lasts: 'until_caught_up' },
  ]);
  await answered(2);
  expect([problems.length, caughtUp]).toEqual([1, []]);
  // It has caught up, which is told once, and falls behind again.
  await answered(3);
  expect(caughtUp).toEqual([1]);
  send();
  send();
  ahead += limits.analysisBehindMs;
  await answered(4);
  expect([problems.length, caughtUp]).toEqual([2, [1]]);
});

test('chunks travel together, copied before the call returns, and never behind what is told after them', async () => {
  const { audit, orders } = await connected((order, say) => {
    if (order.type === 'scene') say({ type: 'reply', call: order.call, session: sessionOf() });
  });
  const chunk = Buffer.from('abc');
  const tap = (connection: string, direction: 'up' | 'down', bytes: Uint8Array) =>
    audit.tap({ type: 'bytes', connection, at: 5, direction, bytes });
  tap('c', 'up', chunk);
  chunk.fill(0);
  tap('c', 'up', Buffer.from('d'));
  tap('d', 'down', new Uint8Array(limits.tapBatch));
  await audit.markScene('login', 'consented');
  expect(orders.map(({ type }) => type)).toEqual(['parcel', 'parcel', 'scene']);
  const pieces = orders.flatMap((order) => (order.type === 'parcel' ? [...unpack(order.parcel)] : []));
  expect(pieces.map(({ connection, direction, bytes }) => [connection, direction, bytes.length])).toEqual([
    ['c', 'up', 4],
    ['d', 'down', limits.tapBatch],
  ]);
  expect(Buffer.from(pieces[0]?.bytes ?? []).toString()).toBe('abcd');
});

test('a lone chunk does not wait for company', async () => {
  const { audit, orders } = await connected(() => {});
  audit.tap({ type: 'bytes', connection: 'c', at: 0, direction: 'up', bytes: Buffer.from('x') });
  await new Promise((resolve) => setTimeout(resolve, 20 * limits.tapDelayMs));
  expect(orders.map(({ type }) => type)).toEqual(['parcel']);
});

test('a batch reaches every listener until it leaves', async () => {
  const { audit, say } = await connected(() => {});
  const seen: number[] = [];
  const leave = audit.subscribe((batch) => seen.push(batch.id));
  const batch = (id: number): Word => ({
    type: 'batch',
    batch: { id, session: sessionOf(), findings: [], exchanges: [], connections: [], counters },
  });
  say(batch(1));
  await new Promise((resolve) => setTimeout(resolve, 30));
  leave();
  say(batch(2));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(seen).toEqual([1]);
  expect(audit.counters().exchanges).toBe(1);
});

test('an order is answered, or refused with the code of the other side', async () => {
  const { audit } = await connected((order, say) => {
    if (order.type === 'scene') say({ type: 'reply', call: order.call, session: sessionOf({ id: 'changed' }) });
    if (order.type === 'change')
      say({ type: 'refused', call: order.call, error: { code: 'OVR_CATEGORY', message: 'no', next: 'other', exit: EXIT.usage } });
  });
  expect((await audit.markScene('启动', 'before_consent')).id).toBe('changed');
  expect(audit.session().id).toBe('changed');
  await expect(audit.change({ app: 'x' })).rejects.toMatchObject({ code: 'OVR_CATEGORY', next: 'other' });
});

test('trouble of the other side is told and ends nothing', async () => {
  const { problems, say } = await connected(() => {});
  say({ type: 'problem', error: { code: 'OVR_STORE_FULL', message: 'full', next: 'room', exit: EXIT.usage }, lasts: 'until_stored' });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(problems).toMatchObject([{ error: { code: 'OVR_STORE_FULL' }, lasts: 'until_stored' }]);
});

test('a thread that dies is told as what lasts for good, and whatever is asked of it is refused', async () => {
  const told: unknown[] = [];
  const code =
    "const { parentPort, workerData } = require('node:worker_threads'); parentPort.postMessage(workerData); parentPort.once('message', () => { throw new Error('out of memory'); });";
  const thread = new Worker(code, { eval: true, workerData: { type: 'ready', session: sessionOf() } satisfies Word });
  const audit = await connectAudit(thread, ({ code, message }, lasts) => told.push([code, message, lasts]));
  await expect(audit.markScene('启动', 'before_consent')).rejects.toMatchObject({ code: 'OVR_ANALYSIS_DIED' });
  expect(told).toEqual([['OVR_ANALYSIS_DIED', 'The analysis thread ended: out of memory', 'for_good']]);
  await expect(audit.endScene()).rejects.toMatchObject({ code: 'OVR_ANALYSIS_DIED' });
});

test('incident: a thread that ended without an error of its own was missed by nobody', async () => {
  const told: unknown[] = [];
  const code =
    "const { parentPort, workerData } = require('node:worker_threads'); parentPort.postMessage(workerData); parentPort.once('message', () => process.exit(0));";
  const thread = new Worker(code, { eval: true, workerData: { type: 'ready', session: sessionOf() } satisfies Word });
  const audit = await connectAudit(thread, ({ code }, lasts) => told.push([code, lasts]));
  await expect(audit.endScene()).rejects.toMatchObject({ code: 'OVR_ANALYSIS_DIED' });
  expect(told).toEqual([['OVR_ANALYSIS_DIED', 'for_good']]);
  expect(audit.pressure()).toBe(Number.POSITIVE_INFINITY);
});

test('each order names the session it is meant for, and another one begins behind what was tapped before', async () => {
  const { audit, orders } = await connected((order, say) => {
    if (order.type === 'begin') say({ type: 'reply', call: order.call, session: order.next });
    else if (order.type === 'scene') say({ type: 'reply', call: order.call, session: audit.session() });
  });
  const first = audit.session().id;
  const early = audit.markScene('login', 'consented');
  audit.tap({ type: 'bytes', connection: 'c', at: 5, direction: 'up', bytes: Buffer.from('x') });
  const next = { ...sessionOf(), id: 'next' };
  expect((await audit.begin(next, null)).id).toBe('next');
  await early;
  expect(audit.session().id).toBe('next');
  await audit.markScene('order', 'consented');
  expect(orders.map((order) => (order.type === 'scene' ? order.session : order.type))).toEqual([first, 'parcel', 'begin', 'next']);
});

test('incident: an end that waited for the phone to name its apps ended the session that another tab had begun meanwhile', async () => {
  const { audit, orders } = await connected((order, say) => {
    if (order.type === 'begin') say({ type: 'reply', call: order.call, session: order.next });
    else if (order.type === 'end') say({ type: 'reply', call: order.call, session: audit.session() });
  });
  const meant = audit.session().id;
  await audit.begin({ ...sessionOf(), id: 'next' }, null);
  await audit.end(meant);
  await audit.end();
  expect(orders.flatMap((order) => (order.type === 'end' ? [order.session] : []))).toEqual([meant, 'next']);
});

test('a session that has begun counts nothing of the one before it', async () => {
  const { audit, say } = await connected((order, say) => {
    if (order.type === 'begin') say({ type: 'reply', call: order.call, session: order.next });
  });
  const counters = { exchanges: 7, findings: 2, bytesUp: 8, bytesDown: 9, notAnalysed: 1, opaque: 0 };
  say({ type: 'batch', batch: { id: 1, session: audit.session(), counters, findings: [], exchanges: [], connections: [] } });
  await audit.begin({ ...sessionOf(), id: 'next' }, null);
  expect(audit.counters()).toMatchObject({ exchanges: 0, findings: 0, bytesUp: 0, bytesDown: 0 });
  say({ type: 'batch', batch: { id: 2, session: audit.session(), counters, findings: [], exchanges: [], connections: [] } });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(audit.counters()).toEqual(counters);
});

test('leaving waits until the thread is gone', async () => {
  const { audit, orders } = await connected((order) => {
    if (order.type === 'leave') for (const port of ports.splice(0)) port.close();
  });
  await audit.leave();
  expect(orders.map(({ type }) => type)).toEqual(['leave']);
  await audit.leave();
});

test('scenes are marked by the clock that stamps what is tapped', async () => {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const at: number[] = [];
  port2.on('message', (order: Order) => {
    if (order.type !== 'scene') return;
    at.push(order.at);
    port2.postMessage({ type: 'reply', call: order.call, session: sessionOf() } satisfies Word);
  });
  const connecting = connectAudit(
    port1,
    () => {},
    () => 42,
  );
  port2.postMessage({ type: 'ready', session: sessionOf() } satisfies Word);
  await (await connecting).markScene('login', 'consented');
  expect(at).toEqual([42]);
});
