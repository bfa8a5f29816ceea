import { afterEach, expect, test } from 'vitest';
import { loadRulebook } from '../../src/rulebook/load.js';
import { refuseStrays } from '../../src/rulebook/strays.js';
import { dataTypeYaml, makeFolder, makeTiny, REAL_RULES, removeFolders, ruleErrorOf } from './rules-folder.js';

afterEach(removeFolders);

const badge = { 'data-types/badge.yaml': dataTypeYaml('badge', 'device_id') };

test.each([
  'data-types/locker.YAML',
  'data-types/locker.yml.txt',
  'data-types/more/locker.yaml',
  'locker.yaml',
  'categories/01-locker.yaml',
  'families.yml',
  'packs/house/pack.yml',
  'packs/house/Categories/01-locker.yaml',
])('incident: a file of rules called %s was passed over in silence', (name) => {
  const load = (more: Readonly<Record<string, string>>) =>
    loadRulebook({ dir: makeTiny(), pack: 'tiny', extra: [makeFolder({ ...badge, ...more })] });
  const error = ruleErrorOf(() => load({ [name]: `id: locker\n` }));
  expect(error.message).toContain(name);
  expect(error.message).toContain('is not read');
});

test('what is no rule may lie beside them, and copies that editors leave among them', () => {
  refuseStrays(
    makeFolder({
      ...badge,
      'data-types/badge.yaml~': 'id: badge',
      'data-types/.badge.yaml.swp': 'id: badge',
      'data-types/badge.yaml.bak': 'id: badge',
      'data-types/README.md': 'id: badge',
      'overreach.yaml': 'category: [news]\nrules: [.]\n',
      'persona.yaml': 'phone_number: "13900000000"\n',
    }),
  );
  refuseStrays(REAL_RULES);
});
