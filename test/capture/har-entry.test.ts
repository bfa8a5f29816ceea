import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { harExchanges, type Missed } from '../../src/capture/har.js';
import { readEntry } from '../../src/capture/har-entry.js';
import type { Exchange } from '../../src/model/exchange.js';

/** Written by hand after what each tool exports; no recording of anybody. */
const IMEI = '490154203237518';
const JSON_BODY = `{"imei":"${IMEI}"}`;
const b64 = (bytes: string | Uint8Array) => Buffer.from(bytes).toString('base64');

function read(log: Record<string, unknown>, { bom = false } = {}): { exchanges: Exchange[]; missed: Missed[] } {
  const missed: Missed[] = [];
  const text = `${bom ? '\ufeff' : ''}${JSON.stringify({ log }, null, 2)}`;
  return { exchanges: [...harExchanges([Buffer.from(text)], 'x.har', (what) => void missed.push(what))], missed };
}

const one = (log: Record<string, unknown>) => read(log).exchanges[0]!;
const body = (exchange: Exchange) => Buffer.from(exchange.request.body.bytes).toString();
const codes = (exchange: Exchange) => exchange.warnings.map(({ code }) => code);
const at = Date.UTC(2026, 0, 1, 8, 30, 0, 123);

test('Chrome: HTTP/3, priorities, initiators, WebSocket messages, a blocked request', () => {
  const { exchanges } = read({
    version: '1.2',
    creator: { name: 'WebInspector', version: '537.36' },
    pages: [{ startedDateTime: '2026-01-01T08:30:00.000Z', id: 'page_1', title: 'x', pageTimings: { onContentLoad: 1.5, onLoad: null } }],
    entries: [
      {
        _connectionId: '21',
        _initiator: { type: 'script', stack: { callFrames: [{ functionName: '', url: 'https://a.test/x.js' }] } },
        _priority: 'High',
        _resourceType: 'fetch',
        cache: {},
        connection: '443',
        pageref: 'page_1',
        request: {
          method: 'POST',
          url: 'https://a.test/v1?b=%E6%89%8B#part',
          httpVersion: 'h3',
          headers: [
            { name: ':authority', value: 'a.test' },
            { name: 'content-type', value: 'application/json' },
          ],
          queryString: [{ name: 'b', value: '%E6%89%8B' }],
          cookies: [
            { name: 'uid', value: '7', path: '/', domain: '.a.test', expires: '2027-01-01T00:00:00.000Z', httpOnly: true, secure: true },
          ],
          headersSize: -1,
          bodySize: JSON_BODY.length,
          postData: { mimeType: 'application/json', text: JSON_BODY },
        },
        response: {
          status: 200,
          statusText: '',
          httpVersion: 'h3',
          headers: [{ name: 'content-encoding', value: 'br' }],
          cookies: [],
          content: { size: 11, mimeType: 'application/json', text: '{"ok":true}' },
          redirectURL: '',
          headersSize: -1,
          bodySize: -1,
          _transferSize: 321,
          _error: null,
        },
        serverIPAddress: '[2001:db8::7]',
        startedDateTime: '2026-01-01T08:30:00.123Z',
        time: 42.5,
        timings: { blocked: 2.5, dns: -1, ssl: -1, connect: -1, send: 0.5, wait: 30, receive: 9.5, _blocked_queueing: 1.25 },
      },
      {
        _resourceType: 'websocket',
        _webSocketMessages: [
          { type: 'send', time: 1_767_256_200.5, opcode: 1, data: JSON_BODY },
          { type: 'receive', time: 1_767_256_201.5, opcode: 2, data: b64(new Uint8Array([1, 2, 3])) },
        ],
        request: { method: 'GET', url: 'wss://a.test/ws', httpVersion: 'HTTP/1.1', headers: [], queryString: [], cookies: [] },
        response: { status: 101, statusText: 'Switching Protocols', headers: [], content: { size: 0, mimeType: 'x-unknown' } },
        startedDateTime: '2026-01-01T08:30:00.123Z',
        time: 1,
        timings: {},
      },
      {
        request: { method: 'GET', url: 'https://ads.test/', httpVersion: 'http/2.0', headers: [] },
        response: {
          status: 0,
          statusText: '',
          httpVersion: '',
          headers: [],
          content: { size: 0, mimeType: 'x-unknown' },
          _error: 'net::ERR_BLOCKED_BY_CLIENT',
        },
        startedDateTime: '2026-01-01T08:30:00.123Z',
        time: 3,
        timings: { blocked: 3, send: 0, wait: 0, receive: 0 },
      },
    ],
  });
  expect(exchanges[0]).toMatchObject({
    startedAt: at,
    serverAddress: '2001:db8::7',
    request: { httpVersion: '3', url: 'https://a.test/v1?b=%E6%89%8B' },
    response: { httpVersion: '3', body: { size: 11 } },
  });
  expect(body(exchanges[0]!)).toBe(JSON_BODY);
  // The body of a decoded answer is not encoded any more: the header that is left behind is not believed.
  expect(codes(exchanges[0]!)).toEqual(['har-cookie-rebuilt', 'har-body-decoded']);
  expect(exchanges[1]?.messages.map(({ direction, text, body: { size } }) => [direction, text, size])).toEqual([
    ['request', true, JSON_BODY.length],
    ['response', false, 3],
  ]);
  expect(exchanges[2]).toMatchObject({ response: null, failure: { detail: 'net::ERR_BLOCKED_BY_CLIENT' } });
});

