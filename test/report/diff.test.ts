import { expect, test } from 'vitest';
import type { ReportFinding, SessionReport } from '../../src/model/report.js';
import { diffReports, isInconclusive } from '../../src/report/diff.js';

function finding(dataType: string, host: string, part: Partial<ReportFinding> = {}): ReportFinding {
  return {
    app: 'main',
    dataType,
    dataTypeName: { zh: dataType, en: dataType },
    placeholder: false,
    grade: 'probable',
    verdict: 'beyond_necessary',
    issues: [],
    count: 1,
    party: { host },
    ...part,
  } as ReportFinding;
}

function report(findings: ReportFinding[], part: { sha256?: string; category?: string; count?: number } = {}): SessionReport {
  return {
    findings,
    parties: [...new Set(findings.map(({ party }) => party.host))].map((host) => ({ host })),
    rules: { sha256: part.sha256 ?? 'a' },
    session: { category: part.category ?? 'news' },
    exchanges: { count: part.count ?? 1 },
    coverage: { notAnalysed: 0 },
  } as object as SessionReport;
}

const issue = (check: string) => ({ check, severity: 'high', clause: '', text: { zh: '', en: '' } }) as const;

test('new, gone and changed findings; a count that grew is no change', () => {
  const diff = diffReports(
    report([finding('imei', 'a.test'), finding('oaid', 'b.test'), finding('email', 'a.test')]),
    report([
      finding('imei', 'a.test', { count: 90 }),
      finding('imei', 'ads.test', { issues: [issue('immutable_id_to_third_party')] }),
      finding('email', 'a.test', { verdict: 'necessary', issues: [issue('cleartext')] }),
    ]),
  );
  expect(diff.new).toMatchObject([{ dataType: 'imei', host: 'ads.test', issues: ['immutable_id_to_third_party'] }]);
  expect(diff.gone).toMatchObject([{ dataType: 'oaid', host: 'b.test' }]);
  expect(diff.changed).toMatchObject([{ before: { dataType: 'email' }, what: ['verdict', 'issues'] }]);
  expect(diff.same).toBe(1);
  expect(diff.receivers).toEqual({ new: ['ads.test'], gone: ['b.test'] });
  expect(diff.dataTypes).toEqual({ new: [], gone: ['oaid'] });
  expect(diff.caveats).toEqual([]);
});

test('a report against itself has no difference', () => {
  const one = report([finding('imei', 'a.test'), finding('oaid', 'b.test')]);
  expect(diffReports(one, one)).toMatchObject({ new: [], gone: [], changed: [], same: 2 });
});

test('what makes two reports hard to compare is said', () => {
  expect(diffReports(report([], { sha256: 'a' }), report([], { sha256: 'b', category: 'browser', count: 0 })).caveats).toEqual([
    'different-rules',
    'different-category',
    'after-no-traffic',
  ]);
});

test('only a side that could not be looked at makes it inconclusive', () => {
  expect(isInconclusive({ caveats: ['different-rules', 'different-category'] })).toBe(false);
  expect(isInconclusive({ caveats: ['different-rules', 'before-not-analysed'] })).toBe(true);
  const undecrypted = { ...report([]), coverage: { decrypted: 0, notAnalysed: 0 } } as object as SessionReport;
  expect(diffReports(report([]), undecrypted).caveats).toEqual(['after-nothing-decrypted']);
  const unstored = { ...report([]), coverage: { notAnalysed: 0, notStored: 2 } } as object as SessionReport;
  expect(diffReports(unstored, report([])).caveats).toEqual(['before-not-stored']);
});

test('incident: a report of selected findings passed for the whole, and what was left out for gone', () => {
  const whole = report([finding('imei', 'a.test'), finding('oaid', 'b.test')]);
  const selected = { ...report([finding('imei', 'a.test')]), selection: { shown: 1, of: 2 } } as SessionReport;
  const diff = diffReports(whole, selected);
  expect(diff.caveats).toEqual(['after-selection']);
  expect(isInconclusive(diff)).toBe(true);
  const killed = { ...whole, session: { ...whole.session, status: 'interrupted' } } as SessionReport;
  expect(diffReports(killed, whole).caveats).toEqual(['before-interrupted']);
  expect(diffReports({ ...whole, selection: { shown: 2, of: 2 } } as SessionReport, whole).caveats).toEqual([]);
});

test('incident: a candidate of the same type and receiver, listed behind, took the place of the judged finding', () => {
  const sure = finding('imei', 'a.test', { issues: [issue('cleartext')] });
  const weak = finding('imei', 'a.test', { grade: 'candidate', verdict: 'not_judged' });
  expect(diffReports(report([]), report([sure, weak])).new).toMatchObject([{ verdict: 'beyond_necessary', issues: ['cleartext'] }]);
});
