import type { Expression, RawBuilder, SqlBool } from 'kysely';
import { limits } from '../limits.js';
import { type ExchangeRow, ROW_FIELDS, type RowQuery, type RowTerm } from '../model/audit.js';
import type { Exchange } from '../model/exchange.js';
import type { Session } from '../model/session.js';
import { toExchange, toRow } from './exchange-document.js';
import { sql } from './kysely.js';
import { build, type Query } from './query.js';
import { containing, literal } from './search.js';
import { storedJson } from './stored-json.js';
import { matchText } from './text-match.js';

/** Exchanges read at once while walking a whole session. Bodies may be 1 MiB each; 32 keep the walk under 64 MiB. */
const WALK_STEP = 32;

/** A question as conditions, and whether a text of it was looked for in fewer words than hold it. */
interface Conditions {
  readonly filter: RawBuilder<SqlBool>;
  readonly hasText: boolean;
  readonly cut: boolean;
}

function conditionsOf(query: Query, session: number, wanted: RowQuery): Conditions {
  const text = wanted.text?.trim() ?? '';
  const texts = [...(text === '' ? [] : [text]), ...(wanted.terms ?? []).flatMap(({ field, value }) => (field === 'text' ? [value] : []))];
  const matches = new Map([...new Set(texts)].map((one) => [one, matchText(query, session, one)]));
  const holdsText = (one: string) => matches.get(one)?.condition ?? matchText(query, session, one).condition;
  return {
    filter: sql<SqlBool>`${sql.join(conditions(query, session, { ...wanted, text }, holdsText), sql` and `)}`,
    hasText: matches.size > 0,
    cut: [...matches.values()].some(({ cut }) => cut),
  };
}

type HoldsText = (text: string) => RawBuilder<SqlBool>;

function conditions(query: Query, session: number, wanted: RowQuery, holdsText: HoldsText): Array<Expression<SqlBool>> {
  const found: Array<Expression<SqlBool>> = [sql<SqlBool>`exchange.session = ${session}`];
  if (wanted.host !== undefined) {
    const host = wanted.host.toLowerCase();
    found.push(sql<SqlBool>`(exchange.host = ${host} or exchange.host like ${`%.${literal(host)}`} escape '\\')`);
  }
  if (wanted.app !== undefined) found.push(sql<SqlBool>`exchange.app = ${wanted.app}`);
  if (wanted.scene !== undefined) found.push(isOfScene(query, session, wanted.scene));
  if (wanted.withEvidence === true) found.push(sql<SqlBool>`exchange.evidence > 0`);
  if (wanted.failed === true) found.push(sql<SqlBool>`exchange.failure is not null`);
  if (wanted.findings !== undefined)
    found.push(
      sql<SqlBool>`exchange.seq in (select occurrence.exchange from occurrence where occurrence.session = ${session} and occurrence.finding in (select value from json_each(${JSON.stringify(wanted.findings)})))`,
    );
  if (wanted.text !== undefined && wanted.text !== '') found.push(holdsText(wanted.text));
  return [...found, ...termConditions(query, session, wanted.terms ?? [], holdsText)];
}

/** Begun in it, or a stream that said something in it: a socket may be opened before consent and talk on after it. */
function isOfScene(query: Query, session: number, id: string): RawBuilder<SqlBool> {
  const begun = sql<SqlBool>`coalesce(exchange.scene, '') = ${id}`;
  const own = query.get(build.selectFrom('session').select('scenes').where('number', '=', session));
  const scene = storedJson<Session['scenes']>(own?.scenes ?? '[]').find((one) => one.id === id);
  if (scene === undefined) return begun;
  const { startedAt, endedAt } = scene;
  const said = sql`select seq from message where session = ${session} and at >= ${startedAt} and at < ${endedAt ?? Number.MAX_SAFE_INTEGER}`;
  return sql<SqlBool>`(${begun} or exchange.seq in (${said}))`;
}

