import { expect, test } from 'vitest';
import { csvCell, format } from '../../../src/report/formats/csv.js';
import { buildReport } from '../../../src/report/session-report.js';
import { HOSTILE, sampleRecord } from '../sample-record.js';

/** RFC 4180, strictly. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
    if (match[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

test('nothing that begins a formula begins a cell', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r', '\u0000', ' =', '＝', '\u200b='])
    expect(csvCell(`${start}1+1`), JSON.stringify(start)).toMatch(/^"?['⟨]/);
  expect(csvCell('a=b')).toBe('a=b');
  expect(csvCell(-1)).toBe('-1');
});

test('what is written is read again, with BOM, in as many columns everywhere', () => {
  const text = String(format.render(buildReport(sampleRecord(), { showValues: true }), { language: 'zh-CN' }));
  expect(text.startsWith('\uFEFF判定,')).toBe(true);
  const rows = parse(text.slice(1));
  expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  expect(rows).toHaveLength(12);
  const value = (rows[0] ?? []).indexOf('原值');
  expect(rows.map((row) => row[value])).toContain('88.50');
  expect(text).not.toContain(`,${HOSTILE.value}`);
});

test('quotes, commas, line breaks', () => {
  expect(parse(`${csvCell('a"b,c')},${csvCell('x\ny')}\r\n`)).toEqual([['a"b,c', 'x⟨U+000A⟩y']]);
});
