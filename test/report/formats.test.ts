import { expect, test } from 'vitest';
import { UsageError } from '../../src/errors.js';
import { formatIds, formatOf, renderReport } from '../../src/report/formats.js';
import { buildReport } from '../../src/report/session-report.js';
import { PLANTED, sampleRecord } from './sample-record.js';

const languages = ['zh-CN', 'en'] as const;

test('every file of the folder is a format under its own name', () => {
  expect(formatIds()).toEqual(expect.arrayContaining(['csv', 'html', 'json', 'junit', 'markdown', 'sarif', 'xlsx']));
  for (const id of formatIds()) expect(formatOf(id).id).toBe(id);
});

test('an unknown format is a usage error that names the others', () => {
  expect(() => formatOf('docx')).toThrow(UsageError);
  try {
    renderReport(buildReport(sampleRecord()), '__proto__', { language: 'en' });
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: 'OVR_REPORT_FORMAT', next: expect.stringContaining('html') });
  }
});

test('no format shows a planted value that the report hides', () => {
  const report = buildReport(sampleRecord());
  for (const id of formatIds())
    for (const language of languages) {
      const bytes = Buffer.from(renderReport(report, id, { language })).toString('utf8');
      for (const [name, value] of Object.entries(PLANTED)) expect(bytes.includes(value), `${name} in ${id}`).toBe(false);
    }
});

test('every format is a pure function: same input, same bytes, input untouched', () => {
  const report = buildReport(sampleRecord());
  const before = JSON.stringify(report);
  for (const id of formatIds())
    for (const language of languages)
      expect(Buffer.from(renderReport(report, id, { language })).equals(Buffer.from(renderReport(report, id, { language })))).toBe(true);
  expect(JSON.stringify(report)).toBe(before);
});

test('every format renders a session in which nothing happened', () => {
  const record = sampleRecord();
  const empty = buildReport({
    ...record,
    session: {
      ...record.session,
      scenes: [],
      device: null,
      endedAt: null,
      status: 'running',
      subject: { ...record.session.subject, app: null, categories: {} },
    },
    findings: [],
    connections: [],
    traffic: { exchanges: 0, bytesUp: 0, bytesDown: 0, notAnalysed: 0, truncated: 0, hosts: [], limitsReached: {}, hiddenCandidates: 0 },
  });
  const { basis: _basis, ...older } = empty;
  for (const id of formatIds())
    for (const language of languages)
      for (const report of [empty, older]) expect(renderReport(report, id, { language }).length).toBeGreaterThan(100);
});
