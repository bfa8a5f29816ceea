import { GRADES, type Grade, type Occurrence } from '../model/finding.js';
import type { Container, ServiceData } from '../model/rulebook.js';
import type { ConsentState } from '../model/session.js';
import { saysUnder14 } from './age.js';
import { Frequency } from './frequency.js';

/** Where something stood first. */
export interface Place {
  readonly at: number;
  readonly exchange: number;
  readonly message: number | null;
  readonly path: string;
}

export interface Tally {
  readonly count: number;
  readonly first: Place;
}

/** What the judge needs to know to gather facts; fixed for the life of a judge. */
export interface FactSettings {
  /** Consent state of a scene id, or null. */
  readonly consentOf: (scene: string | null) => ConsentState | null;
  readonly containers: readonly Container[];
  /** What a pack says of data that is the service itself; the judge decides where it holds. */
  readonly services: readonly ServiceData[];
  /** Data types whose frequency is looked at; counting the others would only cost memory. */
  readonly counted: (dataType: string) => boolean;
  readonly windowMs: number;
  readonly threshold: number;
}

/**
 * Everything the judgement of one finding rests on, in memory that does not grow with the traffic: sums, extremes and first
 * places only. Adding is commutative, so the judgement does not depend on the order in which evidence arrives.
 */
export class Facts {
  grade: Grade;
  count = 0;
  firstSeen: number;
  lastSeen: number;
  first: Place;
  readonly consent: Partial<Record<ConsentState, Tally>> = {};
  /** In no marked scene. */
  unmarked = 0;
  cleartext: Tally | null = null;
  inUrl: Tally | null = null;
  /** Unsalted digests, and which ones. */
  digest: Tally | null = null;
  readonly digestForms = new Set<string>();
  /** Values that are a position in numbers rather than a name. */
  coordinates: Tally | null = null;
  under14: Tally | null = null;
  /** Some of it is none of what the pack means by the service itself: a WeChat number beside an OpenID. */
  beyondService = false;
  /** Of some of it something tells that the app sent it. */
  attributed = false;
  /** How many stood inside each container, by its index. */
  readonly inside: number[];
  private readonly frequency: Frequency | null;
  private readonly settings: FactSettings;

  constructor(first: Occurrence, settings: FactSettings) {
    this.settings = settings;
    this.grade = first.grade;
    this.firstSeen = first.at;
    this.lastSeen = first.at;
    this.first = placeOf(first);
    this.inside = settings.containers.map(() => 0);
    this.frequency = settings.counted(first.dataType) ? new Frequency(settings.windowMs, settings.threshold) : null;
  }

  add(o: Occurrence): void {
    const place = placeOf(o);
    this.count++;
    if (GRADES.indexOf(o.grade) < GRADES.indexOf(this.grade)) this.grade = o.grade;
    this.firstSeen = Math.min(this.firstSeen, o.at);
    this.lastSeen = Math.max(this.lastSeen, o.at);
    if (isBefore(place, this.first)) this.first = place;
    const state = this.settings.consentOf(o.scene);
    if (state === null) this.unmarked++;
    else this.consent[state] = counted(this.consent[state] ?? null, place);
    if (o.attributed === true) this.attributed = true;
    if (this.settings.services.some((service) => service.field === o.dataType && !isMeant(service, o))) this.beyondService = true;
    if (!o.secure) this.cleartext = counted(this.cleartext, place);
    if (o.part === 'query' || o.part === 'url') this.inUrl = counted(this.inUrl, place);
    if (isPlainDigest(o.form)) {
      this.digest = counted(this.digest, place);
      this.digestForms.add(o.form);
    }
    if (COORDINATES.test(o.value)) this.coordinates = counted(this.coordinates, place);
    if (saysUnder14(o.dataType, o.value, o.at, o.path)) this.under14 = counted(this.under14, place);
    this.#countInside(o);
    this.frequency?.add(o.at, o.message === null ? o.exchange : `${o.exchange}/${o.message}`);
  }

  #countInside(o: Occurrence): void {
    const { containers } = this.settings;
    if (containers.length === 0) return;
    const around = wordsAround(o);
    for (const [index, { words }] of containers.entries())
      if (words.some((word) => around.includes(word))) this.inside[index] = (this.inside[index] ?? 0) + 1;
  }

  /** Most sendings within one window of the `frequent` check: a lower bound. */
  peak(): number {
    return this.frequency?.peak() ?? 0;
  }
}

/** A pair of decimals, or one decimal of four or more places (about ten metres): a name of a station is neither. */
const COORDINATES = /^\s*-?\d{1,3}\.\d{4,}\s*(?:[,;|/ ]\s*-?\d{1,3}\.\d{4,}\s*)?$/;
const DIGEST = /^(?:md5|sha-?1|sha-?2(?:24|56)?|sha-?(?:224|256|384|512)|sm3)(?![a-z0-9])/i;
const KEYED = /hmac|salt/i;

/** Forms are named `md5`, `md5-16`, `sha1-upper`, `sha256`, ...; salted and keyed ones cannot be undone by counting through all numbers. */
function isPlainDigest(form: string | null): form is string {
  return form !== null && DIGEST.test(form) && !KEYED.test(form);
}

/** Chinese puts no spaces between its words: one of them stands wherever its characters do. */
const HAN = /\p{Script=Han}/u;

/** Whether the pack's words on the service itself speak of this value in this place. */
function isMeant({ values = null, notWords = [] }: ServiceData, o: Occurrence): boolean {
  if (values !== null && !new RegExp(values, 'u').test(o.value)) return false;
  if (notWords.length === 0) return true;
  const around = ` ${wordsOf(o.path).join(' ')} `;
  return !notWords.some((words) => (HAN.test(words) ? o.path.includes(words) : around.includes(` ${words} `)));
}

/** Whole words of the URL's path and the field's path: `/resume/save` is inside `resume`, `/resumed` is not. */
function wordsAround({ url, path }: Occurrence): readonly string[] {
  const target = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
  return wordsOf(`${target} ${path}`);
}

function wordsOf(text: string): readonly string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}

function placeOf(o: Occurrence): Place {
  return { at: o.at, exchange: o.exchange, message: o.message, path: o.path };
}

function isBefore(a: Place, b: Place): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.exchange !== b.exchange) return a.exchange < b.exchange;
  if ((a.message ?? -1) !== (b.message ?? -1)) return (a.message ?? -1) < (b.message ?? -1);
  return a.path < b.path;
}

function counted(tally: Tally | null, place: Place): Tally {
  if (tally === null) return { count: 1, first: place };
  return { count: tally.count + 1, first: isBefore(place, tally.first) ? place : tally.first };
}
