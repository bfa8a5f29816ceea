import { createHash, getHashes } from 'node:crypto';

/**
 * Values that say "the app asked and got nothing": what systems return without the permission, what emulators ship with, and the
 * digests of all of these and of the empty text. They are their own result: not a leak, but proof of the attempt.
 */
const BARE = [
  '02:00:00:00:00:00',
  '00:00:00:00:00:00',
  'ff:ff:ff:ff:ff:ff',
  '020000000000',
  '000000000000',
  '00000000-0000-0000-0000-000000000000',
  '00000000000000000000000000000000',
  '000000000000000',
  '0000000000000000',
  '00000000000000',
  '9774d56d682e549c',
  '358240051111110',
  '310260000000000',
  '89014103211118510720',
];

const WORDS: ReadonlySet<string> = new Set([
  'unknown',
  '<unknown ssid>',
  '"<unknown ssid>"',
  '0x',
  'null',
  'none',
  'n/a',
  'na',
  'undefined',
  'nil',
  'denied',
  'no_permission',
  'nopermission',
  'unsupported',
  'not_support',
  'unavailable',
  'unknown ssid',
  'unknown_ssid',
  'unknown network',
  'unknown wifi',
  'not available',
  '未知',
  '未知网络',
  '未获取',
  '未获取到',
  '获取失败',
  '不明',
]);

/** SM3 is left out where OpenSSL was built without it. */
const ALGORITHMS = ['md5', 'sha1', 'sha256', 'sha512', 'sm3'].filter((algorithm) => getHashes().includes(algorithm));
/** The 16 digits in the middle of an MD5, which China calls a 16-bit one. */
const MIDDLE = [8, 24] as const;

/** What languages print for nothing, hashed before anybody asked whether there was something. */
const NOTHING_PRINTED = ['null', '(null)', 'none', 'nil', 'undefined', 'unknown', 'n/a', '0', '-1'] as const;

const DIGESTS: ReadonlyMap<string, string> = new Map(
  ['', ...BARE, ...NOTHING_PRINTED].flatMap((text) =>
    [...new Set([text, text.toUpperCase(), `${text.charAt(0).toUpperCase()}${text.slice(1)}`])].flatMap((written) =>
      ALGORITHMS.flatMap((algorithm) => {
        const digest = createHash(algorithm).update(written).digest('hex');
        return (algorithm === 'md5' ? [digest, digest.slice(...MIDDLE)] : [digest]).map((form) => [form, text] as const);
      }),
    ),
  ),
);

const EXACT: ReadonlySet<string> = new Set(BARE);

/** A mark for each length and first character of those words, in lower case. */
const STARTS = new Uint8Array(128 * 128);
for (const text of [...EXACT, ...WORDS]) STARTS[text.length * 128 + (text.charCodeAt(0) | 0x20)] = 1;

/** False for nearly every value, by its length and its first two characters: spares a copy in lower case. */
function mayBePlaceholder(value: string): boolean {
  const first = value.charCodeAt(0) | 0x20;
  if (!(first > 0x20 && first < 0x7f) || value.length >= 128 || value.charCodeAt(value.length - 1) <= 0x20) return true;
  const second = value.charCodeAt(1) | 0x20;
  return STARTS[value.length * 128 + first] === 1 || second === first || second > 0x7e || second === 0x2d || second === 0x3a;
}

/** Whether an identifier's value identifies nobody. Words only count whole, so `unknown` is one and `unknown-phone-7` is not. */
export function isPlaceholder(value: string): boolean {
  if (!mayBePlaceholder(value)) return false;
  const text = value.trim().toLowerCase();
  if (EXACT.has(text) || WORDS.has(text)) return true;
  // One character over and over: zeros in whatever length and grouping.
  return /^([0-9a-f])(?:[-:]?\1){7,}$/.test(text);
}

/** In hex digits. */
const DIGEST_LENGTHS: ReadonlySet<number> = new Set([...DIGESTS.keys()].map(({ length }) => length));

/** What was digested when a digest is that of a placeholder; '' is the empty text; null: it is not. */
export function placeholderDigest(value: string): string | null {
  const text = value.trim().toLowerCase();
  if (!DIGEST_LENGTHS.has(text.length)) return null;
  if (/^(.)\1+$/.test(text)) return text;
  return DIGESTS.get(text) ?? null;
}

/** First characters of all that `isAbsent` knows. */
const MAY_BE_ABSENT = Uint8Array.from({ length: 128 }, (_, code) => Number('nNuUxX("_${%[@.?*-'.includes(String.fromCharCode(code))));

/**
 * Nothing was sent at all: empty, a literal null (an exchange writes `nul-l`), what was blacked out (`XX`, `xxx`), or a macro that the app forgot to fill (`__IMEI__`, `{oaid}`, `$IDFA$`,
 * `${PASSWORD:}` with what stands in for it).
 */
export function isAbsent(value: string): boolean {
  const text = value.trim();
  if (text.length === 0) return true;
  if (text.length > 40) return false;
  // Every value of every message comes here: all of the forms below begin with one of these.
  if (MAY_BE_ABSENT[text.charCodeAt(0)] !== 1) return false;
  return (
    /^(?:null|nul-l|nil|undefined|none|n\/?a|nan|\(null\)|""|x{3,})$/i.test(text) ||
    text === 'XX' ||
    /^(?:__[A-Z0-9_]+__|\$?\{+[\w.]+\}+|\$\{\([\w.]+\)\}|\$\{[\w.-]+:[^{}]*\}|\{\{[^{}]*\}\}|\$[A-Z_]+\$|%[A-Z_]+%|\[[A-Z_]+\]|@@\w+@@)$/.test(
      text,
    ) ||
    /^[-_.?*]+$/.test(text) ||
    text === '{}' ||
    text === '[]'
  );
}
