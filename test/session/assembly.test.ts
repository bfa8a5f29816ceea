import { expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import type { Exchange, StreamMessage } from '../../src/model/exchange.js';
import type { Connection } from '../../src/model/session.js';
import type { TapOpen } from '../../src/model/tap.js';
import { type AssemblySink, createAssembly, unreadExchange } from '../../src/session/assembly.js';

const bytes = (text: string) => new TextEncoder().encode(text);

function open(part: Partial<TapOpen> = {}): TapOpen {
  return {
    type: 'open',
    connection: 'c1',
    at: 1_000,
    client: { address: '192.168.1.9', port: 50_000, user: null },
    host: 'api.example.test',
    port: 443,
    serverAddress: '203.0.113.7',
    layer: 'tls',
    sni: 'api.example.test',
    alpn: 'http/1.1',
    reach: 'decrypted',
    cause: null,
    ...part,
  };
}

function recorder() {
  const log: string[] = [];
  const exchanges: Exchange[] = [];
  const messages: StreamMessage[] = [];
  const connections: Connection[] = [];
  const unread: Uint8Array[] = [];
  const befores: string[] = [];
  const sink: AssemblySink = {
    requested: (exchange) => {
      log.push(`requested ${exchange.seq}`);
      exchanges.push(exchange);
    },
    carried: (exchange) => {
      log.push(`carried ${exchange.seq}`);
      exchanges.push(exchange);
    },
    answered: (exchange) => {
      log.push(`answered ${exchange.seq}`);
      exchanges.push(exchange);
    },
    messaged: (exchange, message) => {
      log.push(`messaged ${exchange.seq}`);
      messages.push(message);
    },
    ended: (exchange) => {
      log.push(`ended ${exchange.seq}`);
      exchanges.push(exchange);
    },
    unread(_connection, chunk, _direction, _at, before) {
      unread.push(chunk);
      befores.push(Buffer.from(before).toString());
    },
    connection: (connection) => connections.push(connection),
    dropped: (direction) => log.push(`dropped ${direction}`),
  };
  let seq = 0;
  const nextSeq = () => seq++;
  return { assembly: createAssembly(sink, nextSeq), sink, nextSeq, log, exchanges, messages, connections, unread, befores };
}

const tap = (direction: 'up' | 'down', text: string, at = 2_000) =>
  ({ type: 'bytes', connection: 'c1', at, direction, bytes: bytes(text) }) as const;

test('a request is told as soon as it is complete, its response when that is', () => {
  const { assembly, log, exchanges } = recorder();
  assembly.tap(open());
  assembly.tap(tap('up', 'POST /login HTTP/1.1\r\nHost: api.example.test\r\nContent-Length: 4\r\n\r\nph'));
  expect(log).toEqual([]);
  assembly.tap(tap('up', '=1', 2_050));
  expect(log).toEqual(['requested 0']);
  expect(exchanges[0]).toMatchObject({ seq: 0, secure: true, startedAt: 2_000, requestEndedAt: 2_050, response: null });
  expect(exchanges[0]?.request).toMatchObject({ method: 'POST', url: 'https://api.example.test/login' });
  assembly.tap(tap('down', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', 2_100));
  expect(log).toEqual(['requested 0', 'answered 0', 'ended 0']);
  expect(exchanges.at(-1)).toMatchObject({ endedAt: 2_100, response: { status: 200 }, failure: null });
  expect(assembly.open()).toBe(0);
});

test('two pipelined requests are two exchanges with their own responses', () => {
  const { assembly, exchanges } = recorder();
  assembly.tap(open());
  assembly.tap(tap('up', 'GET /a HTTP/1.1\r\nHost: api.example.test\r\n\r\nGET /b HTTP/1.1\r\nHost: api.example.test\r\n\r\n'));
  assembly.tap(tap('down', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 404 Not Found\r\nContent-Length: 1\r\n\r\nb'));
  const ended = exchanges.filter((exchange) => exchange.response !== null && exchange.endedAt !== null);
  expect(new Map(ended.map((exchange) => [exchange.request.target, exchange.response?.status]))).toEqual(
    new Map([
      ['/a', 200],
      ['/b', 404],
    ]),
  );
});

test('a connection that closes leaves its totals and ends what was open with a cause', () => {
  const { assembly, exchanges, connections } = recorder();
  assembly.tap(open());
  assembly.tap(tap('up', 'GET /slow HTTP/1.1\r\nHost: api.example.test\r\n\r\n'));
  assembly.tap({
    type: 'close',
    connection: 'c1',
    at: 9_000,
    bytesUp: 50,
    bytesDown: 0,
    failure: { code: 'upstream-reset', detail: 'ECONNRESET' },
  });
  expect(exchanges.at(-1)?.failure?.code).toBe('upstream-reset');
  expect(connections.at(-1)).toMatchObject({ bytesUp: 50, reach: 'decrypted', protocol: 'http/1.1' });
  assembly.tap(tap('up', 'GET /late HTTP/1.1\r\n\r\n'));
  expect(exchanges.filter((exchange) => exchange.request.target === '/late')).toEqual([]);
});

test('what was relayed but not copied is counted on the connection', () => {
  const { assembly, connections } = recorder();
  assembly.tap(open());
  assembly.tap({ type: 'gap', connection: 'c1', at: 2_000, direction: 'up', missed: 700 });
  expect(connections.at(-1)?.notAnalysed).toBeGreaterThanOrEqual(700);
});

test('incident: an analysis that fell behind, or failed, was counted in bytes only, and the session could still pass for one that was looked through', () => {
  const { assembly, log, connections, sink } = recorder();
  assembly.tap(open());
  for (const missed of [700, 800]) assembly.tap({ type: 'gap', connection: 'c1', at: 2_000, direction: 'up', missed });
  assembly.tap({ type: 'gap', connection: 'c1', at: 2_000, direction: 'down', missed: 5 });
  expect(log).toEqual(['dropped up', 'dropped down']);

  assembly.tap(open({ connection: 'c2' }));
  sink.requested = () => {
    throw new TypeError('a fault behind the observers');
  };
  const request = bytes('GET /a HTTP/1.1\r\nHost: api.example.test\r\n\r\n');
  expect(() => assembly.tap({ type: 'bytes', connection: 'c2', at: 2_000, direction: 'up', bytes: request })).toThrow(TypeError);
  expect(connections.at(-1)).toMatchObject({ id: 'c2', notAnalysed: request.length });
  expect(log).toEqual(['dropped up', 'dropped down', 'dropped up']);
});

test('bytes of a tunnel that nobody decrypted are handed on raw, for known values only', () => {
  const { assembly, unread, log } = recorder();
  assembly.tap(open({ layer: 'tunnel', reach: 'not_inspected', alpn: null }));
  assembly.tap(tap('up', 'MQTT imei=1'));
  // The name comes first: it may be an identifier of the device.
  expect(unread.map((chunk) => new TextDecoder().decode(chunk))).toEqual(['api.example.test', 'MQTT imei=1']);
  expect(log).toEqual([]);
});

test('what is not read is told with the end of what came right before it, and without where something is missing', () => {
  const { assembly, befores, sink, nextSeq } = recorder();
  assembly.tap(open({ layer: 'tunnel', reach: 'not_inspected' }));
  assembly.tap(tap('up', 'ab'));
  assembly.tap(tap('down', 'xy'));
  assembly.tap(tap('up', 'cd'));
  assembly.tap(tap('up', 'z'.repeat(limits.rawSeam + 5)));
  assembly.tap(tap('up', 'e'));
  expect(befores).toEqual(['', '', '', 'ab', 'abcd', 'z'.repeat(limits.rawSeam)]);
  assembly.tap({ type: 'gap', connection: 'c1', at: 2_000, direction: 'up', missed: 7 });
  assembly.tap(tap('up', 'f'));
  assembly.turn({ sink, nextSeq }, 3_000);
  assembly.tap(tap('up', 'g'));
  expect(befores.slice(6)).toEqual(['', '']);
});

test('a place for what a raw scan finds', () => {
  const { assembly, connections } = recorder();
  assembly.tap(open({ layer: 'tunnel', reach: 'not_inspected', host: '2001:db8::1', sni: null, port: 1883 }));
  const connection = connections[0];
  expect(connection && unreadExchange(connection, 7, 5)).toMatchObject({
    seq: 7,
    request: { method: 'RAW', url: 'http://[2001:db8::1]:1883/' },
    warnings: [{ code: 'not-http' }],
  });
});

test('a response that offers HTTP/3 makes a remark on its connection, once, and takes no other remark away', () => {
  const answer = 'HTTP/1.1 200 OK\r\nAlt-Svc: h3=":443"\r\nContent-Length: 0\r\n\r\n';
  const free = recorder();
  const taken = recorder();
  const cause = { code: 'OVR_UPSTREAM_NOT_VERIFIED', text: { zh: '', en: '' } };
  for (const [{ assembly }, first] of [
    [free, open()],
    [taken, open({ cause })],
  ] as const) {
    assembly.tap(first);
    for (let count = 0; count < 2; count++) {
      assembly.tap(tap('up', 'GET / HTTP/1.1\r\nHost: api.example.test\r\n\r\n'));
      assembly.tap(tap('down', answer));
    }
  }
  expect(free.connections.map((connection) => connection.cause?.code ?? null)).toEqual([null, 'OVR_HTTP3_OFFERED']);
  expect(taken.connections.map((connection) => connection.cause?.code)).toEqual(['OVR_UPSTREAM_NOT_VERIFIED']);
});

const GET = (path: string) => `GET ${path} HTTP/1.1\r\nHost: api.example.test\r\n\r\n`;
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

test('another session records: each request is in the one in which it was complete, on the same connection, and no answer changes sides', () => {
  const one = recorder();
  const two = recorder();
  const { assembly } = one;
  assembly.tap(open());
  assembly.tap(tap('up', GET('/a')));
  assembly.tap(tap('down', OK));
  assembly.tap(tap('up', GET('/b') + GET('/c').slice(0, 9)));
  assembly.turn(two, 3_000);
  expect(one.log.slice(-3), 'of /c it has nothing, and says so').toEqual(['requested 1', 'ended 1', 'dropped up']);
  expect(one.exchanges.at(-1)).toMatchObject({ request: { target: '/b' }, response: null, warnings: [{ code: 'open-at-end' }] });
  expect(one.connections.at(-1)).toMatchObject({ bytesUp: 2 * GET('/a').length + 9, bytesDown: OK.length });
  const before = one.log.length;
  expect(two.connections, 'an idle connection is no part of the next session').toEqual([]);
  assembly.tap(tap('down', OK, 3_100));
  assembly.tap(tap('up', GET('/c').slice(9), 3_200));
  assembly.tap(tap('down', OK, 3_300));
  expect(two.log).toEqual(['requested 0', 'answered 0', 'ended 0']);
  expect(two.exchanges[0]).toMatchObject({ seq: 0, request: { target: '/c' } });
  assembly.tap({ type: 'close', connection: 'c1', at: 4_000, bytesUp: 3 * GET('/a').length, bytesDown: 3 * OK.length, failure: null });
  expect(one.log).toHaveLength(before);
  expect(two.connections.at(-1), 'the answer that belongs to nobody is counted as not analysed, with its reason').toMatchObject({
    bytesUp: GET('/c').length - 9,
    bytesDown: 2 * OK.length,
    cause: { code: 'OVR_BEFORE_SESSION' },
  });
  expect(two.connections.at(-1)?.notAnalysed).toBeGreaterThan(0);
});

test('incident: a session that ended in the midst of an upload told nothing of it', () => {
  const one = recorder();
  const two = recorder();
  const { assembly } = one;
  const head = 'POST /speech HTTP/1.1\r\nHost: api.example.test\r\nTransfer-Encoding: chunked\r\n\r\n';
  assembly.tap(open());
  assembly.tap(tap('up', `${head}b\r\n13900000000\r\n`));
  assembly.turn(null, 2_000);
  expect(one.log).toEqual(['dropped up']);
  expect(one.connections.at(-1)).toMatchObject({ cause: { code: 'OVR_UNFINISHED_AT_END' }, bytesUp: head.length + 16 });
  expect(one.connections.at(-1)?.notAnalysed).toBeGreaterThan(11);
  assembly.turn(two, 3_000);
  assembly.tap(tap('up', '0\r\n\r\n', 3_100));
  assembly.tap(tap('down', OK, 3_200));
  expect(two.log).toEqual(['requested 0', 'answered 0', 'ended 0']);
  expect(two.exchanges[0]?.request.body.size).toBe(11);
  expect(two.connections.at(-1), 'the remark was of the session before').toMatchObject({ cause: null, notAnalysed: 0 });
});

test('while nobody records, connections are read on and kept nowhere; the next session takes up their next request', () => {
  const one = recorder();
  const two = recorder();
  const { assembly } = one;
  assembly.tap(open());
  assembly.turn(null, 2_000);
  const before = [one.log.length, one.connections.length];
  assembly.tap(tap('up', GET('/nobody')));
  assembly.tap(tap('down', OK));
  expect([one.log.length, one.connections.length]).toEqual(before);
  assembly.turn(two, 3_000);
  assembly.tap(tap('up', GET('/mine'), 3_100));
  assembly.tap(tap('down', OK, 3_200));
  expect(two.log).toEqual(['requested 0', 'answered 0', 'ended 0']);
  expect(two.exchanges.map(({ request }) => request.target)).toEqual(['/mine', '/mine', '/mine']);
});

test('a stream that outlives its session goes on in the next under a place of its own, which holds nothing of its opening request', () => {
  const one = recorder();
  const two = recorder();
  const { assembly } = one;
  assembly.tap(open());
  assembly.tap(
    tap(
      'up',
      'GET /ws/user-42?imei=1 HTTP/1.1\r\nHost: api.example.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nCookie: uid=42\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    ),
  );
  assembly.tap(
    tap(
      'down',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
    ),
  );
  const frame = { type: 'bytes', connection: 'c1', direction: 'up', bytes: Uint8Array.of(0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69) } as const;
  assembly.tap({ ...frame, at: 2_500 });
  expect(one.messages).toHaveLength(1);
  assembly.turn(two, 3_000);
  assembly.tap({ ...frame, at: 3_500 });
  expect(one.messages).toHaveLength(1);
  expect(two.log).toEqual(['carried 0', 'messaged 0']);
  expect(two.messages[0]).toMatchObject({ index: 1, at: 3_500 });
  expect(two.exchanges[0]).toMatchObject({
    seq: 0,
    startedAt: 3_500,
    request: { url: 'https://api.example.test/', target: '/', headers: [] },
    response: { status: 101, headers: [] },
    warnings: [{ code: 'carried-over' }],
  });
  assembly.tap({ type: 'close', connection: 'c1', at: 4_000, bytesUp: 400, bytesDown: 200, failure: null });
  expect(two.log.at(-1)).toBe('ended 0');
});

test('a connection that cannot be looked into is told to the next session at once, and its bytes count where it closes', () => {
  const one = recorder();
  const two = recorder();
  const { assembly } = one;
  assembly.tap(open({ layer: 'tunnel', reach: 'passed_through', alpn: null }));
  assembly.turn(two, 3_000);
  expect(two.connections).toMatchObject([{ reach: 'passed_through', at: 3_000, bytesUp: 0 }]);
  assembly.tap({ type: 'close', connection: 'c1', at: 4_000, bytesUp: 70, bytesDown: 30, failure: null });
  expect(two.connections.at(-1)).toMatchObject({ bytesUp: 70, bytesDown: 30 });
});
