import { expect, test } from 'vitest';
import { issueOf, judgedOne } from '../case.js';

const registeredIn = (country: string | null) => issueOf('abroad', judgedOne(['news'], 'imei', {}, {}, { countryOf: () => country }));

test('an address registered outside the mainland, called just that', () => {
  expect(registeredIn('US')?.text.zh).toContain('地址登记在 US');
  expect(registeredIn('US')?.text.zh).toContain('登记地不等于实际所在地');
  expect(registeredIn('HK')).not.toBeNull();
});

test('the mainland and the unknown raise nothing', () => {
  expect(registeredIn('CN')).toBeNull();
  expect(registeredIn(null)).toBeNull();
});
