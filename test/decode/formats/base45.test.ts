import { expect, test } from 'vitest';
import { nearMisses } from '../near-misses.js';
import { inside, opened } from '../sample.js';

/** `{"imei":"860000000000001"}`, by an encoder written after RFC 9285. */
const ENCODED = 'MPFYED- CWE4UE4C%66466466466466467469G4';

test('a document', () => {
  expect(inside(ENCODED)).toMatchObject({ '|base45|json$.imei': '860000000000001' });
  expect(opened(ENCODED, 'text/plain')).toMatchObject({ 'body|base45|json$.imei': '860000000000001' });
});

test('words that begin alike, foreign signs and numbers too large stay texts', () => {
  for (const text of ['MPF 2024 REPORT', 'MPFYED- cWE4', 'MPFYED- CWE4:::', 'JPB0000000000'])
    expect(Object.keys(opened(JSON.stringify({ a: text }))), text).toEqual(['body.$.a']);
});

nearMisses('base45', { content: ENCODED, inner: true });
