import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../src/limits.js';
import { Budget, createObserver, type WireEvent } from '../../src/wire/index.js';
import { assertOrder, down, ofType, openTap, rawBytes, type Turn, tell, text, up } from './conversation.js';

describe('createObserver', () => {
  it('hands on protocols that it does not read, both directions, server first too', () => {
    const mqtt = tell([up('\x10\x0c\x00\x04MQTT\x04\x02\x00'), down('\x20\x02')], { open: { alpn: null } });
    expect(ofType(mqtt, 'unreadable').map(({ reason, direction }) => [reason, direction])).toEqual([
      ['mqtt', 'up'],
      ['mqtt', 'down'],
    ]);
    const smtp = tell([down('220 mail.example ESMTP\r\n'), up('EHLO phone 13900000000\r\n')], { open: { alpn: null } });
    expect(rawBytes(smtp, 'down')).toBe('220 mail.example ESMTP\r\n');
    expect(rawBytes(smtp, 'up')).toContain('13900000000');
    expect(rawBytes(tell([down('only the server spoke')]), 'down')).toBe('only the server spoke');
  });

  it('does not search ciphertext, but counts it', () => {
    const events = tell([up(Buffer.concat([Buffer.from([0x16, 3, 1]), Buffer.alloc(1000)])), down(Buffer.alloc(500))], {
      open: { layer: 'tunnel', alpn: null },
    });
    expect(ofType(events, 'unreadable').map(({ reason, bytes, size }) => [reason, bytes.length, size])).toEqual([
      ['tls-not-decrypted', 0, 1003],
      ['tls-not-decrypted', 0, 500],
    ]);
  });

  it('does not wait for ever for a first byte of the phone', () => {
    const events = tell(
      Array.from({ length: 40 }, () => down(Buffer.alloc(10_000, 'x'))),
      { unclosed: true },
    );
    expect(ofType(events, 'unreadable').length).toBeGreaterThan(0);
  });

  it('is blind when the beginning is missing', () => {
    const events: WireEvent[] = [];
    const observer = createObserver(openTap(), (event) => events.push(event));
    observer.gap('up', 100, 0);
    observer.push('up', Buffer.from('GET / HTTP/1.1\r\n\r\n'), 1);
    observer.close(2, null);
    expect(events.map((event) => event.type === 'unreadable' && event.reason)).toEqual(['gap']);
  });

  it('ignores what comes behind the close', () => {
    const events: WireEvent[] = [];
    const observer = createObserver(openTap(), (event) => events.push(event));
    observer.close(0, null);
    observer.push('up', Buffer.from('GET / HTTP/1.1\r\n\r\n'), 1);
    observer.gap('up', 5, 1);
    observer.close(2, null);
    expect(events).toEqual([]);
  });

  it('tells how much of what the phone sent stands in no event yet', () => {
    const waiting = (turns: readonly Turn[], alpn: string | null = 'http/1.1') => {
      const observer = createObserver(openTap({ alpn }), () => undefined);
      turns.forEach(({ direction, bytes }, at) => {
        observer.push(direction, bytes, at);
      });
      return observer.waiting();
    };
    const post = 'POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 20\r\n\r\n';
    const switching = [
      up('GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
      down('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
    ];
    expect(waiting([up('GET / HTTP/1.1\r\n\r\n')])).toBe(0);
    expect(waiting([up('GET / HT')])).toBe(8);
    expect(waiting([up('G')], null), 'what nobody could tell yet').toBe(1);
    expect(waiting([up(`${post}0123456789`)])).toBeGreaterThanOrEqual(10);
    expect(waiting([up(`${post}01234567890123456789`)])).toBe(0);
    expect(waiting(switching)).toBe(0);
    expect(waiting([...switching, up('\x01\x05hello')]), 'a fragment of a message').toBe(5);
    expect(waiting([...switching, up('\x81\x05hello')])).toBe(0);
    const grpc = 'POST /a.B/C HTTP/1.1\r\nHost: shop.example\r\nContent-Type: application/grpc\r\nContent-Length: 30\r\n\r\n';
    expect(waiting([up(`${grpc}\0\0\0\0\x09abc`)])).toBe(3);
    expect(waiting([up(`${grpc}\0\0\0\0\x03abc`)])).toBe(0);
    const h2 = [
      up('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0'),
      // :method POST, :scheme https, :path /, without the end of the stream.
      up('\0\0\x03\x01\x04\0\0\0\x01\x83\x87\x84'),
    ];
    expect(waiting([...h2, up('\0\0\x0a\0\0\0\0\0\x010123456789')], 'h2')).toBeGreaterThanOrEqual(10);
    expect(waiting([...h2, up('\0\0\x0a\0\x01\0\0\0\x010123456789')], 'h2')).toBe(0);
  });

  it('lets an error of its consumer through, and goes on', () => {
    let broken = true;
    const events: WireEvent[] = [];
    const observer = createObserver(openTap(), (event) => {
      if (broken) throw new RangeError('consumer');
      events.push(event);
    });
    expect(() => observer.push('up', Buffer.from('GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n'), 0)).toThrow(RangeError);
    broken = false;
    observer.push('up', Buffer.from('GET /next HTTP/1.1\r\nHost: shop.example\r\n\r\n'), 0);
    observer.close(1, null);
    expect(ofType(events, 'request').map(({ stream, request }) => [stream, request.target])).toEqual([[1, '/next']]);
    expect(ofType(events, 'end')).toHaveLength(2);
  });
});

/** Honest conversations to mutate. */
const H2 =
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0\0\0\x0f\x01\x04\0\0\0\x01\x82\x86\x84\x41\x8a\x08\x9d\x5c\x0b\x81\x70\xdc\x78\x0f\x03\0\0\x05\0\x01\0\0\0\x01hello';
const SEEDS: Turn[][] = [
  [
    up(
      'POST /a?x=1 HTTP/1.1\r\nHost: shop.example\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n5;e\r\nhello\r\n0\r\nT: 1\r\n\r\nGET /b HTTP/1.1\r\nHost: shop.example\r\n\r\n',
    ),
    down(
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: a\n\n\r\n0\r\n\r\nHTTP/1.1 204 No\r\n\r\n',
    ),
  ],
  [
    up('GET /ws HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
    down(
      'HTTP/1.1 101 S\r\nUpgrade: websocket\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n\x81\x02hi\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\x00',
    ),
    up('\x81\x85\x01\x02\x03\x04igohn\x01\x81\0\0\0\0a\x80\x81\0\0\0\0b\x88\x80\0\0\0\0'),
  ],
  [up(H2), down('\0\0\0\x04\0\0\0\0\0\0\0\x01\x01\x04\0\0\0\x01\x88\0\0\x02\0\x01\0\0\0\x01hi')],
];

type Step =
  | { readonly kind: 'push'; readonly turn: number; readonly from: number; readonly to: number }
  | { readonly kind: 'gap'; readonly up: boolean; readonly missed: number };

describe('hostile input', () => {
  const run = (turns: readonly Turn[], gaps: readonly Step[], open: Parameters<typeof openTap>[0], piece: number): WireEvent[] => {
    const events: WireEvent[] = [];
    const budget = new Budget(limits.wireKept);
    const observer = createObserver(openTap(open), (event) => events.push(event), budget);
    turns.forEach((turn, at) => {
      for (let from = 0; from < turn.bytes.length; from += piece) observer.push(turn.direction, turn.bytes.slice(from, from + piece), at);
      const gap = gaps[at];
      if (gap?.kind === 'gap') observer.gap(gap.up ? 'up' : 'down', gap.missed, at);
    });
    observer.close(turns.length, null);
    assertOrder(events);
    expect(budget.left).toBe(limits.wireKept);
    expect(events.filter((event) => event.type === 'unreadable' && event.reason === 'observer-fault')).toEqual([]);
    expect(ofType(events, 'end').filter(({ failure }) => failure?.code === 'observer-fault')).toEqual([]);
    return events;
  };

  it('reads the seeds themselves', () => {
    const [http, ws, h2] = SEEDS.map((turns) => run(turns, [], { alpn: null }, 1000));
    expect(ofType(http ?? [], 'request')).toHaveLength(2);
    expect(ofType(ws ?? [], 'message').map(({ message }) => text(message.body.bytes))).toEqual(
      ['hi', 'Hello', 'hello', 'ab'].map((word) => expect.stringMatching(new RegExp(word, 'i'))),
    );
    expect(ofType(h2 ?? [], 'response')).toHaveLength(1);
  });

  const mutation = fc.record({
    seed: fc.nat(SEEDS.length - 1),
    edits: fc.array(fc.tuple(fc.nat(2), fc.nat(400), fc.oneof(fc.nat(255), fc.constantFrom(0, 10, 13, 32, 58, 59, 48, 255))), {
      maxLength: 6,
    }),
    cuts: fc.array(fc.tuple(fc.nat(2), fc.nat(400), fc.nat(30)), { maxLength: 2 }),
    gaps: fc.array(fc.record({ kind: fc.constant('gap' as const), up: fc.boolean(), missed: fc.nat(40) }), { maxLength: 2 }),
    piece: fc.constantFrom(1, 3, 17, 4096),
  });

  it('never throws, never loses an end, never keeps memory: 3,000 mutated conversations', () => {
    fc.assert(
      fc.property(mutation, ({ seed, edits, cuts, gaps, piece }) => {
        const turns = (SEEDS[seed] ?? []).map(({ direction, bytes }) => ({ direction, bytes: Uint8Array.from(bytes) }));
        for (const [turn, at, byte] of edits) {
          const bytes = turns[turn]?.bytes;
          if (bytes !== undefined && bytes.length > 0) bytes[at % bytes.length] = byte;
        }
        for (const [turn, at, count] of cuts) {
          const one = turns[turn];
          if (one === undefined) continue;
          const from = at % (one.bytes.length + 1);
          one.bytes = Uint8Array.from([...one.bytes.subarray(0, from), ...one.bytes.subarray(from + count)]);
        }
        run(turns, gaps, { alpn: seed === 2 ? 'h2' : null }, piece);
      }),
      { numRuns: 3000 },
    );
  }, 60_000);

  it('never throws on noise of any kind: 1,000 conversations', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'GET / HTTP/1.1\r\n\r\n', H2.slice(0, 33)),
        fc.array(fc.record({ direction: fc.constantFrom('up' as const, 'down' as const), bytes: fc.uint8Array({ maxLength: 80 }) }), {
          maxLength: 6,
        }),
        fc.constantFrom(1, 5, 4096),
        (start, turns, piece) => {
          run([up(start), ...turns], [], { alpn: null }, piece);
        },
      ),
      { numRuns: 1000 },
    );
  }, 60_000);

  it('shows every byte of the phone somewhere: in a request, a message, or raw', () => {
    fc.assert(
      fc.property(mutation, ({ seed, edits, piece }) => {
        const marker = 'ZQ490154203237518QZ';
        const turns = (SEEDS[seed % 2] ?? []).map(({ direction, bytes }) => ({ direction, bytes: Uint8Array.from(bytes) }));
        const first = turns[0];
        if (first === undefined) return;
        for (const [, at, byte] of edits) first.bytes[at % first.bytes.length] = byte;
        first.bytes = Buffer.concat([
          first.bytes,
          Buffer.from(`POST /m HTTP/1.1\r\nHost: shop.example\r\nContent-Length: ${marker.length}\r\n\r\n${marker}`),
        ]);
        // The answer never comes, so nothing is switched: whatever the mutation made of the head, the marker must be somewhere.
        const events = run([first], [], { alpn: null }, piece);
        const shown = events
          .flatMap((event) => {
            if (event.type === 'unreadable') return [text(event.bytes)];
            if (event.type === 'request')
              return [event.request, ...(event.alternatives ?? [])].flatMap(({ target, headers, trailers, body }) => [
                target,
                ...headers.flat(),
                ...trailers.flat(),
                text(body.bytes),
              ]);
            return [];
          })
          .join('');
        expect(shown).toContain(marker);
      }),
      { numRuns: 1000 },
    );
  }, 60_000);
});
