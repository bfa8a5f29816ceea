import http2 from 'node:http2';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../src/limits.js';
import { createObserver, type WireEvent } from '../../../src/wire/index.js';
import {
  assertOrder,
  codes,
  down,
  essence,
  ofType,
  openTap,
  rawBytes,
  record,
  sha256,
  type Turn,
  tell,
  text,
  up,
} from '../conversation.js';
import { frame } from './frames.js';

const OPEN = { alpn: 'h2', host: 'shop.example' };
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

/** Literal fields without indexing, no Huffman: the plainest block. */
function block(fields: Record<string, string>): Buffer {
  return Buffer.concat(
    Object.entries(fields).map(([name, value]) =>
      Buffer.concat([
        Buffer.from([0]),
        Buffer.from([name.length]),
        Buffer.from(name),
        number(value.length, 7),
        Buffer.from(value, 'latin1'),
      ]),
    ),
  );
}

function number(value: number, bits: number): Buffer {
  const mask = 2 ** bits - 1;
  if (value < mask) return Buffer.from([value]);
  const out = [mask];
  let rest = value - mask;
  while (rest > 127) {
    out.push((rest & 127) | 128);
    rest >>= 7;
  }
  return Buffer.from([...out, rest]);
}

const SETTINGS = frame(4, 0, 0);
const REQUEST = { ':method': 'POST', ':scheme': 'https', ':authority': 'shop.example', ':path': '/a?imei=490154203237518' };

function start(...frames: Buffer[]): Turn {
  return up(Buffer.concat([Buffer.from(PREFACE), SETTINGS, ...frames]));
}

