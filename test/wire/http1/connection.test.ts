import http from 'node:http';
import { describe, expect, it } from 'vitest';
import { createObserver, type WireEvent } from '../../../src/wire/index.js';
import { assertOrder, codes, down, essence, ofType, openTap, rawBytes, record, sha256, tell, text, up } from '../conversation.js';

const GET = 'GET /a?imei=490154203237518 HTTP/1.1\r\nHost: shop.example\r\nX-Case: Kept\r\n\r\n';
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi';

describe('one exchange', () => {
  it('gives request, response and end with headers in wire order and case', () => {
    const events = tell([up(GET), down(OK)]);
    expect(events.map((event) => event.type)).toEqual(['request', 'response', 'end']);
    const [request] = ofType(events, 'request');
    expect(request?.request).toMatchObject({
      method: 'GET',
      target: '/a?imei=490154203237518',
      url: 'https://shop.example/a?imei=490154203237518',
      httpVersion: '1.1',
      headers: [
        ['Host', 'shop.example'],
        ['X-Case', 'Kept'],
      ],
    });
    expect(request?.warnings).toEqual([]);
    const [response] = ofType(events, 'response');
    expect(response?.response).toMatchObject({ status: 200, statusText: 'OK', body: { size: 2, sha256: sha256('hi'), truncated: false } });
    expect(ofType(events, 'end')[0]).toMatchObject({ stream: 0, failure: null });
  });

  it('gives the request before any response byte has come', () => {
    const events = tell([up(GET)], { unclosed: true });
    expect(events.map((event) => event.type)).toEqual(['request']);
  });

  it('times a request and a response by their own first and last byte', () => {
    const events: WireEvent[] = [];
    const observer = createObserver(openTap(), (event) => events.push(event));
    observer.push('up', Buffer.from('POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 4\r\n\r\nab'), 10);
    observer.push('up', Buffer.from('cd'), 30);
    observer.push('down', Buffer.from('HTTP/1.1 200 OK\r\n'), 50);
    observer.push('down', Buffer.from('Content-Length: 1\r\n\r\nx'), 70);
    expect(ofType(events, 'request')[0]).toMatchObject({ startedAt: 10, endedAt: 30 });
    expect(ofType(events, 'response')[0]).toMatchObject({ startedAt: 50, endedAt: 70 });
    expect(ofType(events, 'end')[0]).toMatchObject({ at: 70 });
  });
});

const CONVERSATIONS: Record<string, ReturnType<typeof up>[]> = {
  pipelined: [up(`${GET}${GET.replace('/a', '/b')}`), down(`${OK}${OK.replace('hi', 'ho')}`)],
  'chunked both ways with extensions and trailers': [
    up(
      'POST /c HTTP/1.1\r\nHost: shop.example\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n5;a=b\r\nphone\r\n1\r\n=\r\n0\r\nX-Sum: 9\r\n\r\n',
    ),
    down('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n'),
  ],
  'informational responses': [
    up('POST / HTTP/1.1\r\nHost: shop.example\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n'),
    down('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'),
    up('abc'),
    down(OK),
  ],
  'bodiless answers': [
    up(GET.replace('GET', 'HEAD') + GET + GET + GET),
    down(
      'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nHTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
    ),
  ],
  'close-delimited answer': [up(GET), down('HTTP/1.0 200 OK\r\n\r\nall of '), down('this')],
  'GET with a body, then another request': [
    up(`GET /q HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 4\r\n\r\nbodyGET /n HTTP/1.1\r\nHost: shop.example\r\n\r\n`),
    down(OK + OK),
  ],
  'event stream': [
    up(GET),
    down('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n'),
    down('d\r\ndata: {"a":1}\r\n2\r\n\n\n\r\n9\r\ndata: two\r\n2\r\n\n\n\r\n0\r\n\r\n'),
  ],
  'upgrade to another protocol': [
    up('GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: mine\r\n\r\n'),
    down('HTTP/1.1 101 Switching Protocols\r\nUpgrade: mine\r\n\r\nserver says'),
    up('phone says'),
  ],
  'refused upgrade': [
    up(
      'GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nGET /second HTTP/1.1\r\nHost: shop.example\r\n\r\n',
    ),
    down(OK + OK),
  ],
  'broken chunk': [
    up('POST /c HTTP/1.1\r\nHost: shop.example\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nphone\r\n0x1\r\n=\r\n'),
    down('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'),
  ],
  'smuggled request': [
    up(
      'POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n1c\r\nGET /x HTTP/1.1\r\nHost: h\r\n\r\n\r\n0\r\n\r\n',
    ),
    down(OK),
  ],
};

