import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRequest } from '../../src/decode/index.js';
import { mayHoldTokens, tokensIn } from '../../src/decode/tokens.js';
import { limits } from '../../src/limits.js';
import { processorTime } from '../processor-time.js';
import { inside, request, values } from './sample.js';

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
const INNER = encoded({ imei: '860000000000001' });
const read = (text: string) => values(decodeRequest(request({ type: 'text/plain', body: text })));

test('an encoded value in a sentence is taken apart, and the sentence stays', () => {
  expect(read(`report ${INNER} end`)).toMatchObject({
    'body[0]|token|base64|json$.imei': '860000000000001',
    'body.text': `report ${INNER} end`,
  });
  const log = JSON.stringify({ msg: `uploaded blob=${INNER}; next` });
  expect(values(decodeRequest(request({ body: log })))).toMatchObject({
    'body.$.msg[0]|token|record.blob|base64|json$.imei': '860000000000001',
  });
});

test('base64_default_lines: an encoded value in lines of 76 is one value; a digest in each line is not', () => {
  const lines = Buffer.from(JSON.stringify({ pad: 'x'.repeat(80), imei: '860000000000001' }))
    .toString('base64')
    .replace(/.{76}/g, '$&\r\n');
  expect(read(`report ${lines} end`)).toMatchObject({ 'body[0]|token|base64|json$.imei': '860000000000001' });
  const digests = ['a', 'b', 'a'].map((text) => createHash('sha256').update(text).digest('hex'));
  expect(tokensIn(`seen - ${digests.join('\n')}`).tokens).toEqual(
    digests.map((text, index) => ({ text, start: 'seen - '.length + index * 65 })),
  );
});

test('a document in a sentence, and none where braces are only signs', () => {
  expect(read('sent {"a": 1, "imei": "860000000000001"} to the server')).toMatchObject({ 'body[0]|token|json$.imei': '860000000000001' });
  expect(Object.keys(read('the set {a, b} and {c} of all'))).not.toContainEqual(expect.stringContaining('token'));
});

const DOCUMENT = '{"imei":"860000000000001"}';
const bytes = (sign: string, lead = '') => [...Buffer.from(DOCUMENT)].map((byte) => lead + byte.toString(16).padStart(2, '0')).join(sign);

test('bytes in groups within a line of a log', () => {
  for (const text of [
    bytes(' '),
    bytes(' ').toUpperCase(),
    bytes(':'),
    bytes('-'),
    bytes(', ', '0x'),
    bytes(',', '0x'),
    bytes(' ', '0x'),
  ]) {
    const line = `2026-11-22 10:00:01.500 D/Net(1734): sent ${text} in 31 ms`;
    expect(read(line), text).toMatchObject({ 'body[0]|token|hex|json$.imei': '860000000000001', 'body.text': line });
    expect(tokensIn(line).tokens).toEqual([{ text, start: line.indexOf(text) }]);
  }
  for (const text of [bytes('', '\\x'), bytes('', '\\u00')])
    expect(read(`sent ${text} in 31 ms`), text).toMatchObject({ 'body[0]|token|unescape|json$.imei': '860000000000001' });
});

test('an encoded item of a list is taken apart', () => {
  for (const sign of [',', ';', '|']) {
    const document = JSON.stringify({ l: ['android', INNER, '17'].join(sign) });
    expect(values(decodeRequest(request({ body: document }))), sign).toMatchObject({
      'body.$.l[0]|token|base64|json$.imei': '860000000000001',
    });
  }
});

// Incident: gzip behind a digit that told the version was no base64 any more, and not looked into.
test('gzip behind what tells its version, and base64 behind a sign', () => {
  const packed = gzipSync('{"imei":"860000000000001"}').toString('base64');
  for (const prefix of ['2', '01', 'v1.', 'ENC:v1:', '#'])
    expect(Object.values(inside(`${prefix}${packed}`)), prefix).toContain('860000000000001');
});

test('addresses of the hardware, times and fingerprints are no bytes of anything', () => {
  for (const text of [
    'from a4:5e:60:11:22:33 to a4:5e:60:44:55:66 at 10:00:01',
    'seen 00:11:22:33:44:55:66:77 near',
    'sha1 3a:4f:c0:11:9e:d2:7b:60:58:aa:01:fe:47:93:cd:2e:88:b4:70:15 ok',
    'on 12 12 12 12 12 12 12 12 12 12 of them',
  ])
    expect(
      Object.keys(read(text)).filter((path) => path.includes('token')),
      text,
    ).toEqual([]);
});

test('long words, numbers, random ids and addresses stay what they are', () => {
  for (const text of [
    'an internationalization of responsibilities',
    'request 20260101123456789012 took 31 ms',
    'trace 4bf92f3577b34da6a3ce929d0e0e4736 was sampled here',
    'see https://www.example.com/a/very/long/path/to/somewhere for more',
    'see you ==================== here',
  ])
    expect(Object.keys(read(text)).filter((path) => path.includes('token'))).toEqual([]);
});

test('more of them than are tried are told', () => {
  const words = Array.from({ length: limits.textTokens + 1 }, (_, index) => `Zk3v9QmT7xLw2PbR${index}x`);
  expect(tokensIn(words.join(' '))).toMatchObject({ more: true });
  const { limits: reached } = decodeRequest(request({ type: 'text/plain', body: words.join(' ') }));
  expect(reached).toEqual([{ path: 'body', limit: 'textTokens' }]);
});

