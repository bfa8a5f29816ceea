import type { Finding, Occurrence } from '../model/finding.js';
import type { Connection } from '../model/session.js';
import { build, type Query } from './query.js';

/** In order of their first evidence; of two with the same time the smaller id. */
export function listFindings(query: Query, session: number): Finding[] {
  return query
    .all(build.selectFrom('finding').select('document').where('session', '=', session))
    .map(({ document }) => JSON.parse(document) as Finding)
    .sort((a, b) => a.firstSeen - b.firstSeen || (a.id < b.id ? -1 : 1));
}

/** In order of time. */
export function listOccurrences(
  query: Query,
  session: number,
  finding: string,
  page?: { readonly offset: number; readonly limit: number },
): Occurrence[] {
  let wanted = build
    .selectFrom('occurrence')
    .select('document')
    .where('session', '=', session)
    .where('finding', '=', finding)
    .orderBy('at')
    .orderBy('exchange')
    .orderBy('id');
  if (page !== undefined) wanted = wanted.limit(page.limit).offset(page.offset);
  return query.all(wanted).map(({ document }) => JSON.parse(document) as Occurrence);
}

/** Compiled once, because every line of the page's list asks for it: compiling takes ten times as long as looking. */
const LAST = build
  .selectFrom('occurrence')
  .select('document')
  .where('session', '=', 0)
  .where('finding', '=', '')
  .orderBy('at', 'desc')
  .orderBy('exchange', 'desc')
  .orderBy('id', 'desc')
  .limit(1)
  .compile();

/** The newest one, found without walking over the others. */
export function lastOccurrence(query: Query, session: number, finding: string): Occurrence | null {
  const row = query.get(LAST, [session, finding, 1]);
  return row === undefined ? null : (JSON.parse(row.document) as Occurrence);
}

/** Compiled once, because a whole session is asked for exchange by exchange. */
const OF_EXCHANGE = build
  .selectFrom('occurrence')
  .select(['finding', 'document'])
  .where('session', '=', 0)
  .where('exchange', '=', 0)
  .orderBy('id')
  .compile();

/** All evidence in one exchange, with the finding it belongs to. */
export function listEvidenceOf(query: Query, session: number, seq: number): Array<{ finding: string; occurrence: Occurrence }> {
  return query
    .all(OF_EXCHANGE, [session, seq])
    .map(({ finding, document }) => ({ finding, occurrence: JSON.parse(document) as Occurrence }));
}

/** In order of time. */
export function listConnections(query: Query, session: number): Connection[] {
  return query
    .all(build.selectFrom('connection').select('document').where('session', '=', session).orderBy('at').orderBy('id'))
    .map(({ document }) => JSON.parse(document) as Connection);
}
