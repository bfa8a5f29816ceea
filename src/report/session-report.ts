import { type Finding, type Occurrence, SEVERITIES, type Severity, VERDICTS, type VerdictName } from '../model/finding.js';
import type {
  AuditRecord,
  HostTraffic,
  ReportFinding,
  ReportOccurrence,
  ReportScreenshot,
  ReportSession,
  ReportSummary,
  SessionReport,
  Traffic,
} from '../model/report.js';
import type { Screenshot } from '../model/session.js';
import { type Bilingual, byText } from '../model/text.js';
import { type Division, divide } from './attribution.js';
import { buildBasis, chosenCategories } from './basis.js';
import { buildCoverage } from './coverage.js';
import { byWeight, gravest } from './order.js';
import { readEvidence } from './reading.js';
import { buildReceivers } from './receivers.js';
import { Redaction } from './redaction.js';
import { screenshotFile } from './screenshots.js';
import { toldSteps } from './told-steps.js';
import { unjudgedChecks } from './unjudged-checks.js';

export interface ReportOptions {
  /** Adds each value as it was found, and leaves URLs whole. Off: masked values and tags only. */
  readonly showValues?: boolean;
  /** Lists candidates (shape only), which are counted and hidden otherwise. */
  readonly candidates?: boolean;
  /** Ids of the only findings to list, candidates among them; the report then says that it is a selection. Masking and coverage see all of them still. */
  readonly only?: ReadonlySet<string>;
}

/** First and last millisecond of the years 0000 to 9999, which ISO 8601 writes with four digits. */
const EARLIEST = -62_167_219_200_000;
const LATEST = 253_402_300_799_999;

/** ISO 8601 in UTC. A recording may carry any number as a time; one outside the calendar becomes the nearest that is inside. */
export function isoTime(milliseconds: number): string {
  return new Date(Number.isNaN(milliseconds) ? 0 : Math.max(EARLIEST, Math.min(LATEST, milliseconds))).toISOString();
}

/** An unreadable payload is no personal data type, so the rules have no name for it. */
const OPAQUE: Bilingual = { zh: '无法解读的载荷', en: 'Unreadable payload' };

function toOccurrence(occurrence: Occurrence, redaction: Redaction | null): ReportOccurrence {
  const hide = (text: Bilingual): Bilingual => (redaction === null ? text : { zh: redaction.text(text.zh), en: redaction.text(text.en) });
  return {
    exchange: occurrence.exchange,
    message: occurrence.message,
    url: redaction === null ? occurrence.url : redaction.url(occurrence.url),
    method: occurrence.method,
    scene: occurrence.scene,
    direction: occurrence.direction,
    path: redaction === null ? occurrence.path : redaction.path(occurrence.path),
    steps: occurrence.steps,
    detector: occurrence.detector,
    grade: occurrence.grade,
    form: occurrence.form,
    masked: occurrence.masked,
    tag: occurrence.tag,
    trace: occurrence.trace.map(({ rule, text }) => ({ rule, text: hide(text) })),
    ...(redaction === null ? { value: occurrence.value } : {}),
  };
}

function toSession(record: AuditRecord): ReportSession {
  const { session } = record;
  const chosen = session.subject.categories.main ?? [];
  const names = chosenCategories(record).filter(({ app }) => app === 'main');
  return {
    id: session.id,
    app: session.subject.app,
    category: chosen.length === 0 ? null : chosen.join('+'),
    categoryName:
      names.length === 0 ? null : { zh: names.map(({ name }) => name.zh).join('、'), en: names.map(({ name }) => name.en).join(', ') },
    context: Object.fromEntries(Object.entries(session.subject.context).sort(([a], [b]) => byText(a, b))),
    startedAt: isoTime(session.startedAt),
    endedAt: session.endedAt === null ? null : isoTime(session.endedAt),
    device: session.device,
    scenes: session.scenes.map((scene) => ({
      id: scene.id,
      name: scene.name,
      consent: scene.consent,
      startedAt: isoTime(scene.startedAt),
      endedAt: scene.endedAt === null ? null : isoTime(scene.endedAt),
    })),
    source: session.source,
    status: session.status,
    ...(session.subject.knownSince === undefined
      ? {}
      : { knownSince: { at: isoTime(session.subject.knownSince.at), exchanges: session.subject.knownSince.exchanges } }),
    ...(session.subject.modules === undefined
      ? {}
      : { modules: session.subject.modules.map(({ file, step, sha256 }) => ({ file, step, sha256 })) }),
  };
}

function earlierRules({ session }: AuditRecord): Pick<SessionReport['rules'], 'earlier'> {
  const earlier = session.subject.reloads?.earlier ?? [];
  return earlier.length === 0 ? {} : { earlier: earlier.map((one) => ({ ...one, until: isoTime(one.until) })) };
}

function toScreenshot({ n, scene, at, mime, size, sha256 }: Screenshot): ReportScreenshot {
  return { file: screenshotFile(n, mime), scene, at: isoTime(at), mime, size, sha256 };
}

