import { expect, test } from 'vitest';
import { generator } from '../../scripts/noise.js';
import { type Interval, PackedPlaces } from '../../src/detect/geo-bytes.js';

const LATITUDE: Interval = [40.2609, 40.2619];
const LONGITUDE: Interval = [90.3755, 90.3765];
const search = new PackedPlaces([
  [[31.2, 31.201], LONGITUDE],
  [LATITUDE, LONGITUDE],
]);
const packedPlaces = (bytes: Buffer) => search.find(bytes, 4);

function packed(size: 4 | 8, little: boolean, gap: number, ...numbers: readonly number[]): Buffer {
  const parts = numbers.map((number) => {
    const bytes = Buffer.alloc(size + gap, 0x07);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (size === 8) view.setFloat64(0, number, little);
    else view.setFloat32(0, number, little);
    return bytes;
  });
  return Buffer.concat([Buffer.from([3, 0, 9]), ...parts]);
}

test('two numbers in either width and order of bytes, with names between them, whichever comes first', () => {
  for (const size of [4, 8] as const)
    for (const little of [true, false])
      for (const gap of [0, 5])
        for (const numbers of [
          [40.2614, 90.3761],
          [90.3761, 40.2614],
        ]) {
          const [found] = packedPlaces(packed(size, little, gap, ...numbers));
          expect(found?.latitude).toBeCloseTo(40.2614, 4);
          expect(found?.longitude).toBeCloseTo(90.3761, 4);
          expect(found?.start).toBe(3);
        }
});

test('one of them alone, or two that are elsewhere or far apart, are no place', () => {
  expect(packedPlaces(packed(8, true, 0, 40.2614, 91.1))).toEqual([]);
  expect(packedPlaces(packed(8, true, 0, 40.2714, 90.3761))).toEqual([]);
  expect(packedPlaces(packed(8, true, 60, 40.2614, 90.3761))).toEqual([]);
  const zero = new PackedPlaces([
    [
      [-0.001, 0.001],
      [-0.001, 0.001],
    ],
  ]);
  expect(zero.find(packed(8, true, 0, 0, 0), 4)).toEqual([]);
});

test('a megabyte of noise holds none', () => {
  const next = generator('places');
  const noise = Buffer.from(Array.from({ length: 1_000_000 }, () => next() & 255));
  expect(packedPlaces(noise)).toEqual([]);
});
