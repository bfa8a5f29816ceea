import { expect, test } from 'vitest';
import { diffReports } from '../../src/report/diff.js';
import { diffHtml } from '../../src/report/diff-html.js';
import { buildReport } from '../../src/report/session-report.js';
import { HOSTILE, PLANTED, sampleRecord } from './sample-record.js';

const report = buildReport(sampleRecord(), {});
const earlier = { ...report, findings: report.findings.slice(3), rules: { ...report.rules, sha256: 'other' } };

test.each(['zh-CN', 'en'] as const)('one self-contained document in %s, with what is new and what makes it doubtful', (language) => {
  const html = diffHtml(earlier, report, diffReports(earlier, report), language);
  expect(html).toContain(`<html lang="${language}">`);
  expect(html).not.toMatch(/<script|<img|<link|src=|https?:\/\//i);
  expect(html).toContain(language === 'en' ? '3 new' : '新增 3 项');
  expect(html).toContain(language === 'en' ? 'different rules' : '规则不同');
  for (const finding of report.findings.slice(0, 3)) expect(html).toContain(finding.party.host);
});

test('captured text is never markup, and no value is in it', () => {
  const hostile = { ...report, session: { ...report.session, app: HOSTILE.key } };
  const html = diffHtml(hostile, report, diffReports(hostile, report), 'en');
  expect(html).not.toContain('<img');
  for (const value of Object.values(PLANTED)) expect(html).not.toContain(value);
});

test('the same input gives the same bytes', () => {
  const diff = diffReports(earlier, report);
  expect(diffHtml(earlier, report, diff, 'en')).toBe(diffHtml(earlier, report, diff, 'en'));
});
