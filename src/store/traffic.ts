import type { AttributionBasis } from '../model/exchange.js';
import type { TrafficSoFar } from '../model/report.js';
import { build, type Query } from './query.js';

/** What went over the wire in a session, by host (in order of its name), and what of it could not be looked at. */
export function readTraffic(query: Query, session: number): TrafficSoFar {
  return query.moment(() => countTraffic(query, session));
}

function countTraffic(query: Query, session: number): TrafficSoFar {
  const hosts = query.all(
    build
      .selectFrom('exchange')
      .select(({ fn }) => [
        'host',
        fn.countAll<number>().as('exchanges'),
        fn.sum<number>('bytes_up').as('bytesUp'),
        fn.sum<number>('bytes_down').as('bytesDown'),
      ])
      .where('session', '=', session)
      .groupBy('host')
      .orderBy('host'),
  );
  const apps = query.all(
    build
      .selectFrom('exchange')
      .select(({ fn }) => [
        'app',
        'attributed_by',
        'host',
        fn.countAll<number>().as('exchanges'),
        fn.sum<number>('bytes_up').as('bytesUp'),
        fn.sum<number>('bytes_down').as('bytesDown'),
      ])
      .where('session', '=', session)
      .where('attributed_by', 'is not', null)
      .groupBy(['app', 'attributed_by', 'host'])
      .orderBy('app')
      .orderBy('attributed_by')
      .orderBy('host'),
  );
  const last = query.get(build.selectFrom('exchange').select('seq').where('session', '=', session).orderBy('seq', 'desc').limit(1));
  const counters = query.get(
    build.selectFrom('session').select(['not_analysed', 'not_stored', 'payloads_sent', 'payloads_closed']).where('number', '=', session),
  );
  const truncated = query.get(
    build
      .selectFrom('body')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('session', '=', session)
      .where('truncated', '=', 1),
  );
  const candidates = query.get(
    build
      .selectFrom('finding')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('session', '=', session)
      .where('grade', '=', 'candidate'),
  );
  const reached = query.all(build.selectFrom('reached').select(['name', 'times']).where('session', '=', session).orderBy('name'));
  return {
    exchanges: hosts.reduce((sum, host) => sum + host.exchanges, 0),
    bytesUp: hosts.reduce((sum, host) => sum + host.bytesUp, 0),
    bytesDown: hosts.reduce((sum, host) => sum + host.bytesDown, 0),
    notAnalysed: counters?.not_analysed ?? 0,
    truncated: truncated?.count ?? 0,
    hosts,
    upTo: last === undefined ? 0 : last.seq + 1,
    ...payloadsOf(counters),
    limitsReached: Object.fromEntries(reached.map(({ name, times }) => [name, times])),
    hiddenCandidates: candidates?.count ?? 0,
    notStored: counters?.not_stored ?? 0,
    apps: apps.map(({ attributed_by, ...rest }) => ({ ...rest, by: attributed_by as AttributionBasis })),
  };
}

function payloadsOf(
  counted: { readonly payloads_sent: number | null; readonly payloads_closed: number | null } | undefined,
): Pick<TrafficSoFar, 'payloads'> {
  const { payloads_sent: sent = null, payloads_closed: closed = null } = counted ?? {};
  return sent === null || closed === null ? {} : { payloads: { sent, closed } };
}
