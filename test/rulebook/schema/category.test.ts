import { expect, test } from 'vitest';
import { category } from '../../../src/rulebook/schema/category.js';

const ITEM = { text: { zh: '位置信息', en: 'Location' }, fields: ['location_precise'], subject: 'user', source: 'device' };
const MAP = { id: 'map', no: 1, name: { zh: '地图', en: 'Map' }, basicFunction: null, noPersonalInfoNeeded: false, items: [ITEM] };
const parse = (more: object) => category.safeParse({ ...MAP, ...more });

test('conditions default to none', () => {
  expect(category.parse(MAP).items?.[0]).toMatchObject({ condition: null, fieldConditions: {}, anyOf: false, container: null });
});

test('"unverified" is a list that is not known; a blank one is a mistake', () => {
  expect(category.parse({ ...MAP, items: 'unverified' }).items).toBeNull();
  expect(parse({ items: null }).success).toBe(false);
  expect(parse({ items: undefined }).success).toBe(false);
});

test('an empty list and "needs nothing" go together', () => {
  expect(parse({ items: [] }).success).toBe(false);
  expect(parse({ noPersonalInfoNeeded: true }).success).toBe(false);
  expect(parse({ items: [], noPersonalInfoNeeded: true }).success).toBe(true);
});

test('conditions hang on fields of their item', () => {
  const condition = { id: 'if_any', text: { zh: '如有', en: 'If any' } };
  expect(parse({ items: [{ ...ITEM, fieldConditions: { location_precise: condition } }] }).success).toBe(true);
  expect(parse({ items: [{ ...ITEM, fieldConditions: { imei: condition } }] }).success).toBe(false);
});