test('incident: header fields as one object, a query and messages kept apart were dropped without a word', () => {
  const { exchanges } = read({
    version: '1.2',
    creator: { name: 'a script of its own', version: '1' },
    entries: [
      {
        startedDateTime: '2026-01-01T08:30:00Z',
        request: {
          method: 'GET',
          url: 'https://a.test/v1#top',
          headers: { 'X-Phone': '19900001234', Accept: ['a/b', 'c/d'] },
          queryString: [{ name: 'phone', value: '199 0000' }],
        },
        response: { status: 101, headers: [{ name: 'Via', value: ['one', 'two'] }] },
        _webSocketMessages: [{ type: 'send', opcode: 1, data: { phone: '19900001234' } }],
      },
    ],
  });
  expect(exchanges[0]).toMatchObject({
    request: {
      url: 'https://a.test/v1?phone=199+0000',
      headers: [
        ['X-Phone', '19900001234'],
        ['Accept', 'a/b'],
        ['Accept', 'c/d'],
      ],
    },
    response: {
      headers: [
        ['Via', 'one'],
        ['Via', 'two'],
      ],
    },
  });
  expect(Buffer.from(exchanges[0]!.messages[0]!.body.bytes).toString()).toBe('{"phone":"19900001234"}');
  expect(codes(exchanges[0]!)).toEqual(['har-query-rebuilt']);
});

