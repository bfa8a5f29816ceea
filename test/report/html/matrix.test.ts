import { expect, test } from 'vitest';
import type { SessionReport } from '../../../src/model/report.js';
import { html } from '../../../src/report/html/markup.js';
import { matrix } from '../../../src/report/html/matrix.js';
import { Page } from '../../../src/report/html/page.js';
import { buildReport } from '../../../src/report/session-report.js';
import { sampleRecord } from '../sample-record.js';

const report = buildReport(sampleRecord());
const text = (of: SessionReport) => html`${matrix(new Page(of, 'en')).body}`.text;

test('a row for each type and its placeholders, a column for each receiver, a word in each cell', () => {
  const [first = ''] = text(report).match(/<table class="matrix">.*?<\/table>/s) ?? [];
  expect(first.match(/<th scope="row">/g)).toHaveLength(9);
  expect(first.match(/class="turned"/g)).toHaveLength(6);
  expect(first.match(/<span class="sr">/g)).toHaveLength(11);
});

test('two findings of one type and receiver share a cell, with the gravest verdict', () => {
  const [first] = report.findings;
  if (first === undefined) throw new Error('no finding');
  const twice = { ...report, findings: [first, { ...first, id: 'again', verdict: 'necessary' as const, count: 10 }] };
  expect(text(twice)).toMatch(/<td class="cell beyond_necessary">.*?13<\/span> <span class="marks">①②③<\/span><\/td>/s);
});

test('incident: what a mini program sent to the same host was counted in the cell of the app under test', () => {
  const [first] = report.findings;
  if (first === undefined) throw new Error('no finding');
  const own = { ...first, verdict: 'necessary' as const, count: 2 };
  const both = { ...report, findings: [own, { ...first, id: 'mini', app: 'wechat:wx0', count: 10 }] };
  const rows = text(both).match(/<tr><th scope="row">.*?<\/tr>/gs) ?? [];
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatch(/cell necessary.*?2<\/span>/s);
  expect(rows[1]).toMatch(/<div class="soft mono">wechat:wx0<\/div>.*cell beyond_necessary.*?10<\/span>/s);
});

test('what the server answered, and a placeholder, has a row of its own', () => {
  const [first] = report.findings;
  if (first === undefined) throw new Error('no finding');
  const occurrences = first.occurrences.map((piece) => ({ ...piece, direction: 'response' as const }));
  const findings = [first, { ...first, id: 'answer', occurrences }, { ...first, id: 'zeros', placeholder: true, count: 10 }];
  const rows = text({ ...report, findings }).match(/<tr><th scope="row">.*?<\/tr>/gs);
  expect(rows?.map((row) => /<div class="soft">([a-z ]+)<\/div>/.exec(row)?.[1])).toEqual([undefined, 'in responses', 'placeholder']);
  expect(rows?.[0]).toContain('3</span>');
});

test('many receivers go into further tables, none is cut off', () => {
  const many = Array.from({ length: 20 }, (_, at) => `h${String(at).padStart(2, '0')}.test`);
  const [finding] = report.findings;
  const [party] = report.parties;
  if (finding === undefined || party === undefined) throw new Error('empty sample');
  const wide = {
    ...report,
    findings: many.map((host) => ({ ...finding, id: host, party: { ...finding.party, host } })),
    parties: many.map((host) => ({ ...party, host, findings: 1 })),
  };
  expect(text(wide).match(/<table class="matrix">/g)).toHaveLength(3);
  for (const host of many) expect(text(wide)).toContain(host);
});

test('no findings, no table', () => {
  expect(text({ ...report, findings: [] })).not.toContain('<table');
});
