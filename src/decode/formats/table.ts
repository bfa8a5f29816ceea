import type { Decoder, Leaf } from '../decoder.js';
import { element, member, named } from '../path.js';
import { SHAPE } from '../shape.js';

const FEWEST_COLUMNS = 3;
/** Where the content type says that it is a table: names and telephone numbers of an address book have no third column. */
const FEWEST_DECLARED = 2;
const SEPARATORS = ['\t', ',', ';', '|', '\u0001'] as const;
const NAME = /^\s*"?[A-Za-z_\u4e00-\u9fff][\w.\-\u4e00-\u9fff]{0,63}"?\s*$/;

interface Cell {
  readonly value: string;
  /** Where it stands in its line, without quotes. */
  readonly start: number;
  readonly end: number;
}

/** The first `most` cells of a line; in quotes a cell may hold what separates (RFC 4180 section 2). */
function cellsOf(line: string, separator: string, most: number): Cell[] {
  const cells: Cell[] = [];
  for (let at = 0; at <= line.length && cells.length < most; ) {
    const isQuoted = line[at] === '"';
    let end = isQuoted ? line.indexOf('"', at + 1) : line.indexOf(separator, at);
    while (isQuoted && end >= 0 && line[end + 1] === '"') end = line.indexOf('"', end + 2);
    if (end < 0) end = line.length;
    const start = isQuoted ? at + 1 : at;
    const raw = line.slice(start, end);
    cells.push({ value: isQuoted ? raw.replaceAll('""', '"') : raw, start, end });
    at = (isQuoted ? end + 1 : end) + 1;
  }
  return cells;
}

function areNames(cells: readonly Cell[], fewest: number): boolean {
  return cells.length >= fewest && cells.every(({ value }) => NAME.test(value));
}

/** Rows under names: a first line of identifiers, and as many cells in each line that follows (`text/csv`, RFC 4180, and with other separators). */
export const decoder: Decoder = {
  id: 'table',
  says: {
    zh: '有表头的表（CSV 等）；[n] 为表头之下第 n 行',
    en: 'table under a line of names (CSV and its like); [n] is the row below it',
  },
  order: 68,
  shapes: SHAPE.listed,
  mime: (mime) => /^text\/(?:csv|tab-separated-values)$/.test(mime),
  open({ text, root, keys, work, declared }) {
    if (text === null) return null;
    const fewest = declared ? FEWEST_DECLARED : FEWEST_COLUMNS;
    const first = text.indexOf('\n');
    if (first < 0) return null;
    const head = text.slice(0, first).trimEnd();
    const separator = SEPARATORS.find((candidate) => head.includes(candidate));
    if (separator === undefined) return null;
    // Prose and numbers end at their first cells, however long the line is.
    if (!areNames(cellsOf(head, separator, fewest), fewest)) return null;
    // One column more than may be kept says that there were more.
    const most = Math.max(fewest, work.fieldsLeft + 1);
    const columns = cellsOf(head, separator, most);
    const names = columns.map(({ value }) => value.trim());
    if (!areNames(columns, fewest) || new Set(names).size < names.length) return null;
    const leaves: Leaf[] = [];
    let row = 0;
    for (let at = first + 1; at < text.length && leaves.length <= work.fieldsLeft; ) {
      const next = text.indexOf('\n', at);
      const end = next < 0 ? text.length : next;
      const line = text.slice(at, end).replace(/\r$/, '');
      if (line.trim() !== '') {
        const cells = cellsOf(line, separator, most);
        if (cells.length !== names.length) return null;
        const group = work.group();
        for (const [index, cell] of cells.entries()) {
          const name = names[index]!;
          leaves.push({
            path: member(element(root, row), name),
            keys: named(keys, name),
            value: cell.value,
            kind: 'string',
            group,
            start: at + cell.start,
            end: at + cell.end,
          });
        }
        row++;
      }
      at = end + 1;
    }
    return leaves.length > 0 ? { leaves } : null;
  },
};
