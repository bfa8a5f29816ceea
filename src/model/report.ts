import type { AttributionBasis, Direction } from './exchange.js';
import type { Finding, Grade, Issue, Occurrence, Reason, Severity, VerdictName } from './finding.js';
import type { Party } from './party.js';
import type { Article, DataType, Pack, Rulebook } from './rulebook.js';
import type { Connection, ConsentState, ModuleUsed, RefusalAnswer, Screenshot, Session } from './session.js';
import type { Bilingual } from './text.js';

export type { RefusalAnswer } from './session.js';

/** Everything a report is made of; read from the store, or put together by `check` without one. */
export interface AuditRecord {
  readonly tool: { readonly name: string; readonly version: string };
  readonly rulebook: Rulebook;
  readonly pack: Pack;
  readonly session: Session;
  readonly findings: readonly Finding[];
  /** All evidence of one finding, in order of time. */
  readonly occurrencesOf: (findingId: string) => readonly Occurrence[];
  readonly connections: readonly Connection[];
  readonly traffic: Traffic;
  /** Who stands behind a host that received no personal data; without it such a host is listed as not known. */
  readonly partyOf?: (host: string) => Party;
  /** What a decode step did, for whoever checks the evidence; null: no step of the program's own. */
  readonly stepWords?: (step: string) => Bilingual | null;
  /** What the tester answered to the refusal test (article 4); absent: not done. */
  readonly refusal?: readonly RefusalAnswer[];
  /** Pictures that the tester gave, oldest first. */
  readonly screenshots?: readonly Screenshot[];
  /** How often somebody looked at values in clear, and when last; absent: never. */
  readonly reveals?: { readonly count: number; readonly lastAt: number };
  /** Traffic of one app or mini program, for a report of that app alone. */
  readonly hostsOf?: (app: string) => readonly HostTraffic[];
}

export interface Traffic {
  readonly exchanges: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  /** Exchanges whose analysis was dropped, and messages of which only the beginning was kept. */
  readonly notAnalysed: number;
  readonly truncated: number;
  /** Requests to each host, with bytes; for receivers without findings too. */
  readonly hosts: readonly HostTraffic[];
  /** Limits that were reached while decoding: name -> times. */
  readonly limitsReached: Readonly<Record<string, number>>;
  /** Requests and outgoing messages that carried something, and those into which nobody could look. Absent: not counted. */
  readonly payloads?: { readonly sent: number; readonly closed: number };
  /** Candidates and other findings that are hidden by default. */
  readonly hiddenCandidates: number;
  /** Exchanges, messages and evidence that could not be written to the store (disk full), and are therefore missing here. */
  readonly notStored?: number;
  /** The part of `hosts` of which something tells whose it is; the rest counts for the app under test. */
  readonly apps?: readonly AppTraffic[];
}

/** The traffic of a session as it stood at one moment. */
export interface TrafficSoFar extends Traffic {
  /** The number behind that of the last exchange counted in it: whoever counts along begins there. */
  readonly upTo: number;
}

export interface HostTraffic {
  readonly host: string;
  readonly exchanges: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
}

/** Requests of one app to one host, by what tells that they are its. */
export interface AppTraffic extends HostTraffic {
  readonly app: string;
  readonly by: AttributionBasis;
}

/** The published result; every output is a function of it. JSON Schema: src/report/session-report.schema.json. */
export interface SessionReport {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly rules: {
    readonly pack: string;
    readonly version: string;
    readonly sha256: string;
    /** Rules that judged while the session ran and were replaced; what is reported here is by the ones above. */
    readonly earlier?: ReadonlyArray<{ readonly pack: string; readonly version: string; readonly sha256: string; readonly until: string }>;
  };
  readonly session: ReportSession;
  readonly summary: ReportSummary;
  readonly coverage: ReportCoverage;
  readonly findings: readonly ReportFinding[];
  /** What the decode steps in `findings` did; absent: an older version wrote it. */
  readonly steps?: readonly ReportStep[];
  readonly parties: readonly ReportParty[];
  readonly exchanges: {
    readonly count: number;
    readonly bytesUp: number;
    readonly bytesDown: number;
  };
  /** The words the judgement rests on, as far as this session touches them, so that a report can be read without the rules. */
  readonly basis?: ReportBasis;
  readonly refusal?: readonly RefusalAnswer[];
  /** Pictures that the tester gave; absent: none. */
  readonly screenshots?: readonly ReportScreenshot[];
  /** How often somebody looked at values in clear (in the page, or by an unmasked export); absent: never, or not recorded by this program. */
  readonly reveals?: { readonly count: number; readonly lastAt: string };
  /** Only some of the findings were asked for; absent: all of them are here. */
  readonly selection?: { readonly shown: number; readonly of: number };
}

