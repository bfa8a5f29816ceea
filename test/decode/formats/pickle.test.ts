import { expect, test } from 'vitest';
import { decoder } from '../../../src/decode/formats/pickle.js';
import { decodeRequest } from '../../../src/decode/index.js';
import { nearMisses } from '../near-misses.js';
import { inside, opened, request, takenFor, under } from '../sample.js';

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

/** The same with dates and times, without sets and slots, as CPython wrote it by protocols 0, 1 and 5. */
const ZEROTH = Buffer.from(
  'KGRwMApWaW1laQpwMQpWNDkwMTU0MjAzMjM3NTE4CnAyCnNWbmFtZQpwMwpWXHU1ZjIwXHU0ZTA5CnA0CnNWbgpwNQpJLTUKc1ZiaWcKcDYKTDQ2MTE2ODYwMTg0Mjcz' +
    'ODc5MDRMCnNWaHVnZQpwNwpMMTE4MDU5MTYyMDcxNzQxMTMwMzQyNEwKc1ZsYXQKcDgKRjMxLjIzMDQKc1ZvawpwOQpJMDEKc1Zub25lCnAxMApOc1ZyYXcKcDExCmNf' +
    'Y29kZWNzCmVuY29kZQpwMTIKKFYB/wMKcDEzClZsYXRpbjEKcDE0CnRwMTUKUnAxNgpzVmxpc3QKcDE3CihscDE4ClZhCnAxOQphKGRwMjAKVnBob25lCnAyMQpWMTM5' +
    'MDAwMDAwMDEKcDIyCnNhc1Zib3JuCnAyMwpjZGF0ZXRpbWUKZGF0ZQpwMjQKKGcxMgooVgfGAQIKcDI1CmcxNAp0cDI2ClJwMjcKdHAyOApScDI5CnNWYXQKcDMwCmNk' +
    'YXRldGltZQpkYXRldGltZQpwMzEKKGcxMgooVgfoAwVcdTAwMGELDFx1MDAwMFx1MDAwMFx1MDAwMApwMzIKZzE0CnRwMzMKUnAzNAp0cDM1ClJwMzYKc1ZjbG9jawpw' +
    'MzcKY2RhdGV0aW1lCnRpbWUKcDM4CihnMTIKKFYHCAlcdTAwMDAB9ApwMzkKZzE0CnRwNDAKUnA0MQp0cDQyClJwNDMKc1Z6b25lZApwNDQKZzMxCihnMTIKKFYH6AMF' +
    'XHUwMDBhCwxcdTAwMDBcdTAwMDBcdTAwMDAKcDQ1CmcxNAp0cDQ2ClJwNDcKY2RhdGV0aW1lCnRpbWV6b25lCnA0OAooY2RhdGV0aW1lCnRpbWVkZWx0YQpwNDkKKEkw' +
    'CkkwCkkwCnRwNTAKUnA1MQp0cDUyClJwNTMKdHA1NApScDU1CnNWZGV2CnA1NgpjY29weV9yZWcKX3JlY29uc3RydWN0b3IKcDU3CihjX19tYWluX18KRGV2aWNlCnA1' +
    'OApjX19idWlsdGluX18Kb2JqZWN0CnA1OQpOdHA2MApScDYxCihkcDYyCmcxCmcyCnNnOApGMzEuMjMwNApzYnNWcXVvdGUKcDYzClZpdCdzIFx1MDA1YyBcdTAwMGEK' +
    'cDY0CnMu',
  'base64',
);
const FIRST = Buffer.from(
  'fXEAKFgEAAAAaW1laXEBWA8AAAA0OTAxNTQyMDMyMzc1MThxAlgEAAAAbmFtZXEDWAYAAADlvKDkuIlxBFgBAAAAbnEFSvv///9YAwAAAGJpZ3EGTDQ2MTE2ODYwMTg0' +
    'MjczODc5MDRMClgEAAAAaHVnZXEHTDExODA1OTE2MjA3MTc0MTEzMDM0MjRMClgDAAAAbGF0cQhHQD86+36Q/5dYAgAAAG9rcQlJMDEKWAQAAABub25lcQpOWAMAAABy' +
    'YXdxC2NfY29kZWNzCmVuY29kZQpxDChYBAAAAAHDvwNxDVgGAAAAbGF0aW4xcQ50cQ9ScRBYBAAAAGxpc3RxEV1xEihYAQAAAGFxE31xFFgFAAAAcGhvbmVxFVgLAAAA' +
    'MTM5MDAwMDAwMDFxFnNlWAQAAABib3JucRdjZGF0ZXRpbWUKZGF0ZQpxGChoDChYBQAAAAfDhgECcRloDnRxGlJxG3RxHFJxHVgCAAAAYXRxHmNkYXRldGltZQpkYXRl' +
    'dGltZQpxHyhoDChYCwAAAAfDqAMFCgsMAAAAcSBoDnRxIVJxInRxI1JxJFgFAAAAY2xvY2txJWNkYXRldGltZQp0aW1lCnEmKGgMKFgHAAAABwgJAAHDtHEnaA50cShS' +
    'cSl0cSpScStYBQAAAHpvbmVkcSxoHyhoDChYCwAAAAfDqAMFCgsMAAAAcS1oDnRxLlJxL2NkYXRldGltZQp0aW1lem9uZQpxMChjZGF0ZXRpbWUKdGltZWRlbHRhCnEx' +
    'KEsASwBLAHRxMlJxM3RxNFJxNXRxNlJxN1gDAAAAZGV2cThjY29weV9yZWcKX3JlY29uc3RydWN0b3IKcTkoY19fbWFpbl9fCkRldmljZQpxOmNfX2J1aWx0aW5fXwpv' +
    'YmplY3QKcTtOdHE8UnE9fXE+KGgBaAJoCEdAPzr7fpD/l3ViWAUAAABxdW90ZXE/WAgAAABpdCdzIFwgCnFAdS4=',
  'base64',
);
const DATED = Buffer.from(
  'gAWVowEAAAAAAAB9lCiMBGltZWmUjA80OTAxNTQyMDMyMzc1MTiUjARuYW1llIwG5byg5LiJlIwBbpRK+////4wDYmlnlIoIAAAAAAAAAECMBGh1Z2WUigkAAAAAAAAA' +
    'AECMA2xhdJRHQD86+36Q/5eMAm9rlIiMBG5vbmWUTowDcmF3lEMDAf8DlIwEbGlzdJRdlCiMAWGUfZSMBXBob25llIwLMTM5MDAwMDAwMDGUc2WMBGJvcm6UjAhkYXRl' +
    'dGltZZSMBGRhdGWUk5RDBAfGAQKUhZRSlIwCYXSUaBSMCGRhdGV0aW1llJOUQwoH6AMFCgsMAAAAlIWUUpSMBWNsb2NrlGgUjAR0aW1llJOUQwYHCAkAAfSUhZRSlIwF' +
    'em9uZWSUaBxDCgfoAwUKCwwAAACUaBSMCHRpbWV6b25llJOUaBSMCXRpbWVkZWx0YZSTlEsASwBLAIeUUpSFlFKUhpRSlIwDZGV2lIwIX19tYWluX1+UjAZEZXZpY2WU' +
    'k5QpgZR9lChoAWgCaAhHQD86+36Q/5d1YowFcXVvdGWUjAhpdCdzIFwgCpR1Lg==',
  'base64',
);
const DATES = {
  imei: '490154203237518',
  name: '张三',
  n: '-5',
  big: '4611686018427387904',
  huge: '1180591620717411303424',
  lat: '31.2304',
  ok: 'true',
  none: 'null',
  raw: '\x01\xff\x03',
  'list[1].phone': '13900000001',
  born: '1990-01-02',
  at: '2024-03-05T10:11:12',
  clock: '07:08:09.000500',
  'zoned[0]': '2024-03-05T10:11:12',
  'dev.imei': '490154203237518',
  'dev.lat': '31.2304',
  quote: "it's \\ \n",
};

