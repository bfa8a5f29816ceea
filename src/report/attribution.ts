import { ATTRIBUTION_BASES, type AttributionBasis } from '../model/exchange.js';
import type { AppTraffic, AuditRecord, HostTraffic, OtherApp, ReportAttribution, SessionReport } from '../model/report.js';
import type { Connection } from '../model/session.js';
import { byText } from '../model/text.js';

/** Traffic of a session, divided: what counts for the app under test and the apps a category was chosen for, and what does not. */
export interface Division {
  /** Null where nothing tells any traffic apart, and nobody named a package. */
  readonly attribution: ReportAttribution | null;
  /** Requests to each host, without those of apps that are not judged; in order of its name. */
  readonly hosts: readonly HostTraffic[];
  /** Connections without those of apps that are not judged. */
  readonly connections: readonly Connection[];
}

type Divided = Pick<AuditRecord, 'traffic' | 'connections'> & { readonly session: Pick<AuditRecord['session'], 'subject'> };

const READ = new Set(['decrypted', 'cleartext']);

/** `android:` and `ios:` stand for the phone itself, any other prefix for the platform of a mini program. */
function kindOf(app: string): OtherApp['kind'] {
  const [prefix, rest] = app.split(':', 2);
  if (rest === undefined) return 'app';
  return prefix === 'android' || prefix === 'ios' ? 'system' : 'mini_program';
}

/** Takes the traffic of other apps on the phone out, and counts it under their names. */
export function divide({ traffic, connections, session: { subject } }: Divided): Division {
  const isJudged = (app: string): boolean => app === 'main' || Object.hasOwn(subject.categories, app);
  const named = traffic.apps ?? [];
  const foreign = connections.filter(({ app }) => app !== undefined && !isJudged(app));
  const kept = connections.filter(({ app }) => app === undefined || isJudged(app));
  const names = new Set([...named.map(({ app }) => app), ...connections.flatMap(({ app }) => app ?? [])]);
  names.delete('main');
  const others = [...names].sort(byText).map((app) => otherOf(app, isJudged(app), named, connections));
  const none = traffic.exchanges - named.reduce((sum, { exchanges }) => sum + exchanges, 0);
  const mine = named.filter(({ app }) => app === 'main');
  const main = Object.fromEntries(
    ATTRIBUTION_BASES.map((basis) => [basis, mine.filter(({ by }) => by === basis).reduce((sum, { exchanges }) => sum + exchanges, 0)]),
  ) as Record<AttributionBasis, number>;
  const silent = others.length === 0 && mine.length === 0 && (subject.package ?? null) === null;
  return {
    attribution: silent ? null : { package: subject.package ?? null, main: { ...main, none }, others },
    hosts: without(
      traffic.hosts,
      named.filter(({ app }) => !isJudged(app)),
    ),
    connections: foreign.length === 0 ? connections : kept,
  };
}

function otherOf(app: string, judged: boolean, named: readonly AppTraffic[], connections: readonly Connection[]): OtherApp {
  const sent = named.filter((one) => one.app === app);
  const opened = connections.filter((one) => one.app === app);
  const unread = new Set(opened.filter(({ reach }) => !READ.has(reach)).map(({ host }) => host));
  const sum = (of: (one: HostTraffic) => number): number => sent.reduce((total, one) => total + of(one), 0);
  return {
    app,
    kind: kindOf(app),
    judged,
    by: ATTRIBUTION_BASES.filter((basis) => sent.some(({ by }) => by === basis)),
    exchanges: sum(({ exchanges }) => exchanges),
    bytesUp: sum(({ bytesUp }) => bytesUp),
    bytesDown: sum(({ bytesDown }) => bytesDown),
    hosts: [...new Set([...sent.map(({ host }) => host), ...opened.map(({ host }) => host)])].sort(byText),
    unread: [...unread].sort(byText),
  };
}

function without(hosts: readonly HostTraffic[], foreign: readonly AppTraffic[]): readonly HostTraffic[] {
  if (foreign.length === 0) return hosts;
  const taken = new Map<string, HostTraffic>();
  for (const { host, exchanges, bytesUp, bytesDown } of foreign) {
    const before = taken.get(host) ?? { host, exchanges: 0, bytesUp: 0, bytesDown: 0 };
    taken.set(host, {
      host,
      exchanges: before.exchanges + exchanges,
      bytesUp: before.bytesUp + bytesUp,
      bytesDown: before.bytesDown + bytesDown,
    });
  }
  return hosts.flatMap((host) => {
    const of = taken.get(host.host);
    if (of === undefined) return [host];
    const exchanges = host.exchanges - of.exchanges;
    return exchanges === 0 ? [] : [{ ...host, exchanges, bytesUp: host.bytesUp - of.bytesUp, bytesDown: host.bytesDown - of.bytesDown }];
  });
}

type Covered = Pick<SessionReport, 'coverage'>;

/**
 * Of that many exchanges, those of the app under test and of the apps judged beside it: without any there is nothing to conclude from.
 */
export function judgedOf(exchanges: number, report: Covered): number {
  return exchanges - unjudgedCounts(report).exchanges;
}

/** What other apps, mini programs and the system sent, as far as nobody chose a category for them. */
export function unjudgedCounts({ coverage }: Covered): { readonly apps: number; readonly exchanges: number; readonly hosts: number } {
  const others = (coverage.attribution?.others ?? []).filter(({ judged }) => !judged);
  return {
    apps: others.length,
    exchanges: others.reduce((sum, { exchanges }) => sum + exchanges, 0),
    hosts: new Set(others.flatMap(({ hosts }) => hosts)).size,
  };
}
