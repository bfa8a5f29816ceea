import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ArchiveOrder, openArchive } from '../../src/cli/archive.js';
import { RULES_DIR } from '../../src/cli/place.js';
import { readSettings } from '../../src/cli/settings.js';
import { storeSink } from '../../src/cli/store-sink.js';
import { tagKeyOf } from '../../src/cli/tag-key.js';
import type { Persona } from '../../src/model/session.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { createAudit } from '../../src/session/audit.js';
import { openStore } from '../../src/store/index.js';
import { exchangeOf, sessionOf } from '../session/traffic.js';
import { commandLine } from './recorded-cli.js';

const { home, remove } = commandLine();
const rulebook = loadRulebook({ dir: RULES_DIR });
const settings = readSettings({ dataDir: home }, { env: { HOME: home }, cwd: home });
const order: ArchiveOrder = { settings, rulebook, schemas: [], responses: false, countries: null };
const NICK = 'zq-nickname-77';
const persona = (values: Persona['values']): Persona => ({ values, salts: [], keys: [] });

/** A session that was recorded with this persona: a phone number under a key, and a nickname that only knowing it finds. */
function record(id: string, known: Persona | null): void {
  const store = openStore({ dir: home });
  const session = sessionOf({ id });
  store.createSession(session, { pack: rulebook.pack.id, version: rulebook.pack.version, sha256: rulebook.sha256 });
  const sink = storeSink(store, store.writer(id), id);
  const audit = createAudit({ session, rulebook, persona: known, tagKey: tagKeyOf(home), sink });
  audit.exchange(exchangeOf(0, 'https://ads.example.test/v1', `{"phone":"13900000000","x":"${NICK}"}`));
  audit.exchange(exchangeOf(1, 'https://ads.example.test/v2', '{"q":"手机号"}'));
  audit.end(Date.now());
  audit.drain();
  sink.commit();
  store.close();
}

beforeAll(() => {
  record('one', null);
  record('two', persona({ nickname: [NICK] }));
});
afterAll(remove);

const types = (id: string) => {
  const store = openStore({ dir: home, readOnly: true });
  const found = store.findings(id).filter(({ grade }) => grade !== 'candidate');
  store.close();
  return found.map(({ dataType }) => dataType);
};

test('reports, selections and comparisons', () => {
  const archive = openArchive(order);
  const report = archive.answer({ ask: 'report', session: 'one', only: null, format: 'json', language: 'en' });
  expect(report).toMatchObject({ name: 'overreach-one.json', mime: 'application/json' });
  const none = archive.answer({ ask: 'report', session: 'one', only: ['nothing'], format: 'json', language: 'en' });
  expect('body' in none && JSON.parse(String(none.body)).findings).toEqual([]);
  const diff = archive.answer({ ask: 'diff', before: 'one', after: 'two' });
  expect('new' in diff && diff.new.map(({ dataType }) => dataType)).toEqual(['nickname']);
  expect(() => archive.answer({ ask: 'diff', before: 'one', after: 'nobody' })).toThrow(/nobody/);
  archive.close();
});

test('values that were added later are found in what is stored; the earlier judgement is kept', () => {
  const archive = openArchive(order);
  expect(types('one')).not.toContain('nickname');
  const again = archive.answer({ ask: 'rejudge', session: 'one', persona: persona({ nickname: [NICK] }), partial: true });
  expect(again).toMatchObject({ earlier: 1, diff: { new: [{ dataType: 'nickname' }], gone: [] } });
  expect(types('one')).toContain('nickname');
  archive.close();
});

test('evidence of values that nobody has any more stays; values that were taken out lose theirs', () => {
  const archive = openArchive(order);
  const imei = persona({ imei: ['490154203237518'] });
  expect(archive.answer({ ask: 'rejudge', session: 'two', persona: imei, partial: true })).toMatchObject({ kept: 1, diff: { gone: [] } });
  expect(types('two')).toContain('nickname');
  archive.answer({ ask: 'rejudge', session: 'two', persona: imei, partial: false });
  expect(types('two')).not.toContain('nickname');
  archive.close();
});

test('sessions of older versions are indexed deeper, and one that runs is left alone', () => {
  const archive = openArchive(order);
  expect([...archive.deepen()]).toEqual([]);
  archive.close();
});

test('incident: deleting a long session held up the thread that relays; it is asked of this one, and a search index being made meanwhile is given up', () => {
  record('long', null);
  const raw = new Database(join(home, 'overreach.sqlite'));
  raw.exec("UPDATE session SET search_depth = 0 WHERE id = 'long'");
  raw.close();
  const archive = openArchive(order);
  const deepening = archive.deepen();
  deepening.next();
  expect(archive.answer({ ask: 'delete', session: 'long' })).toEqual({ sessions: 1, complete: true });
  expect(() => [...deepening]).not.toThrow();
  expect(() => archive.answer({ ask: 'delete', session: 'long' })).toThrow(expect.objectContaining({ code: 'OVR_STORE_NO_SESSION' }));
  record('aged', null);
  const due = archive.answer({ ask: 'purge', olderThan: Date.now() + 60_000 });
  expect('complete' in due && due.sessions).toBeGreaterThan(0);
  archive.close();
  const store = openStore({ dir: home, readOnly: true });
  expect(store.sessions()).toEqual([]);
  store.close();
});
