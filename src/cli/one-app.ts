import { UsageError } from '../errors.js';
import { appOfAnswer } from '../judge/refusal.js';
import type { AuditRecord, SessionReport } from '../model/report.js';
import type { RefusalAnswer } from '../model/session.js';

/**
 * The record of one app or mini program alone: its findings, its traffic, its category. Connections stay those of the session: what
 * could not be looked into may have been anybody's.
 * @param app `main`, or an id such as `wechat:wx0123456789abcdef`; null: the whole session.
 * @throws UsageError naming the apps that were seen.
 */
export function ofApp(record: AuditRecord, app: string | null): AuditRecord {
  if (app === null) return record;
  const { session, traffic } = record;
  const { refusal, ...subject } = session.subject;
  const findings = record.findings.filter((finding) => finding.app === app);
  const hosts = record.hostsOf?.(app) ?? [];
  if (findings.length === 0 && hosts.length === 0 && !Object.hasOwn(subject.categories, app))
    throw new UsageError('OVR_APP_ID', `No traffic is attributed to an app "${app}".`, {
      next: `Seen: ${[...new Set(record.findings.map((finding) => finding.app))].sort().join(', ') || 'none with findings'}.`,
    });
  const sum = (of: (host: (typeof hosts)[number]) => number) => hosts.reduce((total, host) => total + of(host), 0);
  const { refusal: answers, ...rest } = record;
  // Article 4 binds each app for itself: the answers of others are not this one's.
  const own = (given: readonly RefusalAnswer[] | undefined) => {
    const mine = given?.filter(({ id }) => appOfAnswer(id, Object.keys(subject.categories)) === app) ?? [];
    return mine.length === 0 ? {} : { refusal: mine };
  };
  return {
    ...rest,
    ...own(answers),
    findings,
    session: {
      ...session,
      subject: {
        ...subject,
        ...own(refusal),
        app: app === 'main' ? subject.app : app,
        categories: { main: subject.categories[app] ?? [] },
      },
    },
    traffic: {
      ...traffic,
      hosts,
      apps: [],
      exchanges: sum((host) => host.exchanges),
      bytesUp: sum((host) => host.bytesUp),
      bytesDown: sum((host) => host.bytesDown),
    },
  };
}

/** Apps and mini programs that sent something, in a session in which nobody chose a category for them; with their findings. */
export function appsWithoutCategory({
  findings,
  basis,
}: SessionReport): ReadonlyArray<{ readonly app: string; readonly findings: number }> {
  const chosen = new Set(basis?.categories.map(({ app }) => app) ?? []);
  const counts = new Map<string, number>();
  for (const { app } of findings) if (app !== 'main' && !chosen.has(app)) counts.set(app, (counts.get(app) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([app, count]) => ({ app, findings: count }));
}
