import { expect, test } from 'vitest';
import { buildKeyTest } from '../../src/detect/known-key.js';
import { processorTime } from '../processor-time.js';
import { dataType } from './known-fixture.js';

const test1 = buildKeyTest([dataType('gender', ['sex'], ['xb']), dataType('real_name', ['real name', 'consignee'], ['name'])]);

test.each([
  ['gender', ['user', 'gender'], true],
  ['gender', ['userGender'], true],
  ['gender', ['SEX'], true],
  ['gender', ['xb'], true],
  ['gender', ['gender2'], true],
  ['gender', ['genderless'], false],
  ['gender', ['sexy'], false],
  ['gender', ['engender'], false],
  ['gender', [], false],
  ['real_name', ['realName'], true],
  ['real_name', ['real', 'name'], true],
  ['real_name', ['order', 'consignee_name'], true],
  ['real_name', ['rename'], false],
  ['unknown_type', ['unknownType'], true],
] as const)('%s under %j: %s', (type, keys, expected) => {
  expect(test1.agrees(type, keys)).toBe(expected);
});

test('a name may speak of another type of the same family', () => {
  const kin = buildKeyTest([
    { ...dataType('nickname', ['nick']), family: 'account' },
    { ...dataType('account_id', [], ['user name']), family: 'account' },
    dataType('gender', ['sex']),
    { ...dataType('trip_origin', ['from city']), family: 'trip' },
    { ...dataType('trip_destination', ['to city']), family: 'trip' },
  ]);
  expect([kin.agrees('nickname', ['userName']), kin.isAkin('nickname', ['userName'])]).toEqual([false, true]);
  expect(kin.isAkin('trip_origin', ['toCity']), 'the way back begins where the way there ended').toBe(false);
  expect([kin.isAkin('nickname', ['nick']), kin.isAkin('nickname', ['sex']), kin.isAkin('unknown_type', ['nick'])]).toEqual([
    true,
    false,
    false,
  ]);
});

test('hostile names cost little', () => {
  const names = ['a'.repeat(1_000_000), 'aB'.repeat(500_000)];
  expect(processorTime(() => expect(test1.agrees('gender', names)).toBe(false))).toBeLessThan(500);
});
