import type { AttributionBasis, Failure, Warning } from './exchange.js';
import type { Finding, VerdictName } from './finding.js';
import type { Acceptance, Connection, ConsentState, Declaration, DeviceLabel, RefusalAnswer, Reloads, Session } from './session.js';

/** One line of the request list. */
export interface ExchangeRow {
  readonly seq: number;
  readonly at: number;
  readonly method: string;
  readonly url: string;
  readonly host: string;
  readonly status: number | null;
  readonly secure: boolean;
  readonly app: string;
  /** What tells that it was this app; absent: nothing does, and it counts for the app under test. */
  readonly attributedBy?: AttributionBasis;
  readonly scene: string | null;
  readonly client: string | null;
  readonly bytesUp: number;
  readonly bytesDown: number;
  /** Evidence pieces found in it (candidates included). */
  readonly evidence: number;
  readonly failure: Failure | null;
  readonly warnings: readonly Warning[];
}

export const ROW_FIELDS = ['text', 'host', 'app', 'scene', 'device', 'status'] as const;

/** One condition of a filter line. */
export interface RowTerm {
  readonly field: (typeof ROW_FIELDS)[number];
  /** Part of the host or device; a whole app or scene id; the beginning of a status, or `none`; text as in `RowQuery`. */
  readonly value: string;
  readonly negated: boolean;
}

/** Which lines of the request list are wanted. All given conditions must hold. */
export interface RowQuery {
  readonly offset?: number;
  /** At most `limits.pageRows`. */
  readonly limit?: number;
  readonly order?: 'newest' | 'oldest';
  /** Part of the URL in any case, or of the bodies, decoded: any part of a word, words that follow one another, any run of Chinese characters. */
  readonly text?: string;
  /** The host itself or any name below it. */
  readonly host?: string;
  readonly app?: string;
  readonly scene?: string;
  /** Only those that carry evidence of one of these findings. */
  readonly findings?: readonly string[];
  /** Several of one field are alternatives, but every text must be met; every negated one must fail. */
  readonly terms?: readonly RowTerm[];
  readonly withEvidence?: boolean;
  readonly failed?: boolean;
}

/** One time that somebody looked at values that are otherwise masked. */
export interface Reveal {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Through what, and from where or as whom: `page 127.0.0.1`, `api 127.0.0.1`, `report --show-values li`. */
  readonly who: string;
  /** null: the whole session was opened. */
  readonly exchange: number | null;
  /** null: every value of it. */
  readonly finding: string | null;
  readonly dataTypes: readonly string[];
}

/** How deep free text is searched: 0 what stood on the wire as text, 1 what the decoders found as well, 2 and the middle of words. */
export const SEARCH_DEPTHS = [0, 1, 2] as const;
export type SearchDepth = (typeof SEARCH_DEPTHS)[number];

/** What the search of a session can find. */
export interface SearchReach {
  readonly depth: SearchDepth;
  /** Messages whose text, or a word in it, is longer than what is indexed of it; null: nobody counted when it was recorded. */
  readonly partly: number | null;
}

/**
 * Text that the decoders found in one exchange, for the search; the key of a stream message is its index. One that is longer than
 * `limits.searchText` says by that that there was more.
 */
export interface DecodedText {
  readonly request?: string;
  readonly response?: string;
  readonly messages?: ReadonlyMap<number, string>;
}

/** What a running session has carried so far, as its audit counts it. */
export interface RunningTraffic extends Pick<Counters, 'exchanges' | 'bytesUp' | 'bytesDown'> {
  readonly session: string;
}

/** One line of the list of sessions. */
export interface SessionRow {
  readonly session: Session;
  readonly rules: {
    readonly pack: string;
    readonly version: string;
    readonly sha256: string;
  };
  readonly exchanges: number;
  /** Candidates left out, as in the report. */
  readonly findings: number;
  readonly byVerdict: Readonly<Partial<Record<VerdictName, number>>>;
  readonly bytesUp: number;
  readonly bytesDown: number;
}

export interface Counters {
  readonly exchanges: number;
  readonly findings: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly notAnalysed: number;
  readonly opaque: number;
}

/** What changed since the last batch; already committed to the store when it is sent. */
export interface AuditBatch {
  /** Counts from 1 while the program runs, through all its sessions; a gap means "ask again". */
  readonly id: number;
  readonly session: Session;
  readonly findings: readonly Finding[];
  readonly exchanges: readonly ExchangeRow[];
  readonly connections: readonly Connection[];
  readonly counters: Counters;
}

/** What a person may change while the audit runs. */
export interface SubjectPatch {
  readonly app?: string | null;
  readonly categories?: Readonly<Record<string, readonly string[]>>;
  readonly context?: Readonly<Record<string, boolean>>;
  readonly firstPartyDomains?: readonly string[];
  readonly declared?: readonly Declaration[] | null;
  readonly refusal?: readonly RefusalAnswer[];
  readonly accepted?: readonly Acceptance[];
  readonly reloads?: Reloads;
  readonly devices?: readonly DeviceLabel[];
  readonly device?: string | null;
}

/** The running audit as the page and the command line see it. */
export interface RunningAudit {
  session(): Session;
  counters(): Counters;
  /** Called after each committed batch; returns the way to stop it. */
  subscribe(listener: (batch: AuditBatch) => void): () => void;
  /** Everything is judged again under the changed subject. */
  change(patch: SubjectPatch): Promise<Session>;
  /** Ends the scene that runs and begins another. */
  markScene(name: string, consent: ConsentState): Promise<Session>;
  endScene(): Promise<Session>;
  /**
   * Waits for what was captured to be analysed and stored.
   * @param session meant, where one was asked for and another may have begun since; default the one that records.
   * @throws OverreachError `OVR_SESSION_ENDED` where it no longer records.
   */
  end(session?: string): Promise<Session>;
}