test('Firefox: zone in the date, upload headers before the body, parameters without text, bodies left out', () => {
  const { exchanges } = read({
    version: '1.2',
    creator: { name: 'Firefox', version: '140.0' },
    browser: { name: 'Firefox', version: '140.0' },
    pages: [{ id: 'page_1', startedDateTime: '2026-01-01T16:30:00.000+08:00', pageTimings: { onContentLoad: -1, onLoad: -1 } }],
    entries: [
      {
        startedDateTime: '2026-01-01T16:30:00.123+08:00',
        request: {
          bodySize: 80,
          method: 'POST',
          url: 'https://a.test/form',
          httpVersion: 'HTTP/2',
          headers: [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }],
          cookies: [],
          queryString: [],
          headersSize: 500,
          postData: {
            mimeType: 'application/x-www-form-urlencoded',
            params: [{ name: 'imei', value: IMEI }],
            text: `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 20\r\n\r\nimei=${IMEI}`,
          },
        },
        response: {
          status: 200,
          statusText: 'OK',
          httpVersion: 'HTTP/2',
          headers: [],
          cookies: [],
          content: { mimeType: 'image/png', size: 5000, comment: 'Response bodies are not included.' },
          redirectURL: '',
          headersSize: 1,
          bodySize: 5000,
        },
        cache: {},
        timings: { blocked: 0, dns: 0, connect: 0, ssl: 0, send: 0, wait: 10, receive: 0 },
        time: 10,
        _securityState: 'secure',
        serverIPAddress: '198.51.100.7',
        connection: '443',
        pageref: 'page_1',
      },
      {
        startedDateTime: '2026-01-01T16:30:01.000+08:00',
        request: {
          method: 'POST',
          url: 'https://a.test/form2',
          httpVersion: 'HTTP/2',
          headers: [],
          postData: {
            mimeType: 'application/x-www-form-urlencoded',
            params: [
              { name: 'imei', value: IMEI },
              { name: '名', value: '测 试' },
            ],
          },
        },
        response: { status: 200, headers: [], content: {} },
        timings: {},
        time: 1,
      },
    ],
  });
  expect(exchanges[0]).toMatchObject({ startedAt: at, response: { body: { size: 5000, truncated: true, sha256: '' } } });
  expect(body(exchanges[0]!)).toBe(`imei=${IMEI}`);
  expect(codes(exchanges[0]!)).toEqual(['har-body-headers', 'har-body-missing']);
  expect(new URLSearchParams(body(exchanges[1]!)).get('名')).toBe('测 试');
  expect(codes(exchanges[1]!)).toEqual(['har-body-rebuilt', 'har-type-rebuilt']);
});

test('Safari: no server address, empty HTTP versions, seconds with many digits', () => {
  const exchange = one({
    version: '1.2',
    creator: { name: 'WebKit Web Inspector', version: '1.0' },
    pages: [],
    entries: [
      {
        pageref: 'page_0',
        startedDateTime: '2026-01-01T08:30:00.123456Z',
        time: 64.25,
        request: {
          method: 'POST',
          url: 'https://a.test/s',
          httpVersion: '',
          cookies: [],
          headers: [],
          queryString: [],
          headersSize: -1,
          bodySize: -1,
          postData: { mimeType: 'application/json', text: JSON_BODY },
        },
        response: {
          status: 200,
          statusText: 'OK',
          httpVersion: '',
          cookies: [],
          headers: [],
          content: { size: 3, compression: 0, mimeType: 'text/html', text: '手' },
          redirectURL: '',
          headersSize: -1,
          bodySize: -1,
          _transferSize: -1,
        },
        cache: {},
        timings: { blocked: 1, dns: -1, connect: -1, ssl: -1, send: 0.5, wait: 60, receive: 3 },
        _fetchType: 'Network Load',
        _priority: 'medium',
      },
    ],
  });
  expect(exchange).toMatchObject({ serverAddress: null, startedAt: at, request: { httpVersion: '1.1' } });
  expect(body(exchange)).toBe(JSON_BODY);
  expect(codes(exchange)).toEqual(['har-type-rebuilt']);
});

test('mitmproxy (hardump): bodies undone but sizes of the wire, null texts, a failed flow without content', () => {
  const { exchanges } = read({
    version: '1.2',
    creator: { name: 'mitmproxy', version: '12.1.1', comment: '' },
    pages: [],
    entries: [
      {
        startedDateTime: '2026-01-01T08:30:00.123000+00:00',
        time: 30.5,
        request: {
          method: 'POST',
          url: 'https://a.test/m',
          httpVersion: 'HTTP/2.0',
          cookies: [],
          headers: [
            { name: 'content-encoding', value: 'gzip' },
            { name: 'content-type', value: 'application/json' },
          ],
          queryString: [],
          headersSize: 300,
          bodySize: 12,
          postData: { mimeType: 'application/json', text: JSON_BODY, params: [] },
        },
        response: {
          status: 200,
          statusText: '',
          httpVersion: 'HTTP/2.0',
          cookies: [],
          headers: [],
          content: { size: 40, compression: 22, mimeType: 'image/png', text: b64(new Uint8Array(62)), encoding: 'base64' },
          redirectURL: '',
          headersSize: 1,
          bodySize: 40,
        },
        cache: {},
        timings: { connect: -1.0, ssl: -1.0, send: 0.5, receive: 10, wait: 20 },
        serverIPAddress: '198.51.100.7',
      },
      {
        startedDateTime: '2026-01-01T08:30:01.000000+00:00',
        time: 0,
        request: {
          method: 'PUT',
          url: 'https://a.test/m',
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: [],
          queryString: [],
          headersSize: 1,
          bodySize: 5000,
          postData: { mimeType: '', text: null, params: [] },
        },
        response: {
          status: 0,
          statusText: '',
          httpVersion: '',
          headers: [],
          cookies: [],
          content: {},
          redirectURL: '',
          headersSize: -1,
          bodySize: -1,
          _transferSize: 0,
          _error: 'peer closed connection',
        },
        cache: {},
        timings: { connect: null, ssl: null, send: 0, receive: 0, wait: 0 },
      },
    ],
  });
  expect(body(exchanges[0]!)).toBe(JSON_BODY);
  expect(exchanges[0]?.response?.body).toMatchObject({ size: 62, truncated: false });
  expect(codes(exchanges[0]!)).toEqual(['har-body-decoded']);
  // A body that the tool knew of and did not write is cut, not empty.
  expect(exchanges[1]).toMatchObject({ request: { body: { size: 5000, truncated: true } }, failure: { detail: 'peer closed connection' } });
});

