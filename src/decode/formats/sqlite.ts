import { OPAQUE_SHAPE } from '../../model/field.js';
import type { Decoder, Source, UnreadPart } from '../decoder.js';
import { element, member, named } from '../path.js';
import { columnsOf, type TableColumns } from '../sqlite/columns.js';
import { HEADER, isDatabase, type SqliteEncoding, SqliteFile, type SqliteRow } from '../sqlite/file.js';
import { readRecord, type SqliteValue } from '../sqlite/record.js';
import { type Place, TypedLeaves } from '../typed.js';

/** Tables of SQLite's own: counters and statistics (sqlite.org/fileformat2.html, 2.6). */
const INTERNAL = /^sqlite_/i;
/** What a value of a row costs, in bytes read: most columns may have none. */
const VALUE_COST = 64;

interface Table {
  readonly name: string;
  readonly root: number;
  readonly columns: TableColumns;
}

function textOf(value: SqliteValue | undefined, encoding: SqliteEncoding): string {
  if (value?.kind !== 'text') return '';
  if (encoding === 'utf8') return value.bytes.toString('utf8');
  const even = Buffer.from(value.bytes.subarray(0, value.bytes.length & ~1));
  return (encoding === 'utf16be' ? even.swap16() : even).toString('utf16le');
}

/** The tables that a database lists on its first page (2.6): `type, name, tbl_name, rootpage, sql`. Views have no page, indexes hold the same values once more. */
function tablesOf(file: SqliteFile): readonly Table[] {
  const tables: Table[] = [];
  file.rows(1, ({ record }) => {
    const { values } = readRecord(record);
    const [type, name, , root, sql] = values;
    const columns = textOf(type, file.encoding) === 'table' ? columnsOf(textOf(sql, file.encoding)) : null;
    const own = textOf(name, file.encoding);
    if (columns !== null && root?.kind === 'number' && root.value > 0 && !INTERNAL.test(own))
      tables.push({ name: own, root: Number(root.value), columns });
    return true;
  });
  return tables;
}

/** Reads the rows of one table into leaves. */
class Rows {
  readonly #leaves: TypedLeaves;
  readonly #source: Source;
  readonly #file: SqliteFile;
  readonly #table: Table;
  readonly #path: string;
  readonly #keys: readonly string[];
  #count = 0;

  constructor(leaves: TypedLeaves, source: Source, file: SqliteFile, table: Table) {
    this.#leaves = leaves;
    this.#source = source;
    this.#file = file;
    this.#table = table;
    this.#path = member(source.root, table.name);
    this.#keys = named(source.keys, table.name);
  }

  /** @returns false: no more is kept of this message. */
  take(row: SqliteRow): boolean {
    const { values, isWhole } = readRecord(row.record);
    if (!isWhole) this.#file.lost++;
    if (!this.#source.work.read(VALUE_COST * values.length, this.#path)) return false;
    const { names, rowId } = this.#table.columns;
    const path = element(this.#path, this.#count++);
    const group = this.#source.work.group();
    // More values than columns: whoever made the table, these are not their names.
    const isNamed = values.length <= names.length;
    for (const [index, value] of values.entries()) {
      // The number of a row is kept once, before its record.
      const isNumber = isNamed && index === rowId && value.kind === 'null' && row.id !== null;
      if (value.kind === 'null' && !isNumber) continue;
      const name = isNamed ? names[index] : undefined;
      const place =
        name === undefined
          ? { path: element(path, index), keys: this.#keys, group }
          : { path: member(path, name), keys: named(this.#keys, name), group };
      this.#put(place, isNumber ? { kind: 'number', value: row.id } : value, row.isSpread);
    }
    return !this.#leaves.full;
  }

  #put(place: Place, value: SqliteValue, isSpread: boolean): void {
    if (value.kind === 'number') this.#leaves.number(place, value.value);
    else if (value.kind === 'blob') this.#leaves.list.push({ ...place, value: '', kind: 'binary', bytes: value.bytes, layer: isSpread });
    else if (value.kind === 'text' && this.#file.encoding === 'utf8') this.#leaves.text(place, value.bytes);
    else if (value.kind === 'text') this.#leaves.list.push({ ...place, value: textOf(value, this.#file.encoding), kind: 'string' });
  }
}

/**
 * A database of SQLite, as crash reporters, backups of chats and queues of events are uploaded in it. Its rows are what the objects of an array are; where
 * columns have no value, nothing is said. A file that is encrypted behind its header is told as a whole, rows that were deleted are told as unread.
 */
export const decoder: Decoder = {
  id: 'sqlite',
  says: { zh: 'SQLite 数据库：表名[行].列名', en: 'SQLite database: table[row].column' },
  order: 8,
  first: (byte) => byte === 0x53,
  magic: (bytes) =>
    bytes[0] === 0x53 &&
    bytes[1] === 0x51 &&
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(HEADER.length, bytes.length)).toString('latin1') === HEADER,
  open(source) {
    const bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
    const isKnown = bytes.toString('latin1', 0, HEADER.length) === HEADER;
    if (!isDatabase(bytes)) return isKnown ? { beside: true, unread: [{ path: null, bytes, shape: ['sqlite'] }] } : null;
    const { work, root, truncated } = source;
    const file = new SqliteFile(bytes, work, root);
    const unread: UnreadPart[] = [];
    const tables = tablesOf(file);
    const damaged = file.lost > 0 ? [member(root, 'sqlite_schema')] : [];
    const leaves = new TypedLeaves(work);
    for (const table of tables) {
      if (leaves.full) break;
      const before = file.lost;
      const rows = new Rows(leaves, source, file, table);
      file.rows(table.root, (row) => rows.take(row));
      if (file.lost > before) damaged.push(member(root, table.name));
    }
    // A body that was cut says so by itself. For each of the others the whole file is measured, once all is read.
    for (const path of truncated ? [] : damaged)
      if (work.read(bytes.length, path)) unread.push({ path, bytes, shape: [OPAQUE_SHAPE.unreadPart, 'sqlite'] });
    const remains = file.remains();
    if (remains.length > 0)
      unread.push({ path: `${root}.deleted`, bytes: remains, shape: [OPAQUE_SHAPE.deletedRows, OPAQUE_SHAPE.readableText] });
    return { leaves: leaves.list, beside: true, unread };
  },
};
