import { expect, test } from 'vitest';
import { officialPack, userPack } from '../../../src/rulebook/schema/pack.js';

const OWN = { id: 'house', version: '1.0.0', title: { zh: '自家', en: 'House' }, extends: 'cn-2021' };
const TEXT = {
  id: 'cn-2021',
  version: '1.0.0',
  title: { zh: '规定', en: 'Provisions' },
  documentNumber: null,
  issuers: [],
  dated: '2021-03-12',
  published: '2021-03-22',
  effective: null,
  url: null,
  articles: [],
};

test('a published text says when and by whom', () => {
  expect(officialPack.safeParse(TEXT).success).toBe(true);
  expect(officialPack.safeParse({ ...TEXT, dated: undefined }).success).toBe(false);
  expect(officialPack.safeParse({ ...TEXT, url: 'somewhere' }).success).toBe(false);
});

test('a pack of the user takes dates and articles from what it extends and may not state its own', () => {
  expect(userPack.safeParse(OWN).success).toBe(true);
  expect(userPack.safeParse({ ...OWN, effective: '2021-05-01' }).success).toBe(false);
  expect(userPack.safeParse({ ...OWN, version: 'one' }).success).toBe(false);
});
