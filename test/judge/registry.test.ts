import { expect, test } from 'vitest';
import { checkFunctions } from '../../src/judge/registry.js';
import { checks } from './case.js';

test('every rule file of a check has its function, and the other way round', () => {
  expect([...checkFunctions.keys()].sort()).toEqual(checks.map((check) => check.id).sort());
});
