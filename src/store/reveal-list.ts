import type { Reveal } from '../model/audit.js';
import { build, type Query } from './query.js';
import { storedJson } from './stored-json.js';

/** Kept before the values are handed out, so that nobody sees one without leaving a trace. */
export function keepReveal(query: Query, session: number, { at, who, exchange, finding, dataTypes }: Reveal): void {
  query.transaction(() => {
    const last = query.get(
      build
        .selectFrom('reveal')
        .select(({ fn }) => fn.max<number | null>('n').as('n'))
        .where('session', '=', session),
    );
    const n = (last?.n ?? 0) + 1;
    query.run(build.insertInto('reveal').values({ session, n, at, who, exchange, finding, data_types: JSON.stringify(dataTypes) }));
  });
}

/** Newest first, at most `limit`; and how many there are in all. */
export function listReveals(query: Query, session: number, limit: number): { total: number; reveals: Reveal[] } {
  const total = query.get(
    build
      .selectFrom('reveal')
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .where('session', '=', session),
  );
  const rows = query.all(
    build
      .selectFrom('reveal')
      .select(['at', 'who', 'exchange', 'finding', 'data_types'])
      .where('session', '=', session)
      .orderBy('n', 'desc')
      .limit(limit),
  );
  const reveals = rows.map(({ data_types, ...row }) => ({ ...row, dataTypes: storedJson<string[]>(data_types) }));
  return { total: total?.total ?? 0, reveals };
}
