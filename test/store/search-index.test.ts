import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { APPLICATION_ID, prepareDirectory } from '../../src/store/directory.js';
import { MIGRATIONS } from '../../src/store/migrations.js';
import { openStore, type Store } from '../../src/store/store.js';
import { body, dataFolder, exchange, message, occurrence, RULES, removeFolders, row, session } from './specimen.js';

afterEach(removeFolders);

const seqs = (store: Store, text: string) => store.exchangeRows('s1', { text }).rows.map(({ seq }) => seq);
const zipped = { ...exchange(1).request, headers: [['Content-Encoding', 'gzip']] as const, body: body(gzipSync('{"note":"我的手机号"}')) };

/** The database as the version before wrote it: its layout, and an index of what stood on the wire as text. */
function oldDatabase(): string {
  const dir = dataFolder();
  const store = openStore({ dir });
  store.createSession(session('s1', { status: 'ended', endedAt: 1 }), RULES);
  const writer = store.writer('s1');
  writer.exchange(exchange(0), row(exchange(0), { evidence: 1 }));
  writer.exchange(exchange(1, { request: zipped }), row(exchange(1), { evidence: 1, client: '192.0.2.50', status: null }));
  writer.occurrence('f', occurrence(0, 'x'));
  writer.occurrence('f', occurrence(1, 'x'));
  writer.flush();
  store.close();
  return before(dir);
}

/** The same rows in the layout that stood before the search went deeper, whatever came later. */
function before(dir: string): string {
  const old = dataFolder();
  prepareDirectory(old);
  const version = MIGRATIONS.findIndex((sql) => sql.includes('search_depth'));
  const database = new Sqlite(join(old, 'overreach.sqlite'));
  for (const migration of MIGRATIONS.slice(0, version)) database.exec(migration);
  database.prepare('attach ? as newer').run(join(dir, 'overreach.sqlite'));
  for (const table of ['session', 'exchange', 'wire', 'body', 'finding', 'occurrence']) {
    const columns = (database.pragma(`table_info(${table})`) as Array<{ name: string }>).map(({ name }) => name).join();
    database.exec(`insert into ${table} (${columns}) select ${columns} from newer.${table}`);
  }
  database.exec("create virtual table search_1 using fts5(words, content='', tokenize='unicode61')");
  database.prepare('insert into search_1 (rowid, words) values (0, ?)').run('{"n":0,"device_id":"dev-0"}');
  database.pragma(`application_id = ${APPLICATION_ID}`);
  database.pragma(`user_version = ${version}`);
  database.close();
  return old;
}

test('a store of the version before is brought up to date: facets at once, the index when somebody makes it', () => {
  expect(MIGRATIONS.length).toBeGreaterThanOrEqual(3);
  const store = openStore({ dir: oldDatabase() });
  expect(store.facets('s1').get('f')).toEqual({ clients: ['192.0.2.50', '192.0.2.7'], scenes: ['a'], statuses: [200, null] });
  expect(store.searchReach('s1').depth).toBe(0);
  expect(store.shallowSessions()).toEqual(['s1']);
  expect(seqs(store, '手机号')).toEqual([]);
  expect(seqs(store, 'dev-0')).toEqual([0]);
  expect(seqs(store, 'ev-0')).toEqual([]);

  const making = store.deepen('s1', ({ seq }) => (seq === 1 ? { request: 'note=我的手机号' } : {}));
  for (const _ of making) expect(seqs(store, 'dev-0'), 'the old index serves meanwhile').toEqual([0]);
  expect(store.searchReach('s1').depth).toBe(2);
  expect(store.shallowSessions()).toEqual([]);
  expect(seqs(store, 'ev-0'), 'the middle of a word').toEqual([0]);
  expect(seqs(store, '手机号')).toEqual([1]);
  expect(seqs(store, 'dev-0')).toEqual([0]);
  store.close();
});

