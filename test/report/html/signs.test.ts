import { expect, test } from 'vitest';
import { VERDICTS } from '../../../src/model/finding.js';
import { Page } from '../../../src/report/html/page.js';
import { bar, gradeText, icon, severitySign, verdictSign } from '../../../src/report/html/signs.js';
import { buildReport } from '../../../src/report/session-report.js';
import { sampleRecord } from '../sample-record.js';

const page = new Page(buildReport(sampleRecord()), 'en');

test('no verdict is told by colour alone: each has a shape of its own and a word', () => {
  expect(new Set(VERDICTS.map((verdict) => icon(verdict).text)).size).toBe(VERDICTS.length);
  expect(VERDICTS.map((verdict) => verdictSign(page, verdict).text.replace(/<[^>]*>/g, ''))).toEqual([
    'Beyond necessary',
    'Conditional',
    'Necessary',
    'Technical/service',
    'Not judged',
  ]);
  expect(severitySign(page, 'high').text).toContain('High');
  expect(gradeText(page, 'confirmed').text).toContain('equals a value');
});

test('a bar stays within its track', () => {
  expect([-1, 0.5, 7].map((share) => /class="fill" width="([^"]*)"/.exec(bar(share).text)?.[1])).toEqual(['0.00', '50.00', '100.00']);
});
