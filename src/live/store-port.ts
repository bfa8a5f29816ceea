import type { ExchangeRow, RowQuery, SessionRow } from '../model/audit.js';
import type { Exchange } from '../model/exchange.js';
import type { Finding, Occurrence } from '../model/finding.js';
import type { Traffic } from '../model/report.js';
import type { Connection, Session } from '../model/session.js';

export interface PlacedOccurrence {
  readonly finding: string;
  readonly occurrence: Occurrence;
}

/**
 * The read side of the store, as far as the page needs it. The server never sees the proxy or the database: everything it shows
 * was committed before it is asked for.
 */
export interface LiveStore {
  /** Newest first. */
  sessions(): readonly SessionRow[];
  session(id: string): Session | null;
  findings(id: string): readonly Finding[];
  /** In order of time. */
  occurrences(id: string, findingId: string, page?: { readonly offset: number; readonly limit: number }): readonly Occurrence[];
  /** Who sent these exchanges and what was answered; null: nothing (yet). */
  traces(
    id: string,
    seqs: readonly number[],
  ): ReadonlyArray<{ readonly seq: number; readonly client: string | null; readonly status: number | null }>;
  /** All evidence inside one exchange, whatever finding it belongs to. */
  evidenceOf(id: string, seq: number): readonly PlacedOccurrence[];
  exchangeRows(id: string, query: RowQuery): { readonly rows: readonly ExchangeRow[]; readonly total: number };
  exchange(id: string, seq: number): Exchange | null;
  connections(id: string): readonly Connection[];
  traffic(id: string): Traffic;
}
