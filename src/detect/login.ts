import type { Field } from '../model/field.js';
import { changesNoun, isInAddress, wordsBefore } from './branded.js';
import type { Candidate } from './candidate.js';
import { digestForm } from './disguise.js';
import { leafName } from './keys.js';
import { isUuid } from './uuid.js';

/**
 * `token`, `ticket`, `session`, `sid`: names of login secrets and of much else (CSRF tokens, nonces, signatures, the session that an
 * analytics kit counts). What tells a login apart, without accusing the others.
 */

/** Beside an account these are its login; the session that is counted beside it is not. */
const LOGIN_NAMES = new Set(['token', 'ticket', 'auth', 'auth code']);
const OF_ACCOUNT = /^(?:uid|userid|memberid|accountid)$/;
/** `x-token` and `x-uid` are anybody's. */
const SHORTEST_BRAND = 3;
/** `session_id` is counted oftener than logged in. */
const SESSIONS = new Set(['sid', 'session']);
const SIGNATURES = new Set(['sign', 'signature', 'sig', 'signed', 'hmac', 'sn', 'mac']);
/** What a signature is made over, so that it differs each time. */
const FRESH = new Set([
  'ts',
  't',
  'timestamp',
  'time',
  'nonce',
  'noncestr',
  'rand',
  'random',
  'reqtime',
  'requesttime',
  'expires',
  'expire',
]);

/** One signs in by one token: several of them are vouchers (`useTicketList`). */
const LISTED = /(?:tickets|tokens|list|lists|array|arr)$/;

/** What a captcha is asked and answered with; its token is the puzzle's. */
const PUZZLE = /^(?:captcha(?:id|type|token|key|uuid)|challenge|lotnumber|pointjson|passtoken|geetest\w*)$/;

/** Registration tokens of Firebase Cloud Messaging: the installation, a colon and a constant beginning. */
export function isFirebase(value: string): boolean {
  return /^[\w-]{8,30}:APA91b[\w-]{40,}$/.test(value);
}

/** Cookies and header fields, but not what stands in the address that a Referer repeats. */
export function carriesLogin(field: Field): boolean {
  return (field.part === 'cookie' || field.part === 'header' || isInAddress(field)) && !field.path.includes('|url.');
}

/**
 * Whether a secret beside an account is that account's login. A value with the length of a digest beside a time or a nonce may be the
 * request's signature, unless the signature has a field of its own.
 * @param neighbours all fields of the same object.
 */
export function isLoginToken({ match, passRate, evidence }: Candidate, neighbours: readonly Field[]): boolean {
  if (match === undefined || isFirebase(evidence.value)) return false;
  const own = neighbours.find(({ path }) => path === evidence.path);
  // `app_token`, `requestToken`: no person's.
  if (own === undefined || changesNoun(wordsBefore(own, match.key))) return false;
  if (LISTED.test(leafName(own.keys))) return false;
  if (neighbours.some(({ keys }) => PUZZLE.test(leafName(keys)))) return false;
  // Counted sessions are times, UUIDs and digests; a secret of 128 bits is written in letters of both kinds.
  if (SESSIONS.has(match.key)) return match.reach === 'full' && /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[\w+/=.-]{24,}$/.test(evidence.value);
  if (!LOGIN_NAMES.has(match.key)) return false;
  if (passRate < 1) return isBesideItsAccount(own, match.key, neighbours);
  if (digestForm(evidence.value) === null && !isUuid(evidence.value)) return true;
  return neighbours.some(isSignature) || !neighbours.some(({ keys }) => FRESH.has(leafName(keys)));
}

/** `mac` is a message's code (RFC 2104), and the address of a network card oftener. */
function isSignature({ keys, value }: Field): boolean {
  const name = leafName(keys);
  return SIGNATURES.has(name) && (name !== 'mac' || /^[\w+/=-]{16,}$/.test(value));
}

/** `example-token` beside `example-uid` among the fields of the header: however short the secret is, the app says by one word whose it is. */
function isBesideItsAccount(own: Field, key: string, neighbours: readonly Field[]): boolean {
  const words = wordsBefore(own, key);
  const before = words.join('');
  if (own.part !== 'header' || before.length < SHORTEST_BRAND) return false;
  return neighbours.some(({ part, keys, value }) => {
    const name = leafName(keys);
    return part === 'header' && name.startsWith(before) && OF_ACCOUNT.test(name.slice(before.length)) && /^[1-9]\d*$/.test(value);
  });
}
