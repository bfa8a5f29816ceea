import { createHash, randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBytes, decodeRequest, decodeResponse, decodeStreamMessage } from '../../src/decode/index.js';
import { decoderIds } from '../../src/decode/registry.js';
import { Tree } from '../../src/decode/tree.js';
import { limits } from '../../src/limits.js';
import type { Decoded } from '../../src/model/field.js';
import { onePage, pdf } from './pdf-sample.js';
import { request, response, streamMessage, values } from './sample.js';

function limitsOf(decoded: Decoded): string[] {
  return [...new Set(decoded.limits.map((hit) => hit.limit))];
}

/** Size of everything that was kept, and of nothing else. */
function kept(decoded: Decoded): number {
  return decoded.layers.reduce((sum, layer) => sum + layer.bytes.length, 0);
}

test('a layer that did not earn its place leaves no trace', () => {
  const noise = createHash('sha512').update('noise').digest().subarray(0, 48);
  const decoded = decodeRequest(request({ body: JSON.stringify({ a: noise.toString('base64'), b: 'x' }) }));
  expect(decoded.fields.map((field) => field.path)).toEqual(['body.$.a', 'body.$.b']);
  expect(decoded.fields.every((field) => field.opened === undefined)).toBe(true);
  expect(decoded.layers.map((layer) => layer.path)).toEqual(['url', 'url.host', 'body']);
  expect(decoded.opaque).toEqual([]);
});

test('the same bytes are one layer', () => {
  const data = Buffer.from('{"a":"same"}').toString('base64');
  const decoded = decodeRequest(request({ body: JSON.stringify({ x: data, y: data }) }));
  expect(decoded.layers.map((layer) => layer.path)).toEqual(['url', 'url.host', 'body', 'body.$.x|base64']);
  expect(decoded.fields.map((field) => field.path)).toContain('body.$.y|base64|json$.a');
});

test('values of one object are neighbours, those of the next are not, and of a nested document neither', () => {
  const decoded = decodeRequest(request({ body: JSON.stringify({ lat: '1', lng: '2', o: { lat: '3' }, s: '{"lat":"4"}' }) }));
  const [lat, lng, inner, text, nested] = decoded.fields.map((field) => field.group);
  expect(lat).toBe(lng);
  expect(text).toBe(lat);
  expect(new Set([lat, inner, nested]).size).toBe(3);
});

test('opaque: a payload in a body, in a field, and what was tried', () => {
  const payload = createHash('sha512').update('a').digest();
  const long = Buffer.concat([payload, createHash('sha512').update('b').digest()]);
  const body = decodeRequest(request({ type: 'application/octet-stream', body: long }));
  expect(body.opaque).toMatchObject([{ path: 'body', part: 'body', steps: [], bytes: 128, shape: ['multiple-of-16', 'rsa-1024'] }]);
  expect(body.opaque[0]?.tried).toEqual(expect.arrayContaining(['protobuf', 'msgpack', 'rawdeflate']));
  const field = decodeRequest(request({ body: JSON.stringify({ data: long.toString('hex') }) }));
  expect(field.opaque).toMatchObject([{ path: 'body.$.data|hex', steps: ['json', 'hex'], bytes: 128 }]);
  expect(decodeStreamMessage(streamMessage('ws', long, 2)).opaque).toMatchObject([{ path: 'ws[2]' }]);
  expect(
    decodeRequest(request({ type: 'application/json', headers: [['Content-Encoding', 'gzip']], body: gzipSync(long) })).opaque,
  ).toMatchObject([{ path: 'body|gzip' }]);
});

test('not opaque: images, short tokens, signatures, cookies, digests, readable text', () => {
  const noise = Buffer.concat(Array.from({ length: 8 }, (_, i) => createHash('sha512').update(String(i)).digest()));
  const text = noise.toString('base64');
  expect(decodeRequest(request({ type: 'audio/x-raw', body: noise })).opaque).toEqual([]);
  expect(decodeRequest(request({ body: Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), noise]) })).opaque).toEqual([]);
  const quiet = {
    token: text,
    sign: text,
    accessToken: text,
    id: noise.toString('hex', 0, 16),
    short: noise.toString('base64', 0, 40),
    uuid: '1f0c8f1a-7f3c-4c1b-9f9a-0d9d3d8c7b6a',
  };
  expect(decodeRequest(request({ body: JSON.stringify(quiet) })).opaque).toEqual([]);
  expect(
    decodeRequest(
      request({
        headers: [
          ['Cookie', `d=${text}`],
          ['Authorization', `Bearer ${text}`],
        ],
      }),
    ).opaque,
  ).toEqual([]);
});

