import { afterAll, expect, test } from 'vitest';
import { RULES_DIR, TOOL } from '../../src/cli/place.js';
import { findSession, recordOf } from '../../src/cli/stored.js';
import { loadRulebook } from '../../src/rulebook/load.js';
import { openStore } from '../../src/store/index.js';
import { sessionOf } from '../session/traffic.js';
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

test('the record of a session names tool and rules', () => {
  const record = recordOf(store, findSession(store, 'latest'), rulebook);
  expect(record).toMatchObject({ tool: TOOL, findings: [], connections: [], traffic: { exchanges: 0 } });
  expect(record.rulebook.sha256).toBe(rulebook.sha256);
});
