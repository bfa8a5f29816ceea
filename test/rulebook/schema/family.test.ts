import { expect, test } from 'vitest';
import { families } from '../../../src/rulebook/schema/family.js';

test('roles and followers default to none; a role set has at least two', () => {
  const name = { zh: '电话', en: 'Phone' };
  expect(families.parse({ families: [{ id: 'phone', name }] }).families[0]).toEqual({ id: 'phone', name, roles: [], follows: {} });
  expect(families.safeParse({ families: [{ id: 'phone', name, roles: [['phone_number']] }] }).success).toBe(false);
});