test('Charles: names of its own, sizes that are missing, base64 by an attribute, HTTP/2 in capitals', () => {
  const exchange = one({
    version: '1.2',
    creator: { name: 'Charles Proxy', version: '5.0' },
    entries: [
      {
        startedDateTime: '2026-01-01T16:30:00.123+08:00',
        time: 88,
        request: {
          method: 'POST',
          url: 'https://a.test/c',
          httpVersion: 'HTTP/2.0',
          cookies: [],
          headers: [
            { name: ':method', value: 'POST' },
            { name: 'content-type', value: 'application/octet-stream' },
          ],
          queryString: [],
          postData: { mimeType: 'application/octet-stream', text: b64(gzipSync(JSON_BODY)), encoding: 'base64' },
          headersSize: 0,
        },
        response: {
          _charlesStatus: 'COMPLETE',
          status: 200,
          statusText: 'OK',
          httpVersion: 'HTTP/2.0',
          cookies: [],
          headers: [],
          content: { mimeType: 'text/plain', text: 'ok' },
          redirectURL: null,
          headersSize: 0,
          bodySize: -1,
        },
        serverIPAddress: '198.51.100.7',
        cache: {},
        timings: { dns: 4, connect: 20, ssl: 30, send: 1, wait: 30, receive: 3 },
      },
    ],
  });
  expect(exchange.request.body.bytes.subarray(0, 2)).toEqual(new Uint8Array([0x1f, 0x8b]));
  expect(exchange).toMatchObject({ startedAt: at, request: { httpVersion: '2', headers: [['content-type', 'application/octet-stream']] } });
  expect(codes(exchange)).toEqual([]);
});

test('Proxyman: comments everywhere, base64 said in a comment, WebSocket messages in milliseconds', () => {
  const exchange = one({
    version: '1.2',
    creator: { name: 'Proxyman', version: '6.0.0', comment: 'https://proxyman.com' },
    comment: '',
    entries: [
      {
        _id: '12',
        _isHTTPS: true,
        comment: '',
        startedDateTime: '2026-01-01T08:30:00.123Z',
        time: 20,
        request: {
          method: 'POST',
          url: 'https://a.test/p',
          httpVersion: 'HTTP/1.1',
          headers: [],
          queryString: [],
          cookies: [],
          headersSize: 5,
          bodySize: 40,
          postData: { mimeType: 'application/protobuf', text: b64(JSON_BODY), comment: 'base64', params: [] },
        },
        response: { status: 200, headers: [], content: { size: 0, mimeType: '' } },
        timings: { send: 0, wait: 0, receive: 0 },
        _webSocketMessages: [{ type: 'send', time: at, opcode: 1, data: JSON_BODY }],
      },
    ],
  });
  expect(body(exchange)).toBe(JSON_BODY);
  expect(exchange.messages).toMatchObject([{ direction: 'request', at }]);
});

