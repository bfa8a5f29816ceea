import { limits } from '../limits.js';
import type { Finding, Grade, Occurrence } from '../model/finding.js';
import type { AuditRecord } from '../model/report.js';
import { byText } from '../model/text.js';
import { telling } from './redaction.js';

/** What a report needs of the evidence of one finding. */
export interface FindingReading {
  /** In order of time, as many as a report lists. */
  readonly listed: readonly Occurrence[];
  readonly byScene: Readonly<Record<string, number>>;
}

/** What one walk over all evidence of a session brings. It is walked once, because a long session has a million pieces. */
export interface Reading {
  /** Of the findings that are shown. */
  readonly findings: ReadonlyMap<string, FindingReading>;
  /** Of how many findings not every piece is listed. */
  readonly cut: number;
  /** Places of payloads that nobody could read. */
  readonly opaque: ReadonlyArray<Pick<Occurrence, 'host' | 'path' | 'exchange'>>;
  /**
   * Telling values found anywhere, and those found in each exchange: what has to be known of the whole session before one text of it
   * may be printed. Candidates are among them, too: what the report does not list it must not show either. Technical values are not:
   * "android" and "zh_CN" are words of paths and steps as well, and name nobody.
   */
  readonly everywhere: ReadonlySet<string>;
  readonly byExchange: ReadonlyMap<number, ReadonlySet<string>>;
}

/** Longer values are never a whole key or path segment: both are cut long before. */
const LONGEST_WHOLE = 1_024;

/**
 * @param shown findings that the report lists. @param others findings that it does not list and whose opaque payloads it counts.
 * @param masked whether values are needed to hide them.
 */
export function readEvidence(record: AuditRecord, shown: readonly Finding[], others: readonly Finding[], masked: boolean): Reading {
  const listing = new Set(shown.map(({ id }) => id));
  const counting = new Set([...shown, ...others].map(({ id }) => id));
  const most = listedOf(shown.length);
  const findings = new Map<string, FindingReading>();
  const opaque: Array<Pick<Occurrence, 'host' | 'path' | 'exchange'>> = [];
  const everywhere = new Set<string>();
  const byExchange = new Map<number, Set<string>>();
  let cut = 0;
  for (const finding of record.findings) {
    const noted = finding.grade === 'opaque' && counting.has(finding.id);
    const gathered = masked && finding.grade !== 'opaque' && finding.verdict !== 'technical';
    if (!listing.has(finding.id) && !noted && !gathered) continue;
    const occurrences = record.occurrencesOf(finding.id);
    if (listing.has(finding.id)) {
      findings.set(finding.id, { listed: listOf(occurrences, most, finding.grade), byScene: sceneCounts(occurrences) });
      if (occurrences.length > most) cut += 1;
    }
    if (noted) for (const { host, path, exchange } of occurrences) opaque.push({ host, path, exchange });
    if (gathered) for (const { exchange, value } of occurrences) gather(exchange, value, everywhere, byExchange);
  }
  return { findings, cut, opaque, everywhere, byExchange };
}

/** The first in order of time; where none of them has the grade of the finding, the last makes room for the first that has: a list without the proof proves nothing. */
function listOf(occurrences: readonly Occurrence[], most: number, grade: Grade): readonly Occurrence[] {
  const listed = occurrences.slice(0, most);
  if (listed.length === occurrences.length || listed.some((each) => each.grade === grade)) return listed;
  const proof = occurrences.find((each) => each.grade === grade);
  return proof === undefined ? listed : [...listed.slice(0, -1), proof];
}

/** Fewer of each where there are many findings, so that the report stays within `limits.reportEvidence`; never fewer than ten. */
function listedOf(findings: number): number {
  return Math.max(10, Math.min(limits.reportOccurrences, Math.floor(limits.reportEvidence / Math.max(1, findings))));
}

function gather(exchange: number, value: string, everywhere: Set<string>, byExchange: Map<number, Set<string>>): void {
  if (!telling(value)) return;
  if (value.length <= LONGEST_WHOLE) everywhere.add(value);
  const here = byExchange.get(exchange);
  if (here === undefined) byExchange.set(exchange, new Set([value]));
  else here.add(value);
}

function sceneCounts(occurrences: readonly Occurrence[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { scene } of occurrences) counts.set(scene ?? '', (counts.get(scene ?? '') ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => byText(a, b)));
}