describe('however the bytes are cut', () => {
  for (const [name, turns] of Object.entries(CONVERSATIONS))
    it(`reads the same: ${name}`, () => {
      const whole = tell(turns);
      assertOrder(whole);
      for (const piece of [1, 2, 3, 7, 16]) expect(essence(tell(turns, { piece })), `pieces of ${piece}`).toEqual(essence(whole));
      const total = turns.reduce((sum, turn) => sum + turn.bytes.length, 0);
      for (let cut = 1; cut < total; cut++) {
        let before = cut;
        const cutTurns = turns.flatMap((turn) => {
          const here = before;
          before -= turn.bytes.length;
          if (here <= 0 || here >= turn.bytes.length) return [turn];
          return [
            { ...turn, bytes: turn.bytes.subarray(0, here) },
            { ...turn, bytes: turn.bytes.subarray(here) },
          ];
        });
        expect(essence(tell(cutTurns).map(timeless)), `cut at ${cut}`).toEqual(essence(whole.map(timeless)));
      }
    });
});

function timeless(event: WireEvent): WireEvent {
  const flat: WireEvent = JSON.parse(
    JSON.stringify(event, (key, value: unknown) => {
      if (['at', 'startedAt', 'endedAt'].includes(key)) return 0;
      return value instanceof Uint8Array ? Array.from(value) : value;
    }),
  );
  return flat.type === 'unreadable' ? { ...flat, bytes: Uint8Array.from(flat.bytes) } : flat;
}

describe('the conversations above', () => {
  it('keeps order, trailers, informational responses and bodies', () => {
    const pipelined = tell(CONVERSATIONS.pipelined ?? []);
    expect(ofType(pipelined, 'response').map(({ stream, response }) => [stream, text(response.body.bytes)])).toEqual([
      [0, 'hi'],
      [1, 'ho'],
    ]);
    const chunked = tell(CONVERSATIONS['chunked both ways with extensions and trailers'] ?? []);
    expect(ofType(chunked, 'request')[0]?.request).toMatchObject({
      trailers: [['X-Sum', '9']],
      body: { size: 6, sha256: sha256('phone=') },
    });
    const informed = tell(CONVERSATIONS['informational responses'] ?? []);
    expect(ofType(informed, 'informational').map(({ status }) => status)).toEqual([100, 103]);
    const bodiless = tell(CONVERSATIONS['bodiless answers'] ?? []);
    expect(ofType(bodiless, 'response').map(({ response }) => [response.status, response.body.size])).toEqual([
      [200, 0],
      [204, 0],
      [304, 0],
      [200, 0],
    ]);
    const closed = tell(CONVERSATIONS['close-delimited answer'] ?? []);
    expect(text(ofType(closed, 'response')[0]?.response.body.bytes ?? new Uint8Array())).toBe('all of this');
    expect(ofType(closed, 'end')[0]?.failure).toBeNull();
    const refused = tell(CONVERSATIONS['refused upgrade'] ?? []);
    expect(ofType(refused, 'request').map(({ request }) => request.target)).toEqual(['/', '/second']);
  });

  it('hands on what another protocol says', () => {
    const events = tell(CONVERSATIONS['upgrade to another protocol'] ?? []);
    expect(rawBytes(events, 'up')).toBe('phone says');
    expect(rawBytes(events, 'down')).toBe('server says');
    expect(ofType(events, 'response')[0]?.response.status).toBe(101);
  });

  it('splits an event stream and keeps the true size and hash of its body', () => {
    const events = tell(CONVERSATIONS['event stream'] ?? []);
    expect(
      ofType(events, 'message').map(({ message }) => [message.index, message.kind, message.direction, text(message.body.bytes)]),
    ).toEqual([
      [0, 'sse', 'response', '{"a":1}'],
      [1, 'sse', 'response', 'two'],
    ]);
    const body = ofType(events, 'response')[0]?.response.body;
    expect(body).toMatchObject({ size: 26, sha256: sha256('data: {"a":1}\n\ndata: two\n\n'), truncated: false });
    expect(body?.bytes.length).toBe(0);
  });

  it('says where chunked framing breaks, and hands the rest on', () => {
    const events = tell(CONVERSATIONS['broken chunk'] ?? []);
    expect(codes(ofType(events, 'request')[0])).toEqual(expect.arrayContaining(['chunk-size', 'cut-short']));
    expect(rawBytes(events, 'up')).toContain('=');
    expect(ofType(events, 'end')[0]?.failure?.code).toBe('cut-short');
  });

  it('gives the other reading of a smuggled request, and the request hidden in it', () => {
    const [request] = ofType(tell(CONVERSATIONS['smuggled request'] ?? []), 'request');
    expect(codes(request)).toContain('content-length-with-transfer-encoding');
    expect(text(request?.request.body.bytes ?? new Uint8Array())).toContain('GET /x');
    const other = request?.alternatives ?? [];
    expect(text(other[0]?.body.bytes ?? new Uint8Array())).toBe('1c\r');
  });
});