describe('frames made by hand', () => {
  const turns: Turn[] = [
    start(
      // Padded and with priority, split over two CONTINUATIONs.
      frame(1, 0x28, 1, Buffer.concat([Buffer.from([3, 0, 0, 0, 0, 9]), block(REQUEST).subarray(0, 20), Buffer.alloc(3)])),
      frame(9, 0, 1, block(REQUEST).subarray(20, 40)),
      frame(9, 4, 1, block(REQUEST).subarray(40)),
      frame(0, 8, 1, Buffer.concat([Buffer.from([4]), Buffer.from('phone='), Buffer.alloc(4)])),
      frame(1, 5, 3, block({ ...REQUEST, ':method': 'GET', ':path': '/b' })),
      frame(6, 0, 0, Buffer.alloc(8)),
      frame(0, 0, 1, '139'),
      frame(1, 5, 1, block({ 'x-sum': '9' })),
    ),
    down(
      Buffer.concat([
        SETTINGS,
        frame(1, 4, 1, block({ ':status': '103', link: '</s.css>' })),
        frame(1, 4, 3, block({ ':status': '200', 'content-length': '2' })),
        frame(1, 4, 1, block({ ':status': '404' })),
        frame(0, 1, 3, 'hi'),
        frame(0, 0, 1, 'no'),
        frame(0, 0, 1, ''),
        frame(1, 5, 1, block({ 'grpc-status': '5' })),
      ]),
    ),
  ];

  it('gives interleaved streams with trailers, padding and continuations', () => {
    const events = tell(turns, { open: OPEN });
    assertOrder(events);
    const [first, second] = ofType(events, 'request').sort((a, b) => a.stream - b.stream);
    expect(first?.request).toMatchObject({
      method: 'POST',
      url: 'https://shop.example/a?imei=490154203237518',
      httpVersion: '2',
      trailers: [['x-sum', '9']],
      body: { sha256: sha256('phone=139'), size: 9 },
    });
    expect(second?.request).toMatchObject({ method: 'GET', target: '/b' });
    expect(ofType(events, 'informational')).toMatchObject([{ stream: 0, status: 103, headers: [['link', '</s.css>']] }]);
    expect(
      ofType(events, 'response').map(({ stream, response }) => [stream, response.status, text(response.body.bytes), response.trailers]),
    ).toEqual([
      [1, 200, 'hi', []],
      [0, 404, 'no', [['grpc-status', '5']]],
    ]);
    expect(ofType(events, 'end').map(({ stream, failure }) => [stream, failure])).toEqual([
      [1, null],
      [0, null],
    ]);
    expect(ofType(events, 'unreadable')).toEqual([]);
  });

  it('reads the same however the bytes are cut', () => {
    const whole = essence(tell(turns, { open: OPEN }));
    for (const piece of [1, 2, 3, 8, 9, 10, 31]) expect(essence(tell(turns, { open: OPEN, piece })), `pieces of ${piece}`).toEqual(whole);
    const all = turns[0]?.bytes ?? new Uint8Array();
    for (let cut = 1; cut < all.length; cut++) {
      const events: WireEvent[] = [];
      const observer = createObserver(openTap(OPEN), (event) => events.push(event));
      observer.push('up', all.subarray(0, cut), 0);
      observer.push('up', all.subarray(cut), 0);
      observer.push('down', turns[1]?.bytes ?? new Uint8Array(), 1);
      observer.close(2, null);
      expect(essence(events), `cut at ${cut}`).toEqual(whole);
    }
  });

  it('waits for a request that its answer overtook in the tap', () => {
    const [asked, answered] = turns;
    if (asked === undefined || answered === undefined) throw new Error('no turns');
    expect(ofType(tell([answered, asked], { open: OPEN }), 'response')).toHaveLength(2);
  });

  it('is found without ALPN by its preface, and is not taken for it without', () => {
    expect(ofType(tell(turns, { open: { alpn: null, layer: 'http', port: 80 } }), 'request')).toHaveLength(2);
    const other = tell([up('GET / HTTP/1.1\r\nHost: x\r\n\r\n')], { open: OPEN });
    expect(ofType(other, 'unreadable')[0]?.reason).toBe('http2-preface');
  });

  it('names a reset, a refusal by GOAWAY, and what is left at the close', () => {
    const get = (id: number) => frame(1, 5, id, block({ ...REQUEST, ':method': 'GET' }));
    const events = tell(
      [
        start(get(1), get(3), get(5), frame(1, 4, 7, block(REQUEST)), frame(0, 0, 7, 'half')),
        down(
          Buffer.concat([
            SETTINGS,
            frame(3, 0, 1, Buffer.from([0, 0, 0, 8])),
            frame(7, 0, 0, Buffer.concat([Buffer.from([0, 0, 0, 3, 0, 0, 0, 0]), Buffer.from('bye')])),
          ]),
        ),
      ],
      { open: OPEN },
    );
    assertOrder(events);
    expect(ofType(events, 'end').map(({ stream, failure }) => [stream, failure?.code])).toEqual([
      [0, 'reset'],
      [2, 'refused'],
      [3, 'refused'],
      [1, 'no-response'],
    ]);
    const half = ofType(events, 'request').find(({ stream }) => stream === 3);
    expect(codes(half)).toContain('cut-short');
    expect(text(half?.request.body.bytes ?? new Uint8Array())).toBe('half');
  });

  it('takes a NO_ERROR reset behind a whole answer for what it is', () => {
    const events = tell(
      [
        start(frame(1, 4, 1, block(REQUEST)), frame(0, 0, 1, 'half')),
        down(Buffer.concat([frame(1, 5, 1, block({ ':status': '413' })), frame(3, 0, 1, Buffer.alloc(4))])),
      ],
      { open: OPEN },
    );
    expect(ofType(events, 'end')[0]?.failure?.code).toBe('cut-short');
    expect(ofType(events, 'response')[0]?.response.status).toBe(413);
  });

  it('names DATA without a head, and a response that never had one', () => {
    const events = tell([start(frame(1, 5, 1, block({ ...REQUEST, ':method': 'GET' }))), down(Buffer.concat([frame(0, 1, 1, 'body')]))], {
      open: OPEN,
    });
    expect(ofType(events, 'end')[0]).toMatchObject({ failure: { code: 'no-response' }, warnings: [{ code: 'http2-data-without-head' }] });
    expect(rawBytes(events, 'down')).toBe('body');
  });

  it('marks a pushed request as the server own words', () => {
    const promise = Buffer.concat([Buffer.from([0, 0, 0, 2]), block({ ...REQUEST, ':method': 'GET', ':path': '/pushed' })]);
    const events = tell(
      [
        start(frame(1, 5, 1, block({ ...REQUEST, ':method': 'GET' }))),
        down(
          Buffer.concat([
            frame(5, 4, 1, promise),
            frame(1, 5, 1, block({ ':status': '200' })),
            frame(1, 4, 2, block({ ':status': '200' })),
            frame(0, 1, 2, 'css'),
          ]),
        ),
      ],
      { open: OPEN },
    );
    const pushed = ofType(events, 'request').find(({ request }) => request.target === '/pushed');
    expect(codes(pushed)).toEqual(['server-push']);
    expect(ofType(events, 'response').map(({ stream }) => stream)).toEqual([0, 1]);
  });

  it('hands on data without a stream and frames of unknown type', () => {
    const events = tell([start(frame(0, 0, 9, 'imei=490154203237518'), frame(0xf0, 0, 0, 'hidden'))], { open: OPEN });
    expect(rawBytes(events, 'up')).toBe('imei=490154203237518hidden');
  });

  describe('incident: fields that the phone sent outside of a request were not searched, and nobody was told', () => {
    const late = frame(1, 5, 1, block({ 'x-imei': '490154203237518' }));
    const line = 'x-imei: 490154203237518\r\n';

    it('a second field list without the end of the stream', () => {
      const events = tell([start(frame(1, 4, 1, block(REQUEST)), frame(1, 4, 1, block({ 'x-imei': '490154203237518' })), late)], {
        open: OPEN,
      });
      expect(rawBytes(events, 'up')).toBe(line);
      expect(ofType(events, 'request')[0]?.request.trailers).toEqual([['x-imei', '490154203237518']]);
      expect(codes(ofType(events, 'end')[0])).toEqual(['http2-trailers']);
    });

    it('trailers of a stream that was reset, or of a request that was whole', () => {
      const reset = [start(frame(1, 4, 1, block(REQUEST))), down(frame(3, 0, 1, Buffer.from([0, 0, 0, 8]))), up(late)];
      expect(rawBytes(tell(reset, { open: OPEN }), 'up')).toBe(line);
      expect(rawBytes(tell([start(frame(1, 5, 1, block(REQUEST)), late)], { open: OPEN }), 'up')).toBe(line);
    });

    it('trailers of a gRPC request, which is given with its head; those of gRPC-web stand in its body', () => {
      const grpc = { ...REQUEST, 'content-type': 'application/grpc' };
      const events = tell([start(frame(1, 4, 1, block(grpc)), frame(0, 0, 1, Buffer.from([0, 0, 0, 0, 1, 65])), late)], { open: OPEN });
      expect(rawBytes(events, 'up')).toBe(line);
      const web = { ...REQUEST, 'content-type': 'application/grpc-web' };
      const body = Buffer.concat([Buffer.from([0x80, 0, 0, 0, line.length]), Buffer.from(line)]);
      expect(rawBytes(tell([start(frame(1, 4, 1, block(web)), frame(0, 1, 1, body))], { open: OPEN }), 'up')).toBe(line);
    });
  });

  const faults: Array<[string, Buffer[]]> = [
    ['http2-continuation', [frame(1, 0, 1, block(REQUEST)), frame(0, 0, 1, 'x')]],
    ['http2-continuation', [frame(9, 4, 1, block(REQUEST))]],
    ['http2-stream', [frame(1, 4, 0, block(REQUEST))]],
    ['http2-stream', [frame(1, 4, 2, block(REQUEST))]],
    ['http2-padding', [frame(1, 4, 1, block(REQUEST)), frame(0, 8, 1, Buffer.from([200, 1]))]],
    ['http2-padding', [frame(0, 8, 1)]],
    ['http2-padding', [frame(1, 12, 1, Buffer.from([9, 1]))]],
    ['http2-push', [frame(5, 4, 1, Buffer.alloc(8))]],
    ['http2-frame-size', [frame(3, 0, 1, Buffer.alloc(3))]],
    ['http2-frame-size', [frame(7, 0, 1, Buffer.alloc(3))]],
    ['hpack', [frame(1, 4, 1, Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]))]],
    ['limit-h2HeaderBlock', [Buffer.concat([Buffer.from([2, 0, 1, 1, 4, 0, 0, 0, 1])])]],
  ];
  it.each(faults)('hands everything on raw from %s', (reason, frames) => {
    const events = tell([start(...frames), up('later 13900000000')], { open: OPEN });
    assertOrder(events);
    expect(ofType(events, 'unreadable').map((event) => event.reason)).toEqual(expect.arrayContaining([reason]));
    expect(rawBytes(events, 'up')).toContain('later 13900000000');
  });
});

