import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { harExchanges, type Missed, parseHar } from '../../src/capture/har.js';
import { InputError } from '../../src/errors.js';

const har = (...entries: unknown[]) => JSON.stringify({ log: { version: '1.2', entries } });
const request = (more: Record<string, unknown> = {}) => ({
  method: 'GET',
  url: 'https://api.example.com/a?b=1',
  httpVersion: 'HTTP/1.1',
  headers: [],
  ...more,
});
const one = (entry: unknown) => parseHar(har(entry), 'x.har')[0]!;
const codes = (entry: unknown) => one(entry).warnings.map(({ code }) => code);

function failure(text: string): string {
  try {
    parseHar(text, 'x.har');
    return 'accepted';
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toContain('x.har');
    expect((error as InputError).next).not.toBe('');
    return (error as InputError).code;
  }
}

describe('files', () => {
  test('what is no HAR is refused with its reason', () => {
    expect(failure('')).toBe('OVR_HAR_EMPTY');
    expect(failure('<html></html>')).toBe('OVR_HAR_NOT_JSON');
    expect(failure('{a:1}')).toBe('OVR_HAR_NOT_JSON');
    expect(failure(har(request()).slice(0, -20))).toBe('OVR_HAR_TRUNCATED');
    expect(failure('{"sessions":[]}')).toBe('OVR_HAR_NOT_HAR');
    expect(failure('[]')).toBe('OVR_HAR_NOT_HAR');
    expect(failure('null')).toBe('OVR_HAR_NOT_HAR');
  });

  test('an empty log has no exchanges; a byte order mark does not matter', () => {
    expect(parseHar(`\ufeff${har()}`, 'x.har')).toEqual([]);
  });

  test('entries keep their index, whatever they hold', () => {
    const exchanges = parseHar(har(null, 'x', {}, { request: request() }), 'x.har');
    expect(exchanges.map(({ seq }) => seq)).toEqual([0, 1, 2, 3]);
    expect(exchanges[0]?.warnings.map(({ code }) => code)).toContain('har-entry-unreadable');
    expect(exchanges[3]?.request.url).toBe('https://api.example.com/a?b=1');
  });

  test('incident: entries without a request passed for entries in which there was nothing', () => {
    const told = (...entries: unknown[]) => {
      const missed: string[] = [];
      const exchanges = [
        ...harExchanges([Buffer.from(har(...entries))], 'x.har', ({ code, message }) => missed.push(`${code} ${message}`)),
      ];
      expect(exchanges).toHaveLength(entries.length);
      return missed;
    };
    expect(told({ request: request() })).toEqual([]);
    expect(told({ request: request() }, { request: 'POST /a phone=13900000000' }, { request: [] }, null)).toEqual([
      'OVR_HAR_ENTRY_UNREADABLE x.har: 3 of its entries have no request that can be read (the first is entry 1); nobody looked into them',
    ]);
  });
});

describe('requests', () => {
  test('URL, target, and the fragment that is never sent', () => {
    expect(one({ request: request({ url: 'https://a.example/x%20y?q=%B1#frag?no' }) }).request).toMatchObject({
      url: 'https://a.example/x%20y?q=%B1',
      target: '/x%20y?q=%B1',
    });
    expect(one({ request: request({ url: 'http://a.example?q=1' }) }).request.target).toBe('/?q=1');
    expect(one({ request: request({ url: 'wss://a.example/ws' }) })).toMatchObject({
      secure: true,
      request: { url: 'https://a.example/ws' },
    });
  });

  test.each(['', '/relative?a=1', 'about:blank', 'data:text/plain,hi', 'chrome-extension://x/y'])('URL %j is a warning', (url) => {
    expect(codes({ startedDateTime: '2025-01-01T00:00:00Z', request: request({ url }) })).toEqual(['har-url']);
  });

  test.each([
    ['HTTP/1.1', '1.1'],
    ['http/1.0', '1.0'],
    ['h2', '2'],
    ['HTTP/2.0', '2'],
    ['http/2.0', '2'],
    ['h3', '3'],
    ['', '1.1'],
    [undefined, '1.1'],
    ['unknown', '1.1'],
  ])('version %s', (given, expected) => {
    expect(one({ request: request({ httpVersion: given }) }).request.httpVersion).toBe(expected);
  });

  test('headers: duplicates kept, pseudo-headers left out, text as latin1 bytes', () => {
    const headers = [
      { name: ':authority', value: 'a.example' },
      { name: 'X-A', value: '1' },
      { name: 'x-a', value: '范' },
      { value: 'no name' },
      null,
    ];
    expect(one({ request: request({ headers }) }).request.headers).toEqual([
      ['X-A', '1'],
      ['x-a', Buffer.from('范').toString('latin1')],
    ]);
  });

  test('cookies that stand only in their list', () => {
    const cookies = [
      { name: 'uid', value: '7' },
      { name: 'k', value: '' },
    ];
    const rebuilt = one({ request: request({ cookies }) });
    expect(rebuilt.request.headers).toEqual([['Cookie', 'uid=7; k=']]);
    expect(rebuilt.warnings.map(({ code }) => code)).toContain('har-cookie-rebuilt');
    const kept = one({ request: request({ cookies, headers: [{ name: 'cookie', value: 'uid=7' }] }) });
    expect(kept.request.headers).toEqual([['cookie', 'uid=7']]);
  });
});

