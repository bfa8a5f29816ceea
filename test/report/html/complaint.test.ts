import { expect, test } from 'vitest';
import { evidenceList, observed, provisions, reservation, statable } from '../../../src/report/html/complaint.js';
import { html } from '../../../src/report/html/markup.js';
import { Page, type Section } from '../../../src/report/html/page.js';
import { buildReport } from '../../../src/report/session-report.js';
import { sampleRecord } from '../sample-record.js';

const report = buildReport(sampleRecord(), { candidates: true });
const page = new Page(report, 'en');
const text = (section: Section) => html`${section.body}`.text;

test('states what is sure: no candidate, no placeholder, nothing opaque, nothing necessary', () => {
  expect(statable(page).map(({ id }) => id)).toEqual(['f-imei-ads', 'f-imei-stat', 'f-phone-clear', 'f-oaid-push', 'f-contacts']);
  const weak = { ...report, findings: report.findings.filter(({ id }) => id === 'f-candidate' || id === 'f-imei-zero') };
  expect(text(observed(new Page(weak, 'en')))).toContain('no fact sure enough');
});

test('each fact has time, receiver, scene with consent and provisions', () => {
  const facts = text(observed(page));
  for (const piece of ['2026-11-21 10:00:01', 'Example Ads', 'Before consent', 'Provisions art. 4, 5(2)', '191号 三(1)'])
    expect(facts).toContain(piece);
});

test('incident: what a mini program sent was stated as a fact about the app without its name', () => {
  const [fact] = statable(page);
  if (fact === undefined) throw new Error('no fact');
  expect(text(observed(new Page({ ...report, findings: [{ ...fact, app: 'wechat:wx0' }] }, 'en')))).toContain('wechat:wx0');
});

test('incident: what the server answered was stated as sent', () => {
  const [fact] = statable(page);
  if (fact === undefined) throw new Error('no fact');
  const occurrences = fact.occurrences.map((piece) => ({ ...piece, direction: 'response' as const }));
  expect(statable(new Page({ ...report, findings: [{ ...fact, occurrences }] }, 'en'))).toEqual([]);
});

test('quotes articles and the clauses of the checks raised', () => {
  expect(text(provisions(page))).toContain('shall not refuse a user its basic functional service');
  expect(text(provisions(page))).toContain('before consent');
});

test('evidence can be found again, and nothing beyond what was seen is claimed', () => {
  expect(text(evidenceList(page))).toContain('#9');
  expect(text(evidenceList(page))).toContain(report.session.id);
  expect(text(reservation(page))).toContain('for the authorities to decide');
});
