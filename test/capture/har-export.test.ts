import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHar } from '../../src/capture/har.js';
import { bodyOf } from '../../src/capture/har-body.js';
import { exchangeToHarEntry } from '../../src/capture/har-export.js';
import type { Body, Exchange } from '../../src/model/exchange.js';

const exchange: Exchange = {
  seq: 0,
  source: 'har',
  connection: null,
  client: null,
  serverAddress: '192.0.2.7',
  secure: true,
  startedAt: 1_750_000_000_000,
  requestEndedAt: 1_750_000_000_010,
  responseStartedAt: 1_750_000_000_030,
  endedAt: 1_750_000_000_050,
  request: {
    method: 'POST',
    target: '/v1/%E5%8C%97?q=a+b&gbk=%B1%B1&flag',
    url: 'https://api.example.com:8443/v1/%E5%8C%97?q=a+b&gbk=%B1%B1&flag',
    httpVersion: '2',
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Name', Buffer.from('范例').toString('latin1')],
      ['X-Name', 'second'],
    ],
    trailers: [],
    body: bodyOf(Buffer.from('{"phone":"19900001234"}')),
  },
  response: {
    status: 200,
    statusText: 'OK',
    httpVersion: '2',
    headers: [['Content-Encoding', 'gzip']],
    trailers: [['grpc-status', '0']],
    body: bodyOf(gzipSync('{"ok":true}')),
  },
  messages: [
    { index: 0, direction: 'request', kind: 'ws', text: true, at: 1_750_000_000_040, body: bodyOf(Buffer.from('你好')) },
    { index: 1, direction: 'response', kind: 'ws', text: false, at: 1_750_000_000_041, body: bodyOf(Buffer.from([0, 255])) },
  ],
  failure: null,
  warnings: [],
};

const again = (one: Exchange) => parseHar(JSON.stringify({ log: { entries: [exchangeToHarEntry(one)] } }), 'x.har')[0];

describe('an exchange as a HAR entry', () => {
  test('is read back as it was', () => {
    expect(again(exchange)).toEqual(exchange);
  });

  test('the query is spelled out; bytes that are no UTF-8 stay as they are', () => {
    expect(exchangeToHarEntry(exchange).request.queryString).toEqual([
      { name: 'q', value: 'a b' },
      { name: 'gbk', value: '%B1%B1' },
      { name: 'flag', value: '' },
    ]);
  });

  test('binary bodies are base64, text bodies text', () => {
    const entry = exchangeToHarEntry(exchange);
    expect(entry.response.content.encoding).toBe('base64');
    expect(entry.request.postData).toEqual({ mimeType: 'application/json', text: '{"phone":"19900001234"}' });
  });

  test.each([
    ['server-push', 'the server promised this request'],
    ['har-from-cache', 'answered from the cache'],
    ['limit-httpHeaderCount', 'the field list is cut there'],
  ])('incident: exported and imported again, what was remarked of an exchange (%s) was gone, and it was judged', (code, detail) => {
    const remarked: Exchange = { ...exchange, warnings: [{ code, detail }] };
    expect(exchangeToHarEntry(remarked)._remarks).toEqual([code]);
    expect(again(remarked)?.warnings.map((warning) => warning.code)).toEqual([code]);
  });

  test('of remarks the codes alone are written, and none of an analysis; what is no code is not read', () => {
    const warnings = [
      { code: 'analysis-failed', detail: 'x' },
      { code: 'host-mismatch', detail: ':authority 19900001234' },
      { code: 'host-mismatch', detail: 'again' },
    ];
    const entry = exchangeToHarEntry({ ...exchange, warnings });
    expect(entry._remarks).toEqual(['host-mismatch']);
    expect(JSON.stringify(entry)).not.toContain(':authority');
    const odd = { log: { entries: [{ ...exchangeToHarEntry(exchange), _remarks: ['A B', 7, null, '<b>', 'x'.repeat(99), {}] }] } };
    expect(parseHar(JSON.stringify(odd), 'x.har')[0]?.warnings).toEqual([]);
  });

  test('a failure, and messages of gRPC, come back', () => {
    const failed: Exchange = {
      ...exchange,
      response: null,
      responseStartedAt: null,
      failure: { code: 'upstream-refused', detail: 'no route' },
      messages: [{ index: 0, direction: 'request', kind: 'grpc', text: false, at: 1_750_000_000_040, body: bodyOf(Buffer.from([8, 1])) }],
    };
    expect(again(failed)).toMatchObject({ response: null, failure: failed.failure, messages: failed.messages });
  });

  test('a cut body says so, and is still cut when it is read back', () => {
    const cut = (body: Body): Body => ({ ...body, size: 9_999, sha256: '', truncated: true });
    const { request, response, messages } = exchange;
    if (response === null) throw new Error('it has one');
    const one: Exchange = {
      ...exchange,
      request: { ...request, body: cut(request.body) },
      response: { ...response, body: cut(response.body) },
      messages: messages.map((message) => ({ ...message, body: cut(message.body) })),
    };
    expect(exchangeToHarEntry(one).comment).toContain('of 9999 bytes');
    const { warnings, ...back } = again(one) ?? exchange;
    const { warnings: _, ...sent } = one;
    expect(back).toEqual(sent);
    expect(warnings.map(({ code }) => code)).toEqual(['har-body-short', 'har-body-short']);
  });

  test('whatever an exchange holds comes back', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text)),
    );
    const body = bytes.map((given) => bodyOf(given));
    const headers = fc
      .array(
        fc.tuple(
          fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,8}$/).filter((name) => !/^(?:cookie|content-encoding)$/i.test(name)),
          bytes,
        ),
        { maxLength: 3 },
      )
      .map((list) => list.map(([name, value]) => [name, Buffer.from(value).toString('latin1')] as const));
    const message = fc.record({
      direction: fc.constantFrom('request' as const, 'response' as const),
      kind: fc.constant('ws' as const),
      text: fc.constant(false),
      at: fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }),
      body,
    });
    fc.assert(
      fc.property(body, body, headers, headers, fc.array(message, { maxLength: 3 }), (sent, answered, own, trailers, messages) => {
        const one: Exchange = {
          ...exchange,
          request: { ...exchange.request, headers: own, trailers, body: sent },
          response: exchange.response === null ? null : { ...exchange.response, headers: own, body: answered },
          messages: messages.map((given, index) => ({ ...given, index })),
        };
        const back = again(one);
        expect(back && { ...back, warnings: [] }).toEqual(one);
      }),
      { numRuns: 300 },
    );
  });
});
