import { expect, test } from 'vitest';
import { declarations } from '../../../src/rulebook/schema/declaration.js';

test('a purpose is needed, a receiver is any where none is given', () => {
  expect(declarations.parse({ declared: [{ dataType: 'imei', purpose: '风控' }] }).declared[0]?.receiver).toBe('*');
  expect(declarations.safeParse({ declared: [{ dataType: 'imei', purpose: ' ' }] }).success).toBe(false);
  expect(declarations.safeParse({ declared: [{ dataType: 'imei', purpose: 'x', sdk: 'y' }] }).success).toBe(false);
});
