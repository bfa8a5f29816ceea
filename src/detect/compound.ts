import { limits } from '../limits.js';
import type { Field } from '../model/field.js';
import { changesNoun, wordsBefore } from './branded.js';
import { isWholeCookie } from './cookie.js';
import { describesDevice } from './corroboration.js';
import type { Reading } from './doubts.js';
import { leafWords, tokensOf } from './keys.js';
import { isOfRole, OF_PEOPLE } from './roles.js';

/** Nouns that stay themselves whatever stands before them: `tspAccessToken` is somebody's access token, `vehicleOwnerName` the name of an owner. */

/** Two to four characters that begin with a surname. */
const NAME_PASS_RATE = 0.3;
const LOGIN_COOKIES = new Set([
  'skey',
  'atoken',
  'rtoken',
  'utoken',
  'mtoken',
  'wtoken',
  'session',
  'sess',
  'session id',
  'sessionid',
  'sess id',
  'token',
  'auth',
]);
/** What servlet containers and PHP call the session that they keep: words before it can only say whose server it is. */
const OF_SERVERS = new Set(['jsessionid', 'phpsessid']);
/** Words before a session that is counted and not logged in. */
const COUNTING = new Set(
  'hj ga gtm amplitude mixpanel mp utm analytics stats track tracking tracker visit visitor rum ab optimizely abtest ad ads aws alb client page tray sdk replay first last new prev landing anonymous guest chat segment sentry clarity dd didomi onetrust consent euconsent gdpr cmp cookiebot'.split(
    ' ',
  ),
);
/** Small services number from one; flags and kinds are shorter. */
const SHORTEST_ACCOUNT = 5;
/** A value that has to be a size, a version or a word of the trade, under a name of two words after at most two others. */
const TESTED = 0.6;
const MOST_BEFORE = 2;
const PASSWORDS = new Set(['password', 'passwd', 'pwd']);
/** `altUsername`: what somebody logs in as. */
const LOGIN_NAMES = new Set(['user name', 'username', 'login name', 'account name']);
const SHORTEST_PASSWORD = 6;
/** Words before the password of an interface, which is the same in every copy of the app. */
const INTERFACE = new Set(
  'source app client api merchant partner channel sdk service server system sys db cert key store keystore default'.split(' '),
);

/**
 * Whether the words before a name leave its meaning as it is. The value has to be as long as a secret, or written in characters as a name.
 * @param reading one whose name stands at the end of a longer one.
 */
export function isCompound({ field, type, match, passRate, value }: Reading): boolean {
  const { key } = match;
  // Peoples have many names, and none of the list is another word.
  if (OF_PEOPLE.has(type.id) && isOfRole(wordsBefore(field, key))) return !match.weak || type.id === 'ethnicity';
  if (match.weak && type.id === 'account_id') return LOGIN_NAMES.has(key) && isHandle(value) && !changesNoun(wordsBefore(field, key));
  if (match.weak) return type.id === 'auth_token' && passRate === 1 && isSessionCookie(field, key);
  // Whatever it opens is a password.
  if (type.id === 'password')
    return PASSWORDS.has(key) && value.length >= SHORTEST_PASSWORD && !leafWords(field.keys).some((word) => INTERFACE.has(word));
  if (OF_SERVERS.has(key) && field.part === 'cookie') return passRate === 1;
  if (type.id === 'auth_token' && LOGIN_COOKIES.has(key) && passRate === 1 && isSessionCookie(field, key)) return true;
  if (key.includes('.') || tokensOf(key).length < 2) return false;
  if (type.id === 'auth_token') return passRate === 1 || passRate <= limits.strongPassRate;
  // `fp_user_id` is a user's, `target_user_id` another's; `zb_screen_width` a screen's, `ad_screen_width` an advertisement's.
  const before = wordsBefore(field, key);
  if (changesNoun(before)) return false;
  // Trackers call the visitors of a site its users.
  if (type.id === 'account_id' || type.id === 'wechat_id')
    return value.length >= SHORTEST_ACCOUNT && (field.part !== 'cookie' || /^\d+$/.test(value));
  if (type.id === 'verification_code') return /^\d{4,8}$/.test(value);
  if (describesDevice(type) && before.length <= MOST_BEFORE) return passRate <= TESTED;
  return type.id === 'real_name' && /^[\u3400-\u9fff]{2,4}$/.test(value) && passRate <= NAME_PASS_RATE;
}

/** A name that somebody chose or was given and that is no word: letters with digits among them. */
function isHandle(value: string): boolean {
  return value.length >= SHORTEST_ACCOUNT && /\d/.test(value) && /[a-z]/i.test(value);
}

/** `couples_session`: the cookie by which a site knows who is logged in, unless it is named after the counting of visits. */
function isSessionCookie(field: Field, key: string): boolean {
  if (!isWholeCookie(field) || !LOGIN_COOKIES.has(key)) return false;
  const words = leafWords(field.keys);
  // `gasessionid`: what is grown together is taken apart before it is asked.
  // An app's session is the one that it logs in with.
  const apart = words.map((word) => word.replace(/sess(?:ion)?id$/, '')).filter((word) => word !== 'app');
  return !apart.some((word) => COUNTING.has(word)) && !changesNoun(apart);
}
