import type { AddressInfo } from 'node:net';
import type { z } from 'zod';
import type { RunningAudit, SubjectPatch } from '../model/audit.js';
import type { UndoCoding } from '../model/coding.js';
import type { Direction, Exchange } from '../model/exchange.js';
import type { Field } from '../model/field.js';
import type { Rulebook } from '../model/rulebook.js';
import type { SeenDevice, Session, Subject } from '../model/session.js';
import type { Bilingual, Language } from '../model/text.js';
import type { Lasting, Trouble } from '../model/trouble.js';
import type { diffAnswer, personaAnswer, personaBody, rejudgeAnswer, sessionBody } from './schema.js';
import type { LiveStore } from './store-port.js';

/** One layer on the way from the wire to a value; `explain` lists them outermost first. */
export interface ExplainStep {
  /** Name of the decode step, `raw` for the bytes as they came. */
  readonly step: string;
  /** What the step did; null where nothing was decoded, or only the tester's own module knows. */
  readonly says: Bilingual | null;
  /** Path of the layer: `body|gzip`, `body|gzip.$.data|base64`. */
  readonly path: string;
  /** What this step read, as it stands in the text of the layer before (the base64 text); null where it read that layer whole. */
  readonly input: string | null;
  /** The layer after the step as text; null where it is not text. */
  readonly text: string | null;
  /** Bytes of the layer after the step. */
  readonly bytes: number;
}

/** @param session id of the session the exchange belongs to: what is known of its test person decides what is decoded. */
export type Explain = (
  exchange: Exchange,
  direction: Direction,
  message: number | null,
  path: string,
  session: string,
) => readonly ExplainStep[];

/** What the decoders find in one message, as the detectors read it. @param session as for `Explain`. */
export type FieldsOf = (exchange: Exchange, direction: Direction, message: number | null, session: string) => readonly Field[];

/** As `diffReports` gives it; lists are copied, so that this room need not know that one. */
export type SessionDiff = z.infer<typeof diffAnswer>;

/** The test person of a session, masked. */
export type PersonaShown = z.infer<typeof personaAnswer>;
/** What the page asks for: of each type the values to keep, by their tag, and new ones. Types that are not named lose their values. */
export type PersonaChange = z.infer<typeof personaBody>['values'];
/** The next session, as a person asks for it. */
export type NewSession = z.infer<typeof sessionBody>;
export type Rejudged = z.infer<typeof rejudgeAnswer>;

/** The known values of each session's test person. */
export interface PersonaBook {
  readonly of: (session: string) => PersonaShown;
  /** Later requests are looked through for them. @throws InputError that names the type, never a value. */
  readonly change: (session: string, values: PersonaChange) => Promise<PersonaShown>;
}

/** What a deletion came to. */
interface Erased {
  readonly sessions: number;
  /** False while another process still reads the old state: its remains leave the disk when that process ends. */
  readonly complete: boolean;
}

/** How long sessions are kept, and the deletion of those that are older, which nobody but a person sets off. */
export interface Retention {
  /** Days since a session began. */
  readonly days: () => number;
  /** Where it is set so that `change` would do nothing; null: it may be changed. */
  readonly fixedBy: () => 'environment' | 'project' | null;
  /** @throws InputError where it cannot be kept. */
  readonly change: (days: number) => void;
  /** How many sessions are older and do not run. */
  readonly due: () => number;
  /** Overwrites and removes them. */
  readonly purge: () => Erased | Promise<Erased>;
}

export interface RenderedReport {
  readonly body: string | Uint8Array;
  readonly mime: string;
  /** File name offered to the browser; letters, digits, `.`, `-`, `_`. */
  readonly name: string;
}

