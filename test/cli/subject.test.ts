import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { RULES_DIR } from '../../src/cli/place.js';
import { readSettings } from '../../src/cli/settings.js';
import { categoriesByApp, overlaid, subjectOf } from '../../src/cli/subject.js';
import type { Subject } from '../../src/model/session.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { commandLine } from './recorded-cli.js';

const { home, remove } = commandLine();
afterAll(remove);
const rulebook = loadRulebook({ dir: RULES_DIR });
const { pack } = rulebook;

test('a plain word is the app under test, APP=ID a mini program; several for one app stay together', () => {
  expect(categoriesByApp(pack, ['ride_hailing', 'wechat:wx0123456789abcdef=网上购物', 'com.example.app=30', 'news'])).toEqual({
    main: ['ride_hailing', 'news'],
    'wechat:wx0123456789abcdef': ['online_shopping'],
    'com.example.app': ['news'],
  });
  expect(categoriesByApp(pack, [])).toEqual({});
});

test('an app id that no traffic can have, and a category that there is not, are refused', () => {
  for (const word of ['wechat=news', '=news', 'wx 1=news', '../x=news'])
    expect(() => categoriesByApp(pack, [word]), word).toThrow(
      expect.objectContaining({ code: 'OVR_APP_ID', zh: expect.stringContaining('不是 App 或小程序的标识') }),
    );
  expect(() => categoriesByApp(pack, ['wechat:wx1=newz'])).toThrow(expect.objectContaining({ code: 'OVR_CATEGORY' }));
});

test('incident: an own domain that is none was passed over in silence', () => {
  const settings = readSettings({ firstParty: ['example.com', 'com.cn'] }, { env: { HOME: home }, cwd: home });
  expect(() => subjectOf(settings, rulebook, {})).toThrow(expect.objectContaining({ code: 'OVR_OWN_DOMAIN' }));
});

test('the declared inventory is read from its file, and a wrong line is named', () => {
  const settings = readSettings({ category: 'news', app: 'A' }, { env: { HOME: home }, cwd: home });
  const file = join(home, 'declared.yaml');
  writeFileSync(file, 'declared:\n  - { dataType: imei, purpose: 风控 }\n');
  expect(subjectOf(settings, rulebook, { declared: file, context: ['supply_side=no'] })).toEqual({
    app: 'A',
    categories: { main: ['news'] },
    context: { supply_side: false },
    firstPartyDomains: [],
    declared: [{ dataType: 'imei', purpose: '风控', receiver: '*' }],
  });
  writeFileSync(file, 'declared:\n  - { dataType: imie, purpose: 风控 }\n');
  expect(() => subjectOf(settings, rulebook, { declared: file })).toThrow(/declared\.yaml:2.*no data type "imie"/);
});

test('what was stored stays wherever nothing else is said', () => {
  const stored: Subject = {
    app: 'A',
    categories: { main: ['news'], 'wechat:wx1': ['browser'] },
    context: { supply_side: true, x: true },
    firstPartyDomains: ['a.test'],
    declared: [],
    refusal: [{ question: { zh: '问', en: 'Q' }, answer: 'yes', note: null }],
  };
  const silent: Subject = { app: null, categories: {}, context: {}, firstPartyDomains: [], declared: null };
  expect(overlaid(stored, silent)).toEqual(stored);
  expect(overlaid(stored, { ...silent, categories: { main: ['online_game'] }, context: { supply_side: false }, declared: null })).toEqual({
    ...stored,
    categories: { main: ['online_game'], 'wechat:wx1': ['browser'] },
    context: { supply_side: false, x: true },
  });
});