describe('tunnels inside', () => {
  const connect = { ...REQUEST, ':method': 'CONNECT', ':protocol': 'websocket', ':path': '/chat' };

  it('reads WebSocket over extended CONNECT (RFC 8441)', () => {
    const masked = Buffer.from([0x81, 0x85, 0, 0, 0, 0, ...Buffer.from('hello')]);
    const events = tell(
      [
        start(frame(1, 4, 1, block(connect))),
        down(frame(1, 4, 1, block({ ':status': '200' }))),
        up(Buffer.concat([frame(0, 0, 1, masked.subarray(0, 4)), frame(0, 0, 1, masked.subarray(4))])),
        down(Buffer.concat([frame(0, 1, 1, Buffer.from([0x81, 2, 0x68, 0x69]))])),
        up(frame(0, 1, 1)),
      ],
      { open: OPEN },
    );
    assertOrder(events);
    expect(ofType(events, 'request')[0]?.request).toMatchObject({ method: 'CONNECT', url: 'https://shop.example/chat', target: '/chat' });
    expect(ofType(events, 'message').map(({ message }) => [message.direction, text(message.body.bytes)])).toEqual([
      ['request', 'hello'],
      ['response', 'hi'],
    ]);
    expect(ofType(events, 'end').map(({ failure }) => failure)).toEqual([null]);
  });

  it('hands on what goes through a plain CONNECT, ahead of the answer too', () => {
    const plain = { ':method': 'CONNECT', ':authority': 'shop.example:443' };
    const events = tell(
      [
        start(frame(1, 4, 1, block(plain)), frame(0, 0, 1, 'early ')),
        down(frame(1, 4, 1, block({ ':status': '200' }))),
        up(frame(0, 0, 1, 'bytes')),
      ],
      {
        open: OPEN,
      },
    );
    expect(rawBytes(events, 'up')).toBe('early bytes');
    const refused = tell(
      [start(frame(1, 4, 1, block(plain)), frame(0, 0, 1, 'early ')), down(frame(1, 5, 1, block({ ':status': '403' })))],
      { open: OPEN },
    );
    expect(rawBytes(refused, 'up')).toBe('early ');
    expect(ofType(refused, 'response')[0]?.response.status).toBe(403);
  });
});

