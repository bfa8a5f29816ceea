import type { Expression, SqlBool } from 'kysely';
import { sql } from 'kysely';
import { limits } from '../limits.js';
import type { ExchangeRow, RowQuery } from '../model/audit.js';
import type { Exchange } from '../model/exchange.js';
import { toExchange, toRow } from './exchange-document.js';
import { build, type Query } from './query.js';
import { containing, literal, matchingExchanges, searchExpression } from './search.js';

/** Exchanges read at once while walking a whole session. Bodies may be 1 MiB each; 32 keep the walk under 64 MiB. */
const WALK_STEP = 32;

function conditions(session: number, wanted: RowQuery): Array<Expression<SqlBool>> {
  const found: Array<Expression<SqlBool>> = [sql<SqlBool>`exchange.session = ${session}`];
  if (wanted.host !== undefined) {
    const host = wanted.host.toLowerCase();
    found.push(sql<SqlBool>`(exchange.host = ${host} or exchange.host like ${`%.${literal(host)}`} escape '\\')`);
  }
  if (wanted.app !== undefined) found.push(sql<SqlBool>`exchange.app = ${wanted.app}`);
  if (wanted.scene !== undefined) found.push(sql<SqlBool>`exchange.scene = ${wanted.scene}`);
  if (wanted.withEvidence === true) found.push(sql<SqlBool>`exchange.evidence > 0`);
  if (wanted.failed === true) found.push(sql<SqlBool>`exchange.failure is not null`);
  if (wanted.finding !== undefined)
    found.push(
      sql<SqlBool>`exchange.seq in (select occurrence.exchange from occurrence where occurrence.session = ${session} and occurrence.finding = ${wanted.finding})`,
    );
  const text = wanted.text?.trim() ?? '';
  if (text !== '') {
    const inUrl = sql<SqlBool>`exchange.url like ${containing(text)} escape '\\'`;
    const expression = searchExpression(text);
    found.push(expression === null ? inUrl : sql<SqlBool>`(${inUrl} or exchange.seq in ${matchingExchanges(session, expression)})`);
  }
  return found;
}

/** One page of the request list, and how many lines match in all. */
export function listExchanges(query: Query, session: number, wanted: RowQuery): { rows: ExchangeRow[]; total: number } {
  const filter = sql<SqlBool>`${sql.join(conditions(session, wanted), sql` and `)}`;
  const total = query.get(
    build
      .selectFrom('exchange')
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .where(filter),
  );
  const rows = query.all(
    build
      .selectFrom('exchange')
      .selectAll()
      .where(filter)
      .orderBy('seq', wanted.order === 'oldest' ? 'asc' : 'desc')
      .limit(Math.min(wanted.limit ?? limits.pageRows, limits.pageRows))
      .offset(Math.max(0, wanted.offset ?? 0)),
  );
  return { rows: rows.map(toRow), total: total?.total ?? 0 };
}

/** @returns null where there is none of that number. */
export function readExchange(query: Query, session: number, seq: number): Exchange | null {
  const wire = query.get(build.selectFrom('wire').select('head').where('session', '=', session).where('seq', '=', seq));
  if (wire === undefined) return null;
  const bodies = query.all(
    build
      .selectFrom('body')
      .select(['part', 'size', 'sha256', 'truncated', 'bytes'])
      .where('session', '=', session)
      .where('seq', '=', seq)
      .orderBy('part'),
  );
  const messages = query.all(
    build
      .selectFrom('message')
      .select(['n', 'direction', 'kind', 'text', 'at'])
      .where('session', '=', session)
      .where('seq', '=', seq)
      .orderBy('n'),
  );
  return toExchange(seq, wire.head, bodies, messages);
}

/**
 * All exchanges in order, whole. Walks by number and never keeps a statement open, so that the same connection may write meanwhile.
 */
export function* walkExchanges(query: Query, session: number): IterableIterator<Exchange> {
  let after = -1;
  for (;;) {
    const numbers = query.all(
      build.selectFrom('wire').select('seq').where('session', '=', session).where('seq', '>', after).orderBy('seq').limit(WALK_STEP),
    );
    for (const { seq } of numbers) {
      after = seq;
      const exchange = readExchange(query, session, seq);
      if (exchange !== null) yield exchange;
    }
    if (numbers.length < WALK_STEP) return;
  }
}
