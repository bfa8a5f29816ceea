import { createJudge } from '../judge/judge.js';
import { createPartyResolver } from '../judge/party.js';
import type { ExchangeRow } from '../model/audit.js';
import { ANALYSIS_FAILED, type Exchange, type Warning } from '../model/exchange.js';
import type { Finding, Occurrence } from '../model/finding.js';
import type { AuditRecord } from '../model/report.js';
import type { Session } from '../model/session.js';
import { Addresses } from '../session/addresses.js';
import { auditExchanges } from '../session/recorded.js';
import type { Store } from '../store/index.js';
import { type AuditSetup, auditOptions } from './audit-setup.js';
import { TOOL } from './place.js';
import { recordOf, rowsOf } from './stored.js';
import { overlaid } from './subject.js';

/** A stored session, read and judged again. Nothing is written. */
export interface Reread {
  readonly record: AuditRecord;
  readonly findings: readonly Finding[];
  /** All evidence with the finding it belongs to; within a finding in order of time. */
  readonly evidence: ReadonlyArray<readonly [findingId: string, occurrence: Occurrence]>;
  /** Lines of the request list whose count of evidence, or whose failures of the analysis, are others now. */
  readonly rows: readonly ExchangeRow[];
  /** Pieces of stored evidence that could not be derived again and were taken over as they were. */
  readonly kept: number;
  /** How many of those the persona file, which is not stored, would have found again. */
  readonly keptOfPersona: number;
  /** How many of those rest on names of a protobuf definition (`--proto`), which is not stored either. */
  readonly keptOfProto: number;
}

/**
 * Reads the stored exchanges with today's rules and judges them as the command line says; where that is silent, as the tester said
 * during the session. Apps and scenes are those of the time of capture: a scene mark and a request of the same millisecond have an
 * order then, and none afterwards.
 */
export function reread(store: Store, stored: Session, setup: AuditSetup): Reread {
  const { rulebook } = setup;
  // Which rules there were during the session says nothing of a reading that uses one set of rules throughout.
  // Known values that are not given now cannot be looked for anew: what was said of them still holds.
  const { reloads: _replaced, knownSince, ...rest } = overlaid(stored.subject, setup.given);
  const subject = setup.persona === null && knownSince !== undefined ? { ...rest, knownSince } : rest;
  const session: Session = { ...stored, subject };
  const rows = new Map<number, ExchangeRow>();
  for (const row of rowsOf(store, stored.id)) rows.set(row.seq, row);
  const holds = messagesOf(store, stored.id);
  const kept: Occurrence[] = [];
  // Whether responses were judged is not written down; evidence of one tells.
  let responses = setup.responses;
  // Finding by finding: a day of an SDK's events has a million pieces of evidence, most of which are derived anew.
  for (const { id } of store.findings(stored.id))
    for (const occurrence of store.occurrences(stored.id, id)) {
      if (occurrence.direction === 'response') responses = true;
      if (!isDerivable(occurrence, rows, holds, setup)) kept.push(occurrence);
    }

  const addresses = new Addresses();
  function* exchanges(): Iterable<Exchange> {
    for (const exchange of store.exchanges(stored.id)) {
      addresses.add(exchange);
      yield exchange;
    }
  }
  const audit = auditExchanges(exchanges(), { ...auditOptions(setup), responses, session });
  const derived = audit.findings
    .flatMap(({ id }) => audit.occurrencesOf(id))
    .map((occurrence) => {
      const row = rows.get(occurrence.exchange);
      if (row === undefined) return occurrence;
      const { attributed: _, ...found } = occurrence;
      const told = row.attributedBy === undefined ? {} : ({ attributed: true } as const);
      // Of a stream each message stands in the scene in which it was sent.
      return { ...found, app: row.app, ...told, scene: found.message === null ? row.scene : found.scene };
    });
  const all = [...withoutOverlaid(derived, kept), ...kept].sort((a, b) => a.at - b.at || a.exchange - b.exchange);

  const settings = { responses, ...addresses.settings(setup.countries) };
  const judge = createJudge({ rulebook, subject: session.subject, scenes: session.scenes, settings });
  const evidence = all.map((occurrence) => [judge.add(occurrence), occurrence] as const);
  const findings = judge.findings();
  const byFinding = grouped(evidence, ([id]) => id);
  const recoverable = kept.filter((occurrence) => !isLost(occurrence, rows, holds));
  const traffic = store.traffic(stored.id);
  const base = recordOf(store, session, rulebook);
  return {
    findings,
    evidence,
    kept: kept.length,
    keptOfPersona: recoverable.filter((occurrence) => !isNamedByProto(occurrence)).length,
    keptOfProto: recoverable.filter(isNamedByProto).length,
    rows: recounted(rows, all, audit.failures),
    record: {
      ...base,
      tool: TOOL,
      rulebook,
      pack: rulebook.pack,
      findings,
      occurrencesOf: (id) => (byFinding.get(id) ?? []).map(([, occurrence]) => occurrence),
      traffic: {
        ...traffic,
        notAnalysed: Math.max(0, traffic.notAnalysed - failuresIn(rows)) + audit.traffic.notAnalysed,
        ...(audit.traffic.payloads === undefined ? {} : { payloads: audit.traffic.payloads }),
        limitsReached: { ...traffic.limitsReached, ...audit.traffic.limitsReached },
        hiddenCandidates: findings.filter(({ grade }) => grade === 'candidate').length,
      },
      partyOf: createPartyResolver(rulebook.parties, session.subject.firstPartyDomains, settings.countries),
    },
  };
}

