import { expect, test } from 'vitest';
import { check } from '../../../src/rulebook/schema/check.js';

const text = { zh: '甲', en: 'a' };
const CHECK = { id: 'x', name: text, severity: 'low', clause: '1', clauseText: text, advice: text, fineWhen: text };

test('scope narrows only by what is written', () => {
  expect(check.parse(CHECK)).toMatchObject({ settings: {}, scope: {} });
  expect(check.parse({ ...CHECK, scope: { families: ['phone'] } }).scope).toEqual({ families: ['phone'] });
});

test('every check says when it is fine, and its severity is one of four', () => {
  expect(check.safeParse({ ...CHECK, fineWhen: undefined }).success).toBe(false);
  expect(check.safeParse({ ...CHECK, severity: 'critical' }).success).toBe(false);
  expect(check.safeParse({ ...CHECK, settings: { count: -1 } }).success).toBe(false);
  expect(check.safeParse({ ...CHECK, scope: { hosts: ['x'] } }).success).toBe(false);
});
