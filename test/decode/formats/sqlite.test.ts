import { gunzipSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeRequest } from '../../../src/decode/index.js';
import { createAnalyst } from '../../../src/session/analyst.js';
import { dataTypes } from '../../detect/fixture.js';
import { nearMisses } from '../near-misses.js';
import { inside, opened, request } from '../sample.js';

/** As Python's `sqlite3` wrote it (SQLite 3.40.1), in pages of 512 bytes: a table with a key of its own, two without, an index and a view. */
const PYTHON = gunzipSync(
  Buffer.from(
    'H4sIAAAAAAACA+2Yz0/TUBzA32u3FpDZkDgXY5Z8ww50UpRJQtSLDHhgQ1lhdALxMMtWodnWASsbeDAhnoyJ8YbePHj27MG7Jy/+BRj14BFPGg742v1gIxE9Lls/2fu2' +
      '39f3o33v+/3m+7a0qJi2AY+K2wXdhjHEIIzRBABCiKOlH53ip8XXpGP0bzh0PYOdjhgfO3pP9eLRHnBMgEoGv0X4MxUebcnzEtODDuYiCPfvng9t3CdhHl2J8Nyl7x/e' +
      'fHv/LDZ2e7RKbOLuneMnL08OJhoezLB97v5/QfiICo/OQ2Aj+NQGbjIX2Uhvk00E3Nj8E9GfR1fQj9kwzhQtW8/YJabq/18R/kGFRyfiZwVs8ZfZ4LBZMMxb46NNxAL4' +
      'F835DhE6xB/RCzRL1b+wwHKh4WG8autreaO0ladpY7pkbO0YVsYo0W6v2/Lj97OYD4XD+OlV973rdt+w/6kkiWsEtPikQqBeC2LazIKc0MgsScJCUp6PJ1dhjqxCPKWp' +
      'coJ2micJTYLBrFnazOt7YOkFYxA0sqJBQqUlpSgwTWbiKUUDcUiXYG0oKsHmRtEy3FYS5Gm6TedW6CNzvT6X28QuwqSiTkowMgI6fadCwbBsCSqmvVHT9T5IJeTFFAHR' +
      'HTIavcFwoakwRqaVNXZrm6Pv2EVXT9e/Kx2r37FOLu6sT9X/jxD+TYVH58P7BCw8ZvY4n9ArZNYC7sHuFcLv8Do9qH2it23BGM8FBaHnQdk0KpVKzUvvy2QZKhBfgiWi' +
      'kCkNrsFMUp1v+O04x4WEMFZdqzfrtb213nJimqyACWqi0aHmPg/9fCgYxPsRN0Zs6ua2U/iW2ODUgKg7nkpdtubEmdq1OUSIGQn0aBSWZe2emtIgqS7L08THhQYGcMWd' +
      'IFfOlf0tg+fKIOaq4aNpKAnKZ4Y5Nwa3qr6WCc48FJ14JVEt6uX/3Z3/0xYXdj26FudA4K1CV+8/8lahAzCsbFOY/+9/2f8A5u9DSAAYAAA=',
    'base64',
  ),
);

function database(sql: string, pageSize = 4_096): Buffer {
  const db = new Sqlite(':memory:');
  db.exec(`pragma page_size = ${pageSize}; pragma secure_delete = 0; ${sql}`);
  const bytes = db.serialize();
  db.close();
  return bytes;
}

const told = (body: Buffer, truncated = false) =>
  decodeRequest(request({ body, truncated })).opaque.map(({ path, shape }) => `${path} ${shape.join(' ')}`);

test('what another program wrote', () => {
  expect(opened(PYTHON)).toMatchObject({
    'body|sqlite.contacts[0]._id': '1',
    'body|sqlite.contacts[0]["display name"]': '张三',
    'body|sqlite.contacts[0].phone': '13900000001',
    'body|sqlite.contacts[0].lat': '31.2304',
    'body|sqlite.contacts[0].big': '4611686018427387904',
    'body|sqlite.contacts[1]["display name"]': `${'x'.repeat(1_500)}end`,
    'body|sqlite.contacts[1].big': '-5',
    'body|sqlite.kv[0].k': 'imei',
    'body|sqlite.kv[0].v': '860000000000001',
    'body|sqlite.pair[1].c': 'z',
    'body|sqlite.pair[1].a': '2',
    'body|sqlite.pair[1].b': 'y',
  });
  expect(opened(PYTHON)['body|sqlite.contacts[1].lat'], 'no value').toBeUndefined();
  expect(told(PYTHON)).toEqual([]);
  expect(inside(PYTHON)).toMatchObject({ '|base64|sqlite.contacts[0].phone': '13900000001' });
});