/** What a person may do from the page beyond the audit itself. Absent: the page does not offer it. */
export interface LiveCommands {
  /** Relays a host without looking into it (pinned apps), or stops doing so. */
  readonly passThrough?: (host: string, on: boolean) => void | Promise<void>;
  /** Hosts that are passed through now. */
  readonly passedThrough?: () => readonly string[];
  /** Reads the rules of the running session again; true: they were others. Rejects where they do not hold. */
  readonly reloadRules?: () => Promise<boolean>;
  /** Ends the running session; default: `audit.end()`. */
  readonly endSession?: () => Promise<Session>;
  /**
   * Begins a session; the one named in `ends` ends in the same moment, and no exchange is lost or in both.
   * @throws OverreachError where another session runs than the one named, or the disk refuses; then all goes on as before.
   */
  readonly newSession?: (wish: NewSession) => Promise<Session>;
  readonly deleteSession?: (id: string) => Erased | Promise<Erased>;
  /** Keeps what a person noted about a session that has ended: nothing here is read by the judge. */
  readonly annotate?: (id: string, notes: Pick<SubjectPatch, 'accepted' | 'refusal' | 'devices'>) => Session;
}

export interface Onboarding {
  /** Page for the phone, reachable with and without the proxy set. */
  readonly url: string;
  /** SVG text of the QR code for `url`; made by us, never captured. */
  readonly qrSvg: string;
  /** `host:port` to type into the phone. */
  readonly proxy: string;
}

export interface LiveOptions {
  readonly listen: { readonly host: string; readonly port: number };
  /** At least 128 bit; default: random. */
  readonly token?: string;
  /** null: only stored sessions are shown. */
  readonly audit: RunningAudit | null;
  readonly store: LiveStore;
  /** The rules in force; asked anew each time, for a running session may get others. */
  readonly rules: () => Pick<Rulebook, 'pack' | 'dataTypes' | 'checks' | 'registry'>;
  readonly explain?: Explain;
  /** Absent: bodies that are no text are shown as bytes only. */
  readonly fields?: FieldsOf;
  /** Takes the content-encodings off a body, within the bounds of the analysis. */
  readonly undoCoding: UndoCoding;
  readonly report?: (sessionId: string, format: string, language: Language) => RenderedReport | Promise<RenderedReport>;
  /** The same, of some findings only. Absent: the page offers no export of a filtered list. */
  readonly selection?: (
    sessionId: string,
    findings: ReadonlySet<string>,
    format: string,
    language: Language,
  ) => RenderedReport | Promise<RenderedReport>;
  /** The questions of the refusal test (art. 4) for the categories of each app of a session. */
  readonly refusalQuestions?: (chosen: Subject['categories']) => readonly { readonly id: string; readonly text: Bilingual }[];
  readonly persona?: PersonaBook;
  /** Reads a stored session again with the values that are known now. */
  readonly rejudge?: (session: string) => Promise<Rejudged>;
  /** What the second session sends that the first did not, and the other way round. */
  readonly diff?: (before: string, after: string) => SessionDiff | Promise<SessionDiff>;
  readonly retention?: Retention;
  /** Offered in the export menu; default: json and html. */
  readonly reportFormats?: readonly string[];
  readonly commands?: LiveCommands;
  readonly onboarding?: Onboarding;
  /** Phones that the proxy has seen since the program began; those of a session that is over are in the store. */
  readonly devices?: () => readonly SeenDevice[];
  /** Folder of the built page; default: beside the built server. */
  readonly pageDir?: string;
  readonly version?: string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Told of every unforeseen error of a route; the answer names only its code. */
  readonly onError?: (error: unknown) => void;
}

export interface LiveServer {
  /** With the token: whoever has it may see everything. */
  readonly url: string;
  readonly address: AddressInfo;
  readonly token: string;
  /** Shows trouble in every tab: who sits at the page sees no terminal. One that lasts is not displaced by one that does not. */
  tell(problem: Omit<Trouble, 'at' | 'lasts'>, lasts: Lasting): void;
  /** What was told as lasting `until_caught_up` is over. */
  caughtUp(): void;
  close(): Promise<void>;
}
