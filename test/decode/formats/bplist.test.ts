import { expect, test } from 'vitest';
import { decodeBytes } from '../../../src/decode/index.js';
import { opened } from '../sample.js';

/** Written by Python's plistlib. */
const SAMPLE =
  'YnBsaXN0MDDVAQIDBAUGDRMUFVZkZXZpY2VUbGlzdFRuYW1lU3Jhd1R3aGVu0wcICQoLDFNiaWdUaW1laVNuZWcTACAAAAAAAAFfEA84NjAwMDAwMDAwMDAwMDET//////////uiDhHRDxBReCM/+AAAAAAAANEPEgliXyBOCU8QD3siYSI6ImluIGRhdGEifTNBxaHaUoAAAAgTGh8kKC00OD1BSlxlaGttdnl6f5EAAAAAAAABAQAAAAAAAAAWAAAAAAAAAAAAAAAAAAAAmg==';

test('all kinds of objects', () => {
  expect(opened(Buffer.from(SAMPLE, 'base64'))).toMatchObject({
    'body|bplist.device.big': '9007199254740993',
    'body|bplist.device.imei': '860000000000001',
    'body|bplist.device.neg': '-5',
    'body|bplist.list[0].x': '1.5',
    'body|bplist.list[1].x': 'true',
    'body|bplist.name': '张三',
    'body|bplist.raw|json$.a': 'in data',
    'body|bplist.when': '2024-01-02T03:04:05.000Z',
  });
});

test('an array that holds itself twice ends', () => {
  const bytes = Buffer.concat([
    Buffer.from('bplist00'),
    Buffer.from([0xa2, 0, 0, 8]),
    Buffer.alloc(6),
    Buffer.from([1, 1]),
    Buffer.alloc(7),
    Buffer.from([1]),
    Buffer.alloc(8),
    Buffer.alloc(7),
    Buffer.from([11]),
  ]);
  const decoded = decodeBytes(bytes, 'body');
  expect(decoded.limits.map((hit) => hit.limit)).toContain('jsonDepth');
});
