import type { Expression, RawBuilder, SqlBool } from 'kysely';
import { sql } from 'kysely';
import { limits } from '../limits.js';
import { type ExchangeRow, ROW_FIELDS, type RowQuery, type RowTerm } from '../model/audit.js';
import type { Exchange } from '../model/exchange.js';
import { toExchange, toRow } from './exchange-document.js';
import { build, type Query } from './query.js';
import { containing, literal, matchingExchanges, searchExpression } from './search.js';

/** Exchanges read at once while walking a whole session. Bodies may be 1 MiB each; 32 keep the walk under 64 MiB. */
const WALK_STEP = 32;

/** Part of the URL as it was sent, or as a person would write it (`手机号` for `%E6%89%8B…`). */
function urlHolds(text: string): RawBuilder<SqlBool> {
  const asSent = sql<SqlBool>`exchange.url like ${containing(text)} escape '\\'`;
  // A lone surrogate has no percent-encoding; it is searched as it is.
  const encoded = /\p{Cs}/u.test(text) ? text : encodeURI(text);
  return encoded === text ? asSent : sql<SqlBool>`(${asSent} or exchange.url like ${containing(encoded)} escape '\\')`;
}

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
  if (wanted.findings !== undefined)
    found.push(
      sql<SqlBool>`exchange.seq in (select occurrence.exchange from occurrence where occurrence.session = ${session} and occurrence.finding in (select value from json_each(${JSON.stringify(wanted.findings)})))`,
    );
  const text = wanted.text?.trim() ?? '';
  if (text !== '') found.push(holdsText(session, text));
  return [...found, ...termConditions(session, wanted.terms ?? [])];
}

function holdsText(session: number, text: string): RawBuilder<SqlBool> {
  const inUrl = urlHolds(text);
  const expression = searchExpression(text);
  return expression === null ? inUrl : sql<SqlBool>`(${inUrl} or exchange.seq in ${matchingExchanges(session, expression)})`;
}

function termConditions(session: number, terms: readonly RowTerm[]): Array<RawBuilder<SqlBool>> {
  const each = terms
    .filter(({ field, negated }) => negated || field === 'text')
    .map((term) => {
      const holds = holdsTerm(session, term);
      return term.negated ? sql<SqlBool>`not ${holds}` : holds;
    });
  const either = ROW_FIELDS.filter((field) => field !== 'text').flatMap((field) => {
    const alternatives = terms.filter((term) => term.field === field && !term.negated).map((term) => holdsTerm(session, term));
    return alternatives.length === 0 ? [] : [sql<SqlBool>`(${sql.join(alternatives, sql` or `)})`];
  });
  return [...each, ...either];
}

/** Never null: a condition that is unknown would be neither met nor, negated, unmet. */
function holdsTerm(session: number, { field, value }: RowTerm): RawBuilder<SqlBool> {
  switch (field) {
    case 'text':
      return holdsText(session, value);
    case 'host':
      return sql<SqlBool>`exchange.host like ${containing(value)} escape '\\'`;
    case 'device':
      return sql<SqlBool>`coalesce(exchange.client, '') like ${containing(value)} escape '\\'`;
    case 'app':
      return sql<SqlBool>`exchange.app = ${value}`;
    case 'scene':
      return sql<SqlBool>`coalesce(exchange.scene, '') = ${value}`;
    case 'status':
      return sql<SqlBool>`coalesce(cast(exchange.status as text), 'none') like ${`${literal(value)}%`} escape '\\'`;
  }
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

/** Ids of the findings with evidence in an exchange that the text is met in. */
export function findingsWith(query: Query, session: number, text: string): string[] {
  const filter = sql<SqlBool>`${sql.join(conditions(session, { text, withEvidence: true }), sql` and `)}`;
  return query
    .all(
      sql<{ finding: string }>`
        select distinct finding from occurrence where session = ${session} and exchange in (select seq from exchange where ${filter})`.compile(
        build,
      ),
    )
    .map(({ finding }) => finding);
}

/** Compiled once: building them takes longer than SQLite takes to answer, and a walk asks three times for each exchange. */
const WIRE = build.selectFrom('wire').select('head').where('session', '=', 0).where('seq', '=', 0).compile();
const BODIES = build
  .selectFrom('body')
  .select(['part', 'size', 'sha256', 'truncated', 'bytes'])
  .where('session', '=', 0)
  .where('seq', '=', 0)
  .orderBy('part')
  .compile();
const MESSAGES = build
  .selectFrom('message')
  .select(['n', 'direction', 'kind', 'text', 'at'])
  .where('session', '=', 0)
  .where('seq', '=', 0)
  .orderBy('n')
  .compile();

/** @returns null where there is none of that number. */
export function readExchange(query: Query, session: number, seq: number): Exchange | null {
  const key = [session, seq];
  const wire = query.get(WIRE, key);
  if (wire === undefined) return null;
  const bodies = query.all(BODIES, key);
  const messages = query.all(MESSAGES, key);
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