// Incident: what called itself a picture was passed over, whatever it was.
test('noise that calls itself a picture is opaque', () => {
  const noise = createHash('sha512').update('picture').digest();
  expect(decodeRequest(request({ type: 'image/webp', body: noise })).opaque).toMatchObject([{ path: 'body', bytes: 64 }]);
});

test('an archive or a document that nobody opens is told by its name, with a known value in clear beside it or without', () => {
  const inner = Buffer.alloc(40, 'abcdefgh');
  for (const [name, magic] of Object.entries({
    xz: '\xfd7zXZ\0',
    '7z': "7z\xbc\xaf'\x1c",
    rar: 'Rar!\x1a\x07',
    bzip2: 'BZh91AY',
    pdf: '%PDF-1.7\n\0',
  })) {
    const body = Buffer.concat([Buffer.from(magic, 'latin1'), inner, Buffer.from([0, 1, 2])]);
    expect(decodeRequest(request({ body })).opaque, name).toMatchObject([{ path: 'body', shape: [name] }]);
    const within = JSON.stringify({ file: body.toString('base64') });
    expect(decodeRequest(request({ body: within })).opaque, name).toMatchObject([{ path: 'body.$.file|base64', shape: [name] }]);
  }
});

// Incident: neither noise nor text nor any known format, such a message counted as looked at.
test('a format that nobody knows is told, with a known value in it too', () => {
  const words = Buffer.from('\x05\x01\x0bcom.example\x00\x00\x0f860000000000001\xff\xfe\x00\x02', 'latin1');
  const numbers = Buffer.from('0102fffe00000004a21f35ea00000ffe0102030405060708fefdfc', 'hex');
  for (const earns of [undefined, () => true]) {
    const options = earns === undefined ? {} : { earns };
    expect(decodeRequest(request({ body: words }), options).opaque).toMatchObject([{ shape: ['unknown-format', 'readable-text'] }]);
    expect(decodeRequest(request({ body: numbers }), options).opaque).toMatchObject([{ shape: ['unknown-format'] }]);
  }
  // A sign of life.
  expect(decodeRequest(request({ body: Buffer.from([0, 0, 0, 9, 0, 1, 0, 0xff]) })).opaque).toEqual([]);
});

// Incident: a payload under a letter that told its version was no base64 any more, and nobody said that it could not be read.
test('a long text in an unknown encoding is told; paths, lists and repetitions are not', () => {
  const noise = Buffer.concat(Array.from({ length: 4 }, (_, i) => createHash('sha512').update(String(i)).digest())).toString('base64');
  const told = (a: string) => decodeRequest(request({ body: JSON.stringify({ a }) })).opaque.map(({ shape }) => shape.join());
  expect(told(`2${noise.slice(0, 300)}`)).toEqual(['unknown-encoding']);
  expect(told(noise.slice(0, 300).replaceAll('A', '!').replaceAll('b', '~'))).toEqual(['unknown-encoding']);
  expect(told(Array.from({ length: 9 }, (_, i) => `com.example.App${i}:1.${i}`).join('|'))).toEqual([]);
  expect(told(`/api/v1/Users/photos/${'2026/11/Album-12/'.repeat(8)}image.jpg`)).toEqual([]);
  const joined = Array.from({ length: 4 }, (_, i) => `${createHash('md5').update(String(i)).digest('hex')}`);
  expect(told(joined.join('_'))).toEqual([]);
  expect(told(joined.join('-').toUpperCase())).toEqual([]);
  const named = { sign: `2${noise}`, accessToken: `2${noise}` };
  expect(decodeRequest(request({ body: JSON.stringify(named) })).opaque).toEqual([]);
});

