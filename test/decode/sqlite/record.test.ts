import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRecord } from '../../../src/decode/sqlite/record.js';

const read = (hex: string) => readRecord(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

test('every type of value', () => {
  expect(read('0c 00 01 02 03 04 05 06 07 08 09 0d ff ff80 ff8000 80000000 ffffffffffff 8000000000000000 3ff8000000000000').values).toEqual(
    [
      { kind: 'null' },
      ...[-1, -128, -32_768, -(2 ** 31), -1].map((value) => ({ kind: 'number', value })),
      { kind: 'number', value: -(2n ** 63n) },
      { kind: 'number', value: 1.5 },
      { kind: 'number', value: 0 },
      { kind: 'number', value: 1 },
      { kind: 'text', bytes: Buffer.alloc(0) },
    ],
  );
  expect(read('03 13 12 616263 010203')).toEqual({
    values: [
      { kind: 'text', bytes: Buffer.from('abc') },
      { kind: 'blob', bytes: Buffer.from([1, 2, 3]) },
    ],
    isWhole: true,
  });
});

test('types that are none, lengths that lie, and bytes behind the last value', () => {
  for (const hex of ['', '00', '05 00', '02 0a', '02 0b', '02 13 61', '03 81', '0a ffffffffffffffffff', '02 01 05 05'])
    expect(read(hex).isWhole, hex).toBe(false);
  expect(read('03 01 13 05 61').values).toEqual([{ kind: 'number', value: 5 }]);
});

test('any bytes give values that stand in them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      let sum = 0;
      for (const value of readRecord(Buffer.from(bytes)).values) sum += 'bytes' in value ? value.bytes.length : 0;
      expect(sum).toBeLessThanOrEqual(bytes.length);
    }),
  );
});

test('incident: a row of eight million columns took more than a gibibyte: no build of SQLite has so many', () => {
  const header = Buffer.concat([Buffer.from([0x83, 0xe8, 0x03]), Buffer.alloc(62_464, 8)]);
  const { values, isWhole } = readRecord(header);
  expect([values.length, isWhole]).toEqual([32_767, false]);
});
