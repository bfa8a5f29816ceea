import { build, type Query } from './query.js';

/** What a session was judged to be at one time. */
export interface Judgement {
  /** From 1, oldest first. */
  readonly n: number;
  /** When it was replaced; milliseconds since the epoch. */
  readonly at: number;
  /** The report of that judgement as JSON, values masked. */
  readonly document: string;
}

/** @returns the number it got: an earlier judgement is never overwritten. */
export function keepJudgement(query: Query, session: number, at: number, document: string): number {
  return query.transaction(() => {
    const last = query.get(
      build
        .selectFrom('judgement')
        .select(({ fn }) => fn.max<number | null>('n').as('n'))
        .where('session', '=', session),
    );
    const n = (last?.n ?? 0) + 1;
    query.run(build.insertInto('judgement').values({ session, n, at, document }));
    return n;
  });
}

/** Oldest first. */
export function listJudgements(query: Query, session: number): Judgement[] {
  return query.all(build.selectFrom('judgement').select(['n', 'at', 'document']).where('session', '=', session).orderBy('n'));
}