test('a first look sees what the second one would find', () => {
  let state = 7;
  const next = (count: number) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % count;
  };
  for (const alphabet of ['abcdefghijklmnopqrstuvwxyz0123456789+/_-. é', '0a-', 'b2 ', '7:', 'x0, ']) {
    let idle = 0;
    for (let round = 0; round < 3_000; round++) {
      const text = Array.from({ length: next(60) }, () => alphabet.charAt(next(alphabet.length))).join('');
      const { tokens } = tokensIn(`* ${text} *`);
      if (tokens.length > 0) expect(mayHoldTokens(`* ${text} *`), text).toBe(true);
      else if (mayHoldTokens(text)) idle++;
      if (/[A-Za-z0-9+/_-]{16}/.test(text)) expect(mayHoldTokens(text), text).toBe(true);
    }
    // A second look at nothing is rare where texts are words.
    if (alphabet.length > 20) expect(idle).toBeLessThan(30);
  }
});

test('long words are found wherever they stand, as a search of every character finds them', () => {
  const word = fc
    .tuple(fc.string({ unit: fc.constantFrom(...'aZ09+/-_'), minLength: 1, maxLength: 90 }), fc.constantFrom('', '=', '=='))
    .map((parts) => parts.join(''));
  const sign = fc.constantFrom(' ', ', ', '\n', '。');
  fc.assert(
    fc.property(fc.array(fc.tuple(word, sign), { minLength: 2, maxLength: 12 }), (pairs) => {
      const text = `. ${pairs.flat().join('')}`;
      const each = [...text.matchAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g)].map(({ 0: found, index }) => ({ text: found, start: index }));
      const plain = /^(?:[A-Z]?[a-z]+|[A-Z]+|\d+|[-_/+]+)$/;
      const isOneOfLines = /(?:[A-Za-z0-9+/]{64}|[A-Za-z0-9+/]{76})\n/.test(text);
      fc.pre(!isOneOfLines);
      expect(tokensIn(text)).toEqual({ tokens: each.filter((token) => !plain.test(token.text)), more: false, passed: false });
    }),
    { numRuns: 500 },
  );
});

test('incident: what was percent-encoded in a line of a log, and the query of an address in it, stayed as it stood', () => {
  expect(read(`POST body=${encodeURIComponent('{"email":"li.na@example.com"}')} ok`)).toMatchObject({
    'body[0]|token|record.body|percent|json$.email': 'li.na@example.com',
  });
  expect(read('GET https://a.example.com/x?email=li.na%40example.com&b=1, 200 OK')).toMatchObject({
    'body[0]|token|url.query.email': 'li.na@example.com',
  });
  expect(tokensIn('a%41 b%42 https://a.example.com/path 100%').tokens).toEqual([]);
  const cost = processorTime(() => {
    for (const piece of ['%41', 'a://', '%', '%4 ', '%41 ']) tokensIn(`x ${piece.repeat(20_000)}`);
  });
  expect(cost).toBeLessThan(1_000);
});

test('incident: an encrypted value in a line of a log was not told; a short one, and one in a text that is told as a whole, are not told again', () => {
  const noise = Buffer.concat(['a', 'b', 'c'].map((name) => createHash('sha512').update(name).digest()));
  const opaque = (text: string) => decodeRequest(request({ type: 'text/plain', body: text })).opaque.map(({ path }) => path);
  expect(opaque(`sent: ${noise.toString('base64')} to the server`)).toEqual(['body[0]|token|base64']);
  expect(opaque(`sent: ${INNER} and ${noise.toString('base64')} to the server`)).toEqual(['body[1]|token|base64']);
  expect(opaque(`sent: ${noise.subarray(0, 48).toString('base64')} to the server`)).toEqual([]);
  expect(opaque(`#1:${noise.toString('base64')}`)).toEqual(['body']);
});

test('incident: a word of many encoded signs, with something behind them, held the analysis up for minutes', () => {
  const cost = processorTime(() => {
    expect(tokensIn(`x ${'%2F'.repeat(100_000)}x`).tokens).toHaveLength(1);
    expect(tokensIn(`x y${'%2F'.repeat(100_000)} z`).tokens).toEqual([]);
  });
  expect(cost).toBeLessThan(1_000);
});

test('agent_escaped_twice: a sign that a second round of encoding left behind a word makes no value of it', () => {
  expect(tokensIn('Mozilla/5.0 (iPhone%3B CPU iPhone OS 9_3_5) (KHTML%2C like Gecko) (100%29').tokens).toEqual([]);
  expect(tokensIn('for %E5%BC%A0%E4%B8%89%2C at once').tokens.map(({ text }) => text)).toEqual(['%E5%BC%A0%E4%B8%89%2C']);
});

test('incident: an encoded value of millions of characters behind a word cost the message its analysis', () => {
  const value = `${'QUJD'.repeat(2_200_000)}==`;
  expect(tokensIn(`photo: ${value} ${INNER}`).tokens.map(({ text }) => text.length)).toContain(INNER.length);
});
