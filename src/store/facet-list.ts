import type { CompiledQuery, RawBuilder } from 'kysely';
import { limits } from '../limits.js';
import { sql } from './kysely.js';
import { build, type Query } from './query.js';

/** Everything a finding was met with, over all its occurrences. */
export interface Facets {
  /** Addresses (or names) of the devices that sent it. */
  readonly clients: readonly string[];
  /** Ids of the scenes. */
  readonly scenes: readonly string[];
  /** What the servers answered; null: nothing (yet). */
  readonly statuses: readonly (number | null)[];
}

/**
 * The scene is that of the evidence: a stream may send in several.
 * @param evidence which rows of `occurrence`, and by which index; `cross join` holds SQLite to beginning with them.
 */
function gathering(session: number, evidence: RawBuilder<unknown>, which: RawBuilder<unknown>): CompiledQuery {
  return sql`
    insert or ignore into facet (session, finding, kind, value)
      select occurrence.session, occurrence.finding, kinds.column1,
        case kinds.column1
          when 'client' then exchange.client
          when 'scene' then coalesce((
            select json_extract(explanation.document, '$.scene') from explanation
            where explanation.session = occurrence.session and explanation.key = occurrence.explanation
          ), json_extract(occurrence.document, '$.scene'))
          else case when exchange.status is not null then cast(exchange.status as text) when exchange.failure is not null then '' end
        end as met
      from ${evidence} cross join exchange on exchange.session = occurrence.session and exchange.seq = occurrence.exchange,
        (values ('client'), ('scene'), ('status')) as kinds
      where occurrence.session = ${session} and ${which} and met is not null`.compile(build);
}

/** The row of evidence that was written last, of whatever session; what is written now comes behind it. */
export function lastEvidence(query: Query): number {
  return query.get(LAST)?.id ?? 0;
}

const LAST = build
  .selectFrom('occurrence')
  .select(({ fn }) => fn.max('id').as('id'))
  .compile();

/**
 * Notes what evidence was met with, in one statement each for a whole batch. The index is named: left to itself
 * SQLite walks all evidence of the session for every batch, which was 20 ms of each at 360,000 exchanges and growing.
 * @param seqs exchanges that changed in what it looks at: all their evidence.
 * @param after the evidence written since that row; null: none was. All of a stream for each batch were 80 ms of each at 20,000 messages.
 */
export function gatherFacets(query: Query, session: number, seqs: readonly number[], after: number | null): void {
  if (after !== null) query.run(gathering(session, sql`occurrence not indexed`, sql`occurrence.id > ${after}`));
  if (seqs.length === 0) return;
  const these = sql`occurrence.exchange in (select value from json_each(${JSON.stringify(seqs)}))`;
  query.run(gathering(session, sql`occurrence indexed by occurrence_exchange`, these));
}

/** After the session was judged anew: findings have other ids and other evidence. */
export function gatherAllFacets(query: Query, session: number): void {
  query.run(build.deleteFrom('facet').where('session', '=', session));
  query.run(gathering(session, sql`occurrence`, sql`1`));
}

/**
 * Findings with evidence in an exchange that still waits for its answer; of very many only the newest are looked at. The indexes are
 * named, because SQLite walks the whole session otherwise: 5 ms at 18,000 exchanges for each frame of the feed, against 0.02 ms.
 */
function awaitedFindings(query: Query, session: number): string[] {
  return query
    .all(
      sql<{ finding: string }>`
        select distinct finding from occurrence indexed by occurrence_exchange where session = ${session} and exchange in (
          select seq from exchange indexed by exchange_awaited where session = ${session} and status is null and failure is null order by seq desc limit ${limits.viewAwaited}
        )`.compile(build),
    )
    .map(({ finding }) => finding);
}

/** By finding; of all findings of the session, or of these. A finding that was met with nothing is not in it. */
export function listFacets(query: Query, session: number, findings?: readonly string[]): ReadonlyMap<string, Facets> {
  const all = build.selectFrom('facet').select(['finding', 'kind', 'value']).where('session', '=', session);
  const rows = query.all(
    findings === undefined ? all : all.where(sql<boolean>`finding in (select value from json_each(${JSON.stringify(findings)}))`),
  );
  const found = new Map<string, { clients: string[]; scenes: string[]; statuses: Array<number | null> }>();
  const of = (finding: string) => {
    const known = found.get(finding) ?? { clients: [], scenes: [], statuses: [] };
    found.set(finding, known);
    return known;
  };
  for (const { finding, kind, value } of rows) {
    if (kind === 'client') of(finding).clients.push(value);
    else if (kind === 'scene') of(finding).scenes.push(value);
    else of(finding).statuses.push(value === '' ? null : Number(value));
  }
  const wanted = findings === undefined ? null : new Set(findings);
  for (const finding of awaitedFindings(query, session)) {
    if (wanted !== null && !wanted.has(finding)) continue;
    const { statuses } = of(finding);
    if (!statuses.includes(null)) statuses.push(null);
  }
  return found;
}
