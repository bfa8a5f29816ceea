import { expect, test } from 'vitest';
import type { Issue, Severity } from '../../src/model/finding.js';
import { byWeight, gravest } from '../../src/report/order.js';

const issue = (severity: Severity): Issue => ({ check: 'c', severity, clause: '', text: { zh: '', en: '' } });

test('the gravest severity wins, whatever the order', () => {
  expect(gravest([issue('info'), issue('high'), issue('low')])).toBe('high');
  expect(gravest([])).toBeNull();
});

test('verdict before issue before grade before names', () => {
  const party = {
    host: 'h',
    registrableDomain: null,
    company: null,
    sdk: null,
    purpose: null,
    firstParty: null,
    country: null,
    reason: { zh: '', en: '' },
  };
  const base = { verdict: 'beyond_necessary', issues: [], grade: 'strong', dataType: 't', party, id: '' } as const;
  const list = [
    { ...base, id: 'necessary', verdict: 'necessary', issues: [issue('high')] } as const,
    { ...base, id: 'weak', grade: 'probable' } as const,
    { ...base, id: 'b' },
    { ...base, id: 'a' },
    { ...base, id: 'low', issues: [issue('low')], grade: 'probable' } as const,
    { ...base, id: 'type', dataType: 's' },
  ];
  expect(list.sort(byWeight).map(({ id }) => id)).toEqual(['low', 'type', 'a', 'b', 'weak', 'necessary']);
});