test('HTTP Toolkit: lists of parameters that are empty, bodies that are no text in _content, total times of -1', () => {
  const exchange = one({
    version: '1.2',
    creator: { name: 'HTTP Toolkit', version: '1.23.0' },
    pages: [{ id: 'Android', title: 'Android', startedDateTime: '2026-01-01T08:30:00.000Z', pageTimings: {} }],
    entries: [
      {
        pageref: 'Android',
        startedDateTime: '2026-01-01T16:30:00.123+08:00',
        time: -1,
        request: {
          method: 'POST',
          url: 'https://a.test/h',
          httpVersion: 'HTTP/2.0',
          cookies: [],
          headers: [{ name: 'set', value: 'a,b' }],
          queryString: [],
          headersSize: -1,
          bodySize: 30,
          _content: { text: b64(JSON_BODY), size: 30, encoding: 'base64' },
          _requestBodyStatus: 'present',
        },
        response: {
          status: 0,
          statusText: '',
          httpVersion: '',
          headers: [],
          cookies: [],
          content: { size: 0, mimeType: 'application/x-unknown' },
          redirectURL: '',
          headersSize: -1,
          bodySize: -1,
        },
        cache: {},
        timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: 0, receive: 0 },
      },
    ],
  });
  expect(body(exchange)).toBe(JSON_BODY);
  expect(exchange).toMatchObject({ startedAt: at, endedAt: at, response: null });
});

