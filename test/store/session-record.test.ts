import { afterEach, expect, test } from 'vitest';
import { storedSession, storedSessions, toSessionRow } from '../../src/store/session-list.js';
import { addSession, changeSession, interruptOrphans } from '../../src/store/session-record.js';
import { twoSessions } from './lists.js';
import { exchange, finding, RULES, removeFolders, row, session } from './specimen.js';

afterEach(removeFolders);

test('a session goes in once, also beside one that is about to be erased', () => {
  const { database, query } = twoSessions();
  addSession(query, session('x'), RULES, 'somebody');
  expect(storedSession(query, 'x')).toMatchObject({ owner: 'somebody', status: 'running', pack: RULES.pack, rules_sha256: RULES.sha256 });
  expect(() => addSession(query, session('x'), RULES, null)).toThrow(expect.objectContaining({ code: 'OVR_STORE_DUPLICATE' }));
  database.exec("update session set doomed = 1 where id = 's2'");
  expect(() => addSession(query, session('s2'), RULES, null)).toThrow(expect.objectContaining({ code: 'OVR_STORE_DUPLICATE' }));
  database.close();
});

test('with its end a session keeps its counts and has no owner; other rules replace the ones before', () => {
  const { database, query, first } = twoSessions();
  database.exec("update session set status = 'running', owner = 'somebody' where number = 1");
  first.exchange(exchange(0), row(exchange(0)), {});
  first.finding(finding('a', { verdict: 'necessary' }));
  changeSession(query, 1, session('s1'));
  expect(storedSession(query, 's1')).toMatchObject({ owner: 'somebody', totals: null, rules_sha256: 'sha' });
  changeSession(query, 1, { ...session('s1'), status: 'ended', endedAt: 9 }, { pack: 'q', version: '2', sha256: 'new' });
  const stored = storedSession(query, 's1');
  expect(stored).toMatchObject({ owner: null, status: 'ended', ended_at: 9 });
  expect(stored === undefined ? null : toSessionRow(query, stored)).toMatchObject({
    exchanges: 1,
    byVerdict: { necessary: 1 },
    rules: { pack: 'q', version: '2', sha256: 'new' },
  });
  expect(storedSession(query, 's2')).toMatchObject({ status: 'ended', rules_sha256: 'sha' });
  database.close();
});

test('what runs without a living owner was interrupted with the last thing seen', () => {
  const { database, query, first } = twoSessions();
  database.exec("update session set status = 'running', owner = 'dead', started_at = 5");
  addSession(query, session('lives'), RULES, 'alive');
  first.exchange(exchange(0), row(exchange(0), { at: 70 }), {});
  expect(interruptOrphans(query, (owner) => owner === 'alive')).toEqual(['dead', 'dead']);
  expect(storedSessions(query).map(({ id, status, ended_at, owner }) => [id, status, ended_at, owner])).toEqual(
    expect.arrayContaining([
      ['s1', 'interrupted', 70, null],
      // Nothing was seen.
      ['s2', 'interrupted', 5, null],
      ['lives', 'running', null, 'alive'],
    ]),
  );
  expect(interruptOrphans(query, () => true)).toEqual([]);
  database.close();
});