describe('connections that end', () => {
  it('gives a request that was cut short, with what came of it', () => {
    const events = tell([up('POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 100\r\n\r\nphone=13900000000')]);
    const [request] = ofType(events, 'request');
    expect(codes(request)).toEqual(['cut-short']);
    expect(text(request?.request.body.bytes ?? new Uint8Array())).toBe('phone=13900000000');
    expect(ofType(events, 'end')[0]?.failure?.code).toBe('cut-short');
  });

  it('names a missing response, and prefers the cause that the tap gives', () => {
    expect(ofType(tell([up(GET)]), 'end')[0]?.failure?.code).toBe('no-response');
    const failure = { code: 'client-left', detail: 'x' };
    expect(ofType(tell([up(GET)], { failure }), 'end')[0]?.failure).toEqual(failure);
  });

  it('gives a response that was cut short', () => {
    const events = tell([up(GET), down('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf')]);
    expect(codes(ofType(events, 'response')[0])).toContain('cut-short');
    expect(ofType(events, 'end')[0]?.failure?.code).toBe('cut-short');
  });

  it('hands on half a head', () => {
    const events = tell([up('GET /imei/490154203237518 HT')]);
    expect(rawBytes(events, 'up')).toBe('GET /imei/490154203237518 HT');
  });
});

describe('bytes that do not fit', () => {
  it('reads a response that overtook its request in the tap', () => {
    const events = tell([down(OK), up(GET)]);
    expect(events.map((event) => event.type)).toEqual(['request', 'response', 'end']);
  });

  it('does not match a response to a request that began later', () => {
    const events: WireEvent[] = [];
    const observer = createObserver(openTap(), (event) => events.push(event));
    observer.push('up', Buffer.from(GET), 0);
    observer.push('down', Buffer.from(OK), 1);
    observer.push('down', Buffer.from('HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n'), 1000);
    observer.push('up', Buffer.from(GET), 2000);
    observer.close(3000, null);
    expect(ofType(events, 'response').map(({ response }) => response.status)).toEqual([200]);
    expect(ofType(events, 'request')).toHaveLength(2);
    expect(ofType(events, 'unreadable')[0]).toMatchObject({ direction: 'down', reason: 'unsolicited' });
    assertOrder(events);
  });

  it('goes on with the next request after a refused Expect', () => {
    const events = tell([
      up('POST / HTTP/1.1\r\nHost: shop.example\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n'),
      down('HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n'),
      up(GET),
      down(OK),
    ]);
    expect(ofType(events, 'request').map(({ request }) => request.method)).toEqual(['POST', 'GET']);
    expect(ofType(events, 'response').map(({ response }) => response.status)).toEqual([417, 200]);
  });

  it('keeps a body to its bound, hashes and counts all of it', () => {
    const piece = Buffer.alloc(64 * 1024, 'x');
    const turns = [up(`POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: ${40 * piece.length}\r\n\r\n`)];
    for (let count = 0; count < 40; count++) turns.push(up(piece));
    const [request] = ofType(tell(turns), 'request');
    expect(request?.request.body).toMatchObject({
      size: 40 * piece.length,
      truncated: true,
      sha256: sha256('x'.repeat(40 * piece.length)),
    });
    expect(request?.request.body.bytes.length).toBe(1024 * 1024);
    expect(codes(request)).toEqual(['limit-bodyKept']);
  });

  it('gives up on a head without end, and on too many unanswered requests', () => {
    const endless = tell([up('GET / HTTP/1.1\r\n'), ...Array.from({ length: 20 }, () => up(`X: ${'y'.repeat(5000)}\r\n`))]);
    expect(ofType(endless, 'unreadable')[0]?.reason).toBe('limit-httpHead');
    const many = tell([up(GET.repeat(1100))]);
    expect(ofType(many, 'request')).toHaveLength(1000);
    expect(ofType(many, 'unreadable')[0]?.reason).toBe('limit-wireStreams');
    assertOrder(many);
  });
});