test('what follows a stream is read, or told', () => {
  const first = gzipSync('{"imei":"860000000000001"}');
  const second = gzipSync('{"oaid":"feedface"}');
  const framed = values(decodeRequest(request({ body: Buffer.concat([Buffer.from('AB\x01'), first, Buffer.from('AB\x02'), second]) })));
  expect(framed).toMatchObject({ 'body|skip-3|gzip|json$.imei': '860000000000001' });
  expect(Object.values(framed)).toContain('feedface');
  const noise = createHash('sha512').update('behind').digest();
  const behind = decodeRequest(request({ body: Buffer.concat([first, noise]) }));
  expect(values(behind)).toMatchObject({ 'body|gzip.$.imei': '860000000000001' });
  expect(behind.opaque).toMatchObject([{ path: `body|skip-${first.length}`, bytes: 64 }]);
});

test('a quine does not go round, and depth ends', () => {
  let nested: Buffer = Buffer.from('{"imei":"1"}');
  for (let i = 0; i < 20; i++) nested = gzipSync(nested);
  const decoded = decodeBytes(nested, 'body');
  expect(limitsOf(decoded)).toEqual(['decodeDepth']);
  expect(decoded.layers.length).toBeLessThanOrEqual(limits.decodeDepth + 1);
  let text = '{"a":"1"}';
  for (let i = 0; i < 14; i++) text = JSON.stringify({ d: text });
  expect(limitsOf(decodeBytes(Buffer.from(text), 'body'))).toEqual(['decodeDepth']);
});

test('four rounds of json, base64 and gzip are within the depth', () => {
  let value = '{"imei":"860000000000001"}';
  for (let i = 0; i < 4; i++) value = JSON.stringify({ d: gzipSync(value).toString('base64') });
  const decoded = decodeRequest(request({ headers: [['Content-Encoding', 'gzip']], body: gzipSync(value) }));
  expect(decoded.fields.at(-1)).toMatchObject({ value: '860000000000001', keys: ['d', 'd', 'd', 'd', 'imei'] });
  expect(decoded.limits).toEqual([]);
});

