import { afterEach, describe, expect, test } from 'vitest';
import type { Pack } from '../../src/model/rulebook.js';
import { openFolders } from '../../src/rulebook/folder.js';
import { findPacks, loadPack } from '../../src/rulebook/pack-source.js';
import { makeFolder, makeTiny, REAL_RULES, removeFolders, ruleErrorOf, TINY } from './rules-folder.js';

afterEach(removeFolders);

const pack = (id: string, roots: readonly string[]): Pack => loadPack(findPacks(openFolders(roots)), id).pack;

describe('a pack that extends another', () => {
  const CHAT = TINY['packs/tiny/categories/01-chat.yaml'] ?? '';
  const house = (files: Record<string, string>, header = ''): string =>
    makeFolder({ 'pack.yaml': `id: house\nversion: "1.0.0"\ntitle: { zh: 自家, en: House }\nextends: tiny\n${header}`, ...files });
  const extended = (files: Record<string, string>): Pack => pack('house', [makeTiny(), house(files)]);

  test('adds a category under a new number', () => {
    const result = extended({ 'categories/40-kiosk.yaml': CHAT.replace('id: chat', 'id: kiosk').replace('no: 1', 'no: 40') });
    expect(result.categories.map((category) => category.id)).toEqual(['chat', 'torch', 'kiosk']);
    expect(result.categories[2]?.policy).toEqual({ pack: 'house', removed: null });
  });

  test('may empty a list; where no published text stands behind it, the list is its own', () => {
    const files = {
      'categories/01-chat.yaml': CHAT.replace('noPersonalInfoNeeded: false', 'noPersonalInfoNeeded: true').replace(
        /items:[\s\S]*$/,
        'items: []\n',
      ),
    };
    expect(extended(files).categories[0]?.policy).toEqual({ pack: 'house', removed: null });
  });

  test.each([
    [
      'a list may not be widened',
      { 'categories/01-chat.yaml': CHAT.replace('[phone_number]', '[phone_number, imei]') },
      'may only tighten',
    ],
    [
      'a condition may not be dropped',
      { 'categories/01-chat.yaml': CHAT.replace(/ {4}condition:[\s\S]*?(?= {4}subject)/, '') },
      'the condition must stay',
    ],
    [
      'a number may not be taken twice',
      { 'categories/02-kiosk.yaml': CHAT.replace('id: chat', 'id: kiosk').replace('no: 1', 'no: 2') },
      '2 is "torch" in tiny',
    ],
    ['a category keeps its number', { 'categories/09-chat.yaml': CHAT.replace('no: 1', 'no: 9') }, 'number 1 in tiny'],
  ])('%s', (_, files, problem) => {
    expect(ruleErrorOf(() => extended(files)).message).toContain(problem);
  });

  test('builds on the published text, and only what it takes off is its own', () => {
    const map = `id: map_navigation
no: 1
name: { zh: 地图导航类, en: Map navigation }
basicFunction: { zh: 定位和导航, en: Positioning and navigation }
noPersonalInfoNeeded: false
items:
  - text: { zh: 粗略位置, en: Coarse location }
    fields: [location_coarse]
    subject: registered_user
    source: device
`;
    const root = makeFolder({
      'pack.yaml': 'id: house\nversion: "1.0.0"\ntitle: { zh: 自家, en: House }\nextends: cn-2021\n',
      'categories/01-map-navigation.yaml': map,
    });
    const result = pack('house', [REAL_RULES, root]);
    expect(result.categories).toHaveLength(39);
    expect(result.articles).toHaveLength(7);
    expect(result.categories[0]?.policy).toEqual({ pack: 'house', removed: ['location_precise', 'trip_destination', 'trip_origin'] });
    expect(result.categories[1]?.policy).toBeUndefined();
    // A condition of its own is told apart from one of the text.
    const conditioned = makeFolder({
      'pack.yaml': 'id: asking\nversion: "1.0.0"\ntitle: { zh: 先问, en: Asking }\nextends: cn-2021\n',
      'categories/01-map-navigation.yaml': `${map}    condition: { id: when_asked, text: { zh: 用户要求时, en: when asked } }\n`,
    });
    expect(pack('asking', [REAL_RULES, conditioned]).categories[0]?.policy).toEqual({
      pack: 'asking',
      removed: ['location_precise', 'trip_destination', 'trip_origin'],
      narrowed: ['location_coarse'],
    });
    const stricter = makeFolder({
      'pack.yaml': 'id: stricter\nversion: "1.0.0"\ntitle: { zh: 更严, en: Stricter }\nextends: house\n',
      'categories/01-map-navigation.yaml': map
        .replace('noPersonalInfoNeeded: false', 'noPersonalInfoNeeded: true')
        .replace(/items:[\s\S]*$/, 'items: []\n'),
    });
    expect(pack('stricter', [REAL_RULES, root, stricter]).categories[0]?.policy).toEqual({
      pack: 'stricter',
      removed: ['location_coarse', 'location_precise', 'trip_destination', 'trip_origin'],
    });
  });

  test('an unknown base and a circle are refused', () => {
    const lost = makeFolder({ 'pack.yaml': 'id: house\nversion: "1.0.0"\ntitle: { zh: 自家, en: House }\nextends: gone\n' });
    expect(ruleErrorOf(() => pack('house', [makeTiny(), lost])).message).toContain('no pack "gone"; there are: tiny, house');
    const circle = makeFolder({ 'pack.yaml': 'id: house\nversion: "1.0.0"\ntitle: { zh: 自家, en: House }\nextends: house\n' });
    expect(ruleErrorOf(() => pack('house', [makeTiny(), circle])).message).toContain('house -> house');
  });
});
