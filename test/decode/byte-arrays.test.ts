import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { byteArrays } from '../../src/decode/byte-arrays.js';
import { decodeRequest } from '../../src/decode/index.js';
import { limits } from '../../src/limits.js';
import { opened, request } from './sample.js';

const packed = gzipSync('{"imei":"860000000000001","city":"nowhere"}');
const signed = Array.from(packed, (byte) => (byte > 127 ? byte - 256 : byte));

// Incident: a payload that Gson had written as an array of numbers was neither read nor told.
test('bytes of either sign, with their place in the document', () => {
  for (const bytes of [signed, [...packed]]) {
    const body = JSON.stringify({ v: 1, payload: bytes });
    expect(opened(body)).toMatchObject({ 'body|bytearray[0]|gzip|json$.imei': '860000000000001', 'body.$.payload[0]': '31' });
    const [found] = byteArrays(body, 4);
    expect(body.slice(found?.start, found?.end)).toBe(JSON.stringify(bytes));
  }
  expect(opened(JSON.stringify({ payload: signed }, null, 2))).toMatchObject({ 'body|bytearray[0]|gzip|json$.city': 'nowhere' });
});

test('numbers that are no bytes, few of them, and charts are left alone', () => {
  expect(byteArrays(JSON.stringify(Array.from({ length: 40 }, (_, i) => i * 10)), 4)).toEqual([]);
  expect(byteArrays(JSON.stringify([...Array(40).fill(200), -1]), 4)).toEqual([]);
  expect(byteArrays(JSON.stringify([192, 168, 1, 20]), 4)).toEqual([]);
  const chart = decodeRequest(request({ body: JSON.stringify({ levels: Array.from({ length: 200 }, (_, i) => (i * 7) % 60) }) }));
  expect(chart.opaque).toEqual([]);
  expect(chart.fields.some(({ path }) => path.includes('bytearray'))).toBe(false);
});

test('noise in it is told, and so is what stands behind the last that is read', () => {
  const noise = Array.from({ length: 5 }, (_, i) => [...createHash('sha512').update(String(i)).digest()]).flat();
  const body = JSON.stringify({ payload: noise });
  expect(decodeRequest(request({ body })).opaque).toMatchObject([{ path: 'body|bytearray[0]', bytes: 320 }]);
  const many = JSON.stringify(Array.from({ length: limits.byteArrays + 1 }, () => Array(32).fill(1)));
  expect(decodeRequest(request({ body: many })).limits).toMatchObject([{ path: 'body', limit: 'byteArrays' }]);
});

test('a short document, and what JSON makes of a Uint8Array', () => {
  const short = [...Buffer.from('{"imei":"8"}')];
  expect(opened(JSON.stringify({ payload: short }))).toMatchObject({ 'body|bytearray[0]|json$.imei': '8' });
  expect(opened(JSON.stringify({ payload: new Uint8Array(packed) }))).toMatchObject({ 'body|bytearray[0]|gzip|json$.city': 'nowhere' });
  expect(byteArrays('{"0":1,"1":2,"2":3,"3":4,"4":5,"7":6}', 4)).toEqual([]);
  expect(byteArrays('[123,34,300,1,1,1,1,1]', 4)).toEqual([]);
});

test('incident: millions of numbers in one array cost the message its analysis', () => {
  const indexed = Array.from({ length: 600_000 }, (_, order) => `"${order}":1`).join(',');
  for (const [text, ends] of [
    [`[${'-1 , '.repeat(2_000_000)}1]`, [10_000_003]],
    [`[${'1,'.repeat(5_000_000)}`, []],
    [`{${indexed}}`, [indexed.length + 2]],
  ] as const)
    expect(byteArrays(text, 4).map(({ end }) => end)).toEqual(ends);
});
