import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { nearMisses } from '../near-misses.js';
import { inside, opened, request } from '../sample.js';

/** `{"imei":"860000000000001"}` by Python's `base64.b32encode`. */
const ENCODED = 'PMRGS3LFNERDUIRYGYYDAMBQGAYDAMBQGAYDAMJCPU======';

test('with and without padding', () => {
  expect(inside(ENCODED)).toMatchObject({ '|base32|json$.imei': '860000000000001' });
  expect(inside(ENCODED.replaceAll('=', ''))).toMatchObject({ '|base32|json$.imei': '860000000000001' });
});

test('words in capitals, identifiers and impossible lengths are left alone', () => {
  for (const text of ['ANDROIDTABLETX234567', 'PMRGS3LFNERDUIRYGYYDAMBQGAY', 'K7Q2M4XZ5TWJH3RBDN6VAECF'])
    expect(Object.keys(opened(JSON.stringify({ a: text }))), text).toEqual(['body.$.a']);
});

test('a payload in it that nobody can read is told', () => {
  const noise = Array.from({ length: 4 }, (_, i) => createHash('sha512').update(String(i)).digest('hex')).join('');
  const text = noise.replace(/[0-9a-f]{2}/g, (pair) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(pair, 16) % 32]!);
  expect(decodeRequest(request({ body: JSON.stringify({ d: text }) })).opaque).toHaveLength(1);
});

nearMisses('base32', { content: ENCODED, inner: true });

test('the other alphabets, where they begin as a document does', () => {
  for (const [text, step] of [
    [ENCODED.toLowerCase(), 'base32'],
    ['FCH6IRB5D4H3K8HO6OO30C1G60O30C1G60O30C92FK======', 'base32hex'],
    ['FCH6JVB5D4H3M8HR6RR30C1G60R30C1G60R30C92FM', 'base32-crockford'],
    ['xctg15mfprtdwetagaadycbogyadycbogyadycjnxw', 'z-base-32'],
  ] as const)
    expect(inside(text), step).toMatchObject({ [`|${step}|json$.imei`]: '860000000000001' });
  for (const text of ['fch2k7m9q3r5t8v1w4x6', 'pmr5d2f7g3h6j4k2l7m3n', 'xct1b3c5d7f9g8h6j4k2'])
    expect(Object.keys(opened(JSON.stringify({ a: text }))), text).toEqual(['body.$.a']);
});