describe('gaps', () => {
  it('keeps its place inside DATA', () => {
    const events: WireEvent[] = [];
    const observer = createObserver(openTap(OPEN), (event) => events.push(event));
    const data = frame(0, 1, 1, Buffer.alloc(1000, 'd'));
    observer.push('up', Buffer.concat([start(frame(1, 4, 1, block(REQUEST))).bytes, data.subarray(0, 100)]), 0);
    observer.gap('up', 500, 1);
    observer.push('up', Buffer.concat([data.subarray(600), frame(1, 5, 3, block(REQUEST))]), 2);
    observer.close(3, null);
    const [first, second] = ofType(events, 'request');
    expect(first?.request.body).toMatchObject({ size: 1000, truncated: true });
    expect(codes(first)).toContain('gap');
    expect(second?.request.target).toBe(REQUEST[':path']);
  });

  it('says that it is blind behind any other gap', () => {
    const events: WireEvent[] = [];
    const observer = createObserver(openTap(OPEN), (event) => events.push(event));
    observer.push('up', start(frame(1, 5, 1, block(REQUEST))).bytes, 0);
    observer.gap('up', 500, 1);
    observer.push('up', frame(1, 5, 3, block({ ...REQUEST, ':path': '/13900000000' })), 2);
    observer.push('down', frame(1, 5, 1, block({ ':status': '200' })), 3);
    observer.close(4, null);
    expect(ofType(events, 'request')).toHaveLength(1);
    expect(ofType(events, 'response')).toHaveLength(1);
    expect(rawBytes(events, 'up')).toContain('13900000000');
    expect(ofType(events, 'unreadable').map(({ reason }) => reason)).toContain('gap');
  });

  it('goes on reading requests when the answers are lost', () => {
    const events: WireEvent[] = [];
    const observer = createObserver(openTap(OPEN), (event) => events.push(event));
    observer.push('up', start(frame(1, 5, 1, block(REQUEST))).bytes, 0);
    observer.gap('down', 5, 1);
    observer.push('up', frame(1, 5, 3, block(REQUEST)), 2);
    expect(ofType(events, 'end').map(({ failure }) => failure?.code)).toEqual(['gap', 'gap']);
    observer.close(3, null);
    assertOrder(events);
  });
});

