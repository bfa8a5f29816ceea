import { expect, test } from 'vitest';
import { parseDeclarations, writeDeclarations } from '../../src/rulebook/declaration.js';
import { ruleErrorOf } from './rules-folder.js';

const TYPES = new Set(['imei', 'phone_number']);

test('type, purpose and receiver; without a receiver any', () => {
  expect(
    parseDeclarations(
      'declared:\n  - { dataType: imei, purpose: 风控, receiver: push.example }\n  - { dataType: phone_number, purpose: 登录 }\n',
      'd.yaml',
      TYPES,
    ),
  ).toEqual([
    { dataType: 'imei', purpose: '风控', receiver: 'push.example' },
    { dataType: 'phone_number', purpose: '登录', receiver: '*' },
  ]);
});

test('an unknown data type is refused with its line', () => {
  expect(ruleErrorOf(() => parseDeclarations('declared:\n  - dataType: imie\n    purpose: x\n', 'd.yaml', TYPES))).toMatchObject({
    file: 'd.yaml',
    line: 2,
    key: 'declared[0].dataType',
  });
});

test('what is written reads back, hostile names included', () => {
  const declared = [{ dataType: 'imei', purpose: '?', receiver: '*.x: #"\n- a' }];
  expect(parseDeclarations(writeDeclarations(declared), 'd.yaml', TYPES)).toEqual(declared);
});
