import { expect, test } from 'vitest';
import { decoder } from '../../../src/decode/formats/bson.js';
import { decodeBytes, decodeRequest } from '../../../src/decode/index.js';
import { inside, opened, request } from '../sample.js';

/** As MongoDB's own encoder (`bson` 6 and later) writes it. */
const DOCUMENT =
  'd4000000026f730008000000616e64726f69640002696d6569001000000034393031353432303332333735313800106e00050000001262696700e4bc' +
  'ee1a97010000016c61740097ff907efb3a3f40086f6b00010a6e6f6e650009617400e4bcee1a9701000007696400507f1f77bcf86cd7994390110364' +
  '65760016000000026e616d650007000000e5bca0e4b8890000046c69737400210000000230000e000000636f6d2e6578616d706c652e610010310007' +
  '00000000057261770009000000007b2261223a2278227d0b7265005e61000000';

const FIELDS = {
  imei: '490154203237518',
  n: '5',
  big: '1748503543012',
  lat: '31.2304',
  ok: 'true',
  none: 'null',
  at: '1748503543012',
  id: '507f1f77bcf86cd799439011',
  'dev.name': '张三',
  'list[0]': 'com.example.a',
  'list[1]': '7',
  'raw|json$.a': 'x',
  re: '^a',
};
const under = (path: string) => Object.fromEntries(Object.entries(FIELDS).map(([name, value]) => [`${path}.${name}`, value]));
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

test('what another encoder wrote', () => {
  expect(opened(hex(DOCUMENT))).toMatchObject(under('body|bson'));
  expect(opened(hex(DOCUMENT), 'application/bson')).toMatchObject(under('body|bson'));
  expect(inside(hex(DOCUMENT))).toMatchObject(under('|base64|bson'));
});

test('lengths that lie, types that are none, names without an end', () => {
  for (const lie of [
    '0e000000 02 6100 ffffff7f 4100 00',
    '10000000 02 6100 03000000 414200 0000',
    '0c000000 15 6100 01000000 00',
    '0a000000 10 616263 6400',
    '0f000000 05 6100 7fffffff 00 41 00',
    '0d000000 03 6100 06000000 0000',
  ])
    expect(
      Object.keys(opened(hex(lie), 'application/bson')).filter((path) => path.includes('|bson')),
      lie,
    ).toEqual([]);
});

test('documents in one another without end', () => {
  let body = hex('0500000000');
  for (let depth = 0; depth < 2_000; depth++) {
    const head = Buffer.alloc(4);
    head.writeInt32LE(body.length + 8);
    body = Buffer.concat([head, hex('03 6100'), body, hex('00')]);
  }
  expect(decodeRequest(request({ body })).limits.map(({ limit }) => limit)).toEqual(['structDepth']);
});

test('random bytes behind their length are none', () => {
  let state = 11;
  const next = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 16) & 255;
  };
  for (let round = 0; round < 20_000; round++) {
    const bytes = Buffer.from(Array.from({ length: 12 + (round % 50) }, next));
    bytes.writeInt32LE(bytes.length);
    bytes[bytes.length - 1] = 0;
    if (decoder.magic?.(bytes) === true)
      expect(
        decodeBytes(bytes, 'body').fields.some(({ steps }) => steps.includes('bson')),
        bytes.toString('hex'),
      ).toBe(false);
  }
});
