import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Tap } from '../../src/capture/tap.js';
import { limits } from '../../src/limits.js';
import type { TapEvent } from '../../src/model/tap.js';

let events: TapEvent[];
let pressure: number;
let tap: Tap;

beforeEach(() => {
  vi.useFakeTimers();
  events = [];
  pressure = 0;
  tap = new Tap({
    onTap: (event) => {
      events.push(event);
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

test('what passes is told at once, in the order of the conversation, without a copy', () => {
  const first = Buffer.from('a');
  const connection = open();
  connection.bytes('up', first);
  connection.bytes('down', Buffer.from('c'));
  connection.bytes('up', Buffer.from('d'));
  expect(told()).toEqual(['open', 'up a', 'down c', 'up d']);
  expect(events[1]).toEqual({ type: 'bytes', connection: 'c1', at: 7, direction: 'up', bytes: first });
  expect(events[1]).toHaveProperty('bytes', first);
  connection.close(null);
  expect(events.at(-1)).toEqual({ type: 'close', connection: 'c1', at: 7, bytesUp: 2, bytesDown: 1, failure: null });
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

test('incident: a server that sent faster than could be read hid what the phone sent meanwhile', () => {
  const connection = open();
  pressure = limits.tapQueuedDown;
  connection.bytes('down', Buffer.from('flood'));
  connection.bytes('up', Buffer.from('phone number'));
  expect(told()).toEqual(['open', 'gap', 'up phone number']);
  expect(limits.tapQueuedDown).toBeLessThan(limits.tapQueued);
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

test('what was missed is said before a session ends, once', () => {
  const connection = open();
  pressure = limits.tapQueued;
  connection.bytes('up', new Uint8Array(10));
  connection.bytes('up', new Uint8Array(5));
  tap.settle();
  tap.settle();
  connection.bytes('up', new Uint8Array(3));
  connection.close(null);
  expect(events.flatMap((event) => (event.type === 'gap' ? [event.missed] : []))).toEqual([10, 5, 3]);
  expect(events.at(-1)).toMatchObject({ type: 'close', bytesUp: 18 });
});
