import { expect, test } from 'vitest';
import { needsWork, purposes, work } from '../../../src/report/html/developer.js';
import { html } from '../../../src/report/html/markup.js';
import { Page } from '../../../src/report/html/page.js';
import { buildReport } from '../../../src/report/session-report.js';
import { sampleRecord } from '../sample-record.js';

const report = buildReport(sampleRecord());
const page = new Page(report, 'en');

test('what asks for work, and nothing else', () => {
  expect(report.findings.filter(needsWork).map(({ id }) => id)).toEqual([
    'f-imei-ads',
    'f-imei-stat',
    'f-phone-clear',
    'f-oaid-push',
    'f-contacts',
    'f-payment',
  ]);
});

test('by owner: the own team first, then each SDK by its name, an unknown host by its own', () => {
  const text = html`${work(page).body}`.text;
  expect([...text.matchAll(/<h3>(.*?) <span/g)].map(([, name]) => name)).toEqual([
    'The app&#39;s own code and services',
    'AdNet SDK',
    'Insight SDK',
    'xn--evil.example.test',
    'PushOne',
  ]);
  expect(text).toContain('Start the SDK only after the user has agreed');
});

test('the same place is listed once', () => {
  const [first] = report.findings;
  const [piece] = first?.occurrences ?? [];
  if (first === undefined || piece === undefined) throw new Error('no finding');
  const repeated = { ...report, findings: [{ ...first, occurrences: [piece, piece, { ...piece, url: `${piece.url}&more=1` }] }] };
  expect(html`${work(new Page(repeated, 'en')).body}`.text.match(/class="mono soft url"/g)).toHaveLength(1);
});

test('receivers by purpose', () => {
  expect(html`${purposes(page).body}`.text).toContain('xn--evil.example.test, img.cdn.example.test');
});