/** A decode step as it stands in paths, `[n]` for the number of a place, and what it did. */
export interface ReportStep extends Bilingual {
  readonly step: string;
}

/** The picture itself is in the evidence package, under `file`. */
export interface ReportScreenshot {
  readonly file: string;
  readonly scene: string | null;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly mime: Screenshot['mime'];
  readonly size: number;
  readonly sha256: string;
}

export interface ReportBasis {
  readonly title: Bilingual;
  readonly documentNumber: string | null;
  readonly issuers: readonly Bilingual[];
  readonly dated: string;
  readonly effective: string | null;
  readonly url: string | null;
  readonly articles: readonly Article[];
  /** The chosen categories of all apps in the session. */
  readonly categories: readonly ReportCategory[];
  /** Checks that were raised. */
  readonly checks: readonly ReportCheck[];
  /** Data types that were found. */
  readonly dataTypes: readonly ReportDataType[];
}

export interface ReportCategory {
  readonly app: string;
  readonly id: string;
  readonly no: number;
  readonly name: Bilingual;
  readonly basicFunction: Bilingual | null;
  readonly noPersonalInfoNeeded: boolean;
  /** null: the list could not be verified, and nothing was judged by it. */
  readonly items: ReadonlyArray<{ readonly text: Bilingual; readonly condition: Bilingual | null }> | null;
}

export interface ReportCheck {
  readonly id: string;
  readonly name: Bilingual;
  readonly severity: Severity;
  readonly clause: string;
  readonly clauseText: Bilingual;
  readonly advice: Bilingual;
  readonly fineWhen: Bilingual;
}

export interface ReportDataType {
  readonly id: string;
  readonly name: Bilingual;
  readonly family: string;
  readonly familyName: Bilingual;
  readonly gbt35273: Bilingual;
  readonly sensitive: DataType['sensitive'];
}

export interface ReportSession {
  readonly id: string;
  readonly app: string | null;
  /** Category id of the app under test; several, explicitly chosen, are joined with `+`; null when none was chosen. */
  readonly category: string | null;
  readonly categoryName: Bilingual | null;
  readonly context: Readonly<Record<string, boolean>>;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly device: string | null;
  readonly scenes: readonly ReportScene[];
  readonly source?: Session['source'];
  readonly status?: Session['status'];
  /** ISO 8601, UTC, and the exchanges before. Known values were changed while the session ran, and it was not read again since. */
  readonly knownSince?: { readonly at: string; readonly exchanges: number };
  /** Modules of the tester that opened payloads: who derives the evidence again needs these files. Absent: none. */
  readonly modules?: readonly ModuleUsed[];
}

export interface ReportScene {
  readonly id: string;
  readonly name: string;
  readonly consent: ConsentState;
  readonly startedAt: string;
  readonly endedAt: string | null;
}

export interface ReportSummary {
  readonly exchanges: number;
  readonly findings: number;
  readonly byVerdict: Readonly<Record<VerdictName, number>>;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly hiddenCandidates: number;
}

