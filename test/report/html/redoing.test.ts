import { expect, test } from 'vitest';
import type { SessionReport } from '../../../src/model/report.js';
import { html } from '../../../src/report/html/markup.js';
import { Page } from '../../../src/report/html/page.js';
import { redoing } from '../../../src/report/html/redoing.js';
import { buildReport } from '../../../src/report/session-report.js';
import { sampleRecord } from '../sample-record.js';

const report = buildReport(sampleRecord());
const text = (of: SessionReport, language: 'en' | 'zh-CN' = 'en') => html`${redoing(new Page(of, language)).body}`.text;

/** The sample with other steps at every place. */
const withSteps = (steps: readonly string[]): SessionReport => ({
  ...report,
  findings: report.findings.map((finding) => ({ ...finding, occurrences: finding.occurrences.map((piece) => ({ ...piece, steps })) })),
});

test('every step that occurs is told once, numbers of places aside', () => {
  const told = text(withSteps(['bytearray[0]', 'bytearray[3]', 'xor-5a', 'gzip']));
  expect(told.match(/bytearray/g)).toHaveLength(1);
  expect(told).toContain('bytearray[n]');
  expect(told).toContain('each byte XOR 0x5a');
  expect(text(withSteps(['gzip']), 'zh-CN')).toContain('gzip 解压');
});

test("a step of the tester's own module is said to be one", () => {
  expect(text(withSteps(['opened-by-us']))).toContain('own module');
});

test('without findings the grammar of paths is left, and no empty table', () => {
  const told = text({ ...report, findings: [] });
  expect(told).toContain('url.path[n]');
  expect(told).not.toContain('<table');
});
