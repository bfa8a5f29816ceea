import { expect, test } from 'vitest';
import { manual, refusal, serviceData } from '../../../src/rulebook/schema/supplement.js';

const text = { zh: '甲', en: 'a' };

test('service data holds in every category unless some are named', () => {
  expect(serviceData.parse({ serviceData: [{ field: 'account_id', text }] }).serviceData[0]?.categories).toBeNull();
  expect(serviceData.safeParse({ serviceData: [{ field: 'account_id', categories: [], text }] }).success).toBe(false);
});

test('questions and manual items carry ids and both languages', () => {
  expect(refusal.safeParse({ questions: [{ id: 'works', text }] }).success).toBe(true);
  expect(refusal.safeParse({ questions: [{ id: 'works', text: '甲' }] }).success).toBe(false);
  expect(manual.safeParse({ items: [{ id: 'a', clause: '1.1', text, visible: 'yes' }] }).success).toBe(false);
});
