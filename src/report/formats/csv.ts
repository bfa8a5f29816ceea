/**
 * Danger: a spreadsheet runs what begins like a formula, and quoting does not stop it (OWASP ASVS 1.2.10). Fence: such cells begin
 * with an apostrophe.
 */
import type { ReportFormat } from '../format.js';
import { type Cell, findingSheet } from '../sheet.js';
import { visible } from '../visible.js';

/** Also the full-width forms, which East Asian editions of spreadsheets take for the same signs. */
const FORMULA = /^[\s]*[=+\-@＝＋－＠]/u;

/** A cell as RFC 4180 writes it; line breaks and other controls are made visible first. */
export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = visible(cell);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** UTF-8 with BOM (without it Excel reads Chinese as the system's code page), CRLF. */
export const format: ReportFormat = {
  id: 'csv',
  extension: 'csv',
  mime: 'text/csv; charset=utf-8',
  render: (report, { language }) => {
    const sheet = findingSheet(report, language);
    return `\uFEFF${[sheet.columns, ...sheet.rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
  },
};
