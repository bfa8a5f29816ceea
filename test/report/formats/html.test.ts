import { expect, test } from 'vitest';
import { format } from '../../../src/report/formats/html.js';
import { buildReport } from '../../../src/report/session-report.js';
import { sampleRecord } from '../sample-record.js';

test('is a whole document in the language asked for', () => {
  const report = buildReport(sampleRecord());
  expect(format).toMatchObject({ id: 'html', extension: 'html', mime: 'text/html; charset=utf-8' });
  expect(format.render(report, { language: 'en' })).toMatch(/^<!doctype html>\n<html lang="en">[\s\S]*<\/html>\n$/);
  expect(format.render(report, { language: 'zh-CN' })).toMatch(/^<!doctype html>\n<html lang="zh-CN">/);
});
