import { describe, expect, test } from 'vitest';
import { inAllDatums, parsePlace } from '../../src/detect/geo.js';
import { findPlaces, knownPlace, knownPlaces, mayHoldPlace, mayNamePlace } from '../../src/detect/geo-known.js';
import type { Field } from '../../src/model/field.js';
import { processorTime } from '../processor-time.js';

const TEXT = '40.123456,90.654321';
const known = knownPlaces([knownPlace(0, parsePlace(TEXT)!, TEXT)]);

function fields(...values: Array<string | [string, number]>): Field[] {
  return values.map((given, index) => {
    const [value, group] = typeof given === 'string' ? [given, 0] : given;
    return { path: `body.$.f${index}`, part: 'body', keys: [`f${index}`], value, kind: 'string', steps: [], group };
  });
}

describe('known places', () => {
  test('a word of the letters of a geohash may hold a place only where it is one near those that are known', () => {
    expect(mayHoldPlace('wp0kqbk2n', known)).toBe(true);
    for (const word of ['success', 'current', 'u4pruydqq']) expect(mayHoldPlace(word, known), word).toBe(false);
  });

  test('two leaves of one object, in either order', () => {
    expect(findPlaces(fields('40.123456', '90.654321'), known)).toMatchObject([
      { field: 0, datum: 'wgs84', decimals: 6, scale: 1, span: null },
    ]);
    expect(findPlaces(fields('90.654321', 'x', '40.123456'), known)).toMatchObject([{ field: 2, text: '40.123456,90.654321' }]);
  });

  test('leaves of different objects are no pair', () => {
    expect(findPlaces(fields(['40.123456', 1], ['90.654321', 2]), known)).toEqual([]);
  });

  // Incident: a place as two numbers of eight bytes in a format that nobody knew was not looked for.
  test('two numbers in bytes, where nobody took them apart', () => {
    const bytes = Buffer.alloc(40, 7);
    bytes.writeDoubleLE(40.123456, 5);
    bytes.writeDoubleLE(90.654321, 14);
    const field: Field = {
      path: 'body',
      part: 'body',
      keys: [],
      value: bytes.toString('latin1'),
      kind: 'binary',
      steps: [],
      group: 0,
      bytes,
    };
    expect(findPlaces([field], known)).toMatchObject([{ field: 0, datum: 'wgs84', text: '40.123456,90.654321', span: [5, 22] }]);
    expect(findPlaces([{ ...field, opened: true }], known)).toEqual([]);
  });

  test('each datum is told apart', () => {
    for (const datum of ['wgs84', 'gcj02', 'bd09'] as const) {
      const { latitude, longitude } = inAllDatums(parsePlace(TEXT)!)[datum];
      expect(findPlaces(fields(latitude.toFixed(6), longitude.toFixed(6)), known)).toMatchObject([{ datum }]);
    }
  });

  test.each([
    ['90.654321,40.123456', null],
    ['40.123456;90.654321', null],
    ['loc=40.12346|90.65432&z=3', [4, 21]],
    ['gps: 90.6543, 40.1235 ok', [5, 21]],
    ['at 90.654321%2C40.123456', [3, 24]],
  ])('text %s', (text, span) => {
    expect(findPlaces(fields(text), known)).toMatchObject([{ field: 0, span }]);
  });

  test('geohash_of_the_place: other writings of a known place, whole or in a text', () => {
    expect(findPlaces(fields('wp0kqbk2n'), known)).toMatchObject([{ field: 0, span: null, datum: 'wgs84' }]);
    expect(findPlaces(fields('at 40°07\'24.4"N 90°39\'15.6"E'), known)).toMatchObject([{ span: [3, 28] }]);
    expect(findPlaces(fields('90654321,40123456'), known)).toMatchObject([{ scale: 1e6 }]);
    expect(findPlaces(fields('u4pruydqq', '12345678', '31000000,12000000'), known)).toEqual([]);
  });

  test('every pair of a track', () => {
    expect(findPlaces(fields('90.654321,40.123456;90.654330,40.123460;1.5000,2.5000'), known)).toHaveLength(2);
  });

  test.each([
    ['4012346', '9065432', 1e5],
    ['40123456', '90654321', 1e6],
    ['401234560', '906543210', 1e7],
  ])('integers %s %s', (latitude, longitude, scale) => {
    expect(findPlaces(fields(latitude, longitude), known)).toMatchObject([{ scale }]);
  });

  test('tolerance follows the decimals that were sent', () => {
    expect(findPlaces(fields('40.12', '90.65'), known)).toMatchObject([{ decimals: 2 }]);
    expect(findPlaces(fields('40.1', '90.7'), known)).toEqual([]);
    expect(findPlaces(fields('40.1263', '90.6543'), known)).toEqual([]);
    expect(findPlaces(fields('40.1237', '90.6540'), known)).toHaveLength(1);
  });

  test('neighbours of the place and other numbers are not it', () => {
    expect(findPlaces(fields('40.523456', '90.654321'), known)).toEqual([]);
    expect(findPlaces(fields('1748503543012', '40', '90', '1.40.123', ''), known)).toEqual([]);
    expect(findPlaces(fields('40.123456', '90.654321'), knownPlaces([]))).toEqual([]);
  });

  test('hostile text costs linear time', () => {
    const hostile = fields(`1.11${' '.repeat(60_000)}`, '1.11,'.repeat(12_000), '9'.repeat(60_000));
    expect(processorTime(() => findPlaces(hostile, known))).toBeLessThan(1000);
  });
});

describe('place_as_name', () => {
  const under = (...keys: string[]): Field => ({ ...fields('1')[0]!, keys });

  test('a name that is a known place counts once, whatever stands below', () => {
    const keys = ['tiles', '40.123456,90.654321', 'n'];
    expect(findPlaces([under('a'), under(...keys), under(...keys), under('tiles', '40.123456,90.654321', 'm')], known)).toMatchObject([
      { field: 1, span: null, inName: true, text: '40.123456,90.654321' },
    ]);
    expect(findPlaces([under('40.123456', '90.654321')], known)).toEqual([]);
    expect(findPlaces([under('41.123456,90.654321')], known)).toEqual([]);
  });

  test('who reads documents is asked to keep what stands below', () => {
    expect(mayNamePlace(['40.123456,90.654321', 'n'], known)).toBe(true);
    expect(mayNamePlace(['version', '1.2'], known)).toBe(false);
    expect(mayNamePlace(['40.123456,90.654321'], knownPlaces([]))).toBe(false);
  });

  test('before the end of a file name or a sentence, and not before another number', () => {
    expect(findPlaces(fields('IMG_40.123456,90.654321.jpg'), known)).toMatchObject([{ span: [4, 23], inName: false }]);
    expect(findPlaces(fields('at 40.123456,90.654321.'), known)).toHaveLength(1);
    expect(findPlaces(fields('40.123456,90.654321.5'), known)).toEqual([]);
  });
});