describe('gaps', () => {
  it('keeps its place when a gap lies inside a body of known length', () => {
    const events: WireEvent[] = [];
    const observer = createObserver(openTap(), (event) => events.push(event));
    observer.push('up', Buffer.from('POST / HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 10\r\n\r\nab'), 0);
    observer.gap('up', 6, 1);
    observer.push('up', Buffer.from(`cd${GET}`), 2);
    observer.push('down', Buffer.from(OK + OK), 3);
    observer.close(4, null);
    const [first, second] = ofType(events, 'request');
    expect(first?.request.body).toMatchObject({ size: 10, truncated: true });
    expect(codes(first)).toContain('gap');
    expect(second?.request.target).toContain('/a');
    expect(ofType(events, 'end').map(({ failure }) => failure)).toEqual([null, null]);
  });

  it('reads requests again behind a gap it cannot measure, and does not guess their responses', () => {
    const events: WireEvent[] = [];
    const observer = createObserver(openTap(), (event) => events.push(event));
    observer.push('up', Buffer.from(GET), 0);
    observer.push('down', Buffer.from(OK), 1);
    observer.gap('up', 500, 2);
    observer.push('up', Buffer.from('tail of something lost'), 3);
    observer.push('up', Buffer.from(GET.replace('/a', '/later')), 4);
    observer.push('down', Buffer.from(OK), 5);
    observer.close(6, null);
    expect(ofType(events, 'request').map(({ request }) => request.target)).toEqual([
      '/a?imei=490154203237518',
      '/later?imei=490154203237518',
    ]);
    expect(ofType(events, 'response')).toHaveLength(1);
    expect(ofType(events, 'end').map(({ failure }) => failure?.code ?? null)).toEqual([null, 'gap']);
    assertOrder(events);
  });

  it('goes on reading requests when responses are lost', () => {
    const events: WireEvent[] = [];
    const observer = createObserver(openTap(), (event) => events.push(event));
    observer.push('up', Buffer.from(GET), 0);
    observer.gap('down', 500, 2);
    observer.push('up', Buffer.from(GET), 4);
    observer.close(6, null);
    expect(ofType(events, 'request')).toHaveLength(2);
    expect(ofType(events, 'end').map(({ failure }) => failure?.code)).toEqual(['gap', 'gap']);
  });
});

describe('node:http', () => {
  it('is read as both ends saw it', async () => {
    const seen: Array<{ method: string; url: string; headers: string[]; body: string }> = [];
    const origin = http.createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts);
        seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.rawHeaders, body: sha256(body) });
        response.setHeader('X-Id', request.url ?? '');
        response.write('part one, ');
        response.end(`answer to ${request.url}`);
      });
    });
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const turns = await record(origin, async (port) => {
      for (let count = 0; count < 5; count++)
        await new Promise<void>((resolve, reject) => {
          const request = http.request(
            { port, host: '127.0.0.1', agent, method: count % 2 === 0 ? 'POST' : 'GET', path: `/r${count}?n=${count}` },
            (response) => {
              response.resume();
              response.on('end', resolve);
            },
          );
          request.on('error', reject);
          if (count % 2 === 0) {
            request.write('x'.repeat(3000 * count + 1));
            request.end('the end');
          } else request.end();
        });
      agent.destroy();
    });
    const events = tell(turns, { open: { layer: 'http', host: '127.0.0.1', port: 80, sni: null, alpn: null } });
    assertOrder(events);
    expect(
      ofType(events, 'request').map(({ request }) => ({
        method: request.method,
        url: request.target,
        headers: request.headers.flat(),
        body: request.body.sha256,
      })),
    ).toEqual(seen);
    expect(ofType(events, 'response').map(({ response }) => text(response.body.bytes))).toEqual(
      seen.map(({ url }) => `part one, answer to ${url}`),
    );
    expect(ofType(events, 'end').every(({ failure }) => failure === null)).toBe(true);
  });
});
