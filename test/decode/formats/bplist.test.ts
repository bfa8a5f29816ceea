import { expect, test } from 'vitest';
import { decodeBytes } from '../../../src/decode/index.js';
import { threadTime } from '../../processor-time.js';
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

// Incident: an array that holds itself a hundred thousand times was walked through at every level, for hours.
test('a long array that holds itself ends soon', () => {
  const count = 100_000;
  const body = Buffer.alloc(8 + 6 + count * 2 + 4 + 32);
  body.write('bplist00', 0, 'latin1');
  body.set([0xaf, 0x12], 8);
  body.writeUInt32BE(count, 10);
  body.writeUInt32BE(8, 14 + count * 2);
  const trailer = body.length - 32;
  body.set([4, 2], trailer + 6);
  body.writeUInt32BE(1, trailer + 12);
  body.writeUInt32BE(14 + count * 2, trailer + 28);
  const started = threadTime();
  const decoded = decodeBytes(body, 'body');
  expect(threadTime() - started).toBeLessThan(5_000);
  expect(decoded.limits.length).toBeGreaterThan(0);
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

/** NSKeyedArchiver's way, written by Python's plistlib with its UIDs: a dictionary, a list, an object of a class, a wrapped text. */
const ARCHIVE =
  'YnBsaXN0MDDUAQIDBAUGOTxZJGFyY2hpdmVyWCRvYmplY3RzVCR0b3BYJHZlcnNpb25fEA9OU0tleWVkQXJjaGl2ZXKuBwgVFhcYHB0lKS8yNTZVJG51bGzTCQoLDA0RViRjbGFzc1dOUy5rZXlzWk5TLm9iamVjdHOACaMODxCAAoAEgAajEhMUgAOABYAHVm1vYmlsZVsxMzc4ODIxOTAzNFdkZXZpY2Vz0gkLGRqACqEbgAhUdXNlctQJHh8gISIjJFNhZ2VYbmlja05hbWVUbm9uZYALEB6ADIAA0gkmJyhZTlMuc3RyaW5ngA1WaVBob25l0iorLC1YJGNsYXNzZXNaJGNsYXNzbmFtZaItLlxOU0RpY3Rpb25hcnlYTlNPYmplY3TSKiswMaIxLldOU0FycmF50iorMzSiNC5UVXNlclRDaWNp0iorNzihOF8QD05TTXV0YWJsZVN0cmluZ9E6O1Ryb290gAESAAGGoAAIABEAGwAkACkAMgBEAFMAWQBgAGcAbwB6AHwAgACCAIQAhgCKAIwAjgCQAJcAowCrALAAsgC0ALYAuwDEAMgA0QDWANgA2gDcAN4A4wDtAO8A9gD7AQQBDwESAR8BKAEtATABOAE9AUABRQFKAU8BUQFjAWYBawFtAAAAAAAAAgEAAAAAAAAAPQAAAAAAAAAAAAAAAAAAAXI=';
/** A list that holds itself twice. */
const LOOP =
  'YnBsaXN0MDDUAQIDBAUGDRBZJGFyY2hpdmVyWCRvYmplY3RzVCR0b3BYJHZlcnNpb25fEA9OU0tleWVkQXJjaGl2ZXKiBwhVJG51bGzRCQpaTlMub2JqZWN0c6ILDIABgAHRDg9Ucm9vdIABEgABhqAIERskKTJER01QW15gYmVqbAAAAAAAAAEBAAAAAAAAABEAAAAAAAAAAAAAAAAAAABx';

test('an archive is read by the names that its objects have for each other', () => {
  const fields = opened(Buffer.from(ARCHIVE, 'base64'));
  expect(fields).toMatchObject({
    'body|bplist.$top.root.mobile': '13788219034',
    'body|bplist.$top.root.devices[0]': 'iPhone',
    'body|bplist.$top.root.user.nickName': 'Cici',
    'body|bplist.$top.root.user.age': '30',
  });
  expect(Object.keys(fields).filter((path) => path.includes('class'))).toEqual([]);
});

test('an archive without end ends at a bound', () => {
  const decoded = decodeBytes(Buffer.from(LOOP, 'base64'), 'body');
  expect(decoded.limits.map((hit) => hit.limit)).toContain('jsonDepth');
});

test('incident: of a list that breaks down, what was read passed for all of it', () => {
  const whole = Buffer.from(SAMPLE, 'base64');
  const broken = Buffer.concat([whole.subarray(0, 60), whole.subarray(61)]);
  const decoded = decodeBytes(broken, 'body');
  expect(decodeBytes(whole, 'body').opaque).toEqual([]);
  expect(decoded.opaque.map(({ path }) => path)).toEqual(['body']);
});
