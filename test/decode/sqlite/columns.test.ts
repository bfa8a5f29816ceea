import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf } from '../../../src/decode/sqlite/columns.js';
import { processorTime } from '../../processor-time.js';

test('columns in the order of the rows, and the one that is the number of the row', () => {
  expect(columnsOf('CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)')).toEqual({ names: ['id', 'a'], rowId: 0 });
  expect(columnsOf('CREATE TABLE t (a, id integer, primary key (id asc))')).toEqual({ names: ['a', 'id'], rowId: 1 });
  expect(columnsOf('CREATE TABLE t (id INT PRIMARY KEY, a)')).toEqual({ names: ['id', 'a'], rowId: -1 });
  expect(columnsOf('create table t ("unique" text, `check` text, [a b])')).toEqual({ names: ['unique', 'check', 'a b'], rowId: -1 });
});

test('a table without numbers keeps its key first', () => {
  expect(columnsOf('CREATE TABLE t (a, b, c, PRIMARY KEY (C, a)) WITHOUT ROWID')?.names).toEqual(['c', 'a', 'b']);
  expect(columnsOf('CREATE TABLE t (a, b TEXT PRIMARY KEY) STRICT, WITHOUT ROWID')?.names).toEqual(['b', 'a']);
});

test('a column that is computed stands in no row', () => {
  expect(columnsOf('CREATE TABLE t (a, b AS (a + 1), c GENERATED ALWAYS AS (a) STORED)')?.names).toEqual(['a', 'c']);
});

test('what is no ordinary table', () => {
  for (const sql of ['CREATE VIRTUAL TABLE t USING fts5(a)', 'CREATE INDEX i ON t(a)', 'CREATE VIEW v AS SELECT 1', ''])
    expect(columnsOf(sql), sql).toBeNull();
});

test('any text ends soon', () => {
  const unit = fc.constantFrom('(', ')', ',', '"', "'", '[', '--', '/*', 'a ', '\n', 'primary key', 'as');
  fc.assert(fc.property(fc.string({ unit, maxLength: 200 }), (text) => columnsOf(`create table t (${text}`) !== undefined));
  const cost = processorTime(() => {
    for (const piece of ['(', '"', "'", '[', '/*', '--', 'a,', '"a', 'primary key,', '"",'])
      columnsOf(`create table t (${piece.repeat(200_000)}`);
  });
  expect(cost).toBeLessThan(1_000);
});
