import { expect, test } from 'vitest';
import { format } from '../../../src/report/formats/json.js';
import { sessionReportSchema } from '../../../src/report/schema.js';
import { buildReport } from '../../../src/report/session-report.js';
import { sampleRecord } from '../sample-record.js';

test('is the report itself, and nothing hostile in it changes a prototype when it is read', () => {
  const report = buildReport(sampleRecord());
  const record = sampleRecord();
  const hostile = buildReport({
    ...record,
    traffic: { ...record.traffic, limitsReached: JSON.parse('{"__proto__": 3, "constructor": 4}') },
  });
  expect(sessionReportSchema.parse(JSON.parse(String(format.render(report, { language: 'en' }))))).toEqual(report);
  const read = JSON.parse(String(format.render(hostile, { language: 'en' })));
  expect(Object.keys(read.coverage.limitsReached)).toEqual(['__proto__', 'constructor']);
  expect(({} as Record<string, unknown>)['3']).toBeUndefined();
});
