import { UUID } from '../uuid.js';
import type { Passed, Validator } from '../validator.js';

/** Keys of the app, which every copy carries: public map keys (Mapbox `pk.`), keys of Google's services (`AIza`), app tokens of the Graph API (`id|secret`). */
const OF_THE_APP = /^(?:pk\.eyJ|key=AIza|AIza[\w-]{35}$|\d{10,20}\|)/;

/** Tokens that platforms issue to a user: Graph API (EAA…), Google (ya29.), GitHub (gho_, ghu_), CAS (TGT-, ST-); a session as Node’s frameworks sign it (cookie-signature: `s:`, the number, HMAC-SHA-256). */
const ISSUED =
  /^(?:s:[\w-]{20,64}\.[A-Za-z0-9+/]{43}|EAA[0-9A-Za-z]{60,}|ya29\.[\w-]{40,}|gh[ou]_[0-9A-Za-z]{36}|(?:TGT|ST)-\d{1,8}-[\w.-]{20,})$/;

/** Claims by which a JSON Web Token says whose it is (RFC 7519 4.1.2, and what apps write instead). */
const SUBJECT =
  /"(?:sub|uid|user_?id|user_?name|uname|account(?:_?id)?|member_?id|open_?id|union_?id|mobile|phone|email)"\s*:\s*(?:"[^"]|[1-9])/i;

function namesSubject(token: string): boolean {
  const payload = /^eyJ[\w-]+\.(eyJ[\w-]+={0,2})\.[\w-]{20,}={0,2}$/.exec(token)?.[1];
  return payload !== undefined && SUBJECT.test(Buffer.from(payload, 'base64url').toString('utf8'));
}

/** Basic with a UUID or a digest as user, or as all there is: the client of OAuth (RFC 6749 2.3.1), the key of an app, the same in every copy of it. */
function isClients(value: string): boolean {
  const basic = /^Basic\s+([A-Za-z0-9+/=_-]{16,400})$/i.exec(value)?.[1];
  return basic !== undefined && CLIENT.test(Buffer.from(basic, 'base64').toString('latin1'));
}

/** Of one kind of sign only: neither a token of a published form nor anything else that is taken apart below. */
const DIGITS_OF_16 = /^(?=.*\d)[0-9a-f]{16,128}$/;

/** As it is, or in base64. */
function isSignedByApp(text: string): boolean {
  if (text.length > LONGEST_SIGNED) return false;
  return [text, Buffer.from(text, 'base64').toString('latin1')].some((form) => APP_AND_SIGNATURE.test(form) || SIGNED_AT.test(form));
}

const LONGEST_SIGNED = 200;
const CLIENT = new RegExp(`^(?:${UUID}|[0-9a-f]{32,64})(?::|$)`, 'i');

/** Schemes that carry a login (IANA HTTP Authentication Schemes, and Google's). Others sign a request or name the app's key (APPCODE, OSS). */
const SCHEME = /^(?:Bearer|Basic|Token|JWT|OAuth|DPoP|PrivateToken|GoogleLogin|AidLogin|SESS|Session|Ticket)\s+/i;

