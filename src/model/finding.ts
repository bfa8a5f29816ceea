import type { Direction } from './exchange.js';
import type { Part } from './field.js';
import type { Party } from './party.js';
import type { Bilingual } from './text.js';

/** How sure we are that it is this data type. Order: surest first. */
export const GRADES = ['confirmed', 'strong', 'probable', 'candidate', 'opaque'] as const;
export type Grade = (typeof GRADES)[number];

export const VERDICTS = ['beyond_necessary', 'conditional', 'necessary', 'technical', 'not_judged'] as const;
export type VerdictName = (typeof VERDICTS)[number];

export const SEVERITIES = ['high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One line of "how we know". `rule` is stable and kebab-case, `text` is for people. */
export interface TraceLine {
  readonly rule: string;
  readonly text: Bilingual;
}

/** One piece of evidence: this data type stood at this place of this message. What `detect` makes. */
export interface Evidence {
  readonly dataType: string;
  readonly grade: Grade;
  /** `known-value`, `digest`, `pattern`, `key`, `composite`, `opaque`. */
  readonly detector: string;
  /** How the value was written: `plain`, `base64`, `md5`, ... ; null where the question does not arise. */
  readonly form: string | null;
  readonly direction: Direction;
  readonly message: number | null;
  readonly part: Part;
  readonly path: string;
  readonly steps: readonly string[];
  /** The value as found (not masked). Never leaves the store unmasked unless asked for. */
  readonly value: string;
  /** Start and end (UTF-16) within the field's text; null for the whole of it. */
  readonly span: readonly [number, number] | null;
  /** The app asked and got nothing: 02:00:00:00:00:00, 15 zeros, nil UUID, digest of the empty string. */
  readonly placeholder: boolean;
  readonly trace: readonly TraceLine[];
}

/** Evidence with its place in the session: everything the judge may look at. */
export interface Occurrence extends Evidence {
  readonly exchange: number;
  readonly at: number;
  readonly url: string;
  readonly method: string;
  readonly host: string;
  readonly secure: boolean;
  /** Id of the app or mini program it is attributed to; `main` is the app under test. */
  readonly app: string;
  /** Something tells that this app sent it; absent: nothing does, and it counts for the app under test because nothing says otherwise. */
  readonly attributed?: true;
  /** Scene id, or null where no scene was marked. */
  readonly scene: string | null;
  readonly masked: string;
  readonly tag: string;
}

export interface Reason extends Bilingual {
  /** The provision the judgement rests on: `5(2)`, `4, 5(2)`, `3`; null when there was nothing to hold it against. */
  readonly article: string | null;
}

export interface Issue {
  /** Id of the check: file name in rules/checks. */
  readonly check: string;
  readonly severity: Severity;
  readonly clause: string;
  readonly text: Bilingual;
}

/** All evidence of one data type to one receiver by one app, with its verdict. */
export interface Finding {
  /** Stable: digest of app, data type, host and band. */
  readonly id: string;
  readonly app: string;
  readonly dataType: string;
  readonly family: string;
  /** The best grade among its evidence. */
  readonly grade: Grade;
  readonly placeholder: boolean;
  readonly verdict: VerdictName;
  readonly reason: Reason;
  readonly issues: readonly Issue[];
  readonly party: Party;
  readonly count: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
}
