import { expect, test } from 'vitest';
import { html } from '../../../src/report/html/markup.js';
import { Page } from '../../../src/report/html/page.js';
import { receivers } from '../../../src/report/html/receivers.js';
import { buildReport } from '../../../src/report/session-report.js';
import { sampleRecord } from '../sample-record.js';

const report = buildReport(sampleRecord());

test('receivers with findings have a row and a bar, the greatest uploader the longest', () => {
  const text = html`${receivers(new Page(report, 'en')).body}`.text;
  expect([...text.matchAll(/class="fill" width="([\d.]+)"/g)].map(([, width]) => Number(width))).toEqual([
    100, 10.45, 31.34, 86.57, 5.54, 4.48,
  ]);
  expect(text).toContain('img.cdn.example.test');
});

test('receivers without findings are counted where they are too many to list', () => {
  const [, ...rest] = report.parties;
  const quiet = Array.from({ length: 45 }, (_, at) => ({ ...(rest[0] ?? report.parties[0]), host: `q${at}.test`, findings: 0 }));
  const text = html`${receivers(new Page({ ...report, parties: quiet as typeof report.parties }, 'en')).body}`.text;
  expect(text).toContain('nothing was found (45)');
  expect(text).toContain('and 5 more in the JSON report');
});

test('incident: who got nothing but a payload that nobody could read stood among the receivers of personal data', () => {
  expect(html`${receivers(new Page(report, 'en')).body}`.text).toContain('<caption>Receivers with findings</caption>');
});
