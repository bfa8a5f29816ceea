import { expect, test } from 'vitest';
import { readBaseline, weighBaseline, writeBaseline } from '../../src/cli/baseline.js';
import type { ReportFinding, SessionReport } from '../../src/model/report.js';

function finding(id: string, checks: readonly string[] = [], host = 'ads.example.test'): ReportFinding {
  return {
    id,
    dataType: 'imei',
    dataTypeName: { zh: 'IMEI', en: 'IMEI' },
    verdict: 'beyond_necessary',
    party: { host },
    issues: checks.map((check) => ({ check, severity: 'high', clause: '', text: { zh: '', en: '' } })),
  } as object as ReportFinding;
}

const report = (...findings: ReportFinding[]) => ({ findings }) as object as SessionReport;

test('YAML and JSON say the same', () => {
  const expected = [{ finding: 'a1', reason: 'anti-fraud, ticket 7', expires: '2027-01-31' }];
  expect(readBaseline('- finding: a1\n  reason: anti-fraud, ticket 7\n  expires: 2027-01-31\n', 'b.yaml')).toEqual(expected);
  expect(readBaseline(JSON.stringify(expected), 'b.json')).toEqual(expected);
  expect(readBaseline('', 'empty.yaml')).toEqual([]);
});

test.each([
  ['- finding: a1\n', /b\.yaml:1: 0\.reason/],
  ['- finding: a1\n  reason: x\n- finding: a2\n  reason: "  "\n', /b\.yaml:4: 1\.reason/],
  ['- finding: a1\n  reason: x\n  expires: soon\n', /b\.yaml:3: 0\.expires/],
  ['- finding: a1\n  reason: x\n  expire: 2027-01-01\n', /Unrecognized key/],
  ['- finding: a1\n  reason: x\n- finding: a1\n  reason: y\n', /b\.yaml:3: finding "a1" is listed twice/],
  ['a: [', /b\.yaml:1/],
  ['- finding: *a1\n  reason: x\n', /b\.yaml:1: aliases/],
  ['findings: 3', /b\.yaml:1/],
])('what is no baseline is refused by file and line: %j', (text, message) => {
  expect(() => readBaseline(text, 'b.yaml')).toThrow(message);
});

test('an entry holds through its day; what has run out or is nowhere is told', () => {
  const entries = readBaseline(
    '[{finding: a, reason: r}, {finding: b, reason: r, expires: 2026-11-21}, {finding: c, reason: r, expires: 2026-11-20}, {finding: gone, reason: r}]',
    'b',
  );
  const weighed = weighBaseline(entries, [report(finding('a')), report(finding('b'), finding('c'), finding('d'))], '2026-11-21');
  expect(['a', 'b', 'c', 'd'].map((id) => weighed.accepts(finding(id)))).toEqual([true, true, false, false]);
  expect(weighed.expired.map((entry) => entry.finding)).toEqual(['c']);
  expect(weighed.unknown.map((entry) => entry.finding)).toEqual(['gone']);
});

test('an accepted finding fails again when a check is raised that nobody accepted', () => {
  const entries = readBaseline('[{finding: a, reason: r, checks: [third_party]}]', 'b');
  const weighed = weighBaseline(entries, [], '2026-11-21');
  expect(weighed.accepts(finding('a', ['third_party']))).toBe(true);
  expect(weighed.accepts(finding('a'))).toBe(true);
  expect(weighed.accepts(finding('a', ['third_party', 'before_consent']))).toBe(false);
});

test('what is written is read back, keeps reasons, and is not broken by a hostile name', () => {
  const earlier = readBaseline(
    '[{finding: a, reason: "ticket 7", expires: 2027-01-01}, {finding: b, reason: old, expires: 2020-01-01}]',
    'b',
  );
  const hostile = finding('c', ['third_party'], 'evil\n- finding: everything\n  reason: x');
  const text = writeBaseline([hostile, finding('b'), finding('a'), finding('a')], earlier, '2026-11-21');
  expect(readBaseline(text, 'b')).toEqual([
    { finding: 'a', reason: 'ticket 7', expires: '2027-01-01', checks: [], verdict: 'beyond_necessary' },
    { finding: 'b', reason: 'not reviewed: written by --write-baseline', checks: [], verdict: 'beyond_necessary' },
    { finding: 'c', reason: 'not reviewed: written by --write-baseline', checks: ['third_party'], verdict: 'beyond_necessary' },
  ]);
  expect(readBaseline(writeBaseline([], [], '2026-11-21'), 'b')).toEqual([]);
});

test('incident: what was accepted under a condition stayed accepted when it was judged beyond the necessary', () => {
  const was = { ...finding('a'), verdict: 'conditional' } as ReportFinding;
  const entries = readBaseline(writeBaseline([was], [], '2026-11-21'), 'b');
  const weighed = weighBaseline(entries, [], '2026-11-21');
  expect(weighed.accepts(was)).toBe(true);
  expect(weighed.accepts({ ...was, verdict: 'necessary' })).toBe(true);
  expect(weighed.accepts(finding('a'))).toBe(false);
  expect(weighBaseline(readBaseline('[{finding: a, reason: r}]', 'b'), [], '2026-11-21').accepts(finding('a'))).toBe(true);
});

test('incident: of a finding in several inputs only the checks of the last were accepted', () => {
  const text = writeBaseline(
    [finding('a', ['cleartext', 'third_party']), { ...finding('a', ['in_url']), verdict: 'conditional' }],
    [],
    '2026-11-21',
  );
  expect(readBaseline(text, 'b')).toMatchObject([{ checks: ['cleartext', 'in_url', 'third_party'], verdict: 'beyond_necessary' }]);
});
