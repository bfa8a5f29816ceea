import { expect, test } from 'vitest';
import { findingCard, findings, receiverText } from '../../../src/report/html/findings.js';
import { html } from '../../../src/report/html/markup.js';
import { Page } from '../../../src/report/html/page.js';
import { buildReport } from '../../../src/report/session-report.js';
import { sampleRecord } from '../sample-record.js';

const report = buildReport(sampleRecord());
const page = new Page(report, 'en');
const plain = (text: string) =>
  text
    .replace(/<wbr>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

test('a card says verdict, article, receiver, grade, times, issues with clause and advice, and evidence with every step', () => {
  const [first] = report.findings;
  if (first === undefined) throw new Error('no finding');
  const text = plain(findingCard(page, first).text);
  for (const piece of [
    'F-01 IMEI → track.adnet.example.test',
    'Not on the list for &quot;Online ride-hailing&quot; (art. 4, 5(2))',
    'R4 Example Ads · AdNet SDK · advertising · third party · CN',
    'Confirmed : equals a value',
    '3 , first 2026-11-21 10:00:01',
    'High Collected before consent 191号 三(1)',
    'Start the SDK only after the user has agreed',
    'body.$.data|base64|gzip|json$.imei',
    '860**********17',
  ])
    expect(text).toContain(piece);
});

test('values are a column of their own, only when the report has them', () => {
  const [shown] = buildReport(sampleRecord(), { showValues: true }).findings;
  const [hidden] = report.findings;
  if (shown === undefined || hidden === undefined) throw new Error('no finding');
  expect(findingCard(page, shown).text).toContain('860000000000017');
  expect(findingCard(page, hidden).text).not.toContain('>Value<');
});

test('what asks for nothing is a line of a table, hidden candidates are counted', () => {
  const text = html`${findings(page).body}`.text;
  expect(text.match(/<article/g)).toHaveLength(6);
  expect(plain(text), 'technical data: one line for a type').toContain('Device model stat.insight.example.test 1 1');
  expect(plain(text)).toContain('1 candidate (shape alone matches) not listed');
});

test('more evidence than is shown is said', () => {
  const [first] = report.findings;
  if (first === undefined) throw new Error('no finding');
  expect(plain(findingCard(page, { ...first, count: 1_003 }).text)).toContain('1,000 more; see the JSON report.');
});

test('a receiver nobody knows is called so', () => {
  const finding = report.findings.find(({ id }) => id === 'f-phone-clear');
  if (finding === undefined) throw new Error('no finding');
  expect(html`${receiverText(page, finding.party)}`.text).toBe('owner unknown');
});

test('why: places with reasons of their own are told apart, and the weaker ones say so', () => {
  const [first] = report.findings;
  const [piece] = first?.occurrences ?? [];
  if (first === undefined || piece === undefined) throw new Error('no finding');
  const masked = {
    ...piece,
    exchange: 7,
    grade: 'probable' as const,
    trace: [{ rule: 'x', text: { zh: '中间看不到', en: 'The middle is not seen.' } }],
  };
  const text = plain(findingCard(page, { ...first, occurrences: [masked, piece, { ...piece, exchange: 9 }] }).text);
  expect(text).toContain('#7 Probable: The middle is not seen.');
  expect(text).toContain(`#${piece.exchange}, #9: `);
});

test('the place that the grade rests on is among the few that are shown', () => {
  const [first] = report.findings;
  const [piece] = first?.occurrences ?? [];
  if (first === undefined || piece === undefined) throw new Error('no finding');
  const occurrences = Array.from({ length: 9 }, (_, index) => ({
    ...piece,
    exchange: 100 + index,
    grade: index === 8 ? ('confirmed' as const) : ('probable' as const),
  }));
  const text = plain(findingCard(page, { ...first, grade: 'confirmed', occurrences, count: 9 }).text);
  expect(text).toContain('#108');
  expect(text).toContain('#100');
  expect(text).not.toContain('#104');
});
