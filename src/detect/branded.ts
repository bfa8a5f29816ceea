import type { Field } from '../model/field.js';
import { type KeyMatch, tokensOf } from './keys.js';

/**
 * Header fields of an app carry its brand before the noun, so as not to meet those of others: `X-Parse-Session-Token`, `panda-uid`,
 * `x-log-uid`. There the words before the noun say whose it is and not what.
 */

/** Families whose nouns are told so. What a header names `name`, `city` or `phone` with words before it may be anything's. */
const FAMILIES = new Set(['account', 'authentication', 'device_id', 'device_profile', 'network_env', 'advertising_id']);
/** The passcode of an SDK's account, and flags such as `emulator`, are the app's own. */
const NOT = new Set(['password', 'hardware_params']);
const MOST_WORDS = 3;

/** Words that make another thing of the noun: the token of a request, the session of a page, the version of a minimum, the id of another. */
const CHANGING = new Set(
  (
    'request req response csrf xsrf push device page app api application client server trace span parent event analytics stats upload ' +
    'download next prev captcha verify verification temp guest visitor anonymous public site partner merchant channel seller shop author owner ' +
    'target to from other peer friend room group team order item task job build info sdk min max required supported geo map ad ads ab test ' +
    'risk anti waf shield security sign nonce random sensor gcm fcm cdn share scan qr old invite inviter invited parent child sub reply follow followed ' +
    'blocked creator publisher developer admin operator staff doctor teacher driver courier rider agent customer anchor host winner ms receiver sender'
  ).split(' '),
);

/** Whether one of the words makes another thing of the noun after them. */
export function changesNoun(words: readonly string[]): boolean {
  return words.some((word) => CHANGING.has(word));
}

/** The words of a field's name that stand before a dictionary key. */
export function wordsBefore({ keys }: Field, key: string): readonly string[] {
  const words = tokensOf(keys[keys.length - 1] ?? '');
  return words.slice(0, Math.max(0, words.length - tokensOf(key).length));
}

/** @returns the match as it is without the brand, or unchanged. */
export function unbranded(field: Field, match: KeyMatch): KeyMatch {
  if (match.reach !== 'suffix' || (match.weak && match.key !== 'device') || field.part !== 'header' || field.keys.length !== 1)
    return match;
  if (!FAMILIES.has(match.type.family) || NOT.has(match.type.id)) return match;
  const before = wordsBefore(field, match.key);
  return before.length > MOST_WORDS || changesNoun(before) ? match : { ...match, reach: 'full' };
}
