import { expect, test } from 'vitest';
import { buildReport } from '../../src/report/session-report.js';
import { evidenceSheet, findingSheet, receiverSheet, summarySheet } from '../../src/report/sheet.js';
import { sampleRecord } from './sample-record.js';

const report = buildReport(sampleRecord());

test('every row has a cell for each column, in both languages', () => {
  for (const language of ['zh-CN', 'en'] as const)
    for (const make of [findingSheet, evidenceSheet, receiverSheet, summarySheet]) {
      const sheet = make(report, language);
      expect(sheet.rows.length, sheet.name).toBeGreaterThan(0);
      for (const row of sheet.rows) expect(row.length, sheet.name).toBe(sheet.columns.length);
    }
});

test('one row a finding, one a piece of evidence, one a receiver', () => {
  expect(findingSheet(report, 'en').rows).toHaveLength(11);
  expect(evidenceSheet(report, 'en').rows).toHaveLength(report.findings.reduce((sum, { occurrences }) => sum + occurrences.length, 0));
  expect(receiverSheet(report, 'en').rows).toHaveLength(7);
  expect(findingSheet(report, 'en').rows[0]).toEqual(
    expect.arrayContaining(['Beyond necessary', 'IMEI', 'track.adnet.example.test', 'High', 3]),
  );
});

test('incident: what was sent outside of every scene stood under a scene without a name', () => {
  const outside = report.findings.find(({ byScene = {} }) => Object.hasOwn(byScene, ''));
  expect(outside).toBeDefined();
  const sheet = findingSheet(report, 'zh-CN');
  const at = sheet.columns.indexOf('场景');
  const cells = sheet.rows.map((row) => String(row[at]));
  expect(cells.some((cell) => /^(?:.*; )?未标记 × \d/.test(cell))).toBe(true);
  expect(cells.filter((cell) => /(?:^|; ) ×/.test(cell))).toEqual([]);
});

test('incident: several reasons for one piece of evidence were run together by the code point of a line break', () => {
  const [finding] = report.findings;
  const [piece] = finding?.occurrences ?? [];
  if (finding === undefined || piece === undefined) throw new Error('empty sample');
  const line = (zh: string) => ({ rule: 'made-up', text: { zh, en: zh } });
  const findings = [{ ...finding, occurrences: [{ ...piece, trace: [line('字段名相符'), line('校验通过')] }] }];
  const sheet = evidenceSheet({ ...report, findings }, 'zh-CN');
  expect(sheet.rows[0]?.[sheet.columns.indexOf('依据')]).toBe('字段名相符；校验通过');
});
