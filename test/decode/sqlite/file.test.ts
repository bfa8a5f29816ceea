import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { isDatabase, SqliteFile, varint } from '../../../src/decode/sqlite/file.js';
import { Work } from '../../../src/decode/work.js';
import { limits } from '../../../src/limits.js';

const PAGE = 512;
const ROWS = 400;

function written(): Buffer {
  const db = new Sqlite(':memory:');
  db.exec(`pragma page_size = ${PAGE}; create table t (a)`);
  const insert = db.prepare('insert into t values (?)');
  for (let index = 0; index < ROWS; index++) insert.run(`row ${index} ${'x'.repeat(index === 7 ? 5_000 : 30)}`);
  const bytes = db.serialize();
  db.close();
  return bytes;
}

/** Number of the first page of the only table. */
const ROOT = 2;

function rowsOf(bytes: Buffer, work = new Work()): { ids: bigint[]; sizes: number[]; lost: number; work: Work } {
  const file = new SqliteFile(bytes, work, 'body');
  const ids: bigint[] = [];
  const sizes: number[] = [];
  file.rows(ROOT, ({ id, record }) => {
    ids.push(id ?? -1n);
    sizes.push(record.length);
    return ids.length < 100_000;
  });
  return { ids, sizes, lost: file.lost, work };
}

test('a number of up to nine bytes', () => {
  const read = (hex: string) => varint(Buffer.from(hex, 'hex'), 0);
  expect(read('7f')).toEqual({ value: 127n, end: 1 });
  expect(read('8100')).toEqual({ value: 128n, end: 2 });
  expect(read('ffffffffffffffffff')).toEqual({ value: -1n, end: 9 });
  expect(read('80')).toBeNull();
});

test('a tree of pages is read in order, and rows of several pages are put together', () => {
  const { ids, sizes, lost } = rowsOf(written());
  expect(ids).toEqual(Array.from({ length: ROWS }, (_, index) => BigInt(index + 1)));
  expect(sizes[7]).toBeGreaterThan(5_000);
  expect(lost).toBe(0);
});

test('what is a database, and what only begins like one', () => {
  const bytes = written();
  expect(isDatabase(bytes)).toBe(true);
  for (const [at, byte] of [
    [3, 0x20],
    [16, 3],
    [20, 200],
    [100, 7],
  ] as const)
    expect(isDatabase(Buffer.from(bytes).fill(byte, at, at + 1)), `byte ${at}`).toBe(false);
  expect(isDatabase(bytes.subarray(0, 100))).toBe(false);
});

describe('hostile pages', () => {
  const interior = (child: number) => {
    const page = Buffer.alloc(PAGE);
    page[0] = 5;
    page.writeUInt32BE(child, 8);
    return page;
  };
  const withRoot = (...pages: Buffer[]) => Buffer.concat([written().subarray(0, PAGE), ...pages]);

  test('a page that is its own child, and rings of pages', () => {
    expect(rowsOf(withRoot(interior(ROOT)))).toMatchObject({ ids: [], lost: 1 });
    expect(rowsOf(withRoot(interior(3), interior(2)))).toMatchObject({ ids: [], lost: 1 });
  });

  test('a tree that is deeper than SQLite reads', () => {
    const pages = Array.from({ length: 30_000 }, (_, index) => interior(index + 3));
    expect(rowsOf(withRoot(...pages))).toMatchObject({ ids: [], lost: 1 });
  });

  test('cells that all stand at one place are not more than a page', () => {
    const page = Buffer.alloc(PAGE);
    page[0] = 13;
    page.writeUInt16BE(200, 3);
    page.set([0x3c, 1, 2, 0x83], 440);
    for (let cell = 0; cell < 200; cell++) page.writeUInt16BE(440, 8 + 2 * cell);
    const { ids, lost } = rowsOf(withRoot(page));
    expect(ids.length).toBeLessThan(10);
    expect(lost).toBe(1);
  });

  test('pages cost work', () => {
    const work = new Work();
    work.read(limits.decodeWork - 10_000, 'body');
    expect(rowsOf(written(), work)).toMatchObject({ work: { hits: [{ limit: 'decodeWork' }] } });
  });
});