function termConditions(query: Query, session: number, terms: readonly RowTerm[], holdsText: HoldsText): Array<RawBuilder<SqlBool>> {
  const each = terms
    .filter(({ field, negated }) => negated || field === 'text')
    .map((term) => {
      const holds = holdsTerm(query, session, term, holdsText);
      return term.negated ? sql<SqlBool>`not ${holds}` : holds;
    });
  const either = ROW_FIELDS.filter((field) => field !== 'text').flatMap((field) => {
    const alternatives = terms
      .filter((term) => term.field === field && !term.negated)
      .map((term) => holdsTerm(query, session, term, holdsText));
    return alternatives.length === 0 ? [] : [sql<SqlBool>`(${sql.join(alternatives, sql` or `)})`];
  });
  return [...each, ...either];
}

/** Never null: a condition that is unknown would be neither met nor, negated, unmet. */
function holdsTerm(query: Query, session: number, { field, value }: RowTerm, holdsText: HoldsText): RawBuilder<SqlBool> {
  switch (field) {
    case 'text':
      return holdsText(value);
    case 'host':
      return sql<SqlBool>`exchange.host like ${containing(value)} escape '\\'`;
    case 'device':
      return sql<SqlBool>`coalesce(exchange.client, '') like ${containing(value)} escape '\\'`;
    case 'app':
      return sql<SqlBool>`exchange.app = ${value}`;
    case 'scene':
      return isOfScene(query, session, value);
    case 'status':
      return sql<SqlBool>`coalesce(cast(exchange.status as text), 'none') like ${`${literal(value)}%`} escape '\\'`;
  }
}

export interface Listed {
  readonly rows: ExchangeRow[];
  /** How many lines match in all. */
  readonly total: number;
  /** A text stands in the middle of more words than were looked for: lines may be missing (or, where it is negated, too many). */
  readonly cut: boolean;
}

/** One page of the request list. */
export function listExchanges(query: Query, session: number, wanted: RowQuery): Listed {
  const { filter, hasText, cut } = conditionsOf(query, session, wanted);
  const direction = wanted.order === 'oldest' ? 'asc' : 'desc';
  const limit = Math.min(wanted.limit ?? limits.pageRows, limits.pageRows);
  const offset = Math.max(0, wanted.offset ?? 0);
  const all = build.selectFrom('exchange').selectAll();
  if (hasText) {
    // A search costs the same for one line as for all: it is run once, and both the page and the total are taken from it.
    const met = query.all(build.selectFrom('exchange').select('seq').where(filter).orderBy('seq', direction));
    const page = met.slice(offset, offset + limit).map(({ seq }) => seq);
    const rows = query.all(all.where('session', '=', session).where(isOneOf(page)).orderBy('seq', direction));
    return { rows: rows.map(toRow), total: met.length, cut };
  }
  const total = query.get(
    build
      .selectFrom('exchange')
      .select(({ fn }) => fn.countAll<number>().as('total'))
      .where(filter),
  );
  const rows = query.all(all.where(filter).orderBy('seq', direction).limit(limit).offset(offset));
  return { rows: rows.map(toRow), total: total?.total ?? 0, cut };
}

function isOneOf(seqs: readonly number[]): RawBuilder<SqlBool> {
  return sql<SqlBool>`exchange.seq in (select value from json_each(${JSON.stringify(seqs)}))`;
}

/** Ids of the findings with evidence in an exchange that the text is met in. */
export function findingsWith(query: Query, session: number, text: string): { findings: string[]; cut: boolean } {
  const { filter, cut } = conditionsOf(query, session, { text, withEvidence: true });
  const rows = query.all(
    sql<{ finding: string }>`
      select distinct finding from occurrence where session = ${session} and exchange in (select seq from exchange where ${filter})`.compile(
      build,
    ),
  );
  return { findings: rows.map(({ finding }) => finding), cut };
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
