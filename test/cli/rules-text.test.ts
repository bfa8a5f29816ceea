import { expect, test } from 'vitest';
import { RULES_DIR } from '../../src/cli/place.js';
import { categoryText, checkText, dataTypeText, packDifferenceText } from '../../src/cli/rules-text.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { diffPacks } from '../../src/rulebook/packs.js';

const rulebook = loadRulebook({ dir: RULES_DIR });
const typeOf = (id: string) => {
  const type = rulebook.dataTypes.find((one) => one.id === id);
  if (type === undefined) throw new Error(id);
  return type;
};

test('a data type says where it is listed, with the condition, how it is recognised, and what it is under each standard', () => {
  const text = dataTypeText(typeOf('payment_amount'), rulebook, 'en');
  expect(text).toMatch(/On \d+ lists:/);
  expect(text).toMatch(/2\. .*: 支付时间、支付金额、支付渠道等支付信息.* {2}⚠ online_booked_taxi_only/);
  expect(dataTypeText(typeOf('location_track'), rulebook, 'zh-CN')).toMatch(/列于 1 处清单：\n {6}2\. 网络约车类：.*行踪轨迹/);
  const imei = dataTypeText(typeOf('imei'), rulebook, 'en');
  expect(imei).toContain('On no list.');
  expect(imei).toContain('identifier: cannot be changed');
  expect(imei).toMatch(/sensitive: PIPL art\. 28 no; GB\/T 35273 annex B no; GB\/T 45574 no/);
  expect(imei).toMatch(/match {2}imei = 866123456789018/);
  expect(imei).not.toMatch(/undefined|null|\[object/);
});

test('every data type and every check reads in both languages', () => {
  for (const language of ['zh-CN', 'en'] as const) {
    for (const type of rulebook.dataTypes) expect(dataTypeText(type, rulebook, language), type.id).not.toMatch(/undefined|\[object/);
    for (const check of rulebook.checks) {
      const text = checkText(check, rulebook, language);
      expect(text).toContain(check.clauseText.zh);
      expect(text).not.toMatch(/undefined|\[object/);
    }
  }
});

test('a category that needs nothing says so', () => {
  const news = rulebook.pack.categories.find(({ id }) => id === 'news');
  if (news === undefined) throw new Error('news');
  expect(categoryText(news, rulebook, 'en')).toContain('No personal information is needed.');
});

test('a difference lists what left and what came; an unverified list is never called changed', () => {
  const [draft, published] = [loadRulebook({ dir: RULES_DIR, pack: 'cn-2020-draft' }).pack, rulebook.pack];
  const text = packDifferenceText(diffPacks(draft, published), 'en');
  expect(text).toContain('New category: ');
  expect(text).toMatch(/Cannot be compared \(a list could not be verified\): /);
  const first = published.categories[0];
  if (first === undefined) throw new Error('empty');
  const changed = {
    ...published,
    id: 'b',
    categories: [{ ...first, items: (first.items ?? []).slice(1) }, ...published.categories.slice(2)],
  };
  const small = packDifferenceText(diffPacks(published, changed), 'en');
  expect(small).toContain(`   - ${first.items?.[0]?.text.zh}`);
  expect(small).toMatch(/Category dropped: /);
});
