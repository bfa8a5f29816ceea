import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { nearMisses } from '../near-misses.js';
import { opened } from '../sample.js';

/** A user's signature as Tencent Cloud's SDKs write it; the signature in it is zeros. */
function signature(identifier: string): string {
  const claims = { 'TLS.ver': '2.0', 'TLS.identifier': identifier, 'TLS.sdkappid': 1400000001, 'TLS.sig': '~>?~>?A'.repeat(12) };
  const text = deflateSync(JSON.stringify(claims), { level: 0 }).toString('base64');
  return text.replaceAll('+', '*').replaceAll('/', '-').replaceAll('=', '_');
}

test('whose signature it is', () => {
  const userSig = signature('13800138000');
  expect(userSig).toMatch(/^[A-Za-z0-9*-]+_{0,2}$/);
  expect(userSig).toContain('*');
  expect(opened(JSON.stringify({ userSig }))).toMatchObject({ 'body.$.userSig|base64star|deflate|json$["TLS.identifier"]': '13800138000' });
});

test('without its asterisk it is base64url, and what does not decode is left alone', () => {
  const text = `${'Abc0*'.repeat(20)}!`;
  expect(Object.keys(opened(JSON.stringify({ a: text })))).toEqual(['body.$.a']);
});

nearMisses('base64star', { content: signature('13800138000'), inner: true });
