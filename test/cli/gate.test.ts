import { expect, test } from 'vitest';
import { exitCode, gradeRank, inconclusiveBecause, isReliable, overThreshold, parseThreshold, worstExit } from '../../src/cli/gate.js';
import type { ReportFinding, SessionReport } from '../../src/model/report.js';

type Part<T> = { [K in keyof T]?: unknown };

function finding(part: Part<ReportFinding>): ReportFinding {
  return { grade: 'probable', placeholder: false, verdict: 'necessary', issues: [], ...part } as ReportFinding;
}

function report(
  findings: ReportFinding[],
  part: { count?: number; decrypted?: number; notAnalysed?: number; notStored?: number; category?: string | null; status?: string } = {},
): SessionReport {
  return {
    findings,
    exchanges: { count: part.count ?? 3, bytesUp: 0, bytesDown: 0 },
    coverage: { decrypted: part.decrypted ?? 1, notAnalysed: part.notAnalysed ?? 0, notStored: part.notStored ?? 0 },
    session: { category: part.category === undefined ? 'news' : part.category, status: part.status ?? 'ended' },
  } as object as SessionReport;
}

const byDefault = parseThreshold([], ['cleartext']);

test('by default a finding beyond the necessary scope fails, at grade probable or better', () => {
  expect(exitCode(report([finding({ verdict: 'beyond_necessary' })]), byDefault)).toBe(1);
  expect(exitCode(report([finding({ verdict: 'beyond_necessary', grade: 'candidate' })]), byDefault)).toBe(0);
  expect(exitCode(report([finding({ verdict: 'beyond_necessary', placeholder: true })]), byDefault)).toBe(0);
  expect(exitCode(report([finding({ verdict: 'conditional' })]), byDefault)).toBe(0);
});

test('by default an issue of severity high fails, whatever the verdict', () => {
  const withIssue = (severity: string) => finding({ issues: [{ check: 'cleartext', severity, clause: '', text: { zh: '', en: '' } }] });
  expect(exitCode(report([withIssue('high')]), byDefault)).toBe(1);
  expect(exitCode(report([withIssue('medium')]), byDefault)).toBe(0);
  expect(exitCode(report([withIssue('medium')]), parseThreshold(['low'], []))).toBe(1);
  expect(exitCode(report([withIssue('low')]), parseThreshold(['cleartext'], ['cleartext']))).toBe(1);
  expect(overThreshold(report([withIssue('high')]), parseThreshold(['none'], []))).toEqual([]);
});

test('could not look is never clean: no traffic, nothing decrypted, analysis dropped, no category', () => {
  expect(inconclusiveBecause(report([]))).toEqual([]);
  for (const part of [{ count: 0 }, { decrypted: 0 }, { notAnalysed: 1 }, { notStored: 1 }, { category: null }])
    expect(exitCode(report([], part), byDefault)).toBe(3);
});

test('incident: a session whose process was killed, and with it what was not stored yet, passed for a whole one', () => {
  expect(inconclusiveBecause(report([], { status: 'interrupted' }))).toEqual(['interrupted']);
  expect(exitCode(report([], { status: 'interrupted' }), byDefault)).toBe(3);
  expect(exitCode(report([], { status: 'running' }), byDefault)).toBe(0);
});

test('a finding over the threshold wins over inconclusive', () => {
  expect(exitCode(report([finding({ verdict: 'beyond_necessary' })], { notAnalysed: 4 }), byDefault)).toBe(1);
});

test('a word that is no verdict, check or severity is refused with the list of those that are', () => {
  expect(() => parseThreshold(['terrible'], ['cleartext'])).toThrow(/"terrible"/);
  expect(gradeRank('confirmed')).toBeLessThan(gradeRank('candidate'));
});

test('accepted findings do not fail; several inputs end as the worst of them', () => {
  const one = report([finding({ id: 'a', verdict: 'beyond_necessary' })]);
  expect(exitCode(one, byDefault, ({ id }) => id === 'a')).toBe(0);
  expect(exitCode(one, byDefault, ({ id }) => id === 'b')).toBe(1);
  expect(exitCode(report([finding({ id: 'a', verdict: 'beyond_necessary' })], { category: null }), byDefault, () => true)).toBe(3);
  expect(worstExit([0, 3, 1, 0])).toBe(1);
  expect(worstExit([0, 3])).toBe(3);
  expect(worstExit([])).toBe(0);
  expect(isReliable(finding({ grade: 'opaque' }))).toBe(false);
});
