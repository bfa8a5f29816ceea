import { expect, test } from 'vitest';
import { decoder } from '../../../src/decode/formats/hessian.js';
import { nearMisses } from '../near-misses.js';
import { inside, limitsOf, opened, takenFor, under } from '../sample.js';

const none = (hex: string) => Object.keys(opened(Buffer.from(hex.replaceAll(' ', ''), 'hex'))).filter((path) => path.includes('|hessian'));

/** As the package `hessian.js` wrote them: an object of a class, a map, and a list of two objects. */
const OBJECT = Buffer.from(
  'QxJjb20uZXhhbXBsZS5EZXZpY2WdBGltZWkEbmFtZQFuA2JpZwNsYXQCb2sEbm9uZQRsaXN0A2RldgJhdANyYXcEbG9uZwNtYXBgDzQ5MDE1NDIwMzIzNzUxOALlvKDk' +
    'uImLTAAAAZca7rzkREA/Ovt+kP+XVE56AWFIBXBob25lCzEzOTAwMDAwMDAxWkMPY29tLmV4YW1wbGUuRGV2kQNtYWNhETAyOkFCOkNEOjAwOjAwOjAxSgAAAZca7rzk' +
    'IwECA1MF3Hh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4' +
    'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4' +
    'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4' +
    'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4' +
    'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4' +
    'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4' +
    'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4' +
    'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4' +
    'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4' +
    'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4' +
    'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4' +
    'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4' +
    'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4' +
    'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4' +
    'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4' +
    'eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eEgBawF2Wg==',
  'base64',
);
const MAP = Buffer.from(
  'SANkZXZIA21hYxEwMjpBQjpDRDowMDowMDowMVoEaW1laQ80OTAxNTQyMDMyMzc1MTgEbGlzdHoBYUgFcGhvbmULMTM5MDAwMDAwMDFaAW6LBG5hbWUC5byg5LiJWg==',
  'base64',
);
const FIELDS = {
  '.imei': '490154203237518',
  '.name': '张三',
  '.n': '-5',
  '.list[0]': 'a',
  '.list[1].phone': '13900000001',
  '.dev.mac': '02:AB:CD:00:00:01',
};
const OF_OBJECT = {
  ...FIELDS,
  '.big': '1748503543012',
  '.lat': '31.2304',
  '.ok': 'true',
  '.none': 'null',
  '.at': '1748503543012',
  '.long': 'x'.repeat(1_500),
  '.map.k': 'v',
};
const call = (name: string, ...parts: Buffer[]) =>
  Buffer.concat([
    Buffer.from('48020043', 'hex'),
    Buffer.from([name.length]),
    Buffer.from(name),
    Buffer.from([0x90 + parts.length]),
    ...parts,
  ]);

test('incident: a text with an emoji, which Java writes in two halves, was no text', () => {
  const body = Buffer.concat([Buffer.from('H\x04name\x04', 'latin1'), Buffer.from('e5bca0e4b889eda0bdedb880', 'hex'), Buffer.from('Z')]);
  expect(opened(body)).toEqual({ 'body|hessian.name': '张三😀' });
});

test('objects with the names of their class, and maps', () => {
  expect(opened(OBJECT)).toMatchObject(under('body|hessian', OF_OBJECT));
  expect(inside(OBJECT)).toMatchObject(under('|base64|hessian', OF_OBJECT));
  expect(opened(MAP)).toMatchObject(under('body|hessian', FIELDS));
  expect(opened(call('login', OBJECT, Buffer.from('0431303836', 'hex')))).toMatchObject({
    ...under('body|hessian[0]', OF_OBJECT),
    'body|hessian[1]': '1086',
  });
});

test('numbers, times and texts as the specification writes them', () => {
  const written = (hex: string) => opened(Buffer.from(`480161${hex}5a`.replaceAll(' ', ''), 'hex'))['body|hessian.a'];
  for (const [hex, value] of [
    ['90', '0'],
    ['80', '-16'],
    ['bf', '47'],
    ['c000', '-2048'],
    ['cfff', '2047'],
    ['d00000', '-262144'],
    ['d7ffff', '262143'],
    ['49 00040000', '262144'],
    ['d8', '-8'],
    ['ef', '15'],
    ['f000', '-2048'],
    ['380000', '-262144'],
    ['3fffff', '262143'],
    ['59 80000000', '-2147483648'],
    ['4c 0000000080000000', '2147483648'],
    ['5b', '0'],
    ['5c', '1'],
    ['5d80', '-128'],
    ['5e7fff', '32767'],
    ['5f 00002fda', '12.25'],
    ['44 4028800000000000', '12.25'],
    ['4a 000000d04b928400', String(0xd04b928400)],
    ['4b 00e383 8f', String(0xe3838f * 60_000)],
    ['52 0001 61 01 62', 'ab'],
    ['54', 'true'],
  ] as const)
    expect(written(hex), hex).toBe(value);
});

test('lengths that lie, classes that are none, what stands behind the end', () => {
  for (const lie of [
    '48 01 61 53 ffff 61 5a',
    '48 01 61 60 5a',
    '48 01 61 43 01 62 91 01 63 61 5a',
    '48 01 61 90 5a 00',
    '48 01 61 90',
    '480200',
    '48020043 01 61 91',
  ])
    expect(none(lie), lie).toEqual([]);
});

test('maps in maps without end', () => {
  expect(limitsOf(Buffer.alloc(90_000, Buffer.from('480161', 'hex')))).toEqual(['structDepth']);
});

test('random bytes are none', () => {
  expect(takenFor(decoder, 20_000)).toEqual([]);
});

nearMisses('hessian', { content: OBJECT });
