import { expect, test } from 'vitest';
import { ByteCursor } from '../../src/decode/byte-cursor.js';

const cursor = (hex: string) => new ByteCursor(Buffer.from(hex, 'hex'));

test('numbers with the highest byte first', () => {
  const bytes = cursor('ff' + 'fffe' + '0102' + '8000000000000000' + '3fc00000' + '3ff8000000000000');
  expect(bytes.byte()).toBe(255);
  expect(bytes.int(2)).toBe(-2);
  expect(bytes.uint(2)).toBe(258);
  expect(bytes.int64()).toBe(-(2n ** 63n));
  expect(bytes.float()).toBe(1.5);
  expect(bytes.double()).toBe(1.5);
  expect(bytes).toMatchObject({ left: 0, broken: false });
});

test('bytes up to a sign', () => {
  const bytes = cursor('616200' + '6364');
  expect(bytes.until(0).toString()).toBe('ab');
  expect(bytes.at).toBe(3);
  expect(bytes.until(0)).toHaveLength(0);
  expect(bytes.broken).toBe(true);
});

test('what would lie behind the end breaks it, and reads as nothing', () => {
  for (const read of [
    (bytes: ByteCursor) => bytes.slice(3),
    (bytes: ByteCursor) => bytes.slice(-1),
    (bytes: ByteCursor) => bytes.slice(Number.NaN),
    (bytes: ByteCursor) => bytes.int(4),
    (bytes: ByteCursor) => bytes.int64(),
    (bytes: ByteCursor) => bytes.float(),
    (bytes: ByteCursor) => bytes.double(),
  ]) {
    const bytes = cursor('0102');
    expect(Number(Buffer.isBuffer(read(bytes)) ? 0 : read(cursor('01')))).toBe(0);
    expect(bytes.at).toBe(0);
  }
});
