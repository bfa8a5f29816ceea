import { getDomain } from 'tldts';
import { limits } from '../limits.js';
import type { Decoded, Field, Part } from '../model/field.js';
import type { Evidence } from '../model/finding.js';
import type { DataType } from '../model/rulebook.js';
import { BloomFilter } from './bloom-filter.js';
import { BoundedMap } from './bounded-map.js';
import { fuse } from './fusion.js';
import { KeyDictionary } from './keys.js';
import { type Mark, marksOf, mayBeFollowed, numberOf } from './marks.js';
import { PatternDetector } from './pattern.js';

/**
 * Values that one server handed out and the phone later carried to another: how an identifier made for one company becomes
 * everybody's. No persona is needed, for the value proves itself by its length.
 *
 * Time, not the order of the calls, decides what came first, so that a stored session that is read again says the same as the
 * running one did.
 */
export interface Followed {
  /**
   * @param response or a message that came in.
   * @param at when it was complete, in milliseconds since the epoch.
   */
  learn(host: string, response: Decoded, at: number): void;
  /**
   * Values in a request, or a message sent, that another company's server handed out before it began. Called for every one of them, in order:
   * what the phone sent first was not handed out, only echoed.
   * @param at when it began. @param marks of the request, where they were collected already.
   */
  find(request: Decoded, host: string, at: number, marks?: readonly Mark[]): Evidence[];
  /** True once, when more values were handed out than are remembered: the oldest are no longer followed. */
  overflowed(): boolean;
}

export interface FollowedOptions {
  readonly dataTypes: readonly DataType[];
  /** Values remembered, of those handed out and of those sent each; the least recent are forgotten. */
  readonly limit?: number;
}

interface Origin {
  readonly host: string;
  readonly site: string;
  readonly path: string;
  readonly dataType: string;
  readonly at: number;
}

/** Families whose values tell one phone or person from another; beside them two types of the account families. */
const FAMILIES = new Set(['device_id', 'advertising_id']);
const TYPES = new Set(['account_id', 'auth_token', 'wechat_id', 'qq_id', 'social_account']);
/** Where servers hand values out: not in what describes the answer. */
const HANDED_OUT: ReadonlySet<Part> = new Set<Part>(['cookie', 'body', 'ws', 'grpc', 'sse']);
/** Cookies that nothing names: a browser's number all the same, if it is long and random enough. */
const COOKIE = 'tracking_cookie';
/** Servers of one company that hand out the same value say nothing new after the first few. */
const ORIGINS = 4;

/** @returns a memory with bounded state: see `limits.followedValues`. */
export function createFollowed({ dataTypes, limit = limits.followedValues }: FollowedOptions): Followed {
  const types = new Map(dataTypes.map((type) => [type.id, type]));
  const dictionary = new KeyDictionary(dataTypes);
  const patterns = new PatternDetector(dataTypes);
  const origins = new BoundedMap<readonly Origin[]>(limit);
  // What was sent and is forgotten must not look handed out afterwards: that it was sent stays known.
  const sentBefore = new BloomFilter(limits.followedFilterBits);
  const sent = new BoundedMap<number>(limit, (value, first) => {
    if (!(origins.get(value) ?? []).some((origin) => origin.at < first)) sentBefore.add(value);
  });

  function typeOf(field: Field, response: Decoded): string | null {
    const matches = dictionary.lookup(field.keys);
    const [read] = matches.length === 0 ? [] : fuse(patterns.read(field, matches, response));
    const type = read === undefined || read.grade === 'candidate' ? undefined : types.get(read.dataType);
    if (type !== undefined) return FAMILIES.has(type.family) || TYPES.has(type.id) ? type.id : null;
    return field.part === 'cookie' && types.has(COOKIE) ? COOKIE : null;
  }

  let told = false;
  return {
    overflowed() {
      const news = origins.forgot && !told;
      told ||= news;
      return news;
    },
    learn(host, response, at) {
      for (const field of response.fields) {
        if (!HANDED_OUT.has(field.part) || field.opened === true || !mayBeFollowed(field)) continue;
        const dataType = typeOf(field, response);
        if (dataType === null) continue;
        const value = numberOf(field.value);
        const known = origins.get(value) ?? [];
        if (known.some((origin) => origin.host === host && origin.at <= at)) continue;
        const origin = { host, site: siteOf(host), path: field.path, dataType, at };
        const oldest = [...known.filter((each) => each.host !== host), origin].sort((a, b) => a.at - b.at).slice(0, ORIGINS);
        if (oldest.includes(origin)) origins.put(value, oldest);
      }
    },
    find(request, host, at, marks = marksOf(request)) {
      const site = siteOf(host);
      const found: Evidence[] = [];
      for (const { field, number: value } of marks) {
        const known = sent.get(value) ?? (sentBefore.mayHold(value) ? Number.NEGATIVE_INFINITY : at);
        const first = Math.min(known, at);
        sent.put(value, first);
        const before = origins.get(value)?.filter((origin) => origin.at < at);
        if (before === undefined) continue;
        const origin = before.reduce<Origin | null>((oldest, each) => (oldest === null || each.at < oldest.at ? each : oldest), null);
        if (origin === null || first < origin.at || before.some((each) => each.site === site)) continue;
        found.push(evidenceOf(field, request, origin));
      }
      return found;
    },
  };
}

/**
 * Puts what was followed beside what the detector found: where it already names the place, the origin is one more line of its
 * trace; a mere candidate of the same type, or silence, gives way.
 */
export function withFollowed(evidence: readonly Evidence[], followed: readonly Evidence[]): readonly Evidence[] {
  if (followed.length === 0) return evidence;
  const result = [...evidence];
  for (const each of followed) {
    const at = result.findIndex((other) => other.path === each.path && other.span === null);
    const other = result[at];
    if (other === undefined) result.push(each);
    else if (other.grade === 'candidate' && other.dataType === each.dataType)
      result[at] = { ...each, trace: [...each.trace, ...other.trace] };
    else result[at] = { ...other, trace: [...other.trace, ...each.trace] };
  }
  return result;
}

/** Registrable domain; an address or a name without one stands for itself. */
function siteOf(host: string): string {
  return getDomain(host) ?? host;
}

function evidenceOf(field: Field, { direction, message }: Decoded, origin: Origin): Evidence {
  const host = origin.host.slice(0, 100);
  const path = origin.path.slice(0, 100);
  return {
    dataType: origin.dataType,
    grade: 'probable',
    detector: 'followed',
    form: 'plain',
    direction,
    message,
    part: field.part,
    path: field.path,
    steps: field.steps,
    value: field.value,
    span: null,
    placeholder: false,
    trace: [
      {
        rule: 'followed',
        text: {
          zh: `与 ${host} 此前响应中 ${path} 下发的值相同，现发往另一方`,
          en: `the same value as ${host} handed out earlier (${path} of its response), now sent to somebody else`,
        },
      },
    ],
  };
}
