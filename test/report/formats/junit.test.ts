import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import type { AuditRecord } from '../../../src/model/report.js';
import { format } from '../../../src/report/formats/junit.js';
import { buildReport } from '../../../src/report/session-report.js';
import { sampleRecord } from '../sample-record.js';

interface Seen {
  readonly name: string;
  readonly attributes: Record<string, string>;
}

function read(record: AuditRecord): Seen[] {
  const seen: Seen[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => seen.push({ name, attributes: attributes as Record<string, string> }));
  parser.write(String(format.render(buildReport(record), { language: 'en' }))).close();
  return seen;
}

test('a case for each finding and one for the conclusion, counts that agree', () => {
  const seen = read(sampleRecord());
  const count = (name: string) => seen.filter((tag) => tag.name === name).length;
  expect(count('testcase')).toBe(12);
  expect(seen.find(({ name }) => name === 'testsuite')?.attributes).toMatchObject({
    tests: '12',
    failures: String(count('failure')),
    errors: '0',
    skipped: String(count('skipped')),
  });
  expect(count('failure')).toBe(5);
  const names = seen.filter(({ name }) => name === 'testcase').map(({ attributes }) => `${attributes.classname} ${attributes.name}`);
  expect(new Set(names).size, 'names tell cases apart').toBe(names.length);
});

test('incident: what the baseline accepted failed all the same in the file that the build server reads', () => {
  const report = buildReport(sampleRecord());
  const acceptedBecause = ({ id }: { readonly id: string }) => (id === 'f-imei-ads' ? 'ticket <12>' : null);
  const xml = String(format.render(report, { language: 'en', acceptedBecause }));
  expect(xml.match(/<failure /g)).toHaveLength(4);
  expect(xml).toContain('failures="4"');
  expect(xml).toMatch(/<skipped>Accepted by the baseline \(ticket &lt;12&gt;\)\. Beyond necessary/);
});

test('a run without category comes out as an error, never green', () => {
  const record = sampleRecord();
  const seen = read({ ...record, findings: [], session: { ...record.session, subject: { ...record.session.subject, categories: {} } } });
  expect(seen.filter(({ name }) => name === 'error')).toHaveLength(1);
});

test('issues carry their severity in the language of the report', () => {
  const text = (language: 'zh-CN' | 'en') => String(format.render(buildReport(sampleRecord()), { language }));
  expect(text('zh-CN')).toMatch(/^高: /m);
  expect(text('zh-CN')).not.toMatch(/^(?:high|medium|low|info): /im);
  expect(text('en')).toMatch(/^High: /m);
});
