import { build, type Query } from './query.js';

/** What one sender sent, by the name that the request list has for it: proxy user, package, or address. */
export interface ClientCount {
  readonly client: string;
  readonly exchanges: number;
  /** Milliseconds since the epoch, of its first and last request. */
  readonly first: number;
  readonly last: number;
}

/**
 * Senders of the exchanges from this number on, so that whoever counts along asks for the new ones only.
 * @returns `next`: the number to ask from the next time.
 */
export function listClients(query: Query, session: number, from: number): { clients: ClientCount[]; next: number } {
  const rows = query.all(
    build
      .selectFrom('exchange')
      .select(({ fn, ref }) => [
        'client',
        fn.countAll<number>().as('exchanges'),
        fn.min<number>(ref('at')).as('first'),
        fn.max<number>(ref('at')).as('last'),
        fn.max<number>(ref('seq')).as('newest'),
      ])
      .where('session', '=', session)
      .where('seq', '>=', from)
      .groupBy('client')
      .orderBy('client'),
  );
  return {
    clients: rows.flatMap(({ client, exchanges, first, last }) => (client === null ? [] : [{ client, exchanges, first, last }])),
    next: rows.reduce((next, { newest }) => Math.max(next, newest + 1), from),
  };
}
