import type { ExchangeRow } from '../model/audit.js';
import { ANALYSIS_FAILED, type AttributionBasis, type Exchange, type Warning } from '../model/exchange.js';
import type { Finding, Occurrence } from '../model/finding.js';
import type { HostTraffic, Traffic } from '../model/report.js';
import type { Session } from '../model/session.js';
import { hostOf } from './analyst.js';
import { createAudit } from './audit.js';
import { EvidenceLedger } from './evidence-ledger.js';
import type { AuditOptions } from './options.js';

/** Exchanges between two looks at what changed: often enough that it stays small, rarely enough that judging costs nothing. */
const SETTLED = 1_000;

/** The outcome of auditing recorded traffic: the parts of a report that do not depend on where it was stored. */
export interface RecordedAudit {
  readonly session: Session;
  readonly findings: readonly Finding[];
  readonly occurrencesOf: (findingId: string) => readonly Occurrence[];
  readonly traffic: Traffic;
  /** Number of an exchange -> why messages of it could not be analysed. */
  readonly failures: ReadonlyMap<number, readonly Warning[]>;
  /** Requests to each host by one app or mini program. */
  readonly hostsOf: (app: string) => readonly HostTraffic[];
}

/** An audit of recorded traffic that is fed one exchange at a time, none of which is kept. */
export interface RecordedAuditing {
  add(exchange: Exchange): void;
  /** The outcome; nothing can be added afterwards. */
  finish(): RecordedAudit;
}

/**
 * Audits exchanges that were captured earlier, without a store: what `check` does. The same audit code as the live proxy, so the same
 * exchanges give the same findings.
 */
export function auditExchanges(exchanges: Iterable<Exchange>, options: Omit<AuditOptions, 'sink'>): RecordedAudit {
  const auditing = createRecordedAudit(options);
  for (const exchange of exchanges) auditing.add(exchange);
  return auditing.finish();
}

/** The same for whoever has to do other things between two exchanges. */
export function createRecordedAudit(options: Omit<AuditOptions, 'sink'>): RecordedAuditing {
  const ledger = new EvidenceLedger();
  const limitsReached: Record<string, number> = {};
  const failures = new Map<number, readonly Warning[]>();
  const hosts = new Map<string, HostTraffic>();
  const hostsByApp = new Map<string, Map<string, HostTraffic>>();
  const apps = new Map<string, { readonly app: string; readonly by: AttributionBasis; readonly hosts: Map<string, HostTraffic> }>();
  let truncated = 0;
  const payloads = { sent: 0, closed: 0 };
  let unsettled = 0;

  const audit = createAudit({
    ...options,
    sink: {
      exchange(exchange, row) {
        const failed = row.warnings.filter((warning) => warning.code === ANALYSIS_FAILED && !exchange.warnings.includes(warning));
        if (failed.length > 0) failures.set(exchange.seq, failed);
        const host = hostOf(exchange.request.url);
        const ofApp = hostsByApp.get(row.app) ?? new Map<string, HostTraffic>();
        hostsByApp.set(row.app, ofApp);
        for (const counted of [hosts, ofApp]) count(counted, host, row);
        if (row.attributedBy !== undefined) {
          const key = `${row.app}\n${row.attributedBy}`;
          const named = apps.get(key) ?? { app: row.app, by: row.attributedBy, hosts: new Map<string, HostTraffic>() };
          apps.set(key, named);
          count(named.hosts, host, row);
        }
        // Each for itself, as the store counts them.
        const bodies = [exchange.request.body, exchange.response?.body, ...exchange.messages.map(({ body }) => body)];
        truncated += bodies.filter((body) => body?.truncated === true).length;
      },
      row() {},
      message() {},
      occurrence(findingId, occurrence) {
        ledger.add(findingId, occurrence);
      },
      findings() {},
      connection() {},
      limit(name) {
        limitsReached[name] = (limitsReached[name] ?? 0) + 1;
      },
      // The counters have it.
      notAnalysed() {},
      payload(closed) {
        payloads.sent += 1;
        if (closed) payloads.closed += 1;
      },
      session() {},
      replay: () => ledger.all(),
    },
  });
  return {
    add(exchange) {
      audit.exchange(exchange);
      unsettled += 1;
      if (unsettled < SETTLED) return;
      // What changed is remembered until somebody asks; nobody does here.
      audit.drain();
      unsettled = 0;
    },
    finish() {
      audit.settle();
      const findings = audit.findings();
      const counters = audit.counters();
      return {
        session: audit.session(),
        findings,
        occurrencesOf: (id) => ledger.of(id),
        failures,
        traffic: {
          exchanges: counters.exchanges,
          bytesUp: counters.bytesUp,
          bytesDown: counters.bytesDown,
          notAnalysed: counters.notAnalysed,
          truncated,
          hosts: sorted(hosts),
          limitsReached,
          payloads,
          hiddenCandidates: findings.filter((finding) => finding.grade === 'candidate').length,
          apps: [...apps]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .flatMap(([, { app, by, hosts: of }]) => sorted(of).map((host) => ({ ...host, app, by }))),
        },
        hostsOf: (app) => sorted(hostsByApp.get(app) ?? new Map()),
      };
    },
  };
}

function count(hosts: Map<string, HostTraffic>, host: string, row: ExchangeRow): void {
  const before = hosts.get(host) ?? { host, exchanges: 0, bytesUp: 0, bytesDown: 0 };
  hosts.set(host, {
    host,
    exchanges: before.exchanges + 1,
    bytesUp: before.bytesUp + row.bytesUp,
    bytesDown: before.bytesDown + row.bytesDown,
  });
}

function sorted(hosts: ReadonlyMap<string, HostTraffic>): HostTraffic[] {
  return [...hosts.values()].sort((a, b) => (a.host < b.host ? -1 : 1));
}
