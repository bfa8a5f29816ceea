import type { Counters, ExchangeRow } from '../../model/audit.js';
import type { AppTraffic, HostTraffic } from '../../model/report.js';
import type { Session } from '../../model/session.js';
import type { FeedMessage } from '../feed.js';
import { groupKey, type ReachGroup } from '../reaches.js';
import type { FindingRow } from '../trail.js';

/** The session as the API gives it at one batch. */
export interface Snapshot {
  readonly batch: number;
  readonly session: Session;
  readonly counters: Counters;
  readonly findings: readonly FindingRow[];
  readonly reaches: readonly ReachGroup[];
  readonly traffic: {
    /** The number behind that of the last exchange counted in the sums. */
    readonly upTo: number;
    readonly truncated: number;
    /** Records the disk refused; absent: none. */
    readonly notStored?: number;
    readonly hosts: readonly HostTraffic[];
    readonly limitsReached: Readonly<Record<string, number>>;
    readonly payloads?: { readonly sent: number; readonly closed: number } | undefined;
    readonly hiddenCandidates: number;
    readonly apps?: readonly AppTraffic[];
  };
}

export type Batch = Extract<FeedMessage, { readonly type: 'batch' }>;

/** Rows whose bytes are remembered, so that a row sent twice (its response came later) is counted once. */
const ROWS_REMEMBERED = 5_000;

/**
 * The page's copy of a session. It follows the feed batch by batch; when one is missing it says so, and a fresh snapshot replaces
 * everything, so that its totals are always the server's.
 */
export class Mirror {
  readonly findings = new Map<string, FindingRow>();
  readonly reaches = new Map<string, ReachGroup>();
  readonly hosts = new Map<string, HostTraffic>();
  /** By app, basis and host. */
  readonly apps = new Map<string, AppTraffic>();
  readonly #rows = new Map<number, { readonly up: number; readonly down: number }>();
  session: Session;
  counters: Counters;
  traffic: Snapshot['traffic'];
  #batch: number;
  #upTo: number;

  constructor(snapshot: Snapshot) {
    this.session = snapshot.session;
    this.counters = snapshot.counters;
    this.traffic = snapshot.traffic;
    this.#batch = snapshot.batch;
    this.#upTo = snapshot.traffic.upTo;
    for (const finding of snapshot.findings) this.findings.set(finding.id, finding);
    for (const group of snapshot.reaches) this.#reach(group);
    for (const host of snapshot.traffic.hosts) this.hosts.set(host.host, host);
    for (const part of snapshot.traffic.apps ?? []) this.apps.set(keyOf(part), part);
  }

  get batch(): number {
    return this.#batch;
  }

  /** Takes what no batch tells: what was cut, lost or only partly read. The sums by host are counted along, and stay. */
  recount(traffic: Snapshot['traffic']): void {
    this.traffic = traffic;
  }

  /** @returns `old` (known already), `applied`, or `gap`: batches in between are missing, ask for a snapshot. */
  apply(batch: Batch): 'old' | 'applied' | 'gap' {
    if (batch.session.id !== this.session.id) return 'old';
    if (batch.to <= this.#batch) return 'old';
    if (batch.from > this.#batch + 1) return 'gap';
    this.#batch = batch.to;
    this.session = batch.session;
    this.counters = batch.counters;
    for (const finding of batch.findings) this.findings.set(finding.id, finding);
    for (const group of batch.reaches) this.#reach(group);
    for (const row of batch.exchanges) this.#count(row);
    return 'applied';
  }

  #reach(group: ReachGroup): void {
    const key = groupKey(group);
    if (group.connections === 0) this.reaches.delete(key);
    else this.reaches.set(key, group);
  }

  #count(row: ExchangeRow): void {
    const before = this.#rows.get(row.seq);
    // A row of the snapshot that is sent again: nobody knows how much of it the snapshot's sums hold. What came of it since is left
    // out until the next snapshot, rather than counted twice.
    if (before === undefined && row.seq < this.#upTo) return;
    this.#rows.set(row.seq, { up: row.bytesUp, down: row.bytesDown });
    if (this.#rows.size > ROWS_REMEMBERED) {
      const [oldest] = this.#rows.keys();
      if (oldest !== undefined) {
        this.#rows.delete(oldest);
        this.#upTo = Math.max(this.#upTo, oldest + 1);
      }
    }
    const more = (sum: HostTraffic | undefined): HostTraffic => ({
      host: row.host,
      exchanges: (sum?.exchanges ?? 0) + (before === undefined ? 1 : 0),
      bytesUp: (sum?.bytesUp ?? 0) + row.bytesUp - (before?.up ?? 0),
      bytesDown: (sum?.bytesDown ?? 0) + row.bytesDown - (before?.down ?? 0),
    });
    this.hosts.set(row.host, more(this.hosts.get(row.host)));
    if (row.attributedBy === undefined) return;
    const whose = { app: row.app, by: row.attributedBy, host: row.host };
    this.apps.set(keyOf(whose), { ...whose, ...more(this.apps.get(keyOf(whose))) });
  }
}

function keyOf({ app, by, host }: Pick<AppTraffic, 'app' | 'by' | 'host'>): string {
  return `${app} ${by} ${host}`;
}
