import { afterEach, expect, test } from 'vitest';
import { countTotals, sessionColumns, storedSession, storedSessions, toSession, toSessionRow } from '../../src/store/session-list.js';
import { twoSessions } from './lists.js';
import { exchange, finding, removeFolders, row, session } from './specimen.js';

afterEach(removeFolders);

test('a session is its columns', () => {
  const { database, query } = twoSessions();
  const one = session('x');
  database
    .prepare(
      'update session set id = @id, started_at = @started_at, ended_at = @ended_at, status = @status, source = @source, subject = @subject, device = @device, scenes = @scenes where number = 1',
    )
    .run(sessionColumns(one));
  const stored = storedSession(query, 'x');
  expect(stored === undefined ? null : toSession(stored)).toEqual(one);
  database.close();
});

test('doomed sessions are gone for every reader', () => {
  const { database, query } = twoSessions();
  database.exec('update session set doomed = 1 where number = 2');
  expect(storedSessions(query).map(({ id }) => id)).toEqual(['s1']);
  expect(storedSession(query, 's2')).toBeUndefined();
  database.close();
});

test('kept counts are used, missing ones are counted', () => {
  const { database, query, first } = twoSessions();
  first.exchange(exchange(0), row(exchange(0)), {});
  first.finding(finding('a', { verdict: 'necessary' }));
  expect(countTotals(query, 1)).toEqual({ exchanges: 1, findings: 1, byVerdict: { necessary: 1 }, bytesUp: 100, bytesDown: 50 });
  const kept = { exchanges: 77, findings: 0, byVerdict: {}, bytesUp: 0, bytesDown: 0 };
  database.prepare('update session set totals = ? where number = 1').run(JSON.stringify(kept));
  const stored = storedSession(query, 's1');
  expect(stored === undefined ? null : toSessionRow(query, stored)).toMatchObject({
    ...kept,
    rules: { pack: 'p', version: '1', sha256: 'sha' },
  });
  database.close();
});
