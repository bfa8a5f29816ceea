import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { maskExchange } from '../../src/cli/masked-exchange.js';
import { type Body, EMPTY_BODY, type Exchange, type Headers, type StreamMessage } from '../../src/model/exchange.js';
import type { Occurrence } from '../../src/model/finding.js';

const PHONE = '13900000007';
const MARK = '[phone_number:0a1b2c3d]';

function body(content: string | Uint8Array, part: Partial<Body> = {}): Body {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  return { bytes, size: bytes.length, sha256: '', truncated: false, ...part };
}

function exchange(
  content: Body,
  part: { url?: string; headers?: Headers; messages?: readonly StreamMessage[]; answer?: Body } = {},
): Exchange {
  const url = part.url ?? 'https://a.example.test/v1';
  return {
    seq: 0,
    source: 'har',
    connection: null,
    client: null,
    serverAddress: null,
    secure: true,
    startedAt: 0,
    requestEndedAt: null,
    responseStartedAt: null,
    endedAt: null,
    request: {
      method: 'POST',
      target: '/v1',
      url,
      httpVersion: '1.1',
      headers: part.headers ?? [['Content-Type', 'application/json']],
      trailers: [],
      body: content,
    },
    response: {
      status: 302,
      statusText: 'Found',
      httpVersion: '1.1',
      headers: [
        ['Location', `https://b.example.test/?t=${PHONE}`],
        ['Set-Cookie', 'sid=abcdef; Path=/; HttpOnly'],
      ],
      trailers: [],
      body: part.answer ?? EMPTY_BODY,
    },
    messages: part.messages ?? [],
    failure: { code: 'cut-short', detail: `something about ${PHONE}` },
    warnings: [{ code: 'x', detail: PHONE }],
  };
}

function found(path: string, part: Partial<Occurrence> = {}): Occurrence {
  return {
    dataType: 'phone_number',
    tag: '0a1b2c3d',
    grade: 'confirmed',
    detector: 'known-value',
    direction: 'request',
    message: null,
    part: /^[a-z]+/.exec(path)?.[0] ?? 'body',
    path,
    value: PHONE,
    span: null,
    ...part,
  } as object as Occurrence;
}

const none = new Map<string, string>();
const text = (masked: { exchange: Exchange }) => Buffer.from(masked.exchange.request.body.bytes).toString();

test('a value in a plain body is cut out, the rest stays; failure details and warnings do not travel', () => {
  const masked = maskExchange(
    exchange(body(`{"a":{"phone":"+86 ${PHONE}"},"page":2}`)),
    [found('body.$.a.phone', { span: [4, 15] })],
    none,
  );
  expect(text(masked)).toBe(`{"a":{"phone":"+86 ${MARK}"},"page":2}`);
  expect(masked.notes).toEqual([]);
  expect(masked.exchange.failure).toEqual({ code: 'cut-short', detail: '' });
  expect(JSON.stringify({ ...masked.exchange, request: { ...masked.exchange.request, body: null } })).not.toContain(PHONE);
});

test('content-encoding is undone; a value behind a further step costs the body, and is listed', () => {
  const headers: Headers = [['Content-Encoding', 'gzip']];
  const zipped = exchange(body(gzipSync(`{"phone":"${PHONE}"}`)), { headers });
  expect(text(maskExchange(zipped, [found('body|gzip.$.phone')], none))).toBe(`{"phone":"${MARK}"}`);
  const inner = Buffer.from(`{"phone":"${PHONE}"}`).toString('base64');
  const deep = maskExchange(exchange(body(`{"d":"${inner}","keep":1}`)), [found('body.$.d|base64|json$.phone')], none);
  expect(JSON.parse(text(deep))).toEqual({
    overreach: 'left out: evidence lies behind a decode step',
    evidence: [{ path: 'body.$.d|base64|json$.phone', value: MARK }],
  });
  expect(deep.notes).toEqual(['request body left out: evidence lies behind a decode step']);
});

