import { expect, test } from 'vitest';
import { decoder } from '../../../src/decode/formats/ubjson.js';
import { nearMisses } from '../near-misses.js';
import { inside, limitsOf, opened, takenFor, under } from '../sample.js';

const none = (hex: string) => Object.keys(opened(Buffer.from(hex.replaceAll(' ', ''), 'hex'))).filter((path) => path.includes('|ubjson'));

/** As the package `@shelacek/ubjson` wrote it, plain and with types and counts before the values. */
const PLAIN = Buffer.from(
  'e2kEaW1laVNpDzQ5MDE1NDIwMzIzNzUxOGkEbmFtZVNpBuW8oOS4iWkBbmn7aQRsaXN0W0Nhe2kFcGhvbmVTaQsxMzkwMDAwMDAwMX1daQNkZXZ7aQNtYWNTaREwMjpB' +
    'QjpDRDowMDowMDowMX1pA2JpZ0RCeXGu685AAGkDbGF0REA/Ovt+kP+XaQJva1RpAm5vRmkEbm9uZVppBG51bXNbaQFpAmkDXWkDcmF3W2kBaQJpA11pBGh1Z2VkU4AA' +
    'AH0=',
  'base64',
);
const COUNTED = Buffer.from(
  'eyNpDWkEaW1laVNpDzQ5MDE1NDIwMzIzNzUxOGkEbmFtZVNpBuW8oOS4iWkBbmn7aQRsaXN0WyNpAkNheyRTI2kBaQVwaG9uZWkLMTM5MDAwMDAwMDFpA2RldnskUyNp' +
    'AWkDbWFjaREwMjpBQjpDRDowMDowMDowMWkDYmlnREJ5ca7rzkAAaQNsYXREQD86+36Q/5dpAm9rVGkCbm9GaQRub25lWmkEbnVtc1skaSNpAwECA2kDcmF3WyRVI2kD' +
    'AQIDaQRodWdlZFOAAAA=',
  'base64',
);
const FIELDS = {
  '.imei': '490154203237518',
  '.name': '张三',
  '.n': '-5',
  '.list[0]': 'a',
  '.list[1].phone': '13900000001',
  '.dev.mac': '02:AB:CD:00:00:01',
  '.big': '1748503543012',
  '.lat': '31.2304',
  '.ok': 'true',
  '.no': 'false',
  '.none': 'null',
  '.nums[2]': '3',
};

test('every type of value, under its name', () => {
  for (const body of [PLAIN, COUNTED]) expect(opened(body)).toMatchObject(under('body|ubjson', FIELDS));
  expect(inside(COUNTED)).toMatchObject(under('|base64|ubjson', FIELDS));
  expect(opened(Buffer.concat([Buffer.from('['), PLAIN, Buffer.from(']')]))).toMatchObject({ 'body|ubjson[0].imei': '490154203237518' });
});

test('lengths that lie, types that are none, what stands behind the end, and JSON', () => {
  for (const lie of [
    '7b 6901 61 53 6905 62 7d',
    '7b 6901 61 7a 7d',
    '7b 6901 61 54',
    '7b 6901 61 54 7d 00',
    '7b 24 54 7d',
    '7b 23 6c 7fffffff',
    '7b 6901 01 54 7d',
  ])
    expect(none(lie), lie).toEqual([]);
  for (const json of ['{"a":1}', '[{"imei":"1"}]', '{imei:1}', '{$type:1}'])
    expect(none(Buffer.from(json).toString('hex')), json).toEqual([]);
});

test('counts that claim any number of values of no bytes, and objects in objects', () => {
  expect(limitsOf(Buffer.from('7b690161 5b 24 5a 23 6c 7fffffff 7d'.replaceAll(' ', ''), 'hex'))).toEqual(['decodeFields']);
  expect(limitsOf(Buffer.concat([Buffer.alloc(50_000, Buffer.from('7b690161', 'hex'))]))).toEqual(['structDepth']);
});

test('random bytes are none', () => {
  expect(takenFor(decoder, 20_000)).toEqual([]);
});

nearMisses('ubjson', { content: PLAIN });