describe('floods', () => {
  it('forgets 10,000 streams that are reset at once', () => {
    const events: WireEvent[] = [];
    const observer = createObserver(openTap(OPEN), (event) => events.push(event));
    observer.push('up', start().bytes, 0);
    for (let id = 1; id < 20_000; id += 2)
      observer.push('up', Buffer.concat([frame(1, 5, id, block(REQUEST)), frame(3, 0, id, Buffer.from([0, 0, 0, 8]))]), 1);
    expect(ofType(events, 'request')).toHaveLength(10_000);
    expect(ofType(events, 'end').every(({ failure }) => failure?.code === 'reset')).toBe(true);
    observer.close(2, null);
    assertOrder(events);
  });

  it('stops at too many open streams, and keeps their bodies to one budget', () => {
    const events: WireEvent[] = [];
    const observer = createObserver(openTap(OPEN), (event) => events.push(event));
    observer.push('up', start().bytes, 0);
    const data = Buffer.alloc(16_000, 'x');
    for (let id = 1; id < 2 * limits.wireStreams + 9; id += 2)
      observer.push('up', Buffer.concat([frame(1, 4, id, block(REQUEST)), frame(0, 0, id, data)]), 1);
    expect(ofType(events, 'unreadable').map(({ reason }) => reason)).toContain('limit-wireStreams');
    observer.close(2, null);
    const requests = ofType(events, 'request');
    expect(requests).toHaveLength(limits.wireStreams);
    expect(requests.reduce((sum, { request }) => sum + request.body.bytes.length, 0)).toBeLessThanOrEqual(limits.wireKept);
    expect(requests.every(({ request }) => request.body.size === data.length && request.body.sha256 === sha256(data))).toBe(true);
    expect(codes(requests.at(-1))).toContain('limit-wireKept');
  });

  it('stops at a flood of CONTINUATION frames, full or empty', () => {
    const flood = tell(
      [start(frame(1, 0, 1, block(REQUEST))), ...Array.from({ length: 40 }, () => up(frame(9, 0, 1, Buffer.alloc(16_000))))],
      { open: OPEN },
    );
    expect(ofType(flood, 'unreadable').map(({ reason }) => reason)).toContain('limit-h2HeaderBlock');
    const empty = tell([start(frame(1, 0, 1, block(REQUEST))), ...Array.from({ length: 1000 }, () => up(frame(9, 0, 1)))], { open: OPEN });
    expect(ofType(empty, 'request')).toEqual([]);
  });

  it('cuts the list of a HPACK bomb and keeps the table right', () => {
    const big = 'v'.repeat(4000);
    const define = Buffer.concat([Buffer.from([0x40, 1, 0x78]), number(big.length, 7), Buffer.from(big)]);
    const bomb = Buffer.concat([block(REQUEST), define, Buffer.alloc(16_000, 0x80 | 62)]);
    const events = tell([start(frame(1, 5, 1, bomb), frame(1, 5, 3, Buffer.concat([block(REQUEST), Buffer.from([0x80 | 62])])))], {
      open: OPEN,
    });
    const [first, second] = ofType(events, 'request');
    expect(codes(first)).toContain('limit-httpHead');
    expect(first?.request.headers.length).toBeLessThan(20);
    expect(second?.request.headers).toEqual([['x', big]]);
  });
});

