import { expect, test } from 'vitest';
import { type CheckInput, isInScope, issueOf } from '../../src/judge/check.js';
import { Facts } from '../../src/judge/facts.js';
import type { CheckScope } from '../../src/model/rulebook.js';
import { checks, dataType, families, occurrence, SUBJECT } from './case.js';

function input(type: string, scope: CheckScope, purpose: string | null = null): CheckInput {
  const base = checks[0];
  if (base === undefined) throw new Error('no checks');
  return {
    answered: false,
    facts: new Facts(occurrence(type), {
      consentOf: () => null,
      containers: [],
      services: [],
      counted: () => false,
      windowMs: 1,
      threshold: 0,
    }),
    dataType: dataType(type),
    family: families.find((family) => family.id === dataType(type).family) ?? null,
    party: {
      host: 'a',
      registrableDomain: null,
      company: null,
      sdk: null,
      purpose,
      firstParty: null,
      country: null,
      reason: { zh: '', en: '' },
    },
    verdict: 'not_judged',
    subject: SUBJECT,
    check: { ...base, scope },
    places: {},
  };
}

test.each([
  ['everything without a scope', 'imei', {}, null, true],
  ['no technical data', 'user_agent', {}, null, false],
  ['technical data that is named', 'user_agent', { alsoTechnical: ['user_agent'] }, null, true],
  ['only the types named', 'email', { dataTypes: ['imei'] }, null, false],
  ['a type or its family', 'imei', { dataTypes: ['email'], families: ['device_id'] }, null, true],
  ['no type that is excepted, even of a family named', 'imei', { families: ['device_id'], exceptDataTypes: ['imei'] }, null, false],
  ['no receiver of an excepted purpose', 'imei', { exceptPurposes: ['cdn'] }, 'cdn', false],
  ['a receiver of another purpose', 'imei', { exceptPurposes: ['cdn'] }, 'ads', true],
  ['a receiver of unknown purpose', 'imei', { exceptPurposes: ['cdn'] }, null, true],
] as const)('a check looks at %s', (_, type, scope, purpose, expected) => {
  expect(isInScope(input(type, scope, purpose))).toBe(expected);
});

test("the phone's own services are looked at where something tells that the app sent it, and only they", () => {
  const by = (purpose: string) => {
    const asked = input('imei', { exceptPurposes: ['os', 'cdn'] }, purpose);
    asked.facts.add(occurrence('imei', { attributed: true }));
    return isInScope(asked);
  };
  expect([by('os'), by('cdn')]).toEqual([true, false]);
  expect(isInScope(input('imei', { exceptPurposes: ['os'] }, 'os'))).toBe(false);
});

test('an issue carries severity and clause of the rule file', () => {
  const asked = input('imei', {});
  expect(issueOf(asked, () => ({ zh: '甲', en: 'a' }))).toEqual({
    check: asked.check.id,
    severity: asked.check.severity,
    clause: asked.check.clause,
    text: { zh: '甲', en: 'a' },
  });
  expect(issueOf(asked, () => null)).toBeNull();
});
