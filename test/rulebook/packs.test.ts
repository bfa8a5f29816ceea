import { afterEach, describe, expect, test } from 'vitest';
import { diffPacks, listPacks, readPack } from '../../src/rulebook/packs.js';
import { makeTiny, REAL_RULES, removeFolders, TINY } from './rules-folder.js';

afterEach(removeFolders);

test('packs are listed with what can be judged by them', () => {
  expect(
    listPacks(REAL_RULES).map(({ id, effective, categories, noPersonalInfoNeeded, unverified }) => [
      id,
      effective,
      categories,
      noPersonalInfoNeeded,
      unverified,
    ]),
  ).toEqual([
    ['cn-2020-draft', null, 38, 12, 20],
    ['cn-2021', '2021-05-01', 39, 13, 0],
  ]);
});

describe('from the draft to the text in force', () => {
  const difference = diffPacks(readPack({ dir: REAL_RULES, pack: 'cn-2020-draft' }), readPack({ dir: REAL_RULES, pack: 'cn-2021' }));
  const of = (id: string) => difference.categories.find((category) => category.id === id);

  test('one category was added, and one came to need nothing', () => {
    expect(of('performance_ticketing')?.kind).toBe('added');
    expect(difference.categories.filter((category) => category.becameNoPersonalInfo).map((category) => category.id)).toEqual([
      'womens_health',
    ]);
  });

  test('lists grew and shrank', () => {
    expect(of('map_navigation')).toMatchObject({ kind: 'changed', added: ['trip_origin', 'trip_destination'], removed: [] });
    expect(of('online_payment')).toMatchObject({ kind: 'changed', removed: ['id_document_image', 'bank_reserved_phone'] });
    expect(of('ride_hailing')?.basicFunction).toEqual({ from: '预约汽车出行', to: '网络预约出租汽车服务、巡游出租汽车电召服务' });
  });

  test('a list that was never found is unknown, never "everything was added"', () => {
    expect(of('food_delivery')).toMatchObject({ kind: 'unknown', added: [], removed: [], textAdded: [] });
  });

  test('documented differences come along, the inferred one marked', () => {
    expect(difference.documented).toHaveLength(11);
    expect(difference.documented.filter((change) => !change.verified).map((change) => change.category)).toEqual(['vehicle_services']);
  });
});

test('a condition that came or went is a change', () => {
  const before = readPack({ dir: makeTiny(), pack: 'tiny' });
  const dropped = (TINY['packs/tiny/categories/01-chat.yaml'] ?? '').replace(/ {4}condition:[\s\S]*?(?= {4}subject)/, '');
  const after = readPack({ dir: makeTiny({ 'packs/tiny/categories/01-chat.yaml': dropped }), pack: 'tiny' });
  expect(diffPacks(before, after).categories[0]).toMatchObject({
    kind: 'changed',
    conditions: [{ field: 'phone_number', from: ['if_registered'], to: [] }],
  });
  expect(diffPacks(before, before).counts).toEqual({ added: 0, removed: 0, changed: 0, same: 2, unknown: 0 });
});