test('names of columns are what the schema says, and places where the schema says less than a row holds', () => {
  const sql = `create table "a ""b""" (
    [no, 1] decimal(10, 2) default (1 + (2)) check ("no, 1" > 0), /* and, so on */ 'two' text, n integer generated always as (1) virtual,
    kept as (2) stored, "primary" text, primary key ("primary"), constraint c unique (two));
    insert into "a ""b""" ("no, 1", two, "primary") values (5, 'x', 'y');
    alter table "a ""b""" add column late text; insert into "a ""b""" ("no, 1", two, "primary", late) values (6, 'v', 'w', 'z');`;
  const path = 'body|sqlite["a \\"b\\""]';
  expect(opened(database(sql))).toMatchObject({
    [`${path}[0]["no, 1"]`]: '5',
    [`${path}[0].two`]: 'x',
    [`${path}[0].kept`]: '2',
    [`${path}[0].primary`]: 'y',
    [`${path}[1].late`]: 'z',
  });
});

test('texts in UTF-16', () => {
  for (const encoding of ['utf-16le', 'utf-16be'])
    expect(
      opened(database(`pragma encoding = '${encoding}'; create table t (name text); insert into t values ('张三丰'), ('a')`)),
      encoding,
    ).toMatchObject({ 'body|sqlite.t[0].name': '张三丰', 'body|sqlite.t[1].name': 'a' });
});

test('what is encrypted, damaged, deleted, or no more than a journal is told as unread', () => {
  const rows = database("create table t (a text); insert into t values ('x'), ('y')", 512);
  const dark = Buffer.from(Array.from({ length: 2_048 }, (_, at) => (Math.imul(at + 1, 2_654_435_761) >>> 13) & 255));
  expect(told(dark)).toHaveLength(1);
  expect(told(Buffer.concat([rows.subarray(0, 32), dark]))).toEqual(['body sqlite']);
  const wal = Buffer.concat([Buffer.from('377f0682002de21800001000', 'hex'), dark]);
  expect(told(wal)).toEqual([expect.stringMatching(/^body sqlite-wal/)]);
  const damaged = Buffer.from(rows);
  damaged[512] = 7;
  expect(told(damaged)).toEqual(['body|sqlite.t unread-part sqlite']);
  expect(told(rows.subarray(0, 512))).toEqual(['body|sqlite.t unread-part sqlite']);
  expect(told(rows.subarray(0, 512), true), 'a body that was cut says so by itself').toEqual([]);
  const deleted = database(
    `create table t (a text); with recursive n(i) as (select 1 union all select i + 1 from n where i < 200)
    insert into t select 'an event of the app ' || i from n; delete from t where rowid > 100`,
    512,
  );
  expect(told(deleted)).toEqual(['body|sqlite.deleted deleted-rows readable-text']);
});

test('incident: a row that was deleted among others was told of nowhere', () => {
  const rows =
    "create table t (name text, note text); insert into t values ('first', 'what stays here'), ('second', 'what was deleted'), ('third', 'also stays here');";
  const told512 = (sql: string) => told(database(rows + sql, 512));
  expect(told512('')).toEqual([]);
  expect(told512('delete from t where rowid = 2')).toEqual(['body|sqlite.deleted deleted-rows readable-text']);
  expect(told512("update t set note = 'now it is longer than before' where rowid = 2"), 'written anew').toEqual([
    'body|sqlite.deleted deleted-rows readable-text',
  ]);
  expect(told(database(`${rows}delete from t where rowid = 2; vacuum`, 512))).toEqual([]);
  const analyst = createAnalyst({
    dataTypes: [...dataTypes],
    persona: { values: { phone_number: ['13900000027'] }, salts: [], keys: [] },
    tagKey: new Uint8Array(32),
  });
  const body = database(
    "create table t (phone text); insert into t values ('13900000027'), ('13900000028'); delete from t where rowid = 1",
    512,
  );
  expect(analyst.request(request({ body })).evidence).toContainEqual(
    expect.objectContaining({ dataType: 'phone_number', grade: 'confirmed' }),
  );
});

