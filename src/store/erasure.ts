/**
 * Danger: a deleted session is a promise that its personal data is gone. Fences: `secure_delete` overwrites freed pages with
 * zeros, the search table of the session is dropped whole, and the write-ahead log (which `secure_delete` does not reach) is
 * checkpointed and cut to nothing. A crash halfway leaves the session doomed and hidden; the next writing process finishes.
 */
import { limits } from '../limits.js';
import { build, type Query } from './query.js';
import { dropSearchTable } from './search.js';

/** Parent last. All but `session` carry the session's number. */
const TABLES = [
  'screenshot',
  'judgement',
  'reveal',
  'known_values',
  'facet',
  'vocabulary',
  'occurrence',
  'explanation',
  'finding',
  'connection',
  'device',
  'reached',
] as const;
const BY_EXCHANGE = ['message', 'body', 'wire', 'exchange'] as const;

/** Cuts the log; false while a reader still needs what is in it. */
function truncateLog(query: Query): boolean {
  const [result] = query.database.pragma('wal_checkpoint(TRUNCATE)') as ReadonlyArray<{ busy: number }>;
  return result === undefined || result.busy === 0;
}

function erase(query: Query, session: number): void {
  query.transaction(() => {
    query.run(dropSearchTable(session));
    query.run(dropSearchTable(session, 'next'));
    for (const table of TABLES) query.run(build.deleteFrom(table).where('session', '=', session));
  });
  for (;;) {
    const edge = query.get(
      build.selectFrom('wire').select('seq').where('session', '=', session).orderBy('seq').offset(limits.storeDeleteStep).limit(1),
    );
    query.transaction(() => {
      for (const table of BY_EXCHANGE) {
        const all = build.deleteFrom(table).where('session', '=', session);
        query.run(edge === undefined ? all : all.where('seq', '<', edge.seq));
      }
      if (edge === undefined) query.run(build.deleteFrom('session').where('number', '=', session));
    });
    if (edge === undefined) return;
    truncateLog(query);
  }
}

/** Erases every session marked as doomed. */
export function eraseDoomed(query: Query): { sessions: number; complete: boolean } {
  const doomed = query.all(build.selectFrom('session').select('number').where('doomed', '=', 1));
  if (doomed.length === 0) return { sessions: 0, complete: true };
  for (const { number } of doomed) erase(query, number);
  return { sessions: doomed.length, complete: truncateLog(query) };
}
