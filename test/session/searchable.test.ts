import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { limits } from '../../src/limits.js';
import type { Headers } from '../../src/model/exchange.js';
import { inflatedText, searchableExchange } from '../../src/session/searchable.js';
import { answerOf, bodyOf, exchangeOf } from './traffic.js';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const asked = (body: string | Uint8Array, headers: Headers = []) => {
  const exchange = exchangeOf(0, 'https://api.example.test/v1', '');
  return searchableExchange({ ...exchange, request: { ...exchange.request, headers, body: bodyOf(body) } }).request;
};

test('plain JSON needs nothing added; what is wrapped in it does', () => {
  expect(asked('{"imei":"861234"}', [['Content-Type', 'application/json']])).toBeUndefined();
  const text = asked(`{"imei":"861234","data":"${base64('{"note":"我的手机号","inner":"8699"}')}"}`);
  expect(text).toBe('note=我的手机号\ninner=8699');
});

test('compressed bodies and percent-encoded forms are readable', () => {
  expect(asked(gzipSync('{"imei":"861234"}'), [['Content-Encoding', 'gzip']])).toContain('imei=861234');
  expect(asked('tip=%E6%89%8B%E6%9C%BA&imei=86', [['Content-Type', 'application/x-www-form-urlencoded']])).toContain('tip=手机');
});

test('a compressed response is text, whichever way; pictures and broken streams are not', () => {
  const text = '{"号码":"1390"}';
  const json = ['Content-Type', 'application/json'] as const;
  for (const [name, bytes] of [
    ['gzip', gzipSync(text)],
    ['br', brotliCompressSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
  ] as const)
    expect(inflatedText(answerOf(bytes, [json, ['Content-Encoding', name]])), name).toBe(text);
  expect(inflatedText(answerOf(Buffer.from(text), [json]))).toBeUndefined();
  expect(
    inflatedText(
      answerOf(gzipSync(text), [
        ['Content-Type', 'image/png'],
        ['Content-Encoding', 'gzip'],
      ]),
    ),
  ).toBeUndefined();
  expect(inflatedText(answerOf(Buffer.from('no gzip'), [json, ['Content-Encoding', 'gzip']]))).toBeUndefined();
  expect(inflatedText(answerOf(Buffer.from(text), [json, ['Content-Encoding', 'made-up']]))).toBeUndefined();
});

test('a bomb gives its beginning', () => {
  const bomb = answerOf(gzipSync('a'.repeat(20 * 2 ** 20)), [['Content-Encoding', 'gzip']]);
  const text = inflatedText(bomb) ?? '';
  // One character too many says that there is more.
  expect(text).toHaveLength(limits.searchText + 1);
  const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`k${at}`, 'v'.repeat(30)]));
  expect(asked(gzipSync(JSON.stringify(many)), [['Content-Encoding', 'gzip']])).toHaveLength(limits.searchText + 1);
});
