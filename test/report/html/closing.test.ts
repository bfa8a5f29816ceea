import { expect, test } from 'vitest';
import type { SessionReport } from '../../../src/model/report.js';
import { appendices, manualItems, refusalTest, statement } from '../../../src/report/html/closing.js';
import { html } from '../../../src/report/html/markup.js';
import { Page, type Section } from '../../../src/report/html/page.js';
import { buildReport } from '../../../src/report/session-report.js';
import { sampleRecord } from '../sample-record.js';

const report = buildReport(sampleRecord());
const text = (make: (page: Page) => Section, of: SessionReport = report) => html`${make(new Page(of, 'en')).body}`.text;

test('a refusal test that was not done is said to be open; answers are printed', () => {
  expect(text(refusalTest)).toContain('Not done.');
  const answered = {
    ...report,
    refusal: [{ question: { zh: '能叫车吗', en: 'Can a ride be booked?' }, answer: 'refused' as const, note: '<b>' }],
  };
  expect(text(refusalTest, answered)).toContain('Can a ride be booked?');
  expect(text(refusalTest, answered)).toContain('Basic function refused');
  expect(text(refusalTest, answered)).toContain('&lt;b&gt;');
});

test('findings of refused scenes are named', () => {
  const scenes = report.session.scenes.map((scene) => (scene.id === 'order' ? { ...scene, consent: 'refused' as const } : scene));
  expect(text(refusalTest, { ...report, session: { ...report.session, scenes } })).toMatch(
    /Beyond necessary<\/dt><dd>F-01, F-05<.*Conditional<\/dt><dd>F-06<.*Necessary<\/dt><dd>F-07, F-08</,
  );
});

test('manual items fit what the session raises', () => {
  expect(text(manualItems).match(/<li>/g)).toHaveLength(7);
  const quiet = { ...report, findings: [], coverage: { ...report.coverage, pinned: [], notInspected: [], passedThrough: [], opaque: [] } };
  expect(text(manualItems, quiet).match(/<li>/g)).toHaveLength(1);
});

test('appendices: each request once with its findings, the lists, the data types, the checksums', () => {
  const appendix = text(appendices);
  expect(appendix).toContain('<td class="tight num">#3</td>');
  expect(appendix).toContain('F-04, F-08, F-10');
  expect(appendix.match(/>#3</g)).toHaveLength(1);
  expect(appendix).toContain('No personal information is needed for the basic function.');
  expect(appendix).toContain('Collecting, or opening permissions, before consent');
  expect(appendix).toContain(report.rules.sha256);
});

test('incident: a report with values in clear said that values are masked and query values hidden', () => {
  const shown = buildReport(sampleRecord(), { showValues: true });
  expect(text(statement, shown)).toContain('values in clear');
  expect(text(statement, shown)).not.toContain('Values are masked');
  expect(text(appendices, shown)).not.toContain('query values hidden');
  expect(text(statement)).toContain('Values are masked');
  expect(text(appendices)).toContain('query values hidden');
});

test('the statement says that beyond necessary is not unlawful by itself', () => {
  expect(text(statement)).toContain('not unlawful by itself');
  expect(text(statement)).toContain('out of sight');
});
