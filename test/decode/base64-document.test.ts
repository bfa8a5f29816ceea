import { expect, test } from 'vitest';
import { base64Documents } from '../../src/decode/base64-document.js';
import { decodeRequest } from '../../src/decode/index.js';
import { limits } from '../../src/limits.js';
import { threadTime } from '../processor-time.js';
import { request, values } from './sample.js';

const DOCUMENT = JSON.stringify({ n: '{"}', list: [{ imei: '860000000000001' }] });
const PADDED = Buffer.from(DOCUMENT).toString('base64');
const PLAIN = Buffer.from(DOCUMENT).toString('base64url');
const SIGNATURE = '0123456789abcdef0123456789abcdef01234567';
const JWT = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${PLAIN}.c2lnbmF0dXJl`;
const read = (value: string) => values(decodeRequest(request({ body: JSON.stringify({ session: value }) })));

test.each([
  ['a framework that signs behind two dashes', `${PADDED}--${SIGNATURE}`, PADDED],
  ['behind a dot, with the time between', `${PLAIN}.ZxAbCd.${SIGNATURE}`, PLAIN],
  ['behind a colon', `${PLAIN}:1rAbCd:${SIGNATURE}`, PLAIN],
  ['behind a sign of the alphabet itself', `${PLAIN}_${SIGNATURE}`, PLAIN],
  ['before it', `${SIGNATURE}.${PADDED}`, PADDED],
  ['behind the name of an app', `app1_${PADDED}`, PADDED],
])('JSON in base64 beside something else, %s', (_, value, document) => {
  expect(base64Documents(value, 8)).toEqual([{ text: document, start: value.indexOf(document) }]);
  expect(read(value)).toMatchObject({ 'body.$.session[0]|token|base64|json$.list[0].imei': '860000000000001' });
});

test('token_with_app_behind: a signed token with something before or behind it is read as one', () => {
  for (const value of [`${JWT}***APP`, `wxapp:10:${JWT}`, `app_${JWT}`])
    expect(read(value)).toMatchObject({ 'body.$.session[0]|token|jwt.payload.list[0].imei': '860000000000001' });
});

test('what only begins alike is no document', () => {
  expect(base64Documents(`x${PADDED}.`, 8)).toEqual([]);
  expect(base64Documents(`${PADDED.slice(0, -8)}.rest`, 8)).toEqual([]);
  expect(base64Documents('eyJ.eyJhbGci', 8)).toEqual([]);
  expect(base64Documents(`id:eyJ${'\u0000'.repeat(3)}AAAAAAAAAAAAAAAA`, 8)).toEqual([]);
  expect(base64Documents(PADDED, 8)).toEqual([]);
});

test('a text of nothing but beginnings is looked at so often, and no further', () => {
  const hostile = `_eyJ${PLAIN.slice(3, -4)}`.repeat(2_000);
  const before = threadTime();
  expect(base64Documents(hostile, limits.textTokens)).toEqual([]);
  expect(threadTime() - before).toBeLessThan(1_000);
});
