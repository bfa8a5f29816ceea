import { copyFileSync, renameSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { limits } from '../../src/limits.js';
import type { Occurrence } from '../../src/model/finding.js';
import { type Database, openDatabase } from '../../src/store/database.js';
import { listFindings, listOccurrences } from '../../src/store/evidence-list.js';
import { listExchanges, readExchange } from '../../src/store/exchange-list.js';
import { ExplanationReader } from '../../src/store/explanation.js';
import { Query } from '../../src/store/query.js';
import { createSearchTable } from '../../src/store/search.js';
import { readTraffic } from '../../src/store/traffic.js';
import { BatchWriter } from '../../src/store/writer.js';
import { body, connection, dataFolder, exchange, finding, message, occurrence, removeFolders, row } from './specimen.js';

let database: Database;
let query: Query;
let now = 0;
beforeEach(() => {
  database = openDatabase(dataFolder(), false);
  query = new Query(database);
  database.exec(
    `insert into session (number, id, started_at, status, source, subject, scenes, pack, pack_version, rules_sha256, payloads_sent, payloads_closed) values (1, 's', 0, 'running', 'proxy', '{}', '[]', 'p', '1', '', 0, 0)`,
  );
  query.run(createSearchTable(1));
  now = 0;
});
afterEach(() => {
  database.close();
  removeFolders();
});

const writer = () => new BatchWriter(query, 1, () => now);

test('nothing is stored before flush, and an exchange that grows within a batch is written once', () => {
  const w = writer();
  const asked = exchange(0, { response: null });
  w.exchange(asked, row(asked));
  w.exchange(exchange(0), row(exchange(0)));
  w.row(row(exchange(0), { evidence: 4 }));
  expect(listExchanges(query, 1, {}).total).toBe(0);
  expect(w.flush().written).toBe(1);
  expect(readExchange(query, 1, 0)).toEqual(exchange(0));
  expect(listExchanges(query, 1, {}).rows[0]).toMatchObject({ evidence: 4, status: 200 });
});

test('an exchange that grows across batches keeps its messages', () => {
  const w = writer();
  const asked = exchange(0, { response: null });
  w.exchange(asked, row(asked));
  w.flush();
  w.message(0, message(0, 'first'));
  w.flush();
  w.exchange(exchange(0), row(exchange(0)));
  w.row(row(exchange(0), { evidence: 1 }));
  w.message(0, message(1, 'second'));
  w.flush();
  expect(readExchange(query, 1, 0)).toEqual({ ...exchange(0), messages: [message(0, 'first'), message(1, 'second')] });
});

test('the line of an exchange that was never stored is not made up', () => {
  const w = writer();
  w.row(row(exchange(9)));
  w.flush();
  expect(listExchanges(query, 1, {}).total).toBe(0);
});

test('a full disk loses nothing that fits into memory, writes no half batch, and goes on when there is room', () => {
  const w = writer();
  const pages = Number(database.pragma('page_count', { simple: true }));
  database.pragma(`max_page_count = ${pages + 20}`);
  const big = (seq: number) => exchange(seq, { request: { ...exchange(seq).request, body: body('x'.repeat(50_000)) } });
  for (let seq = 0; seq < 10; seq++) w.exchange(big(seq), row(big(seq)));
  const refused = w.flush();
  expect(refused).toMatchObject({ written: 0, waiting: 10, lost: 0 });
  expect(refused.error).toMatchObject({ code: 'OVR_STORE_FULL' });
  expect(refused.error?.next).not.toBe('');
  expect(listExchanges(query, 1, {}).total).toBe(0);

  database.pragma('max_page_count = 1000000');
  now = limits.storeRetryMs - 1;
  expect(w.flush().written, 'waits before it tries again').toBe(0);
  now = limits.storeRetryMs;
  expect(w.flush()).toEqual({ written: 10, waiting: 0, lost: 0, error: null });
  expect(listExchanges(query, 1, {}).total).toBe(10);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
});

test('incident: after the clock was set back by a day, a disk with room again was not written to for a day', () => {
  const monotonic = vi.spyOn(performance, 'now').mockReturnValue(1_000);
  const wall = vi.spyOn(Date, 'now').mockReturnValue(1_800_000_000_000);
  const w = new BatchWriter(query, 1);
  const pages = Number(database.pragma('page_count', { simple: true }));
  database.pragma(`max_page_count = ${pages}`);
  const big = exchange(0, { request: { ...exchange(0).request, body: body('x'.repeat(500_000)) } });
  w.exchange(big, row(big));
  expect(w.flush().error).toMatchObject({ code: 'OVR_STORE_FULL' });
  database.pragma('max_page_count = 1000000');
  wall.mockReturnValue(1_800_000_000_000 - 86_400_000);
  monotonic.mockReturnValue(1_000 + limits.storeRetryMs);
  expect(w.flush()).toMatchObject({ written: 1, error: null });
  vi.restoreAllMocks();
});

test('incident: what was written into a database that had been removed counted as stored', () => {
  const w = writer();
  const file = database.name;
  renameSync(file, `${file}.away`);
  w.exchange(exchange(0), row(exchange(0)));
  expect(w.flush()).toMatchObject({ written: 0, waiting: 1, error: { code: 'OVR_STORE_GONE' } });
  expect(w.abandon()).toBe(1);
  renameSync(`${file}.away`, file);
  expect(w.flush()).toMatchObject({ written: 1, waiting: 0, error: null });
  expect(w.flush().error).toBeNull();
  copyFileSync(file, `${file}.copy`);
  renameSync(`${file}.copy`, file);
  expect(w.flush().error).toMatchObject({ code: 'OVR_STORE_GONE' });
});

test('incident: what was written while the log of the database had been removed counted as stored', () => {
  const w = writer();
  const log = `${database.name}-wal`;
  w.exchange(exchange(0), row(exchange(0)));
  expect(w.flush()).toMatchObject({ written: 1, error: null });
  renameSync(log, `${log}.away`);
  w.exchange(exchange(1), row(exchange(1)));
  expect(w.flush()).toMatchObject({ written: 0, waiting: 1, error: { code: 'OVR_STORE_GONE' } });
  renameSync(`${log}.away`, log);
  expect(w.abandon(), 'what is given up for good').toBe(0);
  expect(w.flush()).toMatchObject({ waiting: 0, error: null });
});

test('a disk with little room takes what it can, in whole steps', () => {
  const w = writer();
  const pages = Number(database.pragma('page_count', { simple: true }));
  for (let seq = 0; seq < 3 * limits.storeBatch; seq++) w.exchange(exchange(seq), row(exchange(seq)));
  database.pragma(`max_page_count = ${pages + 300}`);
  const { written, waiting, error } = w.flush();
  expect(error?.code).toBe('OVR_STORE_FULL');
  expect(written).toBeGreaterThan(0);
  expect(written % limits.storeBatch).toBe(0);
  expect(written + waiting).toBe(3 * limits.storeBatch);
  expect(listExchanges(query, 1, {}).total).toBe(written);
  database.pragma('max_page_count = 1000000');
  expect(w.flush(true)).toMatchObject({ written: waiting, waiting: 0, error: null });
});

test('counters add up while the disk refuses, and count once', () => {
  const w = writer();
  database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true }))}`);
  const big = exchange(0, { request: { ...exchange(0).request, body: body(new Uint8Array(100_000)) } });
  w.exchange(big, row(big));
  for (let n = 0; n < 10; n++) {
    w.limit('decodeDepth');
    w.notAnalysed(2);
    w.flush(true);
  }
  expect(w.flush(true).waiting).toBe(3);
  database.pragma('max_page_count = 1000000');
  w.flush(true);
  w.limit('decodeDepth');
  w.flush(true);
  expect(readTraffic(query, 1)).toMatchObject({ limitsReached: { decodeDepth: 11 }, notAnalysed: 20 });
});

test('messages that carried something, and those into which nobody could look, are counted; judged again, counted anew', () => {
  const w = writer();
  for (const closed of [false, true, true, false, false]) w.payload(closed);
  w.flush(true);
  w.payload(true);
  w.flush(true);
  expect(readTraffic(query, 1).payloads).toEqual({ sent: 6, closed: 3 });
  w.replaceEvidence([], [], { payloads: { sent: 6, closed: 0 } });
  expect(readTraffic(query, 1).payloads).toEqual({ sent: 6, closed: 0 });
});

test('incident: bounds that a session reached when it was judged again stood in that answer only, and in no report after it', () => {
  const w = writer();
  w.limit('decodeDepth', 2);
  w.limit('tapQueued');
  w.flush(true);
  w.replaceEvidence([], [], { limitsReached: { decodeDepth: 3, hookMs: 1 } });
  w.replaceEvidence([], [], { limitsReached: { decodeDepth: 3, hookMs: 1 } });
  expect(readTraffic(query, 1).limitsReached).toEqual({ decodeDepth: 3, hookMs: 1, tapQueued: 1 });
});

test('incident: half of the evidence of a recording full of events was lost, because more came between two flushes than may wait', () => {
  const w = writer();
  const third = body(new Uint8Array(limits.storeQueued / 3));
  for (let seq = 0; seq < 7; seq++) {
    const one = exchange(seq, { request: { ...exchange(seq).request, body: third } });
    w.exchange(one, row(one));
  }
  expect(w.flush()).toMatchObject({ waiting: 0, lost: 0, error: null });
  expect(readTraffic(query, 1)).toMatchObject({ exchanges: 7, notStored: 0 });
});

test('what does not fit into memory either is counted, in the session, too', () => {
  const w = writer();
  database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true }))}`);
  const half = body(new Uint8Array(limits.storeQueued / 2));
  for (let seq = 0; seq < 4; seq++) {
    const one = exchange(seq, { request: { ...exchange(seq).request, body: half } });
    w.exchange(one, row(one));
  }
  w.finding(finding('f1'));
  expect(w.flush(true)).toMatchObject({ written: 0, lost: 3, error: { code: 'OVR_STORE_FULL' } });
  database.pragma('max_page_count = 1000000');
  expect(w.flush(true)).toEqual({ written: 2, waiting: 0, lost: 3, error: null });
  expect(readTraffic(query, 1)).toMatchObject({ exchanges: 1, notStored: 3 });
  expect(listFindings(query, 1), 'a verdict is never dropped').toHaveLength(1);
});

