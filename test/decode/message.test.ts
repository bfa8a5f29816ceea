import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeBytes, decodeRequest, decodeResponse, decodeStreamMessage } from '../../src/decode/index.js';
import { limits } from '../../src/limits.js';
import { fieldAt, request, response, streamMessage, values } from './sample.js';

test('path segments keep their number, also behind empty ones', () => {
  const decoded = decodeRequest(request({ url: 'https://h.example/v1//user%20x/13900000000' }));
  expect(decoded.fields.map(({ path, value, keys }) => [path, value, keys])).toEqual([
    ['url.path[0]', 'v1', []],
    ['url.path[2]', 'user x', []],
    ['url.path[3]', '13900000000', []],
  ]);
});

test('incident: a document that an app adds to the agent of its browser is opened; any other agent stays whole', () => {
  const browser = 'Mozilla/5.0 (Linux; Android 11; wv) AppleWebKit/537.36';
  const agent = (text: string) => values(decodeRequest(request({ headers: [['User-Agent', text]] })));
  expect(agent(`${browser};_android{"oaid":"0f0b9c2a3d4e5f60","uid":10086}_android`)).toMatchObject({
    'header.user-agent[0]|token|json$.oaid': '0f0b9c2a3d4e5f60',
    'header.user-agent[0]|token|json$.uid': '10086',
  });
  const plain = `${browser} example{version:1@2} eyJhIjoiYiIsImMiOiJkIn0=`;
  expect(Object.keys(agent(plain)).filter((path) => path.startsWith('header.user-agent'))).toEqual(['header.user-agent']);
});

test('query pairs: repeats, nested names, one inherent percent-decoding, a second one as a step', () => {
  const decoded = decodeRequest(
    request({ url: 'https://h.example/?imei=1&imei=2&dev%5Bmac%5D=a+b&q=%257B%2522a%2522%253A%2522x%2522%257D&empty' }),
  );
  expect(values(decoded)).toEqual({
    'query.imei': '1',
    'query.imei[1]': '2',
    'query["dev[mac]"]': 'a b',
    'query.q': '%7B%22a%22%3A%22x%22%7D',
    'query.q|percent|json$.a': 'x',
    'query.empty': '',
  });
  expect(fieldAt(decoded, 'query["dev[mac]"]').keys).toEqual(['dev', 'mac']);
  expect(fieldAt(decoded, 'query.q|percent|json$.a')).toMatchObject({ steps: ['percent', 'json'], keys: ['q', 'a'], part: 'query' });
  expect(fieldAt(decoded, 'query.q').opened).toBe(true);
});

test('a query that is one value and no pair is read as that value', () => {
  const json = encodeURIComponent('{"imei":"860000000000001"}');
  expect(values(decodeRequest(request({ url: `https://h.example/c?${json}` })))['query[""]|json$.imei']).toBe('860000000000001');
});

test('a query in GBK says so', () => {
  const decoded = decodeRequest(request({ url: 'https://h.example/?name=%D5%C5%C8%FD' }));
  expect(fieldAt(decoded, 'query.name|gb18030')).toMatchObject({ value: '张三', steps: ['gb18030'], keys: ['name'] });
});

test('headers by lower-case name with repeats; cookies apart; a JSON header opened', () => {
  const decoded = decodeRequest(
    request({
      headers: [
        ['User-Agent', 'okhttp/4'],
        ['X-A', '1'],
        ['x-a', '2'],
        ['Cookie', 'uid=7; info=%7B%22p%22%3A%22v%22%7D'],
        ['X-Info', Buffer.from('{"os":"???>>>"}').toString('base64url')],
      ],
    }),
  );
  expect(values(decoded)).toMatchObject({
    'header.user-agent': 'okhttp/4',
    'header.x-a': '1',
    'header.x-a[1]': '2',
    'cookie.uid': '7',
    'cookie.info|percent|json$.p': 'v',
    'header.x-info|base64url|json$.os': '???>>>',
  });
  expect(decoded.fields.some((field) => field.path === 'header.cookie')).toBe(false);
  expect(fieldAt(decoded, 'header.user-agent').group).toBe(fieldAt(decoded, 'header.x-a').group);
});

test('a header of UTF-8 bytes is read as UTF-8', () => {
  const decoded = decodeRequest(request({ headers: [['X-City', Buffer.from('上海').toString('latin1')]] }));
  expect(fieldAt(decoded, 'header.x-city').value).toBe('上海');
});

test('an ETag does not become a JSON string', () => {
  const decoded = decodeRequest(request({ headers: [['If-None-Match', '"33a64df551425fcc55e4d42a148795d9"']] }));
  expect(decoded.fields).toHaveLength(1);
});

test('set-cookie of a response is a cookie without its attributes', () => {
  const decoded = decodeResponse(response('', [['Set-Cookie', 'sid=abc; Path=/; HttpOnly']]));
  expect(values(decoded)).toEqual({ 'cookie.sid': 'abc' });
  expect(decoded.direction).toBe('response');
});

