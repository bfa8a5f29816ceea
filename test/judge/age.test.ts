import { expect, test } from 'vitest';
import { saysUnder14 } from '../../src/judge/age.js';

const AT = Date.UTC(2026, 5, 15);

test.each([
  // Fourteen on that very day: no longer under fourteen.
  ['id_number', '110101201206150010', false],
  ['id_number', '110101201206160018', true],
  ['id_number', '110101201206140013', false],
  ['id_number', '110101199001010015', false],
  ['id_number', '110101900101001', false],
  ['id_number', '110101201299990010', false],
  ['birth_date', '2015-01-01', true],
  ['birth_date', '20150101', true],
  ['birth_date', '2015年01月01日', true],
  ['birth_date', '1990/01/01', false],
  ['birth_date', '2030-01-01', false],
  ['birth_date', 'soon', false],
  ['age', '8', true],
  ['age', '14', false],
  ['age', '0', false],
  ['minor_info', '1', true],
  ['minor_info', 'true', true],
  ['minor_info', '0', false],
  ['minor_info', '否', false],
  ['phone_number', '8', false],
])('%s %s: %s', (type, value, under) => {
  expect(saysUnder14(type, value, AT)).toBe(under);
});

test('the day is that of China, on any machine', () => {
  const birthday = '2012-06-15';
  expect(saysUnder14('birth_date', birthday, Date.UTC(2026, 5, 14, 15, 59))).toBe(true);
  expect(saysUnder14('birth_date', birthday, Date.UTC(2026, 5, 14, 16, 0))).toBe(false);
});
