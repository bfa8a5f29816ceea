import { expect, test } from 'vitest';
import { luhnDigit, residentIdCheck, vinCheck } from '../../src/persona/checksum.js';

test('Luhn: the worked example of ISO/IEC 7812-1 and an IMEI of TS 23.003', () => {
  expect(luhnDigit('7992739871')).toBe('3');
  expect(luhnDigit('49015420323751')).toBe('8');
});

test('resident ID: the example printed in GB 11643-1999', () => {
  expect(residentIdCheck('11010519491231002')).toBe('X');
  expect(residentIdCheck('44052418800101001')).toBe('4');
});

test('VIN: check digits 0 to 9 and X', () => {
  // All ones give 1, the textbook example of 49 CFR 565.
  expect(vinCheck('11111111111111111')).toBe('1');
  expect(vinCheck('1M8GDM9A_KP042788'.replace('_', '0'))).toBe('X');
});
