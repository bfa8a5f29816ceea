import { expect, test } from 'vitest';
import { coverageOf, draftInventory } from '../../src/judge/inventory.js';
import { families, judged, occurrence } from './case.js';

const phone = families.find((family) => family.id === 'phone') ?? null;
const party = {
  host: 'x.ads.example',
  registrableDomain: 'ads.example',
  company: { zh: '甲公司', en: 'A Ltd' },
  sdk: 'AdKit',
  purpose: 'ads',
  firstParty: false,
  country: null,
  reason: { zh: '', en: '' },
};
const line = (dataType: string, receiver: string) => ({ dataType, purpose: '广告', receiver });

test.each(['*', 'ads.example', 'x.ads.example', 'AdKit', 'adkit', '甲公司', 'a ltd'])('receiver "%s" covers it', (receiver) => {
  expect(coverageOf([line('imei', receiver)], 'imei', null, party, true)).toBe('declared');
});

test('a receiver that is not named, and a type that is not', () => {
  expect(coverageOf([line('imei', 'first_party')], 'imei', null, party, true)).toBe('receiver');
  expect(coverageOf([line('imei', 's.example')], 'imei', null, party, true)).toBe('receiver');
  expect(coverageOf([line('oaid', '*')], 'imei', null, party, true)).toBe('type');
  expect(coverageOf([], 'imei', null, party, true)).toBe('type');
});

test('incident: the own server was accused of being no declared receiver where nobody had named the own domains', () => {
  const unknown = { ...party, company: null, sdk: null, purpose: null, firstParty: null };
  const lines = [line('imei', 'first_party')];
  expect(coverageOf(lines, 'imei', null, unknown, false)).toBe('open');
  expect(coverageOf(lines, 'imei', null, unknown, true)).toBe('receiver');
  expect(coverageOf(lines, 'imei', null, party, false)).toBe('receiver');
  expect(coverageOf([line('imei', 's.example')], 'imei', null, unknown, false)).toBe('receiver');
});

test('another role of the family counts', () => {
  expect(coverageOf([line('phone_number', '*')], 'contact_phone', phone, party, true)).toBe('declared');
});

test('a draft lists what was judged, once per receiver, in a stable order', () => {
  const findings = judged(
    ['news'],
    [
      occurrence('oaid', { host: 'x.ads.example' }),
      occurrence('imei', { host: 'x.ads.example' }),
      occurrence('imei', { host: 'y.ads.example' }),
      occurrence('imei'),
      occurrence('email', { grade: 'candidate' }),
      occurrence('mac_address', { placeholder: true }),
      occurrence('user_agent'),
      occurrence('opaque_payload', { grade: 'opaque' }),
    ],
  );
  expect(draftInventory(findings)).toEqual([
    { dataType: 'imei', purpose: 'ads', receiver: 'AdKit' },
    { dataType: 'imei', purpose: 'first_party', receiver: 'first_party' },
    { dataType: 'oaid', purpose: 'ads', receiver: 'AdKit' },
  ]);
});
