import { StoreError } from '../errors.js';
import type { Session } from '../model/session.js';
import { build, type Query } from './query.js';
import { countTotals, type RulesUsed, sessionColumns } from './session-list.js';

/**
 * Puts a session in, empty.
 * @param owner the process that records it; null: it is over.
 * @throws StoreError `OVR_STORE_DUPLICATE` when there is a session of that id, doomed ones included.
 */
export function addSession(query: Query, session: Session, rules: RulesUsed, owner: string | null): void {
  if (query.get(build.selectFrom('session').select('number').where('id', '=', session.id)) !== undefined)
    throw new StoreError('OVR_STORE_DUPLICATE', `There already is a session "${session.id}".`, {
      next: 'Give the new session another id.',
    });
  query.run(
    build.insertInto('session').values({
      ...sessionColumns(session),
      ...rulesColumns(rules),
      // Begun now, whatever the traffic in it says later.
      stored_at: session.startedAt,
      owner,
      doomed: 0,
      not_analysed: 0,
      not_stored: 0,
      payloads_sent: 0,
      payloads_closed: 0,
      totals: null,
      search_depth: 2,
      searched_partly: 0,
    }),
  );
}

/** What changes of a session while it lives; with its end its counts are kept, and nobody owns it any more. */
export function changeSession(query: Query, number: number, session: Session, rules?: RulesUsed): void {
  const { id: _id, ...columns } = sessionColumns(session);
  query.run(
    build
      .updateTable('session')
      .set(columns)
      .set(session.status === 'running' ? {} : { owner: null, totals: JSON.stringify(countTotals(query, number)) })
      .set(rules === undefined ? {} : rulesColumns(rules))
      .where('number', '=', number),
  );
}

function rulesColumns({ pack, version, sha256 }: RulesUsed) {
  return { pack, pack_version: version, rules_sha256: sha256 };
}

/**
 * Sessions that say they run and whose process is gone are interrupted; they ended with the last thing that was seen.
 * @param lives whether the process of that name is there.
 * @returns the owner of each; null: it had none.
 */
export function interruptOrphans(query: Query, lives: (owner: string) => boolean): (string | null)[] {
  const orphans = orphansOf(query, lives);
  for (const orphan of orphans) query.transaction(() => interrupt(query, orphan.number, orphan.started_at));
  return orphans.map(({ owner }) => owner);
}

/** Sessions that are marked as running, and whose process is gone. */
export function orphansOf(query: Query, lives: (owner: string) => boolean) {
  return query
    .all(build.selectFrom('session').select(['number', 'owner', 'started_at']).where('status', '=', 'running').where('doomed', '=', 0))
    .filter(({ owner }) => owner === null || !lives(owner));
}

function interrupt(query: Query, number: number, startedAt: number): void {
  const last = query.get(build.selectFrom('exchange').select('at').where('session', '=', number).orderBy('seq', 'desc').limit(1));
  query.run(
    build
      .updateTable('session')
      .set({
        status: 'interrupted',
        ended_at: Math.max(startedAt, last?.at ?? startedAt),
        owner: null,
        totals: JSON.stringify(countTotals(query, number)),
      })
      .where('number', '=', number)
      .where('status', '=', 'running'),
  );
}