/** Messages whose analysis failed when they were captured: they were read again just now, and count where they failed again. */
function failuresIn(rows: ReadonlyMap<number, ExchangeRow>): number {
  let failures = 0;
  for (const { warnings } of rows.values()) failures += warnings.filter(isFailure).length;
  return failures;
}

function isFailure({ code }: Warning): boolean {
  return code === ANALYSIS_FAILED;
}

/** The steps that only a key of the persona opens (`decode/keyhook`), and those that only a module of the tester does. */
const KEYED = /^(?:(?:aes|sm4|des)-.+|xor|base64-custom)$/;
const MODULE = /^hook-/;

/** The numbers behind the names that a definition gave (`decode/formats/protobuf`): without it the field has no name to be known by. */
const NAMED = /^field /;

function isNamedByProto({ steps }: Occurrence): boolean {
  return steps.some((step) => NAMED.test(step));
}

/** The forms of a digest that only a salt of the persona explains (`detect/digest`). */
const SALTED = /\+salt$|^hmac-/;

/** Requests whose end two servers may see in two places (`wire/http1`): both readings were analysed, one is stored. */
const TWO_READINGS = new Set([
  'content-length-with-transfer-encoding',
  'invalid-transfer-encoding',
  'transfer-encoding-in-http-1.0',
  'invalid-content-length',
  'conflicting-content-length',
  'chunk-bare-lf',
  'chunk-extension',
]);

/** Whether a message of an exchange is stored. */
type Holds = (exchange: number, message: number) => boolean;

/** Each exchange of which somebody asks is read once. */
function messagesOf(store: Store, session: string): Holds {
  const known = new Map<number, ReadonlySet<number>>();
  return (exchange, message) => {
    const messages = known.get(exchange) ?? new Set(store.exchange(session, exchange)?.messages.map(({ index }) => index));
    known.set(exchange, messages);
    return messages.has(message);
  };
}

/**
 * What the store lacks cannot be found again: the persona file (it is never stored; its salts and keys least of all), definitions of protobuf
 * messages, the bytes of connections that were not HTTP, the second reading of an ambiguous request, and what a full disk refused: an exchange,
 * its answer, a message of its stream. Evidence of those is kept: to drop it would turn "could not look" into "clean".
 */
function isDerivable(
  occurrence: Occurrence,
  rows: ReadonlyMap<number, ExchangeRow>,
  holds: Holds,
  { persona, partial, schemas }: AuditSetup,
): boolean {
  if (isLost(occurrence, rows, holds)) return false;
  if (schemas.length === 0 && isNamedByProto(occurrence)) return false;
  const known = persona !== null && partial !== true;
  if (isProof(occurrence) && !(known && (persona.salts.length > 0 || !SALTED.test(occurrence.form ?? '')))) return false;
  return occurrence.steps.every(
    (step) =>
      (!KEYED.test(step) || (persona?.keys.length ?? 0) > 0) &&
      (!MODULE.test(step) || persona?.modules?.some((module) => module.step === step) === true),
  );
}

/** Whether what it was found in is not stored. */
function isLost({ exchange, method, direction, message }: Occurrence, rows: ReadonlyMap<number, ExchangeRow>, holds: Holds): boolean {
  const row = rows.get(exchange);
  if (method === 'RAW' || row === undefined) return true;
  if (message !== null) return !holds(exchange, message);
  if (direction === 'response') return row.status === null;
  return row.warnings.some(({ code }) => TWO_READINGS.has(code));
}

function isProof({ detector }: Occurrence): boolean {
  return detector === 'known-value' || detector === 'digest';
}

/** Proof wins its place, as it does in `detect/fusion`; and a payload that proof was found in was not unreadable. */
function withoutOverlaid(derived: readonly Occurrence[], kept: readonly Occurrence[]): readonly Occurrence[] {
  const place = ({ exchange, message, direction }: Occurrence) => `${exchange} ${message} ${direction}`;
  const byMessage = grouped(kept, place);
  return derived.filter((occurrence) => !byMessage.get(place(occurrence))?.some((proof) => isOverlaid(occurrence, proof)));
}

function isOverlaid(occurrence: Occurrence, proof: Occurrence): boolean {
  if (occurrence.grade === 'opaque') return proof.path.startsWith(occurrence.path);
  if (proof.path === occurrence.path) return overlap(proof.span, occurrence.span);
  return proof.dataType === occurrence.dataType && proof.path.startsWith(`${occurrence.path}|`);
}

function overlap(a: Occurrence['span'], b: Occurrence['span']): boolean {
  return a === null || b === null || (a[0] < b[1] && b[0] < a[1]);
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}

/** What failed is written anew with what is counted of it: the next reading takes off what the rows say. */
function recounted(
  rows: ReadonlyMap<number, ExchangeRow>,
  all: readonly Occurrence[],
  failures: ReadonlyMap<number, readonly Warning[]>,
): ExchangeRow[] {
  const counts = new Map<number, number>();
  for (const { exchange } of all) counts.set(exchange, (counts.get(exchange) ?? 0) + 1);
  return [...rows.values()].flatMap((row) => {
    const evidence = counts.get(row.seq) ?? 0;
    const failed = failures.get(row.seq) ?? [];
    if (evidence === row.evidence && failed.length === 0 && !row.warnings.some(isFailure)) return [];
    return [{ ...row, evidence, warnings: [...row.warnings.filter((warning) => !isFailure(warning)), ...failed] }];
  });
}