test('protocols 0 and 1, dates and times', () => {
  const fields = (path: string) => under(path, Object.fromEntries(Object.entries(DATES).map(([name, value]) => [`.${name}`, value])));
  for (const body of [ZEROTH, FIRST, DATED]) expect(opened(body)).toMatchObject(fields('body|pickle'));
  expect(inside(ZEROTH)).toMatchObject(fields('|base64|pickle'));
  const python2 = "(dp0\nS'imei'\np1\nS'490154203237518'\np2\nsS'name'\np3\nS'\\xe5\\xbc\\xa0\\xe4\\xb8\\x89'\np4\ns.";
  expect(opened(python2)).toMatchObject({ 'body|pickle.imei': '490154203237518', 'body|pickle.name': '张三' });
  expect(inside(python2, 'utf8')).toMatchObject({ '|pickle.imei': '490154203237518' });
});

test('several behind one another, and one with something else behind it', () => {
  const three = opened(Buffer.concat([ZEROTH, FIFTH, DATED]));
  expect(three).toMatchObject({ 'body|pickle[0].born': '1990-01-02', 'body|pickle[1].imei': '490154203237518', 'body|pickle[2].n': '-5' });
  const more = opened(Buffer.concat([DATED, Buffer.from('{"phone":"13900000002","end":"."}.')]));
  expect(more['body|pickle.born']).toBe('1990-01-02');
  expect(Object.entries(more).some(([path, value]) => path.includes('skip-') && value.includes('13900000002'))).toBe(true);
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
nearMisses('pickle', { content: ZEROTH });
