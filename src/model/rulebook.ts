import type { Grade, Severity } from './finding.js';
import type { Bilingual } from './text.js';

export type Yes = 'yes' | 'no' | 'context';

export interface Example {
  readonly key?: string;
  readonly value: string;
  readonly why?: string;
}

/** How values of a type are recognised without knowing them. See rules/README in CONTRIBUTING for the words. */
export interface DetectRule {
  /** Whole-token key names that name this type and nothing else: `imei`, `id card no`. Compared after splitting camel, snake and kebab case. `device.id` wants its parent too. */
  readonly keys: readonly string[];
  /** Key names that are also used for other things; they count only with a value that passes `validator` or `shape`. */
  readonly weakKeys: readonly string[];
  /**
   * Key names that say so only of a subject, and much else otherwise: `degree`, `position`, `leaveDate`. They count with a value that passes, in
   * an object that holds other data of that subject (src/detect/subjects.ts).
   */
  readonly contextKeys: readonly string[];
  /** Keys that look alike but mean something else; they win over `keys`. `publisher.*` refuses everything below that name. */
  readonly notKeys: readonly string[];
  /** Anchored regular expression over the whole value, or null. */
  readonly shape: string | null;
  /** Name of a function in src/detect/validators, or null. */
  readonly validator: string | null;
  /** Grade with a key of `keys` and a value that passes; null: a key proves nothing here. */
  readonly withKey: Grade | null;
  /** Grade of a value that passes the validator without any key; null: never. */
  readonly withoutKey: Grade | null;
}

export interface DataType {
  readonly id: string;
  readonly name: Bilingual;
  readonly family: string;
  readonly gbt35273: Bilingual;
  readonly sensitive: {
    readonly pipl28: Yes;
    readonly gbt35273B: boolean;
    readonly gbt45574: Yes;
  };
  readonly obtainedBy: string;
  readonly identifier: 'immutable' | 'resettable' | null;
  /** Unavoidable protocol data, shown as information. */
  readonly technical: boolean;
  /** Characters shown at the beginning and the end. */
  readonly mask: { readonly start: number; readonly end: number };
  /** `detectors` (the rule below), `key-only`, `known-value-only`, `container` (found by composites). */
  readonly detectable: 'detectors' | 'key-only' | 'known-value-only' | 'container';
  readonly detect: DetectRule;
  readonly match: readonly Example[];
  readonly noMatch: readonly Example[];
  readonly note: string | null;
  /** What a reader has to look at before believing a verdict beyond the list; said in its reason. */
  readonly caution?: Bilingual | null;
}

/** A field that is a form or a file of its own: what stands inside counts as this item, but only in the request that carries it. */
export interface Container {
  /** Whole words of the URL path or field path that tell the request: `resume`, `jianli`. */
  readonly words: readonly string[];
  /** Data type ids that may stand inside. */
  readonly fields: readonly string[];
}

export interface Condition {
  readonly id: string;
  readonly text: Bilingual;
  /**
   * sent: what was sent shows by itself that the condition holds (座位号（如有）: a seat number that was sent is one that there is).
   * reading: no condition of the text, but a question how far its words reach; only the tester can tell. null: a condition of the text.
   */
  readonly basis?: 'sent' | 'reading' | null;
}

export interface Item {
  /** The official text, character for character; English beside it. */
  readonly text: Bilingual;
  /** Data type ids. */
  readonly fields: readonly string[];
  readonly condition: Condition | null;
  readonly fieldConditions: Readonly<Record<string, Condition>>;
  readonly subject: string;
  readonly source: 'user' | 'device' | 'user_or_device' | 'transaction' | 'server' | 'mixed';
  readonly anyOf: boolean;
  readonly container?: Container | null;
}

export interface Category {
  readonly id: string;
  readonly no: number;
  readonly name: Bilingual;
  readonly basicFunction: Bilingual | null;
  readonly noPersonalInfoNeeded: boolean;
  /** null: the list could not be verified; the category is never judged. */
  readonly items: readonly Item[] | null;
  /** What is known about a list that could not be verified. */
  readonly note?: string | null;
  /**
   * Set where a user's own pack wrote the list (`removed` null) or tightened it: the data types it took off the official list, and those
   * that it put a condition on which the official list has not; absent: none.
   */
  readonly policy?: { readonly pack: string; readonly removed: readonly string[] | null; readonly narrowed?: readonly string[] } | null;
}

export interface Article {
  readonly no: number;
  readonly text: Bilingual;
}

export interface Pack {
  readonly id: string;
  readonly version: string;
  readonly title: Bilingual;
  readonly documentNumber: string | null;
  readonly issuers: readonly Bilingual[];
  readonly dated: string;
  readonly published: string;
  readonly effective: string | null;
  readonly url: string | null;
  readonly articles: readonly Article[];
  readonly categories: readonly Category[];
  /** The pack this one builds on (a user's own pack). */
  readonly extends?: string | null;
  readonly changes?: readonly Change[];
  readonly serviceData?: readonly ServiceData[];
  readonly refusal?: readonly Question[];
  readonly manual?: readonly ManualItem[];
}

/** A documented difference from an earlier text; `category` is `*` where it is general. */
export interface Change {
  readonly kind: string;
  readonly since: string;
  readonly category: string;
  readonly text: Bilingual;
  readonly verified: boolean;
}

