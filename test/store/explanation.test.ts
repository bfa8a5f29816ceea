import { afterEach, expect, test } from 'vitest';
import type { Occurrence } from '../../src/model/finding.js';
import { listEvidenceOf, listOccurrences } from '../../src/store/evidence-list.js';
import { ExplanationReader, ExplanationWriter } from '../../src/store/explanation.js';
import { Rows } from '../../src/store/rows.js';
import { twoSessions } from './lists.js';
import { occurrence, removeFolders } from './specimen.js';

afterEach(removeFolders);

const trace: Occurrence['trace'] = [
  { rule: 'key', text: { zh: '字段名与词典中的“imei”相符', en: 'the name is "imei" in the key dictionary' } },
];
const piece = (seq: number, change: Partial<Occurrence> = {}) => occurrence(seq, `value ${seq}`, { trace, ...change });
const keysOf = (database: ReturnType<typeof twoSessions>['database'], session: number) =>
  database.prepare('select key from explanation where session = ?').pluck().all(session);

test('nine megabytes of events became 187 of database: what pieces of evidence share is kept once', () => {
  const { database, query, first, second } = twoSessions();
  const pieces = Array.from({ length: 200 }, (_, seq) => piece(seq));
  for (const each of pieces) first.occurrence('f', each);
  first.occurrence('f', piece(200, { grade: 'probable' }));
  second.occurrence('f', piece(0));
  expect(keysOf(database, 1)).toHaveLength(2);
  expect(keysOf(database, 2)).toHaveLength(1);
  const longest = database.prepare('select max(length(document)) from occurrence').pluck().get();
  expect(longest).toBeLessThan(JSON.stringify(pieces[0]).length / 2);
  const read = listOccurrences(query, new ExplanationReader(query), 1, 'f');
  expect(read).toEqual([...pieces, piece(200, { grade: 'probable' })]);
  expect(Object.keys(read[0]!), 'in the order of the interface').toEqual(Object.keys(piece(0)));
  expect(read[0]!.trace, 'in memory, too').toBe(read[1]!.trace);
  database.close();
});

test('whether something tells who sent it is kept', () => {
  const { database, query, first } = twoSessions();
  for (const each of [piece(0, { attributed: true }), piece(1)]) first.occurrence('f', each);
  expect(listOccurrences(query, new ExplanationReader(query), 1, 'f').map(({ attributed }) => attributed)).toEqual([true, undefined]);
  database.close();
});

test('evidence that was stored before there were explanations is read as it is', () => {
  const { database, query, first } = twoSessions();
  const old = piece(1);
  database
    .prepare('insert into occurrence (session, finding, exchange, at, document) values (1, ?, 1, ?, ?)')
    .run('f', old.at, JSON.stringify(old));
  first.occurrence('f', piece(2));
  expect(listOccurrences(query, new ExplanationReader(query), 1, 'f')).toEqual([old, piece(2)]);
  database.close();
});

test('an explanation whose transaction was undone is written again', () => {
  const { database, query } = twoSessions();
  const rows = new Rows(query, 1);
  const undone = () =>
    query.transaction(() => {
      rows.occurrence('f', piece(1));
      throw new Error('no room');
    });
  expect(undone).toThrow('no room');
  expect(keysOf(database, 1)).toEqual([]);
  query.transaction(() => rows.occurrence('f', piece(1)));
  rows.settled();
  expect(listEvidenceOf(query, new ExplanationReader(query), 1, 1)).toEqual([{ finding: 'f', occurrence: piece(1) }]);
  database.close();
});

test('two writers mean the same by the same key', () => {
  const { database, query } = twoSessions();
  const writers = [new ExplanationWriter(query, 1), new ExplanationWriter(query, 1)];
  const columns = writers.flatMap((writer) => [writer.columns(piece(1)), writer.columns(piece(2, { form: 'md5' }))]);
  expect(columns.slice(0, 2)).toEqual(columns.slice(2));
  expect(new Set(keysOf(database, 1))).toEqual(new Set(columns.map(({ explanation }) => explanation)));
  database.close();
});

test('a missing explanation is a damaged store, and said', () => {
  const { database, query, first } = twoSessions();
  first.occurrence('f', piece(1));
  database.exec('delete from explanation');
  expect(() => listOccurrences(query, new ExplanationReader(query), 1, 'f')).toThrow(
    expect.objectContaining({ code: 'OVR_STORE_CORRUPT' }),
  );
  database.close();
});
