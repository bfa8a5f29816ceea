import type { Client } from './exchange.js';
import type { Bilingual } from './text.js';

export const CONSENT_STATES = ['before_consent', 'consented', 'refused', 'background'] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

/** A marked part of a session. */
export interface Scene {
  readonly id: string;
  readonly name: string;
  readonly consent: ConsentState;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** A picture of the phone's screen that the tester gave; what stands on it is not masked. */
export interface Screenshot {
  /** From 1, oldest first. */
  readonly n: number;
  /** Id of the scene it belongs to. */
  readonly scene: string | null;
  readonly at: number;
  readonly mime: 'image/png' | 'image/jpeg' | 'image/webp';
  readonly sha256: string;
  readonly size: number;
}

/** What the tester has said about the app under test; the judge reads nothing else about the session. */
export interface Subject {
  readonly app: string | null;
  /** Package name of the app under test on the phone; absent: not named, so other apps on the phone are not told from it. */
  readonly package?: string;
  /** Category id per app id (`main`, `wechat:wx...`). More than one category for one app is an explicit choice, never silent. */
  readonly categories: Readonly<Record<string, readonly string[]>>;
  /** Condition id -> answer. */
  readonly context: Readonly<Record<string, boolean>>;
  /** Domains of the app's own operator. Empty: not known. */
  readonly firstPartyDomains: readonly string[];
  /** What the privacy policy declares; null: not given. */
  readonly declared: readonly Declaration[] | null;
  /** What the tester answered to the refusal test (article 4); absent: not done. The judge does not read it. */
  readonly refusal?: readonly RefusalAnswer[];
  /** Findings the tester has looked at and accepts, each with the reason. They stay listed and judged; the judge does not read this. */
  readonly accepted?: readonly Acceptance[];
  /** Names the tester gave to phones. The judge does not read them. */
  readonly devices?: readonly DeviceLabel[];
  /** Rules that were loaded while the session ran; absent: none. The judge does not read it. */
  readonly reloads?: Reloads;
  /**
   * When the known values were changed while the session ran, and how many exchanges had been looked through for other values by then;
   * absent: never, or read again since. The judge does not read it.
   */
  readonly knownSince?: KnownSince;
  /** The tester's modules that opened payloads; absent: none. Evidence whose steps name one can be found again only with the same file. The judge does not read it. */
  readonly modules?: readonly ModuleUsed[];
}

export interface KnownSince {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly exchanges: number;
}

export interface ModuleUsed {
  readonly file: string;
  readonly step: string;
  readonly sha256: string;
}

/** What became of the rules of a running session. */
export interface Reloads {
  /** Rules that judged before and were replaced, oldest first. */
  readonly earlier: readonly EarlierRules[];
  /** The last attempt, where it was refused: the rules before it are still in force. */
  readonly refused: RefusedRules | null;
}

export interface RefusedRules {
  readonly at: number;
  readonly message: string;
  readonly next: string;
  /** Both in Chinese. */
  readonly zh?: string;
}

export interface EarlierRules {
  readonly pack: string;
  readonly version: string;
  readonly sha256: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** A finding that a person took responsibility for. */
export interface Acceptance {
  /** Id of the finding. */
  readonly finding: string;
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What the tester calls a phone. */
export interface DeviceLabel {
  /** The address it comes from. */
  readonly address: string;
  readonly label: string;
}

/** One line of the refusal test: does the basic function still work after the user declined what is not necessary? */
export interface RefusalAnswer {
  /** Id of the question in the pack; with several categories `category.question`. */
  readonly id?: string;
  readonly question: Bilingual;
  /** `yes` and `no` answer the question as it is worded; `works` and `refused` say what became of the basic function. */
  readonly answer: 'works' | 'refused' | 'yes' | 'no' | 'not_tested';
  readonly note: string | null;
}

/** One line of the app's own privacy policy. `*` as receiver: any. */
export interface Declaration {
  readonly dataType: string;
  readonly purpose: string;
  readonly receiver: string;
}

export interface Session {
  readonly id: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly status: 'running' | 'ended' | 'interrupted';
  readonly source: 'proxy' | 'har' | 'demo';
  readonly subject: Subject;
  readonly device: string | null;
  readonly scenes: readonly Scene[];
}

/** What became of one connection (or one group of refused attempts): the coverage of the audit. */
export type Reach = 'decrypted' | 'cleartext' | 'passed_through' | 'pinned' | 'ca_not_trusted' | 'not_inspected' | 'failed';

export interface Connection {
  readonly id: string;
  readonly at: number;
  readonly client: Client;
  readonly host: string;
  readonly port: number;
  readonly serverAddress: string | null;
  readonly protocol: string | null;
  readonly reach: Reach;
  /** Why it could not be looked into, and what to do next; null where it could. */
  readonly cause: { readonly code: string; readonly text: Bilingual } | null;
  readonly bytesUp: number;
  readonly bytesDown: number;
  /** Bytes relayed but not analysed, because the analysis could not keep up or the protocol is not read. */
  readonly notAnalysed: number;
  /** Another app that opened it; absent: the app under test, or nobody knows. */
  readonly app?: string;
}

/** The test person whose data is known. */
export interface Persona {
  /** Data type id -> values. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly salts: readonly string[];
  readonly keys: readonly PersonaKey[];
  /** Key hooks that are code of the tester; absent: none. */
  readonly modules?: readonly PersonaModule[];
}

/** A key hook in code: a JavaScript module of the tester's own, as its file was when it was read. Plain data: it is posted to every thread that decodes. */
export interface PersonaModule {
  /** As the persona file names it. */
  readonly file: string;
  /** Its step in paths: `hook-open` for `open.mjs`. */
  readonly step: string;
  /** Of the file, hex: these very bytes are what runs. */
  readonly sha256: string;
  readonly code: string;
  /** Path prefix or host it applies to; null: everywhere. */
  readonly where: string | null;
}

/** A key hook: how the app under test encrypts, told by the tester who owns it. */
export interface PersonaKey {
  readonly algorithm: string;
  /** hex or utf8, as `encoding` says. */
  readonly key: string;
  readonly iv: string | null;
  readonly encoding: 'hex' | 'utf8' | 'base64';
  /** Path prefix or host it applies to; null: everywhere. */
  readonly where: string | null;
}

/** What is known of a phone beside its traffic: it opened the onboarding page, or came through the proxy. */
export interface SeenDevice {
  readonly address: string;
  /** Milliseconds since the epoch. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Model and system, as its browser names them; null: not told. */
  readonly known: string | null;
  readonly lights: { readonly proxySet: boolean; readonly downloaded: boolean; readonly trusted: boolean };
}
