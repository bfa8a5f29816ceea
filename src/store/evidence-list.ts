import type { Finding, Occurrence } from '../model/finding.js';
import type { Connection } from '../model/session.js';
import type { ExplanationReader } from './explanation.js';
import { build, type Query } from './query.js';
import { storedJson } from './stored-json.js';

/** What a piece of evidence is put together from. */
const COLUMNS = ['exchange', 'at', 'document', 'explanation'] as const;

/** In order of their first evidence; of two with the same time the smaller id. */
export function listFindings(query: Query, session: number): Finding[] {
  return query
    .all(build.selectFrom('finding').select('document').where('session', '=', session))
    .map(({ document }) => storedJson<Finding>(document))
    .sort((a, b) => a.firstSeen - b.firstSeen || (a.id < b.id ? -1 : 1));
}

/** In order of time. */
export function listOccurrences(
  query: Query,
  explanations: ExplanationReader,
  session: number,
  finding: string,
  page?: { readonly offset: number; readonly limit: number },
): Occurrence[] {
  let wanted = build
    .selectFrom('occurrence')
    .select(COLUMNS)
    .where('session', '=', session)
    .where('finding', '=', finding)
    .orderBy('at')
    .orderBy('exchange')
    .orderBy('id');
  if (page !== undefined) wanted = wanted.limit(page.limit).offset(page.offset);
  return query.all(wanted).map((row) => explanations.occurrence(session, row));
}

/** Compiled once, because every line of the page's list asks for it: compiling takes ten times as long as looking. */
const LAST = build
  .selectFrom('occurrence')
  .select(COLUMNS)
  .where('session', '=', 0)
  .where('finding', '=', '')
  .orderBy('at', 'desc')
  .orderBy('exchange', 'desc')
  .orderBy('id', 'desc')
  .limit(1)
  .compile();

/** The newest one, found without walking over the others. */
export function lastOccurrence(query: Query, explanations: ExplanationReader, session: number, finding: string): Occurrence | null {
  const row = query.get(LAST, [session, finding, 1]);
  return row === undefined ? null : explanations.occurrence(session, row);
}

/** Compiled once, because a whole session is asked for exchange by exchange. */
const OF_EXCHANGE = build
  .selectFrom('occurrence')
  .select(['finding', ...COLUMNS])
  .where('session', '=', 0)
  .where('exchange', '=', 0)
  .orderBy('id')
  .compile();

/** All evidence in one exchange, with the finding it belongs to. */
export function listEvidenceOf(
  query: Query,
  explanations: ExplanationReader,
  session: number,
  seq: number,
): Array<{ finding: string; occurrence: Occurrence }> {
  return query
    .all(OF_EXCHANGE, [session, seq])
    .map(({ finding, ...row }) => ({ finding, occurrence: explanations.occurrence(session, row) }));
}

/** In order of time. */
export function listConnections(query: Query, session: number): Connection[] {
  return query
    .all(build.selectFrom('connection').select('document').where('session', '=', session).orderBy('at').orderBy('id'))
    .map(({ document }) => storedJson<Connection>(document));
}
