import type { RunningTraffic, SessionRow } from '../model/audit.js';
import { VERDICTS, type VerdictName } from '../model/finding.js';
import type { Session } from '../model/session.js';
import type { Tables } from './layout.js';
import { build, type Query } from './query.js';
import { storedJson } from './stored-json.js';

/** The rules a session was judged under. */
export interface RulesUsed {
  readonly pack: string;
  readonly version: string;
  readonly sha256: string;
}

type Carried = Pick<SessionRow, 'exchanges' | 'bytesUp' | 'bytesDown'>;
type Found = Pick<SessionRow, 'findings' | 'byVerdict'>;
type Totals = Carried & Found;
type Stored = Omit<Tables['session'], 'number'> & { number: number };

/** A session as it was given to the store. */
export function toSession(stored: Stored): Session {
  return {
    id: stored.id,
    startedAt: stored.started_at,
    endedAt: stored.ended_at,
    status: stored.status as Session['status'],
    source: stored.source as Session['source'],
    subject: storedJson<Session['subject']>(stored.subject),
    device: stored.device,
    scenes: storedJson<Session['scenes']>(stored.scenes),
  };
}

/** The same the other way; the rules and the counts have columns of their own. */
export function sessionColumns(session: Session) {
  return {
    id: session.id,
    started_at: session.startedAt,
    ended_at: session.endedAt,
    status: session.status,
    source: session.source,
    subject: JSON.stringify(session.subject),
    device: session.device,
    scenes: JSON.stringify(session.scenes),
  };
}

/** undefined: there is none of that id, or it is being erased. */
export function storedSession(query: Query, id: string): Stored | undefined {
  return query.get(build.selectFrom('session').selectAll().where('id', '=', id).where('doomed', '=', 0));
}

/** Newest first; of two begun in the same millisecond the one stored later. */
export function storedSessions(query: Query): Stored[] {
  return query.all(build.selectFrom('session').selectAll().where('doomed', '=', 0).orderBy('started_at', 'desc').orderBy('number', 'desc'));
}

function countTraffic(query: Query, session: number): Carried {
  const traffic = query.get(
    build
      .selectFrom('exchange')
      .select(({ fn, val }) => [
        fn.countAll<number>().as('exchanges'),
        fn.coalesce(fn.sum<number>('bytes_up'), val(0)).as('up'),
        fn.coalesce(fn.sum<number>('bytes_down'), val(0)).as('down'),
      ])
      .where('session', '=', session),
  );
  return { exchanges: traffic?.exchanges ?? 0, bytesUp: traffic?.up ?? 0, bytesDown: traffic?.down ?? 0 };
}

function countFindings(query: Query, session: number): Found {
  const verdicts = query.all(
    build
      .selectFrom('finding')
      .select(['verdict', ({ fn }) => fn.countAll<number>().as('count')])
      .where('session', '=', session)
      .where('grade', '<>', 'candidate')
      .groupBy('verdict'),
  );
  const byVerdict: Partial<Record<VerdictName, number>> = {};
  for (const name of VERDICTS) {
    const row = verdicts.find(({ verdict }) => verdict === name);
    if (row !== undefined) byVerdict[name] = row.count;
  }
  return { findings: verdicts.reduce((sum, { count }) => sum + count, 0), byVerdict };
}

/** Counts rows; ended sessions keep the result in their own row. */
export function countTotals(query: Query, session: number): Totals {
  return { ...countTraffic(query, session), ...countFindings(query, session) };
}

/**
 * A session with its counts, which are counted only where they are not kept.
 * @param running traffic that somebody has counted already: of a long session the rows take longer than all the rest of the list.
 */
export function toSessionRow(query: Query, stored: Stored, running: RunningTraffic | null = null): SessionRow {
  const totals =
    stored.totals !== null
      ? storedJson<Totals>(stored.totals)
      : running?.session === stored.id
        ? { exchanges: running.exchanges, bytesUp: running.bytesUp, bytesDown: running.bytesDown, ...countFindings(query, stored.number) }
        : countTotals(query, stored.number);
  return {
    session: toSession(stored),
    rules: { pack: stored.pack, version: stored.pack_version, sha256: stored.rules_sha256 },
    ...totals,
  };
}
