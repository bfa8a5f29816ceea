import { expect, test } from 'vitest';
import { cellLeaves, sharedStrings } from '../../../src/decode/office/sheets.js';
import { Work } from '../../../src/decode/work.js';

const read = (rows: string) =>
  cellLeaves(`<sheetData>${rows}</sheetData>`, ['姓名', '手机', '林晓雨'], 's', { keys: [], work: new Work() }).leaves.map(
    ({ path, keys, value }) => `${path} ${keys.join()} ${value}`,
  );
const shared = (place: string, index: number) => `<c r="${place}" t="s"><v>${index}</v></c>`;

test('shared texts in one piece, without what they sound like', () => {
  expect(sharedStrings('<sst><si><t>a</t></si><si><r><t>138</t></r><r><t>00</t></r><rPh><t>x</t></rPh></si></sst>')).toEqual([
    'a',
    '13800',
  ]);
});

test('cells under the names of their columns, where the first row has them', () => {
  const head = `<row>${shared('A1', 0)}${shared('B1', 1)}</row>`;
  const row = `<row>${shared('A2', 2)}<c r="B2"><f>1+1</f><v>138</v></c><c r="C2" t="inlineStr"><is><t>in</t></is></c><c r="D2" t="s"><v>99</v></c></row>`;
  expect(read(head + row)).toEqual(['s.A1  姓名', 's.B1  手机', 's.A2 姓名 林晓雨', 's.B2 手机 138', 's.C2  in']);
  expect(read(row)).toEqual(['s.A2  林晓雨', 's.B2  138', 's.C2  in']);
});

test('a sheet that is no XML, or was cut, gives what there is of it', () => {
  expect(cellLeaves('<row><c t="str"><v>a</v></c><c', [], 's', { keys: [], work: new Work() })).toMatchObject({
    leaves: [{ value: 'a' }],
    isWhole: false,
  });
  expect(read('<row><c r="../x" t="str"><v>a</v></c></row>')).toEqual(['s.cell1  a']);
});

test('xlsx_shared_text: a long text that thousands of cells share is counted each time', () => {
  const work = new Work();
  const xml = `<d><row>${'<c t="s"><v>0</v></c>'.repeat(5_000)}</row></d>`;
  expect(cellLeaves(xml, ['abc '.repeat(15_000)], 'body', { keys: [], work }).leaves.length).toBeLessThan(200);
  expect(work.hits.map(({ limit }) => limit)).toEqual(['decodeWork']);
});