test('rows that were moved to other pages are there twice, and nothing was deleted', () => {
  const event = fc.tuple(
    fc.nat({ max: 100_000 }),
    fc.string({ unit: fc.constantFrom(...'abcdefghij 0123456789'), minLength: 8, maxLength: 60 }),
    fc.nat(),
  );
  fc.assert(
    fc.property(fc.uniqueArray(event, { minLength: 100, maxLength: 300, selector: ([id]) => id }), fc.boolean(), (events, keyed) => {
      const db = new Sqlite(':memory:');
      db.exec(
        `pragma page_size = 512; pragma secure_delete = 0; create table t (id integer primary key, note text, n int)${keyed ? '; create table k (note text, id int, primary key (note, id)) without rowid' : ''}`,
      );
      for (const [id, note, n] of events) {
        db.prepare('insert into t values (?, ?, ?)').run(id, note, n);
        if (keyed) db.prepare('insert into k values (?, ?)').run(note, id);
      }
      const body = db.serialize();
      db.close();
      expect(told(body)).toEqual([]);
    }),
    { numRuns: 30, endOnFailure: true },
  );
});

describe('rows of people', () => {
  const analyst = createAnalyst({ dataTypes: [...dataTypes], persona: null, tagKey: new Uint8Array(32) });
  const found = (body: Buffer | string) =>
    analyst
      .request(request({ body }))
      .evidence.map(({ dataType, grade, path }) => `${dataType} ${grade} ${path.replace(/^body(?:\|sqlite|\.\$)/, '')}`);

  test('are to the detectors what objects of an array are', () => {
    const people = Array.from({ length: 40 }, (_, index) => ({
      _id: index + 1,
      name: ['王伟', '李娜', '张敏', '刘洋'][index % 4]!,
      phone: String(13_800_000_100 + 37 * index),
    }));
    const rows = people.map(({ _id, name, phone }) => `(${_id}, '${name}', '${phone}')`).join(', ');
    const written = database(`create table contacts (_id integer primary key, name text, phone text); insert into contacts values ${rows}`);
    expect(found(written)).toEqual(found(JSON.stringify({ contacts: people })));
    expect(found(written)).toContain('contacts strong .contacts');
  });

  test('a document in a column is opened', () => {
    const written = database(`create table events (payload text); insert into events values ('{"imei":"860000000000004"}')`);
    expect(found(written)).toEqual(['imei probable .events[0].payload|json$.imei']);
  });
});

test('whatever a table holds, it is read as it was written', () => {
  const value = fc.oneof(
    fc.constant(null),
    fc.integer(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Number.isInteger(number) ? number + 0.5 : number)),
    fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !text.includes('\0')),
    fc.nat({ max: 3_000 }).map((size) => 'w '.repeat(size)),
  );
  const table = fc.array(fc.tuple(value, value, value), { maxLength: 60 });
  fc.assert(
    fc.property(table, fc.constantFrom(512, 1_024, 4_096), fc.boolean(), (rows, size, keyed) => {
      const db = new Sqlite(':memory:');
      db.exec(
        `pragma page_size = ${size}; create table t (id integer primary key, a, b, c)${keyed ? '; create table k (id int primary key, a) without rowid' : ''}`,
      );
      const insert = db.prepare('insert into t values (?, ?, ?, ?)');
      const insertKeyed = keyed ? db.prepare('insert into k values (?, ?)') : null;
      for (const [index, row] of rows.entries()) {
        insert.run(index, ...row);
        insertKeyed?.run(index, row[0]);
      }
      const fields = opened(db.serialize());
      db.close();
      for (const [index, row] of rows.entries()) {
        for (const [column, expected] of row.entries())
          expect(fields[`body|sqlite.t[${index}].${'abc'[column]}`]).toBe(expected === null ? undefined : String(expected));
        if (keyed) expect(fields[`body|sqlite.k[${index}].a`]).toBe(row[0] === null ? undefined : String(row[0]));
      }
    }),
    { numRuns: 60 },
  );
});

nearMisses('sqlite', { content: PYTHON });
