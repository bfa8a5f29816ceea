import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sessionReportJsonSchema, sessionReportSchema } from '../../src/report/schema.js';
import { buildReport } from '../../src/report/session-report.js';
import { sampleRecord } from './sample-record.js';

const PUBLISHED = new URL('../../src/report/session-report.schema.json', import.meta.url);

test('the published JSON Schema is the one of the code (regenerate: npx tsx scripts/update-golden.ts)', () => {
  expect(JSON.parse(readFileSync(PUBLISHED, 'utf8'))).toEqual(JSON.parse(JSON.stringify(sessionReportJsonSchema())));
});

test('a report is described whole: nothing in it is unknown to the schema', () => {
  for (const options of [{}, { showValues: true, candidates: true }]) {
    const report = buildReport(
      { ...sampleRecord(), refusal: [{ question: { zh: '问', en: 'Q' }, answer: 'works', note: null }], reveals: { count: 2, lastAt: 1 } },
      options,
    );
    // Unknown keys are stripped by the schema, so equality means there are none.
    expect(sessionReportSchema.parse(report)).toEqual(report);
  }
});

test('what is no report is refused', () => {
  const report = buildReport(sampleRecord());
  expect(sessionReportSchema.safeParse({ ...report, schemaVersion: 2 }).success).toBe(false);
  expect(sessionReportSchema.safeParse({ ...report, findings: [{ ...report.findings[0], verdict: 'guilty' }] }).success).toBe(false);
  const { coverage: _coverage, ...without } = report;
  expect(sessionReportSchema.safeParse(without).success).toBe(false);
});
