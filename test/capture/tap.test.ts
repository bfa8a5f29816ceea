import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Tap } from '../../src/capture/tap.js';
import { limits } from '../../src/limits.js';
import type { TapEvent } from '../../src/model/tap.js';

let events: TapEvent[];
let transfers: (ArrayBuffer[] | undefined)[];
let pressure: number;
let tap: Tap;

beforeEach(() => {
  vi.useFakeTimers();
  events = [];
  transfers = [];
  pressure = 0;
  tap = new Tap({
    onTap: (event, transfer) => {
      events.push(event);
      transfers.push(transfer);
    },
    pressure: () => pressure,
    now: () => 7,
  });
});
afterEach(() => {
  vi.useRealTimers();
});

function open(connection = 'c1') {
  return tap.open({
    connection,
    client: { address: '10.0.0.2', port: 1, user: null },
    host: 'h',
    port: 443,
    serverAddress: null,
    layer: 'tls',
    sni: null,
    alpn: null,
    reach: 'decrypted',
    cause: null,
  });
}

function told(): string[] {
  return events.map((event) => (event.type === 'bytes' ? `${event.direction} ${Buffer.from(event.bytes)}` : event.type));
}

test('chunks of one direction are joined, and the order of a conversation stays', () => {
  const connection = open();
  connection.bytes('up', Buffer.from('a'));
  connection.bytes('up', Buffer.from('b'));
  connection.bytes('down', Buffer.from('c'));
  connection.bytes('up', Buffer.from('d'));
  expect(told()).toEqual(['open']);
  vi.advanceTimersByTime(limits.tapDelayMs);
  expect(told()).toEqual(['open', 'up ab', 'down c', 'up d']);
  connection.bytes('up', Buffer.from('e'));
  connection.close(null);
  expect(told().slice(4)).toEqual(['up e', 'close']);
  expect(events.at(-1)).toEqual({ type: 'close', connection: 'c1', at: 7, bytesUp: 4, bytesDown: 1, failure: null });
});

test('copies are buffers of their own, given away for transfer', () => {
  const source = Buffer.from('abc');
  const connection = open();
  connection.bytes('up', source);
  tap.flush();
  source.fill(0);
  const event = events[1];
  if (event?.type !== 'bytes') throw new Error('no bytes');
  expect(Buffer.from(event.bytes).toString()).toBe('abc');
  expect(transfers[1]).toEqual([event.bytes.buffer]);
  expect(event.bytes.byteLength).toBe(event.bytes.buffer.byteLength);
});

test('a full batch does not wait for the timer', () => {
  open().bytes('down', Buffer.alloc(limits.tapBatch));
  expect(told()).toHaveLength(2);
});

test('when the consumer falls behind the direction is marked from that byte on, and everything is counted', () => {
  const connection = open();
  connection.bytes('up', Buffer.from('seen'));
  pressure = limits.tapQueued;
  connection.bytes('up', Buffer.from('missed'));
  pressure = 0;
  connection.bytes('up', Buffer.from('more'));
  connection.bytes('down', Buffer.from('still copied'));
  connection.close(null);
  expect(told()).toEqual(['open', 'up seen', 'gap', 'down still copied', 'gap', 'close']);
  const missed = events.flatMap((event) => (event.type === 'gap' ? [event.missed] : []));
  expect(missed).toEqual([6, 4]);
  expect(events.at(-1)).toMatchObject({ bytesUp: 14, bytesDown: 12 });
});

test('after the close nothing follows, and a second close is none', () => {
  const connection = open();
  connection.close({ code: 'client-left', detail: '' });
  connection.bytes('up', Buffer.from('x'));
  connection.close(null);
  vi.runAllTimers();
  expect(told()).toEqual(['open', 'close']);
});

test('closing the tap ends what no socket has ended', async () => {
  open('left');
  const closing = tap.close();
  await vi.advanceTimersByTimeAsync(200);
  await closing;
  expect(events.at(-1)).toMatchObject({ type: 'close', connection: 'left', failure: { code: 'proxy-stopped' } });
});
