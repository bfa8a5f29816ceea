import { expect, test } from 'vitest';
import type { SessionReport } from '../../../src/model/report.js';
import { html } from '../../../src/report/html/markup.js';
import { Page } from '../../../src/report/html/page.js';
import { redoing } from '../../../src/report/html/redoing.js';
import { sessionReportSchema } from '../../../src/report/schema.js';
import { buildReport } from '../../../src/report/session-report.js';
import { sampleRecord } from '../sample-record.js';

const report = buildReport(sampleRecord());
const text = (of: SessionReport, language: 'en' | 'zh-CN' = 'en') => html`${redoing(new Page(of, language)).body}`.text;

test('every step is told in the words of the report', () => {
  const steps = [{ step: 'bytearray[n]', zh: '数字列表', en: 'a list of numbers' }];
  expect(text({ ...report, steps })).toMatch(/bytearray\[n\].*a list of numbers/s);
  expect(text({ ...report, steps }, 'zh-CN')).toContain('数字列表');
  expect(text(report, 'zh-CN')).toContain('gzip 解压');
});

test('a report of an older version, which says nothing of steps, has the grammar of paths alone', () => {
  const { steps: _, ...older } = report;
  expect(text(older)).not.toContain('<table');
  expect(sessionReportSchema.safeParse(older).success).toBe(true);
});

test('without steps the grammar of paths is left, and no empty table', () => {
  const told = text({ ...report, steps: [] });
  expect(told).toContain('url.path[n]');
  expect(told).not.toContain('<table');
});
