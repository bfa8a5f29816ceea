import type { Counters } from '../../model/audit.js';
import type { Session } from '../../model/session.js';
import type { ReachGroup } from '../reaches.js';
import type { FindingRow } from '../trail.js';
import type { Snapshot } from './mirror.js';

/** Fates of a connection that nobody could look into. */
export const UNSEEN: ReadonlySet<string> = new Set(['passed_through', 'pinned', 'ca_not_trusted', 'not_inspected', 'failed']);

/** What was not looked at, or not wholly, of one session: whoever says "all of it" asks here, so that no part of the page says it alone. */
export interface Gaps {
  /** Hosts whose connections were not looked into, by how that came about. */
  readonly unseen: readonly ReachGroup[];
  /** Payloads that resisted every decoder. */
  readonly opaque: readonly FindingRow[];
  /** Connections that were looked into, with bytes on them that were not. */
  readonly partly: readonly ReachGroup[];
  /** Looked into although the server's certificate does not verify. */
  readonly unverified: readonly ReachGroup[];
  /** Looked into, and offering a protocol that no proxy sees. */
  readonly elsewhere: readonly ReachGroup[];
  readonly notAnalysed: number;
  readonly notStored: number;
  readonly truncated: number;
  /** Requests and messages that carried something, and those of them into which nobody could look; null: none of those. */
  readonly payloads: { readonly sent: number; readonly closed: number } | null;
  /** The process that recorded it ended in the middle: its last moment may be missing. */
  readonly interrupted: boolean;
  /** Limits that were reached: name and times. */
  readonly limits: ReadonlyArray<readonly [name: string, times: number]>;
}

/** @param reaches of the app under test alone: what other apps send is counted apart. */
export function gapsOf(
  reaches: readonly ReachGroup[],
  findings: readonly FindingRow[],
  { notAnalysed }: Pick<Counters, 'notAnalysed'>,
  {
    notStored = 0,
    truncated,
    payloads,
    limitsReached,
  }: Pick<Snapshot['traffic'], 'notStored' | 'truncated' | 'payloads' | 'limitsReached'>,
  status: Session['status'] = 'running',
): Gaps {
  const seen = reaches.filter(({ reach }) => !UNSEEN.has(reach));
  return {
    unseen: reaches.filter(({ reach }) => UNSEEN.has(reach)),
    opaque: findings.filter(({ grade }) => grade === 'opaque'),
    partly: seen.filter((group) => group.notAnalysed > 0),
    unverified: seen.filter(({ cause }) => cause?.code === 'OVR_UPSTREAM_NOT_VERIFIED'),
    elsewhere: seen.filter(({ cause }) => cause?.code === 'OVR_HTTP3_OFFERED'),
    notAnalysed,
    notStored,
    truncated,
    payloads: payloads === undefined || payloads.closed === 0 ? null : payloads,
    interrupted: status === 'interrupted',
    limits: Object.entries(limitsReached),
  };
}

/** Hosts that were not looked into, and payloads that could not be opened. */
export function unseenCount({ unseen, opaque }: Gaps): number {
  return new Set(unseen.map(({ host }) => host)).size + opaque.length;
}

/** Kinds of content that was looked at in part, or is not there any more. */
function kindsOf({ partly, notAnalysed, notStored, truncated, interrupted, limits }: Gaps): number {
  return [partly.length, notAnalysed, notStored, truncated, Number(interrupted)].filter((count) => count > 0).length + limits.length;
}

/** What the tab of the coverage view counts. */
export function gapCount(gaps: Gaps): number {
  return unseenCount(gaps) + kindsOf(gaps);
}

/** Whether something was looked at only in part. */
export function isPartly({ partly, truncated, limits }: Gaps): boolean {
  return partly.length + truncated + limits.length > 0;
}

/** Something was sent, and nobody could look into any of it: silence about it proves nothing. */
export function isNothingRead({ payloads }: Gaps): boolean {
  return payloads !== null && payloads.sent > 0 && payloads.closed === payloads.sent;
}

/** Nothing is known that was not looked at. */
export function isWhole(gaps: Gaps): boolean {
  return gapCount(gaps) + gaps.unverified.length + gaps.elsewhere.length === 0 && gaps.payloads === null;
}
