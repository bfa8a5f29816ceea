import { expect, test } from 'vitest';
import type { ReportFinding } from '../../src/model/report.js';
import { sessionReportSchema } from '../../src/report/schema.js';
import { buildReport } from '../../src/report/session-report.js';
import { toldSteps } from '../../src/report/told-steps.js';
import { sampleRecord } from './sample-record.js';

const record = sampleRecord();
const report = buildReport(record);

/** The sample with other steps at every place. */
const withSteps = (steps: readonly string[]): ReportFinding[] =>
  report.findings.map((finding) => ({ ...finding, occurrences: finding.occurrences.map((piece) => ({ ...piece, steps })) }));

test('every step that occurs is told once, numbers of places aside, in order', () => {
  const told = toldSteps(record, withSteps(['xor-5a', 'bytearray[0]', 'bytearray[3]', 'gzip']));
  expect(told?.map(({ step }) => step)).toEqual(['bytearray[n]', 'gzip', 'xor-5a']);
  expect(told?.[1]).toEqual({ step: 'gzip', zh: 'gzip 解压', en: 'gzip, inflated' });
  expect(told?.[2]?.en).toBe('each byte XOR 0x5a');
});

test("a step of the tester's own module is said to be one, and any other that nobody knows is not", () => {
  const modules = [{ file: 'ours.mjs', step: 'opened-by-us', sha256: '0'.repeat(64) }];
  const session = { ...record.session, subject: { ...record.session.subject, modules } };
  const told = toldSteps({ ...record, session }, withSteps(['opened-by-us', 'of-some-day']));
  expect(told?.map(({ step, en }) => [step, en])).toEqual([
    ['of-some-day', 'this version has no account of this step'],
    ['opened-by-us', "the tester's own module"],
  ]);
});

test('the report has them, and none where its record knows no words', () => {
  expect(report.steps?.map(({ step }) => step)).toEqual(expect.arrayContaining(['base64', 'gzip', 'json']));
  expect(sessionReportSchema.parse(report).steps).toEqual(report.steps);
  const { stepWords: _, ...wordless } = record;
  expect(buildReport(wordless)).not.toHaveProperty('steps');
  expect(buildReport(record, { only: new Set() }).steps).toEqual([]);
});
