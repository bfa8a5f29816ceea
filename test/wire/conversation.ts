import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { limits } from '../../src/limits.js';
import type { TapOpen } from '../../src/model/tap.js';
import { Budget, createObserver, type Way, type WireEvent } from '../../src/wire/index.js';

/** A connection of a phone to shop.example, decrypted. */
export function openTap(over: Partial<TapOpen> = {}): TapOpen {
  return {
    type: 'open',
    connection: 'c1',
    at: 0,
    client: { address: '192.168.1.20', port: 40000, user: null },
    host: 'shop.example',
    port: 443,
    serverAddress: '203.0.113.7:443',
    layer: 'tls',
    sni: 'shop.example',
    alpn: 'http/1.1',
    reach: 'decrypted',
    cause: null,
    ...over,
  };
}

export interface Turn {
  readonly direction: Way;
  readonly bytes: Uint8Array;
}

export function up(text: string | Uint8Array): Turn {
  return { direction: 'up', bytes: typeof text === 'string' ? Buffer.from(text, 'latin1') : text };
}

export function down(text: string | Uint8Array): Turn {
  return { direction: 'down', bytes: typeof text === 'string' ? Buffer.from(text, 'latin1') : text };
}

export interface Told {
  readonly open?: Partial<TapOpen>;
  /** Cuts every turn into pieces of this many bytes. */
  readonly piece?: number;
  readonly failure?: { readonly code: string; readonly detail: string } | null;
  /** Leave the connection open. */
  readonly unclosed?: boolean;
}

/** Plays a conversation to a fresh observer; `at` is the number of the turn. */
export function tell(turns: readonly Turn[], told: Told = {}): WireEvent[] {
  const events: WireEvent[] = [];
  const budget = new Budget(limits.wireKept);
  const observer = createObserver(openTap(told.open), (event) => events.push(event), budget);
  turns.forEach(({ direction, bytes }, at) => {
    const piece = told.piece ?? bytes.length;
    for (let from = 0; from < bytes.length; from += piece)
      observer.push(direction, Uint8Array.from(bytes.subarray(from, from + piece)), at);
  });
  if (told.unclosed === true) return events;
  observer.close(turns.length, told.failure ?? null);
  if (budget.left !== limits.wireKept) throw new Error(`${limits.wireKept - budget.left} bytes of the budget were not returned`);
  assertOrder(events);
  return events;
}

export function ofType<T extends WireEvent['type']>(events: readonly WireEvent[], type: T): Array<Extract<WireEvent, { type: T }>> {
  return events.filter((event): event is Extract<WireEvent, { type: T }> => event.type === type);
}

export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** All raw bytes of a direction, joined. */
export function rawBytes(events: readonly WireEvent[], direction: Way): string {
  return ofType(events, 'unreadable')
    .filter((event) => event.direction === direction)
    .map((event) => text(event.bytes))
    .join('');
}

/** Events by stream, without raw chunking: the same for every way of cutting the bytes. */
export function essence(events: readonly WireEvent[]): unknown {
  return {
    events: events
      .filter((event) => event.type !== 'unreadable')
      .sort((a, b) => a.stream - b.stream)
      .map((event) => JSON.parse(JSON.stringify(event, (_key, value: unknown) => (value instanceof Uint8Array ? text(value) : value)))),
    up: rawBytes(events, 'up'),
    down: rawBytes(events, 'down'),
  };
}

/** Warning codes of an event. */
export function codes(event: { readonly warnings: ReadonlyArray<{ readonly code: string }> } | undefined): string[] {
  return (event?.warnings ?? []).map(({ code }) => code);
}

/** Every promise of the event order: request before anything else of its stream, `end` once and last. */
export function assertOrder(events: readonly WireEvent[]): void {
  const ended = new Set<number>();
  const seen = new Set<number>();
  for (const event of events) {
    if (event.type === 'unreadable') continue;
    if (ended.has(event.stream)) throw new Error(`stream ${event.stream} goes on after its end`);
    if (event.type !== 'request' && !seen.has(event.stream)) throw new Error(`stream ${event.stream}: ${event.type} before its request`);
    if (event.type === 'request') {
      if (seen.has(event.stream)) throw new Error(`stream ${event.stream} has two requests`);
      seen.add(event.stream);
    }
    if (event.type === 'end') ended.add(event.stream);
  }
  for (const stream of seen) if (!ended.has(stream)) throw new Error(`stream ${stream} has no end`);
}

/** Relays a real conversation on loopback and keeps every byte of it, in order. */
export async function record(origin: net.Server, talk: (port: number) => Promise<void>): Promise<Turn[]> {
  const turns: Turn[] = [];
  await listen(origin);
  const originPort = (origin.address() as AddressInfo).port;
  const sockets = new Set<net.Socket>();
  const relay = net.createServer((client) => {
    const upstream = net.connect(originPort, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    client.on('data', (bytes: Buffer) => {
      turns.push(up(Uint8Array.from(bytes)));
      upstream.write(bytes);
    });
    upstream.on('data', (bytes: Buffer) => {
      turns.push(down(Uint8Array.from(bytes)));
      client.write(bytes);
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.end());
  });
  await listen(relay);
  try {
    await talk((relay.address() as AddressInfo).port);
  } finally {
    for (const socket of sockets) socket.destroy();
    relay.close();
    origin.close();
  }
  return turns;
}

function listen(server: net.Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}
