import { expect, test } from 'vitest';
import { newSession, refuseUnlessNamed, subjectAfter } from '../../src/cli/next-session.js';
import type { NewSession } from '../../src/live/index.js';
import type { Subject } from '../../src/model/session.js';

const before: Subject = {
  app: 'Reader 1',
  package: 'com.example.reader',
  categories: { main: ['news'], 'wechat:wx1': ['online_shopping'] },
  context: { supply_side: false },
  firstPartyDomains: ['reader.example'],
  declared: [{ dataType: 'imei', purpose: 'risk', receiver: '*' }],
  refusal: [],
  accepted: [{ finding: 'f', reason: 'r', at: 1 }],
  devices: [{ address: '192.168.1.5', label: 'Pixel' }],
};
const wish = (part: Partial<NewSession> = {}): NewSession => ({ ends: null, keep: ['persona', 'own_domains', 'declared'], ...part });

test('the next session of the same app: all that was said of the app, nothing that was said of the traffic', () => {
  const { refusal: _r, accepted: _a, ...kept } = before;
  expect(subjectAfter(before, wish())).toEqual(kept);
});

test('another app: answers to conditions do not hold for it, and what is not to be kept is gone', () => {
  expect(subjectAfter(before, wish({ app: 'Shop', categories: { main: ['online_shopping'] }, keep: [], package: null }))).toEqual({
    app: 'Shop',
    categories: { main: ['online_shopping'] },
    context: {},
    firstPartyDomains: [],
    declared: null,
    devices: before.devices,
  });
  expect(subjectAfter(before, wish({ app: 'com.example.shop' })).package, 'a name that is a package names the package').toBe(
    'com.example.shop',
  );
  expect(subjectAfter(before, wish({ app: null })).app).toBeNull();
});

test('only the session that is named gives way', () => {
  expect(() => refuseUnlessNamed({ id: 'a', status: 'running' }, 'a')).not.toThrow();
  expect(() => refuseUnlessNamed({ id: 'a', status: 'ended' }, null)).not.toThrow();
  for (const ends of [null, 'b'])
    expect(() => refuseUnlessNamed({ id: 'a', status: 'running' }, ends)).toThrow(expect.objectContaining({ code: 'OVR_UI_RUNNING' }));
});

test('ids sort as sessions do and are never given twice', () => {
  const ids = Array.from({ length: 50 }, () => newSession('proxy', before, 1_800_000_000_000).id);
  expect(new Set(ids).size).toBe(50);
  expect(ids[0]).toMatch(/^20270115080000-[0-9a-f]{6}$/);
});
