import { expect, test } from 'vitest';
import { GRADES, type Grade, VERDICTS } from '../../src/model/finding.js';
import { failsByDefault, isAnswer } from '../../src/report/gate.js';

const finding = (verdict: (typeof VERDICTS)[number], grade: Grade, high = false, placeholder = false) => ({
  verdict,
  grade,
  placeholder,
  issues: high ? [{ check: 'c', severity: 'high' as const, clause: '', text: { zh: '', en: '' } }] : [],
});

test('beyond necessary fails at probable or better', () => {
  expect(GRADES.filter((grade) => failsByDefault(finding('beyond_necessary', grade)))).toEqual(['confirmed', 'strong', 'probable']);
});

test('other verdicts fail by a high issue only, placeholders never', () => {
  for (const verdict of VERDICTS.filter((name) => name !== 'beyond_necessary')) {
    expect(failsByDefault(finding(verdict, 'confirmed'))).toBe(false);
    expect(failsByDefault(finding(verdict, 'confirmed', true))).toBe(true);
  }
  expect(failsByDefault(finding('beyond_necessary', 'confirmed', true, true))).toBe(false);
});

test('an answer is what stood in responses only', () => {
  const of = (...directions: readonly ('request' | 'response')[]) =>
    isAnswer({ occurrences: directions.map((direction) => ({ direction })) as [] });
  expect([of('response', 'response'), of('response', 'request'), of()]).toEqual([true, false, false]);
});