test.each([
  ['cut bodies', body(`{"a":1`, { truncated: true, size: 99 }), [], 'not read to its end'],
  ['bytes', body(new Uint8Array([0xff, 0xd8, 0xff, 0, 1, 2])), [], 'not text'],
  ['opaque payloads', body('{"d":"x"}'), [found('body.$.d', { grade: 'opaque', detector: 'opaque', value: '' })], 'could not be decoded'],
  ['values that are not found again', body('{"d":"1.3.9"}'), [found('body.$.missing')], 'a value could not be cut out'],
])('%s are left out with the reason', (_, content, evidence, why) => {
  const masked = maskExchange(exchange(content), evidence, none);
  expect(text(masked)).toContain(why);
  expect(masked.notes).toEqual([`request body left out: ${why}`]);
});

test('the fence: what can still be decoded out of the masked message costs the part it stands in', () => {
  const inner = Buffer.from(`{"phone":"${PHONE}"}`).toString('base64');
  const missed = maskExchange(exchange(body(`{"phone":"${PHONE}","again":"${inner}"}`)), [found('body.$.phone')], none);
  expect(text(missed)).not.toContain(inner);
  expect(missed.notes).toEqual(['request body left out: a value could not be cut out']);

  const url = maskExchange(exchange(EMPTY_BODY, { url: `https://a.example.test/p?d=${inner}` }), [found('url')], none);
  expect(url.exchange.request).toMatchObject({ url: 'https://a.example.test/[masked]', target: '/[masked]' });
  const header = maskExchange(
    exchange(EMPTY_BODY, {
      headers: [
        ['X-A', PHONE],
        ['X-B', inner],
      ],
    }),
    [found('header.x-a')],
    none,
  );
  expect(header.exchange.request.headers).toEqual([
    ['X-A', '[masked]'],
    ['X-B', '[masked]'],
  ]);
});

test('both fields of a pair of coordinates, and everything in a list of people, are cut', () => {
  const place = found('body.$.lat', { dataType: 'location_precise', detector: 'composite', value: '31.2304,121.4737' });
  expect(text(maskExchange(exchange(body('{"lat":31.2304,"lng":"121.4737","zoom":3}')), [place], none))).toBe(
    '{"lat":"[location_precise:0a1b2c3d]","lng":"[location_precise:0a1b2c3d]","zoom":3}',
  );
  const people = found('body.$.contacts', { dataType: 'contacts', detector: 'composite', value: '甲 1390' });
  const masked = text(
    maskExchange(exchange(body('{"contacts":[{"n":"甲","t":"1390"},{"n":"乙某","t":"0571-88"}],"page":1}')), [people], none),
  );
  expect(masked).not.toMatch(/乙某|0571|甲/);
  expect(masked).toContain('"page":1');
});

test('messages of a stream: those sent are masked, those received are left out', () => {
  const message = (index: number, direction: 'request' | 'response', content: string): StreamMessage => ({
    index,
    direction,
    kind: 'ws',
    text: true,
    at: 0,
    body: body(content),
  });
  const messages = [message(0, 'request', `{"p":"${PHONE}"}`), message(1, 'response', `{"p":"${PHONE}"}`)];
  const masked = maskExchange(exchange(EMPTY_BODY, { messages }), [found('ws[0].$.p', { message: 0, part: 'ws' })], none);
  const [sent, received] = masked.exchange.messages.map(({ body: kept }) => Buffer.from(kept.bytes).toString());
  expect(sent).toBe(`{"p":"${MARK}"}`);
  expect(received).toContain('left out');
  expect(received).not.toContain(PHONE);
});

test('responses lose body, cookie values and long numbers; values known elsewhere are cut as wholes', () => {
  const masked = maskExchange(
    exchange(body('{"user":"someone@x.test"}'), { answer: body('{"secret":1}') }),
    [],
    new Map([['someone@x.test', '[email:1]']]),
  );
  expect(masked.exchange.response?.body.size).toBe(0);
  expect(masked.exchange.response?.headers).toEqual([
    ['Location', 'https://b.example.test/[not-analysed]'],
    ['Set-Cookie', 'sid=[cookie]; Path=/; HttpOnly'],
  ]);
  expect(text(masked)).toBe('{"user":"[email:1]"}');
  expect(masked.notes).toEqual(['response body left out: answers of the server are not part of a masked recording']);
});
