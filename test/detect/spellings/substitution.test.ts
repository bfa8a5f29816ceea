import { expect, test } from 'vitest';
import { canonicalValue } from '../../../src/detect/forms/canonical.js';
import { putSubstitutions } from '../../../src/detect/spellings/substitution.js';

function spellings(type: string, value: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  putSubstitutions(canonicalValue(type, value), (written, form) => {
    if (!found.has(written)) found.set(written, form);
  });
  return found;
}

test('letters and digits that stand for others', () => {
  expect(Object.fromEntries(spellings('email', 'lin@example.com'))).toMatchObject({
    'yva@rknzcyr.pbz': 'rot13',
    'olq@hadpsoh.frp': 'caesar-3',
    '=:?o6I2>A=6]4@>': 'rot47',
    'mjoAfybnqmf/dpn': 'shift-1',
    'orm@vcznkov.xln': 'atbash',
  });
  expect(Object.fromEntries(spellings('phone_number', '13900000001'))).toMatchObject({
    '68455555556': 'rot5',
    '46233333334': 'caesar-3',
    '86099999998': 'atbash',
    bdjaaaaaaab: 'letters',
    '`bh_______`': 'rot47',
  });
});

test('a number of so few digits that a time may be one is left out, and so are short words and names in Chinese characters', () => {
  for (const [type, value] of [
    ['account_id', '1731000000'],
    ['nickname', 'moonli'],
    ['real_name', '欧阳明月'],
  ] as const)
    expect([...spellings(type, value)], value).toEqual([]);
});

test('incident: the next address, account, document or day was a known value of which the digits had been counted on', () => {
  for (const [type, value, next] of [
    ['email', 'tester1@example.com', 'tester2@example.com'],
    ['account_id', 'tester01', 'tester12'],
    ['id_number', 'E12345678', 'F12345678'],
    ['password', 'Test1234', 'Test2345'],
    ['birth_date', '1990-01-01', '2001-12-12'],
    ['wifi_ssid', 'TP-LINK_1234', 'TP-LINK_8765'],
  ] as const)
    expect(spellings(type, value).has(next), next).toBe(false);
  expect(spellings('account_id', 'tester01').get('uftufs12')).toBe('caesar-1');
});