describe('node:http2, both ends', () => {
  it('is read as both ends saw it, 60 streams at once', async () => {
    const seen = new Map<string, { headers: string; body: string }>();
    const origin = http2.createServer({ settings: { headerTableSize: 65536, maxConcurrentStreams: 100 } });
    origin.on('stream', (stream, headers) => {
      const parts: Buffer[] = [];
      stream.on('error', () => undefined);
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        seen.set(String(headers[':path']), { headers: String(headers['x-own']), body: sha256(Buffer.concat(parts)) });
        stream.additionalHeaders({ ':status': 103, link: '</x>' });
        stream.respond(
          { ':status': 201, 'x-answer': `to ${headers[':path']}`, 'x-fixed': 'the same each time' },
          { waitForTrailers: true },
        );
        stream.on('wantTrailers', () => stream.sendTrailers({ 'x-trailer': String(headers[':path']) }));
        stream.end(`body of ${headers[':path']} ${'é'.repeat(50)}`);
      });
    });
    const turns = await record(origin, async (port) => {
      const session = http2.connect(`http://127.0.0.1:${port}`);
      await Promise.all(
        Array.from(
          { length: 60 },
          (_, index) =>
            new Promise<void>((resolve, reject) => {
              const stream = session.request({
                ':method': 'POST',
                ':path': `/s${index}`,
                'x-own': `value ${index % 7} z${'z'.repeat(index * 20)}`,
                cookie: 'a=1; b=2',
              });
              stream.on('error', reject);
              stream.on('close', resolve);
              stream.resume();
              stream.end(Buffer.alloc(index * 1500, index));
            }),
        ),
      );
      await new Promise<void>((resolve) => session.close(resolve));
    });
    const open = { alpn: null, layer: 'http' as const, host: '127.0.0.1', port: 80, sni: null };
    for (const piece of [undefined, 11]) {
      const events = tell(turns, piece === undefined ? { open } : { open, piece });
      assertOrder(events);
      expect(ofType(events, 'unreadable')).toEqual([]);
      const requests = ofType(events, 'request');
      expect(requests).toHaveLength(60);
      for (const { request, stream } of requests) {
        const origins = seen.get(request.target);
        expect(request.body.sha256).toBe(origins?.body);
        expect(request.headers).toContainEqual(['x-own', origins?.headers]);
        const answer = ofType(events, 'response').find((event) => event.stream === stream)?.response;
        expect(answer).toMatchObject({ status: 201, trailers: [['x-trailer', request.target]] });
        expect(answer?.headers).toContainEqual(['x-answer', `to ${request.target}`]);
      }
      expect(ofType(events, 'informational')).toHaveLength(60);
      expect(ofType(events, 'end').every(({ failure }) => failure === null)).toBe(true);
    }
  });

  it('reads WebSocket over a real extended CONNECT, and gRPC over a real stream', async () => {
    const masked = Buffer.from([0x81, 0x85, 9, 9, 9, 9, ...[...Buffer.from('hello')].map((byte) => byte ^ 9)]);
    const grpc = (body: string) => Buffer.concat([Buffer.from([0, 0, 0, 0, body.length]), Buffer.from(body)]);
    const origin = http2.createServer({ settings: { enableConnectProtocol: true } });
    origin.on('stream', (stream, headers) => {
      stream.on('error', () => undefined);
      if (headers[':protocol'] === 'websocket') {
        stream.respond({ ':status': 200 });
        stream.once('data', () => stream.end(Buffer.from([0x81, 2, 0x68, 0x69])));
        return;
      }
      stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.on('data', (bytes: Buffer) => stream.write(grpc(`seen ${bytes.subarray(5).toString()}`)));
      stream.on('end', () => stream.end());
    });
    const turns = await record(origin, async (port) => {
      const session = http2.connect(`http://127.0.0.1:${port}`);
      await new Promise((resolve) => session.once('remoteSettings', resolve));
      await new Promise<void>((resolve, reject) => {
        const stream = session.request(
          { ':method': 'CONNECT', ':protocol': 'websocket', ':path': '/chat', ':scheme': 'http', ':authority': '127.0.0.1' },
          { endStream: false },
        );
        stream.on('error', reject);
        stream.on('response', () => stream.write(masked));
        stream.on('data', () => stream.end());
        stream.on('close', resolve);
      });
      await new Promise<void>((resolve, reject) => {
        const stream = session.request({
          ':method': 'POST',
          ':path': '/svc/Call',
          'content-type': 'application/grpc+proto',
          te: 'trailers',
        });
        let seen = 0;
        stream.on('error', reject);
        stream.on('close', resolve);
        stream.on('data', () => {
          seen++;
          if (seen === 1) stream.write(grpc('two'));
          else stream.end();
        });
        stream.write(grpc('one'));
      });
      await new Promise<void>((resolve) => session.close(resolve));
    });
    const events = tell(turns, { open: { alpn: null, layer: 'http', host: '127.0.0.1', port: 80, sni: null } });
    expect(
      ofType(events, 'message').map(({ stream, message }) => [stream, message.kind, message.direction, text(message.body.bytes)]),
    ).toEqual([
      [0, 'ws', 'request', 'hello'],
      [0, 'ws', 'response', 'hi'],
      [1, 'grpc', 'request', 'one'],
      [1, 'grpc', 'response', 'seen one'],
      [1, 'grpc', 'request', 'two'],
      [1, 'grpc', 'response', 'seen two'],
    ]);
    expect(ofType(events, 'response')[1]?.response.trailers).toEqual([['grpc-status', '0']]);
    expect(ofType(events, 'end').map(({ failure }) => failure)).toEqual([null, null]);
    expect(ofType(events, 'unreadable')).toEqual([]);
  });

  it('reads every byte value through Huffman as it was sent', async () => {
    const value = Array.from({ length: 256 }, (_, byte) => byte)
      .filter((byte) => byte >= 0x20 && byte !== 0x7f)
      .map((byte) => String.fromCharCode(byte))
      .join('')
      .trim();
    const origin = http2.createServer();
    origin.on('stream', (stream) => {
      stream.on('error', () => undefined);
      stream.respond({ ':status': 204 }, { endStream: true });
    });
    const turns = await record(origin, async (port) => {
      const session = http2.connect(`http://127.0.0.1:${port}`);
      for (let count = 0; count < 2; count++)
        await new Promise<void>((resolve, reject) => {
          const stream = session.request({ 'x-all': value, 'x-lower': 'abcdefghijklmnopqrstuvwxyz0123456789' });
          stream.on('error', reject);
          stream.on('close', resolve);
          stream.resume();
        });
      await new Promise<void>((resolve) => session.close(resolve));
    });
    const events = tell(turns, { open: { alpn: 'h2' } });
    expect(ofType(events, 'request').map(({ request }) => request.headers.find(([name]) => name === 'x-all')?.[1])).toEqual([value, value]);
  });
});