/** Data that is the service itself when it goes to the app's own servers (the text of a chat); shown as information there. */
export interface ServiceData {
  readonly field: string;
  /** null: in every category. */
  readonly categories: readonly string[] | null;
  /** Holds the whole of a value that is meant; null: any value. */
  readonly values?: string | null;
  /** Words in the path of a field that is not meant: `service password`, `授信`; Latin ones as a whole. Addresses are full of names of services. */
  readonly notWords?: readonly string[];
  readonly text: Bilingual;
}

/** A question of the refusal test (art. 4). `{basicFunction}` stands for the category's basic function. */
export interface Question {
  readonly id: string;
  readonly text: Bilingual;
}

/** Behaviour that traffic cannot show, or not alone: for a person to look at. */
export interface ManualItem {
  readonly id: string;
  readonly clause: string;
  readonly text: Bilingual;
  readonly visible: 'no' | 'partial';
  /** false: the Chinese is a paraphrase. */
  readonly verified?: boolean;
}

/** Where a check looks. What is absent does not narrow. */
export interface CheckScope {
  readonly dataTypes?: readonly string[];
  readonly families?: readonly string[];
  readonly exceptDataTypes?: readonly string[];
  /** Purposes of the receiver that the check passes over. */
  readonly exceptPurposes?: readonly string[];
  /** Technical data types that it looks at all the same. */
  readonly alsoTechnical?: readonly string[];
}

/** What only the tester can give: a scene that is marked so, or the inventory that the privacy policy declares. */
export const CHECK_NEEDS = ['before_consent', 'refused', 'background', 'inventory'] as const;

export interface Check {
  readonly id: string;
  readonly name: Bilingual;
  readonly severity: Severity;
  readonly clause: string;
  readonly clauseText: Bilingual;
  /** false: the Chinese of `clauseText` is a paraphrase, and says so. */
  readonly verified?: boolean;
  readonly advice: Bilingual;
  readonly fineWhen: Bilingual;
  readonly settings: Readonly<Record<string, number>>;
  readonly scope?: CheckScope;
  /** What it cannot judge without; null: nothing. */
  readonly needs?: (typeof CHECK_NEEDS)[number] | null;
  /** Whether it holds of data that a server answered as well: most speak of what was collected and sent. */
  readonly answers?: boolean;
}

export interface PartyRule {
  readonly suffix: string;
  readonly company: Bilingual;
  readonly sdk: string | null;
  readonly purpose: string;
  readonly reason: string;
}

export interface Family {
  readonly id: string;
  readonly name: Bilingual;
  /** Sets of data types that the wire cannot tell apart: a list that names one satisfies them all. */
  readonly roles?: ReadonlyArray<readonly string[]>;
  /** Data type -> another that, where it is listed, carries this one along. */
  readonly follows?: Readonly<Record<string, string>>;
}

/** One of several values that a vendor writes into one text. */
export interface EndpointPart {
  /** What stands between the parts. */
  readonly between: string;
  /** Place of the part, the first being 0; or the label that the part begins with (`imei:`), which is not of the value. */
  readonly at: number | string;
}

/** What one field of a vendor's interface holds, where its name alone would not tell. */
export interface EndpointField {
  /** Last names on the way to the field, dotted, in the vendor's own case: `m2`, `wf.bs`. Null where `path` is given. */
  readonly key: string | null;
  /** Path of the field; `*` stands for any text. Null where `key` is given. */
  readonly path: string | null;
  /** Only this part of the text is meant; several entries of one field tell its parts. Null: the whole text. */
  readonly part: EndpointPart | null;
  /** Data type id; null: no personal data, whatever the name suggests (an identifier of the event, of the build). */
  readonly type: string | null;
  /** Anchored expression over the whole value; null: the tests of the data type decide. */
  readonly shape: string | null;
  /** Names beside it and the value that each must have: `muidtype` `1` makes `muid` an IMEI. */
  readonly beside: Readonly<Record<string, string>>;
  readonly reason: Bilingual;
  readonly match: readonly string[];
  readonly noMatch: readonly string[];
}

/** Knowledge of one vendor's interface: short names that mean something only there. */
export interface Endpoint {
  /** Name of the file. */
  readonly id: string;
  readonly vendor: Bilingual;
  /** Host suffixes, whole labels; empty where `having` tells the message by its form. */
  readonly hosts: readonly string[];
  /** Beginnings of the URL path, `*` standing for any text; empty: any. */
  readonly paths: readonly string[];
  /** Dotted names that must all be in the message. */
  readonly having: readonly string[];
  /** What the knowledge rests on. */
  readonly basis: string;
  readonly fields: readonly EndpointField[];
}

/** Where addresses are registered: rules/registry. */
export interface Registry {
  readonly title: Bilingual;
  /** Date of the delegations, `YYYY-MM-DD`. */
  readonly date: string;
  /** SHA-256 (hex) of `bytes`. */
  readonly sha256: string;
  /** The packed table; src/rulebook/delegations.ts reads it. */
  readonly bytes: Uint8Array;
  /** Names of the codes: `HK` -> 中国香港. */
  readonly places: Readonly<Record<string, Bilingual>>;
}

/** Everything in rules/, read, validated and hashed. Plain data: it can be sent to a worker. */
export interface Rulebook {
  readonly pack: Pack;
  /** SHA-256 (hex) over every rule file read, in path order. */
  readonly sha256: string;
  readonly dataTypes: readonly DataType[];
  readonly families: readonly Family[];
  readonly checks: readonly Check[];
  readonly parties: readonly PartyRule[];
  /** Filled by the loader; absent only where a rulebook was made by hand. */
  readonly endpoints?: readonly Endpoint[];
  readonly registry?: Registry | null;
}