const zeros = Buffer.alloc(20_000_000);
const BOMBS: ReadonlyArray<readonly [name: string, body: () => Buffer]> = [
  ['PDF', () => pdf(onePage({ entries: '/Filter /FlateDecode', stream: deflateSync(Buffer.alloc(1 << 26, 'BT/F1 9 Tf(a)Tj ')) }))],
  ['gzip', () => gzipSync(zeros)],
  ['deflate', () => deflateSync(zeros)],
  ['raw deflate', () => deflateRawSync(zeros)],
  ['brotli', () => brotliCompressSync(zeros)],
  ['gzip of gzip', () => gzipSync(gzipSync(gzipSync(zeros)))],
  [
    'many gzips in one body',
    () => Buffer.from(JSON.stringify(Array.from({ length: 1500 }, (_, i) => gzipSync(Buffer.alloc(200_000, i)).toString('base64')))),
  ],
  ['a thousand tokens', () => Buffer.from(JSON.stringify(Array.from({ length: 5000 }, () => randomBytes(90).toString('base64'))))],
  ['deep arrays', () => Buffer.from('['.repeat(500_000))],
  ['deep objects', () => Buffer.from(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)],
  ['a million keys', () => Buffer.from(`{${Array.from({ length: 100_000 }, (_, i) => `"k${i}":1`).join(',')}}`)],
  ['long keys, deep', () => Buffer.from(`${`{"${'k'.repeat(4000)}":`.repeat(250)}1${'}'.repeat(250)}`)],
  ['equal signs', () => Buffer.from('a='.repeat(500_000))],
  ['percent signs', () => Buffer.from('%41'.repeat(300_000))],
  ['ampersands', () => Buffer.from('&'.repeat(1_000_000))],
  ['quotes and backslashes', () => Buffer.from(`{"${'\\"'.repeat(500_000)}`)],
  ['open tags', () => Buffer.from('<a>'.repeat(300_000))],
  ['doctypes', () => Buffer.from('<!DOCTYPE ['.repeat(90_000))],
  ['comments', () => Buffer.from('{/*'.repeat(300_000))],
  ['spaces', () => Buffer.from(' '.repeat(1_000_000))],
  ['base64 letters', () => Buffer.from('A'.repeat(1_000_000))],
  ['calls', () => Buffer.from(`${'f('.repeat(300_000)}${')'.repeat(300_000)}`)],
  ['GraphQL', () => Buffer.from(`query{${'a(b:"'.repeat(40_000)}`)],
  ['protobuf in protobuf', () => Buffer.concat(Array.from({ length: 100_000 }, () => Buffer.from([0x0a, 0xff, 0xff, 0x3f])))],
  ['multipart', () => Buffer.from('--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'.repeat(18_000))],
  ['JSON documents', () => Buffer.from('{}'.repeat(300_000))],
  ['dots', () => Buffer.from(`ey${'.'.repeat(600_000)}`)],
];

test.each(BOMBS)('a bomb of %s is bounded in output', (_, body) => {
  const decoded = decodeBytes(body(), 'body');
  expect(kept(decoded)).toBeLessThanOrEqual(limits.decodeTotal + limits.bodyKept * 2);
  expect(decoded.fields.length).toBeLessThanOrEqual(limits.decodeFields);
  expect(decoded.fields.reduce((sum, field) => sum + field.path.length, 0)).toBeLessThan(64 * 1024 * 1024);
});

test('a bomb says that it was cut', () => {
  expect(limitsOf(decodeBytes(gzipSync(zeros), 'body'))).toContain('decodeRatio');
  const tokens = JSON.stringify(
    Array.from({ length: 15_000 }, (_, i) => deflateRawSync(`{"imei":"86${i}","x":"${i * 77}"}`).toString('base64')),
  );
  expect(limitsOf(decodeBytes(Buffer.from(tokens), 'body'))).toEqual(['decodeWork']);
  const names = JSON.stringify(Object.fromEntries(Array.from({ length: 15_000 }, (_, i) => [`k${i}`, i])));
  expect(limitsOf(decodeBytes(Buffer.from(names), 'body'))).toEqual(['decodeFields']);
});

/** Every field of every answer keeps what the model promises. */
function check(decoded: Decoded): void {
  for (const field of decoded.fields) {
    expect(field.path.startsWith(field.part)).toBe(true);
    expect(typeof field.value).toBe('string');
    if (field.kind === 'binary') expect(field.bytes).toBeInstanceOf(Uint8Array);
  }
  expect(limitsOf(decoded)).not.toContain('decodeFault');
}

test('any bytes under any content type decode without an exception', () => {
  const types = [
    '',
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=B',
    'text/xml',
    'application/x-plist',
    'application/x-protobuf',
    'application/grpc',
    'application/grpc-web-text',
    'application/msgpack',
    'application/cbor',
    'application/graphql',
    'text/plain; charset=gbk',
    'image/jpeg',
  ];
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(...types),
      fc.constantFrom('', 'gzip', 'br', 'deflate', 'zstd'),
      fc.boolean(),
      (bytes, type, encoding, truncated) => {
        check(decodeRequest(request({ type, headers: [['Content-Encoding', encoding]], body: bytes, truncated })));
      },
    ),
    { numRuns: 1500 },
  );
});

test('every decoder survives what begins like its format', () => {
  const beginnings = [
    '{"a":',
    '[',
    '<a b="',
    '<?xml',
    '<plist><dict><key>',
    'bplist00',
    '\x1f\x8b\x08',
    '\x78\x9c',
    '\x28\xb5\x2f\xfd',
    'PK\x03\x04',
    '\xff\xd8\xff\xe1\0\x20Exif\0\0II*\0',
    '\x89PNG\r\n\x1a\n\0\0\0\x20eXIf',
    'RIFF....WEBPEXIF',
    '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n',
    '\x0a\x05hello',
    '\x82\xa1a',
    '\xa2\x61a',
    '\xd9\xd9\xf7',
    '\0\0\0\0\x05',
    'eyJ',
    'Bearer eyJ',
    'Basic ',
    'data:image/png;base64,',
    'https://h/?a=',
    'query { a(b: "',
    'cb({',
    '42["',
    '%7B%22',
    'a=1&b[',
    '\\u5f20',
    '{\\"a\\"',
    '\xff\xfe{\0',
    '\xef\xbb\xbf{',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 120 }), fc.string({ maxLength: 80 }), (head, tail, text) => {
      check(decodeBytes(Buffer.concat([Buffer.from(head, 'latin1'), tail]), 'body'));
      check(
        decodeRequest(
          request({ body: JSON.stringify({ v: head + text, w: Buffer.concat([Buffer.from(head, 'latin1'), tail]).toString('base64') }) }),
        ),
      );
    }),
    { numRuns: 1500 },
  );
});