export interface ReportCoverage {
  /** Hosts seen, and how many of them were read (decrypted or in clear). */
  readonly hosts: number;
  readonly decrypted: number;
  readonly passedThrough: readonly UnreadHost[];
  readonly pinned: readonly UnreadHost[];
  /** Failed, not inspected, CA not trusted. */
  readonly notInspected: readonly UnreadHost[];
  readonly opaque: readonly OpaqueRow[];
  readonly notAnalysed: number;
  readonly truncated: number;
  readonly limitsReached: Readonly<Record<string, number>>;
  /** Bytes relayed but not looked at, over all connections. */
  readonly notAnalysedBytes?: number;
  /** Requests and outgoing messages that carried something, and those of which nothing could be looked into; absent: none of those, or not counted. */
  readonly payloads?: { readonly sent: number; readonly closed: number };
  /** Records that could not be written to the store and are missing here. */
  readonly notStored?: number;
  /** Hosts that were read although their certificate did not verify, as the tester asked. */
  readonly notVerified?: readonly UnreadHost[];
  /** Hosts that were read and offer HTTP/3, which no HTTP proxy sees: what an app sends them over QUIC is not in the record. */
  readonly http3Offered?: readonly UnreadHost[];
  /** Whose traffic this is, and what of it belongs to other apps on the phone. */
  readonly attribution?: ReportAttribution;
  /** Checks that nobody could judge; absent: none, or a report of an earlier version. */
  readonly checksNotJudged?: readonly UnjudgedCheck[];
}

/** A check for which the tester's word was missing: that it raised nothing does not mean that there is nothing. */
export interface UnjudgedCheck {
  readonly check: string;
  readonly name: Bilingual;
  readonly why: Bilingual;
}

/** How the traffic was told apart. Hosts of other apps that are not judged are listed here and nowhere else in the coverage. */
export interface ReportAttribution {
  /** Package name of the app under test; null: not named. */
  readonly package: string | null;
  /** Exchanges that count for the app under test, by what tells that they are its; `none`: nothing does. */
  readonly main: Readonly<Record<AttributionBasis | 'none', number>>;
  readonly others: readonly OtherApp[];
}

/** Another app, a mini program or the phone's system in the same session. */
export interface OtherApp {
  readonly app: string;
  readonly kind: 'system' | 'app' | 'mini_program';
  /** True where the tester chose a category for it. */
  readonly judged: boolean;
  readonly by: readonly AttributionBasis[];
  readonly exchanges: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  /** Hosts it spoke to, and those of them that could not be looked into. */
  readonly hosts: readonly string[];
  readonly unread: readonly string[];
}

export interface UnreadHost {
  readonly host: string;
  readonly connections: number;
  readonly bytesUp: number;
  readonly code: string;
  readonly cause: Bilingual;
}

export interface OpaqueRow {
  readonly host: string;
  readonly path: string;
  readonly count: number;
}

export interface ReportFinding {
  readonly id: string;
  readonly app: string;
  readonly dataType: string;
  readonly dataTypeName: Bilingual;
  readonly family: string;
  readonly grade: Grade;
  readonly placeholder: boolean;
  readonly verdict: VerdictName;
  readonly reason: Reason;
  readonly issues: readonly Issue[];
  readonly party: Party;
  readonly count: number;
  readonly firstSeen: string;
  readonly lastSeen?: string;
  /** Pieces of evidence by scene id; the empty id stands for "no scene was marked". */
  readonly byScene?: Readonly<Record<string, number>>;
  readonly occurrences: readonly ReportOccurrence[];
  /** The tester accepted it, and why; verdict and issues stand all the same. */
  readonly accepted?: { readonly reason: string; readonly at: string };
}

export interface ReportOccurrence {
  readonly exchange: number;
  readonly message: number | null;
  readonly url: string;
  readonly method: string;
  readonly scene: string | null;
  readonly direction: Direction;
  readonly path: string;
  readonly steps: readonly string[];
  readonly detector: string;
  /** How sure this one place is; its finding has the best of them. Reports of earlier versions do not say. */
  readonly grade?: Grade;
  readonly form: string | null;
  readonly masked: string;
  readonly tag: string;
  readonly trace: ReadonlyArray<{
    readonly rule: string;
    readonly text: Bilingual;
  }>;
  /** Only with --show-values. */
  readonly value?: string;
}

export interface ReportParty extends Party {
  readonly exchanges: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
  readonly findings: number;
  readonly byVerdict: Readonly<Partial<Record<VerdictName, number>>>;
}
