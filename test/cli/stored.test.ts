import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { RULES_DIR, TOOL } from '../../src/cli/place.js';
import { findSession, openForReading, recordOf, rowsOf } from '../../src/cli/stored.js';
import { limits } from '../../src/limits.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { openStore } from '../../src/store/index.js';
import { exchangeOf, sessionOf } from '../session/traffic.js';
import { commandLine } from './recorded-cli.js';

const { home, remove } = commandLine();
const rulebook = loadRulebook({ dir: RULES_DIR });
const store = openStore({ dir: home });
afterAll(() => {
  store.close();
  remove();
});

test('by id, by a beginning that fits one, or latest', () => {
  const rules = { pack: 'cn-2021', version: '1', sha256: '0' };
  store.createSession(sessionOf({ id: '20260101-aa', startedAt: 1, status: 'ended' }), rules);
  store.createSession(sessionOf({ id: '20260102-bb', startedAt: 2, status: 'ended' }), rules);
  expect(findSession(store, '20260101-aa').id).toBe('20260101-aa');
  expect(findSession(store, '20260102').id).toBe('20260102-bb');
  expect(findSession(store, 'latest').id).toBe('20260102-bb');
  expect(() => findSession(store, '2026')).toThrow(/fits 2 sessions/);
  expect(() => findSession(store, 'zzz')).toThrow(/no session "zzz"/);
});

test('after a kill -9 a session is listed as interrupted, not as one that still runs', () => {
  const dir = join(home, 'killed');
  const killed = openStore({ dir });
  killed.createSession(sessionOf({ id: 'killed', startedAt: 1, status: 'running' }), { pack: 'cn-2021', version: '1', sha256: '0' });
  const beside = openForReading(dir);
  expect(beside.session('killed')?.status).toBe('running');
  beside.close();
  killed.close();
  const after = openForReading(dir);
  expect(after.session('killed')?.status).toBe('interrupted');
  after.close();
});

test('the record of a session names tool and rules, and knows what decode steps did', () => {
  const record = recordOf(store, findSession(store, 'latest'), rulebook);
  expect(record).toMatchObject({ tool: TOOL, findings: [], connections: [], traffic: { exchanges: 0 } });
  expect(record.refusal).toBeUndefined();
  expect([record.stepWords?.('gzip')?.en, record.stepWords?.('opened-by-us')]).toEqual(['gzip, inflated', null]);
});

test('it names the rules that it was judged by, not the ones in use now, and carries the refusal test', () => {
  const answer = { id: 'declined', question: { zh: '问', en: 'Q' }, answer: 'no' as const, note: null };
  const subject = { ...sessionOf().subject, refusal: [answer] };
  store.createSession(sessionOf({ id: '20260103-cc', startedAt: 3, status: 'ended', subject }), {
    pack: 'house',
    version: '7',
    sha256: 'f0',
  });
  const record = recordOf(store, findSession(store, '20260103-cc'), rulebook);
  expect(record).toMatchObject({ pack: { id: 'house', version: '7' }, rulebook: { sha256: 'f0' }, refusal: [answer] });
});

test('the request list is walked to its end, and traffic is told by app', () => {
  const id = '20260104-dd';
  store.createSession(sessionOf({ id, startedAt: 0, status: 'ended' }), { pack: 'cn-2021', version: '1', sha256: '0' });
  const writer = store.writer(id);
  const many = limits.pageRows + 1;
  for (let seq = 0; seq < many; seq += 1) {
    const exchange = exchangeOf(seq, 'https://api.example.test/v1');
    const app = seq % 2 === 0 ? 'main' : 'wechat:wx1';
    writer.exchange(exchange, {
      seq,
      at: exchange.startedAt,
      method: 'GET',
      url: exchange.request.url,
      host: 'api.example.test',
      status: 200,
      secure: true,
      app,
      scene: null,
      client: null,
      bytesUp: 1,
      bytesDown: 2,
      evidence: 0,
      failure: null,
      warnings: [],
    });
  }
  writer.flush();
  expect([...rowsOf(store, id)].map(({ seq }) => seq)).toEqual(Array.from({ length: many }, (_, seq) => seq));
  const odd = Math.floor(many / 2);
  expect(recordOf(store, findSession(store, id), rulebook).hostsOf?.('wechat:wx1')).toEqual([
    { host: 'api.example.test', exchanges: odd, bytesUp: odd, bytesDown: 2 * odd },
  ]);
});