test('any URL, header and cookie decode without an exception', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.string({ maxLength: 60 }), fc.string({ maxLength: 200 }), (url, name, value) => {
      const headers = [
        [name, value],
        ['Cookie', value],
        ['Set-Cookie', value],
        ['Content-Type', value],
        ['Content-Encoding', value],
      ] as const;
      check(decodeRequest(request({ url, headers, body: value })));
      check(decodeResponse(response(value, headers)));
    }),
    { numRuns: 500 },
  );
});

test('the same message gives the same answer', () => {
  const message = request({
    url: 'https://h.example/a?b=c',
    body: JSON.stringify({ a: gzipSync('{"x":1}').toString('base64'), b: '{"c":[1,2]}' }),
  });
  expect(decodeRequest(message)).toEqual(decodeRequest(message));
});

test('a tree without content is empty', () => {
  expect(new Tree({}).harvest.finish()).toEqual({ fields: [], verbatim: new Uint8Array(0), layers: [], opaque: [], limits: [] });
  expect(decoderIds().length).toBeGreaterThan(20);
});

describe('payload_cut_at_the_limit', () => {
  const inner = JSON.stringify({ imei: '860000000000001', rest: 'x'.repeat(200) });
  const cut = (body: Uint8Array | string, type?: string) =>
    values(decodeRequest(request({ body, truncated: true, ...(type === undefined ? {} : { type }) })));

  test('the value in which a document was cut is opened as far as it goes', () => {
    for (let end = 150; end < 154; end++) {
      const body = `{"v":1,"data":"${Buffer.from(inner).toString('base64').slice(0, end)}`;
      expect(cut(body)).toMatchObject({ 'body.$.v': '1', 'body.text[0]|token|base64|json$.imei': '860000000000001' });
    }
  });

  test('so is a whole body in base64, and what a stream that was never ended holds', () => {
    for (let end = 150; end < 154; end++)
      expect(cut(Buffer.from(inner).toString('base64').slice(0, end))).toMatchObject({ 'body|base64|json$.imei': '860000000000001' });
    const message = Buffer.concat([
      Buffer.from([0x0a, 15]),
      Buffer.from('860000000000001'),
      Buffer.from([0x12, 200]),
      Buffer.alloc(150, 7),
    ]);
    const unended = gzipSync(message, { level: 0 }).subarray(0, -60);
    expect(values(decodeRequest(request({ body: unended, type: 'application/x-protobuf' })))).toMatchObject({
      'body|gzip|protobuf.1': '860000000000001',
    });
    const flushed = deflateSync(inner).subarray(0, -4);
    expect(values(decodeRequest(request({ body: flushed, headers: [['Content-Encoding', 'deflate']] })))).toMatchObject({
      'body|deflate.$.imei': '860000000000001',
    });
  });
});

test('incident: bytes written out in small letters were not told where nobody could read them', () => {
  const noise = createHash('sha512').update('small').digest();
  const pairs = [...noise].map((byte) => byte.toString(16).padStart(2, '0'));
  for (const text of [`0x${pairs.join('')}`, pairs.join(':'), pairs.join(' '), `\\x${pairs.join('\\x')}`, `%${pairs.join('%')}`]) {
    const { opaque } = decodeRequest(request({ type: 'text/plain', body: text }));
    expect(opaque.map(({ bytes }) => bytes)).toEqual([noise.length]);
  }
});

test('incident: a message that is mostly text passed for a damaged one, and was read as that', () => {
  const long = (number: number, value: string) =>
    Buffer.concat([Buffer.from([(number << 3) | 2, 0x80 | (value.length & 0x7f), value.length >> 7]), Buffer.from(value)]);
  const body = Buffer.concat([long(1, `first ${'word '.repeat(40)}`), long(2, `second 13900000000 ${'word '.repeat(40)}`)]);
  const found = values(decodeRequest(request({ body })));
  expect(found['body|protobuf.2']).toContain('13900000000');
  const damaged = Buffer.from(`a text of some length that was damaged in one place: ${'word '.repeat(10)}`);
  damaged[20] = 0xff;
  expect(Object.keys(values(decodeRequest(request({ body: damaged }))))).toEqual(['body.text']);
});
