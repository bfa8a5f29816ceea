import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { nearMisses } from '../near-misses.js';
import { opened, request } from '../sample.js';

const body = (value: Buffer) => JSON.stringify({ a: value.toString('latin1') });

test('UTF-8 that was read as ISO 8859-1', () => {
  expect(opened(body(Buffer.from('范例')))).toMatchObject({ 'body.$.a|latin1': '范例' });
});

test('a compressed payload in a string', () => {
  expect(opened(body(gzipSync('{"imei":"860000000000001"}')))).toMatchObject({ 'body.$.a|latin1|gzip|json$.imei': '860000000000001' });
});

test('noise in a string is told; words with accents are words', () => {
  const noise = Buffer.concat(Array.from({ length: 4 }, (_, i) => createHash('sha512').update(String(i)).digest()));
  expect(decodeRequest(request({ body: body(noise) })).opaque).toMatchObject([{ path: 'body.$.a|latin1', bytes: 256 }]);
  const words = 'Élève près de la forêt, où l’été dure: déjà vu à Orléans, çà et là, naïveté, garçon, Noël, œuvre';
  for (const text of [words, words.replaceAll('’', "'").replaceAll('œ', 'oe'), 'Müller', 'café'])
    expect(Object.keys(opened(JSON.stringify({ a: text }))), text).toEqual(['body.$.a']);
});

nearMisses('latin1', { content: Buffer.from('范例').toString('latin1'), inner: true });
