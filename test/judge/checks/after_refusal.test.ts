import { expect, test } from 'vitest';
import { issueOf, judgedOne } from '../case.js';

const refused = { scene: 'refused' };

test('what is not on the list and is still sent', () => {
  const issue = issueOf('after_refusal', judgedOne(['ride_hailing'], 'imei', refused));
  expect(issue?.severity).toBe('high');
  expect(issue?.text.zh).toContain('“已拒绝”');
});

test('data on the list, or perhaps on it, is what the basic function may need after a refusal', () => {
  expect(issueOf('after_refusal', judgedOne(['ride_hailing'], 'phone_number', refused))).toBeNull();
  expect(issueOf('after_refusal', judgedOne(['ride_hailing'], 'payment_amount', refused))).toBeNull();
  expect(
    issueOf('after_refusal', judgedOne(['ride_hailing'], 'payment_amount', refused, { context: { online_booked_taxi_only: false } })),
  ).not.toBeNull();
});

test('needs no category, and needs the mark', () => {
  expect(issueOf('after_refusal', judgedOne([], 'imei', refused))).not.toBeNull();
  expect(issueOf('after_refusal', judgedOne([], 'imei', { scene: 'consented' }))).toBeNull();
});
