import { expect, test } from 'vitest';
import { buildKnownTables } from '../../src/detect/known-tables.js';
import { limits } from '../../src/limits.js';
import { dataType } from './known-fixture.js';

const TYPES = [dataType('gender', ['sex']), dataType('photo_exif_gps')];

test('a value that is given twice is one, and its number in its type is that of its first place', () => {
  const { entries, isCut, nameOf } = buildKnownTables(
    { values: { phone_number: ['19900001234', '19900001234', '19900005678'], gender: ['女'] }, salts: [], keys: [] },
    TYPES,
  );
  expect(entries.map(({ type, ordinal }) => `${type}[${ordinal}]`)).toEqual(['phone_number[1]', 'phone_number[3]', 'gender[1]']);
  expect(isCut).toBe(false);
  expect([nameOf(0).name.zh, nameOf(2).name.zh]).toEqual(['phone_number', 'gender 中文名']);
});

test('places are compared as numbers and not searched as text; a short word is looked for as a whole leaf', () => {
  const { places, canonical, leafTypes, hasPictures } = buildKnownTables(
    { values: { location_precise: ['40.123456,90.654321'], gender: ['女'] }, salts: [], keys: [] },
    TYPES,
  );
  expect(places.places).toHaveLength(1);
  expect(canonical[0]!.digested).toEqual([]);
  expect(leafTypes).toEqual(['gender']);
  expect(hasPictures).toBe(true);
});

test('more values than are looked for are cut, and it is said', () => {
  const many = Array.from({ length: limits.personaValues + 1 }, (_, index) => `user-${index}-of-the-test`);
  const { entries, isCut } = buildKnownTables({ values: { account_id: many }, salts: [], keys: [] }, []);
  expect([entries.length, isCut]).toEqual([limits.personaValues, true]);
});
