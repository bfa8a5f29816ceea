import { expect, test } from 'vitest';
import { plainDiff, questionsOf, rendered } from '../../src/cli/page-view.js';
import * as schema from '../../src/live/schema.js';
import { diffReports } from '../../src/report/diff.js';
import { buildReport } from '../../src/report/index.js';
import { sampleRecord } from '../report/sample-record.js';

const record = sampleRecord();
const report = buildReport(record);

test('a report has the name and type of its format', () => {
  const { name, mime, body } = rendered(report, 'overreach-x', 'json', 'en');
  expect([name, mime]).toEqual(['overreach-x.json', 'application/json']);
  expect(String(body)).toContain('"schemaVersion"');
});

test('with two categories a question says whose it is', () => {
  const pack = { ...record.pack, refusal: [{ id: 'works', text: { zh: '能用{basicFunction}吗', en: 'Does {basicFunction} work' } }] };
  const [first, second] = pack.categories;
  const rulebook = { ...record.rulebook, pack };
  expect(questionsOf(rulebook, { main: [] })).toEqual([]);
  expect(questionsOf(rulebook, { main: [first!.id] }).map(({ id }) => id)).toEqual(['works']);
  expect(questionsOf(rulebook, { main: [first!.id] })[0]?.text.zh).not.toContain('{');
  if (second !== undefined)
    expect(questionsOf(rulebook, { main: [first!.id, second.id] }).map(({ id }) => id)).toEqual([
      `${first!.id}.works`,
      `${second.id}.works`,
    ]);
});

test('a difference is what the API says it is', () => {
  const less = { ...report, findings: report.findings.slice(1) };
  const diff = plainDiff(diffReports(less, report));
  expect(schema.diffAnswer.safeParse(diff).error).toBeUndefined();
  expect(diff.new).toHaveLength(1);
});
