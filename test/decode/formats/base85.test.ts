import { expect, test } from 'vitest';
import { nearMisses } from '../near-misses.js';
import { inside, opened } from '../sample.js';

/** `{"imei":"860000000000001"}` by Python's `base64.a85encode` and `b85encode`, and in ZeroMQ's alphabet. */
const ADOBE = 'HQm0@ASE>L+uhJ70JG170JG170JG18,(0';
const PLAIN = 'dm?FVWoaThA~-fMFfcGMFfcGMFfcGNB7F';
/** The same behind gzip. */
const PACKED = 'ABzY8000000t2g7%FIp8RI*aCFf%{`hDx;n+*hT28UO$Q';

test('a document in each alphabet, with marks and without', () => {
  expect(inside(ADOBE)).toMatchObject({ '|ascii85|json$.imei': '860000000000001' });
  for (const marked of [`<~${ADOBE}~>`, `${ADOBE}~>`, `<~${ADOBE.slice(0, 10)}\n${ADOBE.slice(10)}~>`])
    expect(inside(marked), marked).toMatchObject({ '|ascii85|json$.imei': '860000000000001' });
  expect(inside(PLAIN)).toMatchObject({ '|base85|json$.imei': '860000000000001' });
  expect(inside('DM)fvwOAtHa#?FmfFCgmfFCgmfFCgnb7fB>')).toMatchObject({ '|z85|json$.imei': '860000000000001' });
  expect(opened(PACKED)).toMatchObject({ 'body|base85|gzip|json$.imei': '860000000000001' });
});

test('words that begin alike, and what breaks off or holds another sign, stay texts', () => {
  for (const text of ['HQ-trade-2024', 'dm_session_key', 'DMARC.record1', 'TYD20240101', `${PLAIN}"`, '<~~>', 'HQm0@A'])
    expect(Object.keys(opened(JSON.stringify({ a: text }))), text).toEqual(['body.$.a']);
});

nearMisses('base85', { content: PLAIN, inner: true });
