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
  ['age', '8岁', true],
  ['age', '6-12', false],
  ['birth_date', '2015-3-4', true],
  ['birth_date', '2015年3月4日', true],
  ['birth_date', '2015-03-04T00:00:00Z', true],
  ['birth_date', '2015-03-04 08:00:00', true],
  ['birth_date', '2012-6-16', true],
  ['birth_date', '2012-6-15', false],
  ['birth_date', '04/03/2015', true],
  // The twelfth of June or the sixth of December: only one of the two is under fourteen.
  ['birth_date', '12/06/2012', false],
  ['birth_date', '1425427200000', true],
  ['birth_date', '631152000000', false],
  // Seconds of 2015, or milliseconds of January 1970.
  ['birth_date', '1425427200', false],
  ['birth_date', '2013', true],
  ['birth_date', '2012', false],
  ['birth_date', '2012-07', true],
  ['birth_date', '2012-06', false],
  ['birth_date', '2026-06-15', false],
  ['minor_info', '2016-03-01', true],
  ['phone_number', '8', false],
])('%s %s: %s', (type, value, under) => {
  expect(saysUnder14(type, value, AT)).toBe(under);
});

test('the day is that of China, on any machine', () => {
  const birthday = '2012-06-15';
  expect(saysUnder14('birth_date', birthday, Date.UTC(2026, 5, 14, 15, 59))).toBe(true);
  expect(saysUnder14('birth_date', birthday, Date.UTC(2026, 5, 14, 16, 0))).toBe(false);
});

test.each(['1', '2', 'true', 'off', 'unknown', 'disabled', '未知', '张小明', '17', '0', '否'])(
  'incident: a flag or a name about a minor (%s) was told as a person under fourteen',
  (value) => {
    expect(saysUnder14('minor_info', value, AT, 'body.$.isMinor')).toBe(false);
  },
);

test('the age of a child is one where the name asks for an age', () => {
  for (const path of ['body.$.childAge', 'body.$.kid_age', 'body.form.age', 'body.$.孩子年龄', 'body.$.children[0].age'])
    expect(saysUnder14('minor_info', '9', AT, path), path).toBe(true);
  for (const path of ['body.$.kidImage', 'body.$.minorMode', 'body.$.childPage', 'query.package'])
    expect(saysUnder14('minor_info', '9', AT, path), path).toBe(false);
  expect(saysUnder14('minor_info', '17', AT, 'body.$.childAge')).toBe(false);
});