describe('whistle', () => {
  const entry = (part: Record<string, unknown>, request: Record<string, unknown> = {}) => ({
    startedDateTime: '2026-01-01T08:30:00.123Z',
    time: -1,
    whistleRules: {},
    request: {
      method: 'POST',
      url: 'https://a.test/w',
      ip: '192.0.2.1',
      port: 5,
      httpVersion: 'HTTP/2.0',
      cookies: [],
      headers: [{ name: 'Host', value: 'a.test' }],
      queryString: [],
      headersSize: -1,
      bodySize: -1,
      comment: '',
      ...request,
    },
    response: {
      statusCode: 200,
      status: 200,
      statusText: 'OK',
      httpVersion: 'HTTP/2.0',
      cookies: [],
      headers: [],
      content: { size: -1, mimeType: '', base64: b64('{"ok":1}'), text: '{"ok":1}' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      comment: '',
    },
    cache: {},
    timings: { blocked: 0, dns: -1, connect: -1, send: -1, wait: -1, receive: -1, ssl: -1, comment: '' },
    clientIPAddress: '192.0.2.1',
    serverIPAddress: '198.51.100.7',
    ...part,
  });
  const log = (...entries: unknown[]) => ({
    version: '1.2',
    creator: { name: 'Whistle', version: '2.9', comment: '' },
    pages: [],
    entries,
  });

  test('bytes stand in base64 beside a text that lost some of them', () => {
    const bytes = gzipSync(JSON_BODY);
    const post = { size: -1, mimeType: 'none', params: [], text: bytes.toString('utf8'), base64: b64(bytes) };
    const exchange = one(log(entry({}, { postData: post })));
    expect(Buffer.from(exchange.request.body.bytes).equals(bytes)).toBe(true);
    expect(exchange.request.body.truncated).toBe(false);
    expect(codes(exchange)).toEqual([]);
    expect(exchange.response?.body.size).toBe(8);
  });

  test('WebSocket frames', () => {
    const frames = [
      { reqId: '1', frameId: `${at}-001`, isClient: true, base64: b64(JSON_BODY), bin: '', opcode: 1, length: 26 },
      { reqId: '1', frameId: `${at + 5}-002`, base64: b64(new Uint8Array([0, 255])), bin: '', opcode: 2 },
      { reqId: '1', frameId: `${at + 9}-003`, isClient: true, closed: true, base64: '', bin: '' },
    ];
    const exchange = one(log(entry({ frames }, { url: 'wss://a.test/ws' })));
    expect(exchange.messages.map(({ direction, text, at: time, body: { size } }) => [direction, text, time, size])).toEqual([
      ['request', true, at, JSON_BODY.length],
      ['response', false, at + 5, 2],
    ]);
  });

  test('a tunnel that was passed through is said once for each host, and counts as not looked at', () => {
    const tunnel = entry({}, { method: 'CONNECT', url: 'tunnel://pinned.test:443' });
    const { exchanges, missed } = read(log(tunnel, tunnel, entry({})));
    expect(exchanges).toHaveLength(3);
    expect(missed).toMatchObject([{ code: 'OVR_HAR_TUNNEL' }]);
    expect(missed[0]?.message).toContain('pinned.test');
  });
});

test('PCAPdroid: base64 on requests, times of -1, no answer when the connection was reset', () => {
  const { exchanges } = read({
    version: '1.2',
    creator: { name: 'PCAPdroid', version: '1.9.0' },
    entries: [
      {
        startedDateTime: '2026-01-01T16:30:00.123+0800',
        time: -1,
        serverIPAddress: '198.51.100.7',
        connection: '12',
        request: {
          method: 'POST',
          url: 'https://a.test/pd',
          httpVersion: 'HTTP/1.1',
          cookies: [],
          headers: [{ name: 'Content-Type', value: 'application/x-protobuf' }],
          queryString: [],
          postData: { mimeType: 'application/x-protobuf', text: b64(JSON_BODY), encoding: 'base64', params: [] },
          headersSize: 90,
          bodySize: 26,
        },
        response: {
          status: 0,
          statusText: '',
          httpVersion: '',
          cookies: [],
          headers: [],
          content: {},
          redirectURL: '',
          headersSize: -1,
          bodySize: -1,
        },
        cache: {},
        timings: { send: -1, wait: -1, receive: -1, blocked: -1, dns: -1, connect: -1, ssl: -1 },
      },
    ],
  });
  expect(body(exchanges[0]!)).toBe(JSON_BODY);
  expect(exchanges[0]).toMatchObject({ startedAt: at, endedAt: at, serverAddress: '198.51.100.7', response: null });
});

test('Fiddler and Windows tools begin with a byte order mark; Slack writes headers as pairs', () => {
  const { exchanges } = read(
    {
      version: '1.2',
      entries: [{ request: { method: 'GET', url: 'https://a.test/', headers: [['X-Imei', IMEI], [7], []] }, response: { status: 200 } }],
    },
    { bom: true },
  );
  expect(exchanges[0]?.request.headers).toEqual([
    ['X-Imei', IMEI],
    ['7', ''],
  ]);
});

test('regression: sixteen identifiers nobody looked at, since the recording kept the type of the form beside the body and not in the headers', () => {
  const entry = (mimeType: string, headers: unknown[] = []) =>
    one({
      entries: [
        {
          startedDateTime: '2026-01-01T08:30:00.123Z',
          request: { method: 'POST', url: 'https://a.test/x', headers, bodySize: 12, postData: { mimeType, text: 'imei=4& a b ' } },
          response: { status: 200, headers: [], content: {} },
        },
      ],
    });
  const form = entry('application/x-www-form-urlencoded; charset=GBK');
  expect(form.request.headers).toEqual([['Content-Type', 'application/x-www-form-urlencoded; charset=GBK']]);
  expect(codes(form)).toEqual(['har-type-rebuilt']);
  // Nothing is made up where the recording says nothing, and what was sent is believed over it.
  for (const type of ['', 'x-unknown', 'none', 'application/octet-stream']) expect(entry(type).request.headers, type).toEqual([]);
  expect(entry('text/plain', [{ name: 'content-type', value: 'application/json' }]).request.headers).toEqual([
    ['content-type', 'application/json'],
  ]);
});

test('what a browser answered from its cache was not sent', () => {
  const request = { method: 'GET', url: 'https://a.test/x' };
  const codesOf = (entry: object) =>
    readEntry({ startedDateTime: '2026-01-01T00:00:00Z', request, ...entry }, 0).warnings.map(({ code }) => code);
  expect(codesOf({ _fromCache: 'disk' })).toEqual(['har-from-cache']);
  expect(codesOf({ _fromCache: null })).toEqual([]);
});
