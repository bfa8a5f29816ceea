import { expect, test } from 'vitest';
import { decoder } from '../../../src/decode/formats/pickle.js';
import { decodeRequest } from '../../../src/decode/index.js';
import { nearMisses } from '../near-misses.js';
import { inside, opened, request, takenFor } from '../sample.js';

/** As CPython's \`pickle\` wrote the same dictionary by protocol 2 and by protocol 5. */
const SECOND = Buffer.from(
  'gAJ9cQAoWAQAAABpbWVpcQFYDwAAADQ5MDE1NDIwMzIzNzUxOHECWAQAAABuYW1lcQNYBgAAAOW8oOS4iXEEWAEAAABucQVK+////1gDAAAAYmlncQaKCAAAAAAAAABA' +
    'WAQAAABodWdlcQeKCQAAAAAAAAAAQFgDAAAAbGF0cQhHQD86+36Q/5dYAgAAAG9rcQmIWAQAAABub25lcQpOWAMAAAByYXdxC2NfY29kZWNzCmVuY29kZQpxDFgDAAAA' +
    'AQIDcQ1YBgAAAGxhdGluMXEOhnEPUnEQWAQAAABsaXN0cRFdcRIoWAEAAABhcRN9cRRYBQAAAHBob25lcRVYCwAAADEzOTAwMDAwMDAxcRZzZVgBAAAAdHEXSwFLAksD' +
    'h3EYWAEAAABzcRljX19idWlsdGluX18Kc2V0CnEaXXEbWAEAAABxcRxhhXEdUnEeWAEAAABmcR9jX19idWlsdGluX18KZnJvemVuc2V0CnEgXXEhWAEAAAB6cSJhhXEj' +
    'UnEkWAMAAABkZXZxJWNfX21haW5fXwpEZXZpY2UKcSYpgXEnfXEoKGgBaAJoCEdAPzr7fpD/l3ViWAUAAABzbG90c3EpY19fbWFpbl9fClNsb3RzCnEqKYFxK059cSxY' +
    'AwAAAG1hY3EtWBEAAAAwMjpBQjpDRDowMDowMDowMXEuc4ZxL2JYAgAAAG9kcTBjY29sbGVjdGlvbnMKT3JkZXJlZERpY3QKcTEpUnEyaBNYAQAAAGJxM3NYAwAAAGRl' +
    'Y3E0Y2RlY2ltYWwKRGVjaW1hbApxNVgDAAAAMS41cTaFcTdScThYBQAAAGFnYWlucTloEksFWAQAAABmaXZlcTpYAgAAAGJhcTtjX19idWlsdGluX18KYnl0ZWFycmF5' +
    'CnE8aAxYAwAAAGFiY3E9aA6GcT5ScT+FcUBScUF1Lg==',
  'base64',
);
const FIFTH = Buffer.from(
  'gAWVsAEAAAAAAAB9lCiMBGltZWmUjA80OTAxNTQyMDMyMzc1MTiUjARuYW1llIwG5byg5LiJlIwBbpRK+////4wDYmlnlIoIAAAAAAAAAECMBGh1Z2WUigkAAAAAAAAA' +
    'AECMA2xhdJRHQD86+36Q/5eMAm9rlIiMBG5vbmWUTowDcmF3lEMDAQIDlIwEbGlzdJRdlCiMAWGUfZSMBXBob25llIwLMTM5MDAwMDAwMDGUc2WMAXSUSwFLAksDh5SM' +
    'AXOUj5QojAFxlJCMAWaUKIwBepSRlIwDZGV2lIwIX19tYWluX1+UjAZEZXZpY2WUk5QpgZR9lChoAWgCaAhHQD86+36Q/5d1YowFc2xvdHOUaByMBVNsb3RzlJOUKYGU' +
    'Tn2UjANtYWOUjBEwMjpBQjpDRDowMDowMDowMZRzhpRijAJvZJSMC2NvbGxlY3Rpb25zlIwLT3JkZXJlZERpY3SUk5QpUpRoD4wBYpRzjANkZWOUjAdkZWNpbWFslIwH' +
    'RGVjaW1hbJSTlIwDMS41lIWUUpSMBWFnYWlulGgOSwWMBGZpdmWUjAJiYZSWAwAAAAAAAABhYmOUdS4=',
  'base64',
);