describe('responses and times', () => {
  test('status 0 is no response, with the reason of the browser', () => {
    const blocked = one({ request: request(), response: { status: 0, _error: 'net::ERR_BLOCKED_BY_CLIENT' } });
    expect(blocked).toMatchObject({
      response: null,
      responseStartedAt: null,
      failure: { code: 'no-response', detail: 'net::ERR_BLOCKED_BY_CLIENT' },
    });
    expect(one({ request: request() }).failure?.code).toBe('no-response');
    expect(one({ request: request(), response: { status: 204 } })).toMatchObject({ failure: null, response: { status: 204 } });
  });

  test('times in milliseconds, negative parts ignored', () => {
    const exchange = one({
      startedDateTime: '2025-01-01T08:00:00.123456+08:00',
      time: 60,
      timings: { blocked: 5, dns: -1, connect: 10, ssl: 8, send: 1, wait: 20, receive: 3 },
      request: request(),
      response: { status: 200 },
    });
    const start = Date.UTC(2025, 0, 1, 0, 0, 0, 123);
    expect([exchange.startedAt, exchange.requestEndedAt, exchange.responseStartedAt, exchange.endedAt]).toEqual([
      start,
      start + 16,
      start + 36,
      start + 60,
    ]);
  });

  test('an unreadable time is a warning', () => {
    expect(codes({ startedDateTime: 'yesterday', request: request() })).toEqual(['har-time']);
    expect(one({ request: request() }).startedAt).toBe(0);
  });
});

describe('WebSocket messages', () => {
  test('incident: a recording without the messages of its WebSocket came out as if there were none', () => {
    const socket = (more: object) => ({ request: request({ url: 'wss://a.example/ws' }), response: { status: 101 }, ...more });
    const told = (...entries: object[]) => {
      const missed: Missed[] = [];
      const text = JSON.stringify({ log: { version: '1.2', creator: { name: 't', version: '1' }, entries } });
      const exchanges = [...harExchanges([Buffer.from(text)], 'x.har', (what) => missed.push(what))];
      return { codes: missed.map(({ code }) => code), warnings: exchanges.map(({ warnings }) => warnings.map(({ code }) => code)) };
    };
    expect(told(socket({}), socket({}))).toEqual({
      codes: ['OVR_HAR_MESSAGES'],
      warnings: [expect.arrayContaining(['har-messages-missing']), expect.arrayContaining(['har-messages-missing'])],
    });
    expect(told(socket({ _webSocketMessages: [] })).codes).toEqual([]);
  });

  test('incident: messages that a tool calls neither text nor binary were left out in silence', () => {
    const sent = (opcode: unknown, data = '{"phone":"13900000000"}') =>
      one({
        request: request({ url: 'wss://a.example/ws' }),
        response: { status: 101 },
        _webSocketMessages: [{ type: 'send', time: 1, opcode, data }],
      }).messages.map(({ body, text }) => [Buffer.from(body.bytes).toString(), text]);
    for (const opcode of [0, 9, '1', 'text', 'continuation', 7]) expect(sent(opcode)).toEqual([['{"phone":"13900000000"}', true]]);
    expect(sent('binary', 'eA==')).toEqual([['x', false]]);
    expect(sent(9, 'alive')).toEqual([]);
    expect(sent(-1, 'WebSocket connection failed')).toEqual([]);
  });

  test('text and binary, both directions, seconds to milliseconds', () => {
    const { messages } = one({
      request: request({ url: 'wss://a.example/ws' }),
      response: { status: 101 },
      _webSocketMessages: [
        { type: 'send', time: 1750000000.5, opcode: 1, data: '{"imei":"1"}' },
        { type: 'receive', time: 1750000001, opcode: 2, data: Buffer.from([1, 2]).toString('base64') },
        { type: 'send', time: 1750000002, opcode: 9, data: '' },
      ],
    });
    expect(messages.map(({ direction, text, at, kind }) => [direction, text, at, kind])).toEqual([
      ['request', true, 1750000000500, 'ws'],
      ['response', false, 1750000001000, 'ws'],
    ]);
    expect([...messages[1]!.body.bytes]).toEqual([1, 2]);
  });

  test('too many are cut, and it is said', () => {
    const many = Array.from({ length: 10_001 }, () => ({ type: 'send', time: 1, opcode: 1, data: 'x' }));
    const exchange = one({ startedDateTime: '2025-01-01T00:00:00Z', request: request(), _webSocketMessages: many });
    expect(exchange.messages).toHaveLength(10_000);
    expect(exchange.warnings.map(({ code }) => code)).toEqual(['har-messages-cut']);
  });
});

test('no JSON makes it throw anything but InputError', () => {
  const odd = fc.oneof(
    fc.constant(null),
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.array(fc.anything({ maxDepth: 1 })),
    fc.object({ maxDepth: 2 }),
  );
  const entry = fc.record(
    {
      request: fc.record(
        { method: odd, url: odd, headers: odd, cookies: odd, postData: odd, bodySize: odd, httpVersion: odd },
        { requiredKeys: [] },
      ),
      response: fc.record({ status: odd, headers: odd, content: odd, bodySize: odd }, { requiredKeys: [] }),
      startedDateTime: odd,
      time: odd,
      timings: odd,
      _webSocketMessages: odd,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(odd, entry), { maxLength: 4 }), (entries) => {
      expect(parseHar(JSON.stringify({ log: { entries } }), 'x.har')).toHaveLength(entries.length);
    }),
    { numRuns: 300 },
  );
});
