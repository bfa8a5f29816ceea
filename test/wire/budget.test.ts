import { expect, it } from 'vitest';
import { Budget } from '../../src/wire/budget.js';

it('grants what is left and takes it back', () => {
  const budget = new Budget(10);
  expect(budget.take(7)).toBe(7);
  expect(budget.take(7)).toBe(3);
  expect(budget.take(1)).toBe(0);
  expect(budget.take(-5)).toBe(0);
  budget.give(4);
  expect(budget.left).toBe(4);
});