/** An app's own word before a JSON Web Token, parted from it or joined by a sign. */
const OWN_SCHEME = /^[A-Za-z]{2,16}(?:\s+|[_:])(?=eyJ[\w-]+\.eyJ)/;
/** Time, random number, 0 and MD5: how a network of caches signs the address of one file (阿里云 CDN 鉴权方式 A). */
const LINK = /^\d{10}-[0-9A-Za-z]{1,64}-\w{1,64}-[0-9a-f]{32}$/;
/** A time and what was signed at it. */
const SIGNED = /^\d{10,13},/;
/** Servers put quotes around what holds their separators (RFC 6265 4.1.1). */
const QUOTED = /^"(.*)"$/s;
/** The app's name and a digest: what an app signs with its own key goes so, `2017_android:0f0b…` (compare AWS, `AKID:signature`). */
const APP_AND_SIGNATURE = /^[\w.-]*(?:android|ios|iphone|app|client|web)[\w.-]*:(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;
/** Whose key signed, when, and the digest: made anew for every request, `4515,1489735862,38d4…`. */
const SIGNED_AT = /^\w{1,32},1\d{9}(?:\d{3})?,(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;
/** Case as chance puts it, not as words do: four times from small to capital, one small letter between two, and a capital that nothing small follows. */
const RANDOM_LETTERS = /^(?=(?:.*?[a-z][A-Z]){4})(?=.*[A-Z][a-z][A-Z])(?=.*[A-Z](?![a-z]))[A-Za-z_-]{16,}$/;
/** `ab_wxh5_login`: words in small letters, with a digit or two: what an app calls a key or a scene of its own. */
const LABEL = /^(?!(?:.*\d){3})[a-z][a-z\d]{0,9}(?:[_-][a-z][a-z\d]{0,9}){1,5}$/;
/** Numbers of things, joined: `12345678:23456789:1234567890___1700000000000` finds what the server keeps, and keeps nobody out. */
const JOINED_NUMBERS = /^\d{1,13}(?:[:_,|.-]{1,3}\d{1,13})+$/;
/** Seconds or milliseconds from 2001 to 2033: when a session was begun, and no secret. */
const TIME = /^1\d{9}(?:\d{3})?$/;
/** The time in hexadecimal, then what was drawn, the browser, the screen: how scripts of analytics number a visit and who comes (Sensors Data). */
const COUNTED_VISIT = /^1[5-9a-c][0-9a-f]{9,13}-[0-9a-f]{12,15}-[0-9a-f]{4,8}(?:-\d{4,8}-[0-9a-f]{12,15})?$/;
/** As many digits hold as many bits as 16 letters and digits do. */
const MANY_DIGITS = 26;

export const validator: Validator = {
  source:
    'RFC 6750 (bearer tokens), RFC 6265 (cookies), RFC 7519 (JWT); NIST SP 800-63B 7.1: session secrets hold at least 64 bits, about 11 characters',
  fits: (shape) => shape.length >= 8 && shape.length <= 8_192 && shape.han === 0,
  check(value): Passed | null {
    const text = value.trim().replace(QUOTED, '$1').replace(SCHEME, '').replace(OWN_SCHEME, '');
    if (DIGITS_OF_16.test(value)) return secretOf(text);
    if (
      !/^[0-9A-Za-z%_@-][0-9A-Za-z._~+/=:|%$!*@,#-]{7,8191}$/.test(text) ||
      /^https?:/.test(text) ||
      OF_THE_APP.test(text) ||
      SIGNED.test(text) ||
      LABEL.test(text) ||
      LINK.test(text) ||
      JOINED_NUMBERS.test(text) ||
      TIME.test(text) ||
      COUNTED_VISIT.test(text)
    )
      return null;
    if (isClients(value.trim()) || isSignedByApp(text)) return null;
    if (namesSubject(text) || ISSUED.test(text))
      return {
        normalised: text,
        placeholder: false,
        passRate: 1e-6,
        note: {
          zh: '登录令牌的公开写法（写明所属用户的 JWT，或开放平台颁发的令牌）',
          en: 'a published form of login tokens: a JSON Web Token that says whose it is, or a platform’s own',
        },
      };
    return secretOf(text);
  },
};

/** How much a text is like one that was drawn to be kept secret; null: not at all. */
function secretOf(text: string): Passed | null {
  const mixed = /\d/.test(text) && /[A-Za-z]/.test(text);
  // Short, or one kind of character only: a label as likely as a secret.
  const secret = text.length >= 16 && (mixed || text.replace(/\D/g, '').length >= MANY_DIGITS);
  if (!secret && !mixed && !/^\d{8,}$/.test(text) && text.length < 24 && !RANDOM_LETTERS.test(text)) return null;
  return {
    normalised: text,
    placeholder: /^(.)\1+$/.test(text),
    passRate: secret ? 1 : 0.5,
    note: secret
      ? { zh: `像登录凭据的随机串，${text.length} 个字符`, en: `a random string like a login secret, ${text.length} characters` }
      : { zh: '较短的会话标识', en: 'a short session identifier' },
  };
}