test('the whole way through gzip, json, base64, gzip, json', () => {
  const inner = gzipSync('{"imei":"860000000000001"}').toString('base64');
  const decoded = decodeRequest(
    request({ type: 'application/json', headers: [['Content-Encoding', 'gzip']], body: gzipSync(JSON.stringify({ data: inner })) }),
  );
  expect(fieldAt(decoded, 'body|gzip.$.data|base64|gzip|json$.imei')).toEqual({
    path: 'body|gzip.$.data|base64|gzip|json$.imei',
    part: 'body',
    keys: ['data', 'imei'],
    value: '860000000000001',
    kind: 'string',
    steps: ['gzip', 'json', 'base64', 'gzip', 'json'],
    group: expect.any(Number),
  });
  expect(decoded.layers.map((layer) => layer.path)).toEqual([
    'url',
    'url.host',
    'header',
    'body',
    'body|gzip',
    'body|gzip.$.data|base64',
    'body|gzip.$.data|base64|gzip',
  ]);
});

test('a content-encoding that does not fit the bytes is passed over', () => {
  for (const encoding of ['gzip', 'br', 'zstd', 'deflate', 'gzip, br', 'unknown']) {
    const decoded = decodeRequest(request({ type: 'application/json', headers: [['Content-Encoding', encoding]], body: '{"a":"1"}' }));
    expect(values(decoded)['body.$.a']).toBe('1');
    expect(decoded.limits).toEqual([]);
  }
});

test('two content-encodings are undone in reverse order', () => {
  const body = gzipSync(gzipSync('a=1&b=2'));
  const decoded = decodeRequest(
    request({ headers: [['Content-Encoding', 'gzip, gzip']], type: 'application/x-www-form-urlencoded', body }),
  );
  expect(values(decoded)['body|gzip|gzip.form.b']).toBe('2');
});

test('text and binary bodies are one field each', () => {
  expect(values(decodeRequest(request({ body: 'hello there, nothing here' })))['body.text']).toBe('hello there, nothing here');
  const binary = decodeRequest(request({ type: 'image/jpeg', body: Buffer.from([0xff, 0xd8, 0xff, 0xd9, 1, 2, 3]) }));
  expect(fieldAt(binary, 'body')).toMatchObject({ kind: 'binary', steps: [], bytes: Buffer.from([0xff, 0xd8, 0xff, 0xd9, 1, 2, 3]) });
});

test('stream messages have their own root', () => {
  expect(values(decodeStreamMessage(streamMessage('ws', '{"a":"x"}', 3)))).toEqual({ 'ws[3].$.a': 'x' });
  expect(values(decodeStreamMessage(streamMessage('sse', 'plain words', 1)))).toEqual({ 'sse[1].text': 'plain words' });
  expect(values(decodeStreamMessage(streamMessage('grpc', Buffer.from('\x0a\x05hello', 'latin1'), 2)))).toEqual({
    'grpc[2]|protobuf.1': 'hello',
  });
  expect(decodeStreamMessage(streamMessage('ws', 'x', 5)).message).toBe(5);
});

test('bytes of an unknown protocol', () => {
  expect(values(decodeBytes(Buffer.from('{"a":"x"}'), 'body'))).toEqual({ 'body.$.a': 'x' });
});

test('a truncated body is read as far as it goes, and that is said', () => {
  const decoded = decodeRequest(request({ type: 'application/json', body: '{"a":"1","b":"2","c":"cut of', truncated: true }));
  expect(values(decoded)).toMatchObject({ 'body.$.a': '1', 'body.$.b': '2', 'body.text': expect.stringContaining('cut of') });
  expect(decoded.limits).toEqual([{ path: 'body', limit: 'bodyKept' }]);
});

test('an URL that is none still gives its query', () => {
  expect(values(decodeRequest(request({ url: '/x/y?a=1' })))).toEqual({ 'url.path[0]': 'x', 'url.path[1]': 'y', 'query.a': '1' });
  expect(() => decodeRequest(request({ url: '\u0000://?%%%&&=&[' }))).not.toThrow();
});

test('more pairs than fields may be kept are reported', () => {
  const decoded = decodeRequest(request({ url: `https://h.example/?${'a=1&'.repeat(limits.decodeFields + 10)}` }));
  expect(decoded.fields).toHaveLength(limits.decodeFields + 1 - limits.decodeNewName);
  expect(decoded.limits.map((hit) => hit.limit)).toContain('decodeFields');
});

test('fronted_host: the host of the address is looked through unless the header says the same', () => {
  const paths = (host: string) =>
    decodeRequest(request({ url: 'https://a1.example.com:8443/', headers: [['Host', host]] })).layers.map((layer) => layer.path);
  expect(paths('A1.example.com:8443')).not.toContain('url.host');
  expect(paths('front.example.net')).toContain('url.host');
});

test('name and password before the host, and the fragment of a recorded address', () => {
  const found = values(decodeRequest(request({ url: 'https://13900000001:a%20word@api.example.com/a/b?x=1#phone=13900000002' })));
  expect(found).toMatchObject({
    'url.user': '13900000001:a word',
    'url.path[1]': 'b',
    'query.x': '1',
    'url.fragment': 'phone=13900000002',
  });
  expect(
    Object.keys(values(decodeRequest(request({ url: 'https://api.example.com/a@b?x=1' })))).some((path) => path.startsWith('url.user')),
  ).toBe(false);
});