test('incident: a session that ended on a full disk said nothing of what it had lost', () => {
  const w = writer();
  const big = exchange(0, { request: { ...exchange(0).request, body: body('x'.repeat(500_000)) } });
  database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true })) + 1}`);
  w.exchange(big, row(big));
  w.connection(connection('c1'));
  expect(w.flush(true)).toMatchObject({ written: 0, waiting: 2, error: { code: 'OVR_STORE_FULL' } });
  expect(w.abandon()).toBe(2);
  expect(readTraffic(query, 1)).toMatchObject({ exchanges: 0, notStored: 2 });
  expect(w.flush(true)).toMatchObject({ written: 0, waiting: 0, lost: 2 });
  expect(w.abandon()).toBe(0);
});

test('a record SQLite will not take does not hold up the others', () => {
  const w = writer();
  const wrong = exchange(1);
  w.exchange(exchange(0), row(exchange(0)));
  w.exchange(wrong, row(wrong, { bytesUp: 0.5 }));
  w.exchange(exchange(2), row(exchange(2)));
  expect(w.flush()).toMatchObject({ lost: 1, error: null });
  expect(listExchanges(query, 1, { order: 'oldest' }).rows.map(({ seq }) => seq)).toEqual([0, 2]);
  expect(readExchange(query, 1, 1), 'no half rows').toBeNull();
  expect(readTraffic(query, 1).notStored).toBe(1);
});

test('incident: after one piece of evidence that SQLite did not take, no evidence of its kind could be read any more', () => {
  const w = writer();
  w.finding(finding('f'));
  w.occurrence('f', occurrence(0, 'one', { at: Number.NaN }));
  expect(w.flush()).toMatchObject({ lost: 1, waiting: 0, error: null });
  w.occurrence('f', occurrence(1, 'two'));
  w.flush();
  expect(listOccurrences(query, new ExplanationReader(query), 1, 'f').map(({ value }) => value)).toEqual(['two']);
});

test('another process that holds the database is waited for, not fatal', () => {
  database.pragma('busy_timeout = 0');
  const other = openDatabase(database.name.replace(/\/[^/]*$/, ''), false);
  other.exec('begin immediate');
  const w = writer();
  w.exchange(exchange(0), row(exchange(0)));
  expect(w.flush(true)).toMatchObject({ waiting: 1, error: { code: 'OVR_STORE_BUSY' } });
  other.exec('rollback');
  other.close();
  expect(w.flush(true)).toMatchObject({ written: 1, error: null });
});

test('judging again replaces findings and moves their evidence', () => {
  const w = writer();
  w.finding(finding('old'));
  for (let n = 0; n < 2_500; n++) w.occurrence('old', occurrence(n, String(n)));
  w.replaceFindings([finding('even'), finding('odd', { verdict: 'necessary' })], (piece: Occurrence) =>
    piece.exchange === 0 ? null : piece.exchange % 2 === 0 ? 'even' : 'odd',
  );
  expect(listFindings(query, 1).map(({ id }) => id)).toEqual(['even', 'odd']);
  expect(listOccurrences(query, new ExplanationReader(query), 1, 'odd')).toHaveLength(1_250);
  expect(listOccurrences(query, new ExplanationReader(query), 1, 'even')).toHaveLength(1_249);
  expect(listOccurrences(query, new ExplanationReader(query), 1, 'old')).toEqual([]);
});

test('reading again replaces evidence; a failure on the way changes nothing', () => {
  const w = writer();
  w.finding(finding('f'));
  w.occurrence('f', occurrence(1, 'a'));
  function* broken(): Iterable<readonly [string, Occurrence]> {
    yield ['g', occurrence(2, 'b')];
    throw new Error('decoder');
  }
  expect(() => w.replaceEvidence([finding('g')], broken())).toThrow(/decoder/);
  expect(listFindings(query, 1).map(({ id }) => id)).toEqual(['f']);
  w.replaceEvidence([finding('g')], [['g', occurrence(2, 'b')]]);
  expect(listOccurrences(query, new ExplanationReader(query), 1, 'g')).toEqual([occurrence(2, 'b')]);
  expect(listOccurrences(query, new ExplanationReader(query), 1, 'f')).toEqual([]);
});