function summarise(record: AuditRecord, findings: readonly ReportFinding[], hidden: number): ReportSummary {
  const count = <Name extends string>(names: readonly Name[], of: (finding: ReportFinding) => Name | null): Record<Name, number> => {
    const result = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
    for (const finding of findings) {
      const name = of(finding);
      if (name !== null) result[name] += 1;
    }
    return result;
  };
  return {
    exchanges: record.traffic.exchanges,
    findings: findings.length,
    byVerdict: count<VerdictName>(VERDICTS, (finding) => finding.verdict),
    bySeverity: count<Severity>(SEVERITIES, (finding) => gravest(finding.issues)),
    hiddenCandidates: hidden,
  };
}

/** Hosts of the app under test; those that only other apps spoke to are listed under these apps, unless a finding names them. */
function contactedHosts({ hosts }: Division, traffic: Traffic, findings: readonly ReportFinding[]): readonly HostTraffic[] {
  const kept = new Set(hosts.map(({ host }) => host));
  const found = new Set(findings.map(({ party }) => party.host));
  return traffic.hosts === hosts ? hosts : [...hosts, ...traffic.hosts.filter(({ host }) => found.has(host) && !kept.has(host))];
}

/**
 * The published result of an audit. A function of its input alone (no clock, locale or time zone): the same record gives the same
 * bytes. Values are hidden unless asked for, in URLs, paths and traces as well.
 */
export function buildReport(record: AuditRecord, options: ReportOptions = {}): SessionReport {
  const { only } = options;
  const countable = record.findings
    .filter(({ id, grade }) => options.candidates === true || grade !== 'candidate' || only?.has(id) === true)
    .sort(byWeight);
  const shown = only === undefined ? countable : countable.filter(({ id }) => only.has(id));
  const accepted = new Map((record.session.subject.accepted ?? []).map((one) => [one.finding, one]));
  const masked = options.showValues !== true;
  const reading = readEvidence(record, shown, countable, masked);
  const nothing: ReadonlySet<string> = new Set();
  const redactions = new Map<number, Redaction>();
  const redactionOf = (exchange: number): Redaction | null => {
    if (!masked) return null;
    const known = redactions.get(exchange);
    if (known !== undefined) return known;
    const made = new Redaction(reading.everywhere, reading.byExchange.get(exchange) ?? nothing);
    redactions.set(exchange, made);
    return made;
  };

  const names = new Map(record.rulebook.dataTypes.map((type) => [type.id, type.name]));
  const toFinding = (finding: Finding): ReportFinding => {
    const { listed, byScene } = reading.findings.get(finding.id) ?? { listed: [], byScene: {} };
    const acceptance = accepted.get(finding.id);
    return {
      id: finding.id,
      app: finding.app,
      dataType: finding.dataType,
      dataTypeName: names.get(finding.dataType) ?? (finding.grade === 'opaque' ? OPAQUE : { zh: finding.dataType, en: finding.dataType }),
      family: finding.family,
      grade: finding.grade,
      placeholder: finding.placeholder,
      verdict: finding.verdict,
      reason: finding.reason,
      issues: finding.issues,
      party: finding.party,
      count: finding.count,
      firstSeen: isoTime(finding.firstSeen),
      lastSeen: isoTime(finding.lastSeen),
      byScene,
      occurrences: listed.map((piece) => toOccurrence(piece, redactionOf(piece.exchange))),
      ...(acceptance === undefined ? {} : { accepted: { reason: acceptance.reason, at: isoTime(acceptance.at) } }),
    };
  };
  const findings = shown.map(toFinding);
  const steps = toldSteps(record, findings);
  const opaque = reading.opaque.map(({ host, path, exchange }) => ({ host, path: redactionOf(exchange)?.path(path) ?? path }));
  const { traffic } = record;
  const division = divide(record);
  const open = unjudgedChecks(record);
  const limitsReached = reading.cut === 0 ? traffic.limitsReached : { ...traffic.limitsReached, reportOccurrences: reading.cut };
  return {
    schemaVersion: 1,
    tool: { name: record.tool.name, version: record.tool.version },
    rules: { pack: record.pack.id, version: record.pack.version, sha256: record.rulebook.sha256, ...earlierRules(record) },
    session: toSession(record),
    summary: summarise(record, findings, record.findings.length - countable.length),
    coverage: { ...buildCoverage(division, traffic, opaque, limitsReached), ...(open.length === 0 ? {} : { checksNotJudged: open }) },
    findings,
    ...(steps === undefined ? {} : { steps }),
    parties: buildReceivers(findings, contactedHosts(division, traffic, findings), record.partyOf),
    exchanges: { count: traffic.exchanges, bytesUp: traffic.bytesUp, bytesDown: traffic.bytesDown },
    basis: buildBasis(record, findings),
    ...(record.refusal === undefined ? {} : { refusal: record.refusal }),
    ...(record.screenshots === undefined || record.screenshots.length === 0 ? {} : { screenshots: record.screenshots.map(toScreenshot) }),
    ...(record.reveals === undefined ? {} : { reveals: { count: record.reveals.count, lastAt: isoTime(record.reveals.lastAt) } }),
    ...(only === undefined ? {} : { selection: { shown: shown.length, of: countable.length } }),
  };
}
