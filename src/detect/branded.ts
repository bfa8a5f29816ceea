import type { Field } from '../model/field.js';
import { type KeyMatch, leafWords, tokensOf } from './keys.js';

/**
 * Header fields of an app carry its brand before the noun, so as not to meet those of others: `X-Parse-Session-Token`, `panda-uid`,
 * `x-log-uid`. There the words before the noun say whose it is and not what.
 */

/** Families whose nouns are told so. What a header names `name`, `city` or `phone` with words before it may be anything's. */
const FAMILIES = new Set(['account', 'authentication', 'device_id', 'device_profile', 'network_env', 'advertising_id']);
/** The passcode of an SDK's account, and flags such as `emulator`, are the app's own. */
const NOT = new Set(['password', 'hardware_params']);
const MOST_WORDS = 3;
/** Ambiguous nouns that a header does not use for anything else, once the words before them are a brand. */
const NOUNS_ALONE = new Set(['device', 'token', 'ticket']);

/** Words that make another thing of the noun after them, by what they say it is of. */
const CHANGING = new Set(
  [
    // The program, the page and the machinery: the token of a request, the session of a page, the identifier of a job.
    'request req response csrf xsrf push device page app api application client server trace span event analytics stats upload download',
    'task job build sdk scan qr share cdn gcm fcm sensor nonce random ms shield waf anti risk security sign captcha verify verification',
    // Another of its kind: the version of a minimum, the key of a test.
    'next prev old temp min max required supported ab test sub parent child info geo map',
    // Advertising and trade.
    'ad ads channel site public publisher partner merchant seller shop order item',
    // Somebody else: who receives, is followed, serves or is served, and who is nobody yet.
    'to from other target viewed visited receiver sender peer friend room group team follow followed blocked reply invite inviter invited',
    'author creator owner anchor host winner developer admin operator staff agent doctor teacher driver courier rider customer',
    'guest visitor anonymous',
  ].flatMap((words) => words.split(' ')),
);

/** Whether one of the words makes another thing of the noun after them. */
export function changesNoun(words: readonly string[]): boolean {
  return words.some((word) => CHANGING.has(word));
}

/** The words of a field's name that stand before a dictionary key. */
export function wordsBefore({ keys }: Pick<Field, 'keys'>, key: string): readonly string[] {
  const words = leafWords(keys);
  return words.slice(0, Math.max(0, words.length - tokensOf(key).length));
}

/** A header field, or what is sent in its place. */
function isHeaders(field: Field): boolean {
  return (field.part === 'header' && field.keys.length === 1) || isInAddress(field);
}

/** `?X-Example-Token=`: what clients that cannot set a header field send in its place. */
export function isInAddress({ part, keys }: Field): boolean {
  return part === 'query' && keys.length === 1 && /^X-[A-Z]/.test(keys[0] ?? '');
}

/** The number of a QQ account as Tencent’s cookies write it: an `o`, and zeros up to ten digits. */
const UIN = /^o(?=\d{10}$)0\d+$/;
/** The picture of whoever has given none. */
const STAND_IN = /default|no_?avatar|placeholder/i;

/** Types of other families that a cookie of any name holds so. */
const SHOWN = new Set(['avatar', 'qq_id']);

/** What a site keeps of a person to show it again: `example_nickname`, `example_avatar`. */
function isShown({ part, keys, value }: Field, { type }: KeyMatch): boolean {
  return (
    part === 'cookie' &&
    keys.length === 1 &&
    (type.id === 'nickname' || (type.id === 'avatar' && !STAND_IN.test(value)) || (type.id === 'qq_id' && UIN.test(value)))
  );
}

/** @returns the match as it is without the brand, or unchanged. */
export function unbranded(field: Field, match: KeyMatch): KeyMatch {
  if (match.reach !== 'suffix' || (match.weak && !NOUNS_ALONE.has(match.key)) || !(isHeaders(field) || isShown(field, match))) return match;
  if ((!FAMILIES.has(match.type.family) && !SHOWN.has(match.type.id)) || NOT.has(match.type.id)) return match;
  const before = wordsBefore(field, match.key);
  return before.length > MOST_WORDS || changesNoun(before) ? match : { ...match, reach: 'full' };
}