test('a session that was indexed before words were listed gets its list from the index, and nothing is decoded again', () => {
  const dir = dataFolder();
  const store = openStore({ dir });
  store.createSession(session('s1', { status: 'ended', endedAt: 1 }), RULES);
  const writer = store.writer('s1');
  for (let seq = 0; seq < 3; seq += 1) writer.exchange(exchange(seq), row(exchange(seq)), { response: `phone=1380013800${seq} Übergröße` });
  writer.flush();
  const database = new Sqlite(join(dir, 'overreach.sqlite'));
  database.exec('delete from vocabulary; update session set search_depth = 1');
  expect(store.shallowSessions()).toEqual(['s1']);
  expect(seqs(store, '8001')).toEqual([]);
  const undecoded = () => {
    throw new Error('decoded again');
  };
  // Left half done, and begun again.
  store.deepen('s1', undecoded).next();
  expect([...store.deepen('s1', undecoded)]).toEqual([]);
  expect(store.searchReach('s1').depth).toBe(2);
  expect(seqs(store, '8001')).toEqual([2, 1, 0]);
  expect(seqs(store, '800 0138')).toEqual([2, 1, 0]);
  expect(seqs(store, '38002')).toEqual([2]);
  expect(seqs(store, 'BERGROSSE')).toEqual([]);
  expect(seqs(store, 'bergröß')).toEqual([2, 1, 0]);
  expect(database.prepare("select count(*) as n from sqlite_temp_master where name like 'terms%'").get()).toEqual({ n: 0 });
  database.close();
  store.close();
});

test('an index that was left half made does no harm, and is made again', () => {
  const dir = oldDatabase();
  const store = openStore({ dir });
  const broken = store.deepen('s1', () => {
    throw new Error('decoder');
  });
  expect(() => [...broken]).toThrow('decoder');
  expect(seqs(store, 'dev-0')).toEqual([0]);
  expect([...store.deepen('s1', () => ({ response: 'again' }))]).toEqual([]);
  expect(seqs(store, 'again')).toEqual([1, 0]);
  expect(store.deleteSession('s1').complete).toBe(true);
  store.close();
  expect(() => prepareDirectory(dir)).not.toThrow();
});

test('a new session is indexed as deep as it is decoded, stream messages too', () => {
  const store = openStore({ dir: dataFolder() });
  store.createSession(session(), RULES);
  const writer = store.writer('s1');
  writer.exchange(exchange(0, { request: zipped }), row(exchange(0)), { request: 'note=我的手机号\nimei=861234' });
  writer.exchange(exchange(2, { messages: [message(0, 'AQID')] }), row(exchange(2)), { messages: new Map([[0, 'oaid=9f3c']]) });
  writer.flush();
  expect(store.searchReach('s1').depth).toBe(2);
  for (const text of ['手机号', '手机', '机号', 'imei=86', 'imei 8612']) expect(seqs(store, text), text).toEqual([0]);
  expect(seqs(store, 'oaid=9f')).toEqual([2]);
  expect(seqs(store, '号手')).toEqual([]);
  store.close();
});

test('messages that are searched in part are counted, whether recorded now or indexed anew; of older sessions nobody knows', () => {
  const dir = dataFolder();
  const store = openStore({ dir });
  store.createSession(session(), RULES);
  const writer = store.writer('s1');
  const long = body(`{"text":"${'word '.repeat(8_000)}","end":"needle"}`);
  const write = (seq: number, change: Parameters<typeof exchange>[1]) => {
    writer.exchange(exchange(seq, change), row(exchange(seq)));
    writer.flush();
    return store.searchReach('s1').partly;
  };
  expect(write(0, {})).toBe(0);
  const request = { ...exchange(1).request, body: long };
  expect(write(1, { request })).toBe(1);
  expect(write(1, { request }), 'told again when its answer is there').toBe(1);
  expect(write(2, { messages: [{ ...message(0, 'x'), body: long }, message(1, 'y'.repeat(300))] })).toBe(3);
  expect(seqs(store, 'needle'), 'which is what the count is for').toEqual([]);
  store.updateSession(session('s1', { status: 'ended', endedAt: 1 }));
  store.close();

  const old = openStore({ dir: before(dir) });
  expect(old.searchReach('s1')).toEqual({ depth: 0, partly: null });
  expect([...old.deepen('s1', () => ({}))]).toEqual([]);
  // The old layout of this test keeps no stream messages.
  expect(old.searchReach('s1')).toEqual({ depth: 2, partly: 1 });
  old.close();
});
