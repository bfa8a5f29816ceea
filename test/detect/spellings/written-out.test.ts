import { expect, test } from 'vitest';
import { canonicalValue } from '../../../src/detect/forms/canonical.js';
import { putWrittenOut } from '../../../src/detect/spellings/written-out.js';

function spellings(type: string, value: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  putWrittenOut(canonicalValue(type, value), (written, form) => {
    if (!found.has(written)) found.set(written, form);
  });
  return found;
}

test('a number sign by sign', () => {
  expect(Object.fromEntries(spellings('phone_number', '13900000001'))).toMatchObject({
    '1 3 9 0 0 0 0 0 0 0 1': 'separators',
    幺三九零零零零零零零幺: 'digits',
    '①③⑨⓪⓪⓪⓪⓪⓪⓪①': 'digits',
    '61 63 71 60 60 60 60 60 60 60 61': 'octal',
    '061 063 071 060 060 060 060 060 060 060 061': 'octal',
    '+,3,Y,# P,# P,#$ ': 'uuencode',
    '\\31 \\33 \\39 \\30 \\30 \\30 \\30 \\30 \\30 \\30 \\31 ': 'unicode-escape',
    '049051057048048048048048048048049': 'byte-list',
    '1303030303030303933313': 'hex+reversed',
    '1333930303030303030313': 'hex+nibbles-swapped',
    '=EDMwADMwADM5MTM': 'base64+reversed',
    '+ADEAMwA5ADAAMAAwADAAMAAwADAAMQ-': 'utf-7',
    dbdddjdadadadadadadadb: 'hex+letters',
  });
});

test('a name in Chinese characters', () => {
  expect(Object.fromEntries(spellings('real_name', '欧阳明月'))).toMatchObject({
    u6b27u9633u660eu6708: 'unicode-escape',
    '&#27431&#38451&#26126&#26376': 'unicode-escape',
    '+ayeWM2YOZwg-': 'utf-7',
    '&ayeWM2YOZwg-': 'utf-7',
    '欧-阳-明-月': 'separators',
  });
  expect([...spellings('real_name', '张三')]).toEqual([]);
});