const FIELDS = {
  imei: '490154203237518',
  name: '张三',
  n: '-5',
  big: '4611686018427387904',
  huge: '1180591620717411303424',
  lat: '31.2304',
  ok: 'true',
  none: 'null',
  'list[0]': 'a',
  'list[1].phone': '13900000001',
  't[2]': '3',
  'dev.imei': '490154203237518',
  'dev.lat': '31.2304',
  'od.a': 'b',
  dec: '1.5',
  'again[1].phone': '13900000001',
  '5': 'five',
};

test('dictionaries, lists, objects and what calls were given', () => {
  const under = Object.fromEntries(Object.entries(FIELDS).map(([path, value]) => [`body|pickle.${path}`, value]));
  expect(opened(SECOND)).toMatchObject(under);
  expect(opened(FIFTH)).toMatchObject(under);
  expect(inside(FIFTH)).toMatchObject({ '|base64|pickle.imei': '490154203237518', '|base64|pickle.slots[1].mac': '02:AB:CD:00:00:01' });
});

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const word = (text: string) => `8c ${Buffer.from([text.length]).toString('hex')} ${Buffer.from(text).toString('hex')} `;
/** `{'a': value, 'b': 'c'}`. */
const holding = (value: string, before = '') => hex(`8004 ${before} 7d 28 ${word('a')} ${value} ${word('b')} ${word('c')} 75 2e`);

test('nothing is run: a call leaves what it was given', () => {
  const call = holding(`63 ${Buffer.from('posix\nsystem\n').toString('hex')} ${word('touch /xy')} 85 52`);
  expect(opened(call)).toMatchObject({ 'body|pickle.a': 'touch /xy', 'body|pickle.b': 'c' });
});

test('incident: an object that knows itself was told dozens of times, each deeper in', () => {
  const object = '630a0a 29 81 94 7d 28 8c0470617468 8c0178 8c0473656c66 6800 75 62';
  expect(opened(holding(object))).toEqual({ 'body|pickle.a.path': 'x', 'body|pickle.b': 'c' });
});

test('lists that double, and a state that thousands of objects share', () => {
  const limitsOf = (body: Buffer) => [...new Set(decodeRequest(request({ body })).limits.map(({ limit }) => limit))];
  const doubling = Array.from({ length: 40 }, (_, at) => {
    const before = `68 ${Buffer.from([at]).toString('hex')}`;
    return `5d 94 28 ${before} ${before} 65 30`;
  }).join(' ');
  expect(limitsOf(holding('6828', `5d 94 30 ${doubling}`))).toEqual(['decodeWork']);
  const state = `7d 94 28 ${Array.from({ length: 1_000 }, (_, at) => `${word(`k${at}`)} 4b01`).join(' ')} 75 30`;
  expect(limitsOf(holding(`28 ${'630a0a29816800 62'.repeat(5_000)} 6c`, state))).toEqual(['decodeFields']);
});

test('lengths that lie, instructions that are none, a stack that runs empty', () => {
  for (const lie of [
    '80045858ffffff7f412e2e2e',
    '8004ff0000000000002e',
    '8004757575757575752e',
    '80047d8c01618c016273',
    '80048e00000000000000ff2e',
  ])
    expect(
      Object.keys(opened(Buffer.from(lie, 'hex'))).filter((path) => path.includes('|pickle')),
      lie,
    ).toEqual([]);
});

test('random bytes are none', () => {
  expect(takenFor(decoder, 20_000)).toEqual([]);
});

nearMisses('pickle', { content: FIFTH });
