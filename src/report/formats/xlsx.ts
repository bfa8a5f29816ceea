/**
 * SpreadsheetML by hand (ECMA-376 part 1, transitional): four plain sheets need no library. Text stands in `inlineStr` cells, which
 * a spreadsheet never evaluates.
 */
import type { ReportFormat } from '../format.js';
import { type Cell, evidenceSheet, findingSheet, receiverSheet, type Sheet, summarySheet } from '../sheet.js';
import { escaped } from '../visible.js';
import { type ZipEntry, zip } from '../zip.js';

/** Excel's own bounds (Microsoft, "Excel specifications and limits"). */
const CELL_TEXT = 32_767;
const SHEET_ROWS = 1_048_576;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

function cellXml(cell: Cell, style: number): string {
  if (cell === null || cell === '') return `<c s="${style}"/>`;
  if (typeof cell === 'number') return `<c s="${style}"><v>${cell}</v></c>`;
  const text = cell.length > CELL_TEXT ? `${cell.slice(0, CELL_TEXT - 1)}…` : cell;
  return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

function sheetXml(sheet: Sheet): string {
  const rows = sheet.rows.slice(0, SHEET_ROWS - 2);
  // What does not fit is said in the last line; the JSON report has it.
  const cut = sheet.rows.length - rows.length;
  const last = cut > 0 ? `<row>${cellXml(`… ${cut} more rows`, 0)}</row>` : '';
  const widths = sheet.columns.map((column, at) => {
    const longest = rows.slice(0, 200).reduce((max, row) => Math.max(max, breadth(String(row[at] ?? ''))), breadth(column));
    return Math.min(WIDEST, Math.max(9, longest + 2));
  });
  const columns = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`);
  // Not every spreadsheet measures wrapped text when it opens a file.
  const height = (row: readonly Cell[]) =>
    LINE *
    Math.min(MOST_LINES, Math.max(...row.map((cell, at) => Math.ceil(breadth(String(cell ?? '')) / ((widths[at] ?? WIDEST) - 1))), 1));
  const range = `A1:${columnName(sheet.columns.length)}${rows.length + 1}`;
  const paper = sheet.columns.length > A4_COLUMNS ? A3 : A4;
  return [
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`,
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>',
    `<cols>${columns.join('')}</cols><sheetData><row>${sheet.columns.map((column) => cellXml(column, 1)).join('')}</row>`,
    ...rows.map((row) => `<row ht="${height(row)}" customHeight="1">${row.map((cell) => cellXml(cell, 2)).join('')}</row>`),
    `${last}</sheetData><autoFilter ref="${range}"/>`,
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>',
    `<pageSetup paperSize="${paper}" orientation="landscape" fitToWidth="${Math.ceil(sheet.columns.length / A4_COLUMNS)}" fitToHeight="0"/>`,
    '<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>',
  ].join('');
}

/** Paper codes of the format (18.3.1.63), and the columns that are still readable across A4. */
const A4 = 9;
const A3 = 8;
const A4_COLUMNS = 16;
/** Points of a line of text, and the most lines of a row that Excel shows (409 points). */
const LINE = 15;
const MOST_LINES = 27;
/** Longer text wraps. */
const WIDEST = 44;

/** Character widths of a text: Han characters and their punctuation are twice as wide. */
function breadth(text: string): number {
  return [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) >= 0x2e80 ? 2 : 1), 0);
}

/** 1 is A, 27 is AA. */
function columnName(column: number): string {
  const letter = String.fromCharCode(65 + ((column - 1) % 26));
  return column > 26 ? `${columnName(Math.floor((column - 1) / 26))}${letter}` : letter;
}

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE9EDF2"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf fontId="0" xfId="0"/><xf fontId="1" fillId="2" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf fontId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`;

function workbook(sheets: readonly Sheet[]): ZipEntry[] {
  const text = (path: string, xml: string): ZipEntry => ({ path, bytes: new TextEncoder().encode(xml) });
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return [
    text(
      '[Content_Types].xml',
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${sheets.map((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${type}.worksheet+xml"/>`).join('')}</Types>`,
    ),
    text(
      '_rels/.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    text(
      'xl/workbook.xml',
      `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets.map((sheet, at) => `<sheet name="${escaped(sheet.name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets><definedNames>${sheets.map((sheet, at) => `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">${escaped(`'${sheet.name}'!$1:$1`)}</definedName>`).join('')}</definedNames></workbook>`,
    ),
    text(
      'xl/_rels/workbook.xml.rels',
      `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ),
    text('xl/styles.xml', STYLES),
    ...sheets.map((sheet, at) => text(`xl/worksheets/sheet${at + 1}.xml`, sheetXml(sheet))),
  ];
}

export const format: ReportFormat = {
  id: 'xlsx',
  extension: 'xlsx',
  mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  render: (report, { language }) =>
    zip(
      workbook([
        summarySheet(report, language),
        findingSheet(report, language),
        receiverSheet(report, language),
        evidenceSheet(report, language),
      ]),
    ),
};
