import { expect, test } from 'vitest';
import { parseThreshold } from '../../src/cli/gate.js';
import type { Judged } from '../../src/cli/judging.js';
import { mergeRun, runDocument, runText } from '../../src/cli/run.js';
import { buildReport } from '../../src/report/index.js';
import { sampleRecord } from '../report/sample-record.js';

const report = buildReport(sampleRecord());
const silent = { ...report, findings: [], exchanges: { ...report.exchanges, count: 0 } };
const bad: Judged = { input: 'bad.har', error: { code: 'OVR_HAR_JSON', message: 'no JSON', next: 'export it again' } };
const threshold = parseThreshold([], []);
const nothing = { accepts: () => false };

test('a finding of several inputs is one finding, with every input it was seen in', () => {
  const once = mergeRun([{ input: 'a.har', report }], threshold, nothing);
  const twice = mergeRun(
    [
      { input: 'a.har', report },
      { input: 'b.har', report },
    ],
    threshold,
    nothing,
  );
  expect(once.failing.length).toBeGreaterThan(0);
  expect(twice.failing).toHaveLength(once.failing.length);
  expect(twice.failing[0]).toMatchObject({ inputs: ['a.har', 'b.har'], count: 2 * (once.failing[0]?.count ?? 0) });
  expect(twice.exchanges).toBe(2 * once.exchanges);
  expect(twice.outcomes.map(({ failed }) => failed)).toEqual([once.failing.length, once.failing.length]);
});

test('findings first, then an input that could not be read, then silence, then green', () => {
  const exit = (...judged: Judged[]) => mergeRun(judged, threshold, nothing).exit;
  const clean = { ...report, findings: [] };
  const [found, quiet, none]: Judged[] = [
    { input: 'a', report },
    { input: 'b', report: clean },
    { input: 'c', report: silent },
  ];
  if (found === undefined || quiet === undefined || none === undefined) throw new Error('three');
  expect([exit(bad, none, found), exit(none, bad, quiet), exit(quiet, none), exit(quiet)]).toEqual([
    1,
    2,
    3,
    report.coverage.notAnalysed > 0 ? 3 : 0,
  ]);
});

test('the document carries the error of an input beside the reports of the others', () => {
  const judged: Judged[] = [bad, { input: 'a.har', report }];
  const run = mergeRun(judged, threshold, { accepts: () => true });
  expect(runDocument(judged, run)).toMatchObject({
    schemaVersion: 1,
    reports: [{ input: 'bad.har', error: { code: 'OVR_HAR_JSON' } }, { input: 'a.har' }],
    summary: { inputs: 2, unreadable: 1, failing: [], exit: 2 },
  });
  expect(runText(run, 'en')).toMatch(/0 findings fail · \d+ accepted · 1 unreadable/);
  expect(runText(run, 'zh-CN')).toContain('无法读取 1 个');
});
