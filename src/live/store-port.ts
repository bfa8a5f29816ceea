import type { ExchangeRow, Reveal, RowQuery, RunningTraffic, SearchReach, SessionRow } from '../model/audit.js';
import type { Exchange } from '../model/exchange.js';
import type { Finding, Occurrence } from '../model/finding.js';
import type { TrafficSoFar } from '../model/report.js';
import type { Connection, SeenDevice, Session } from '../model/session.js';

export interface PlacedOccurrence {
  readonly finding: string;
  readonly occurrence: Occurrence;
}

/** What a finding was met with, over all its occurrences. */
export interface Facets {
  readonly clients: readonly string[];
  /** Ids of the scenes. */
  readonly scenes: readonly string[];
  /** null: nothing was answered (yet). */
  readonly statuses: readonly (number | null)[];
}

/** What one sender sent, by the name the request list has for it. */
export interface ClientCount {
  readonly client: string;
  readonly exchanges: number;
  readonly first: number;
  readonly last: number;
}

export interface ListedRows {
  readonly rows: readonly ExchangeRow[];
  readonly total: number;
  readonly cut: boolean;
}

/** What walks an index of a whole session may be asked of another thread. */
type MaybeLater<T> = T | Promise<T>;

/**
 * The read side of the store, as far as the page needs it. The server never sees the proxy or the database: everything it shows
 * was committed before it is asked for. One thing is written: who looked at values in clear.
 */
export interface LiveStore {
  /** Newest first. @param running the running session's traffic, which is counted already. */
  sessions(running: RunningTraffic | null): readonly SessionRow[];
  session(id: string): Session | null;
  findings(id: string): readonly Finding[];
  /** In order of time. */
  occurrences(id: string, findingId: string, page?: { readonly offset: number; readonly limit: number }): readonly Occurrence[];
  /** The newest one. */
  lastOccurrence(id: string, findingId: string): Occurrence | null;
  facets(id: string, findings?: readonly string[]): ReadonlyMap<string, Facets>;
  /** Senders of the exchanges from that number on; `next` is the number to ask from the next time. */
  clients(id: string, from: number): { readonly clients: readonly ClientCount[]; readonly next: number };
  /**
   * Ids of the findings with evidence in an exchange whose URL or bodies hold the text.
   * @param gone aborted when nobody waits for the answer any more.
   */
  findingsWith(id: string, text: string, gone?: AbortSignal): MaybeLater<{ readonly findings: readonly string[]; readonly cut: boolean }>;
  searchReach(id: string): SearchReach;
  /** All evidence inside one exchange, whatever finding it belongs to. */
  evidenceOf(id: string, seq: number): readonly PlacedOccurrence[];
  /** @param gone as for `findingsWith`. */
  exchangeRows(id: string, query: RowQuery, gone?: AbortSignal): MaybeLater<ListedRows>;
  exchange(id: string, seq: number): Exchange | null;
  connections(id: string): readonly Connection[];
  /** What was known of the session's phones beside their traffic when it was noted last. */
  devices(id: string): readonly SeenDevice[];
  /** Of a running session it counts what was stored when it was asked, and perhaps more. @param gone as for `findingsWith`. */
  traffic(id: string, gone?: AbortSignal): MaybeLater<TrafficSoFar>;
  /** Written before the values are handed out; where it throws, they are not. */
  keepReveal(id: string, reveal: Reveal): void;
  /** The newest, and how many there are in all. */
  reveals(id: string): { readonly total: number; readonly reveals: readonly Reveal[] };
}
