import { type CanonicalValue, caseVariants } from '../forms/canonical.js';
import type { Put } from './put.js';

/** Digits of a value from which on it is looked for as a number to another base. */
const LONG_DIGITS = 10;

const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
/** Without the characters that look alike: Bitcoin's order and Flickr's. */
const BASE58 = (DIGITS + UPPER + LOWER).replace(/[0OIl]/g, '');
const FLICKR58 = (DIGITS + LOWER + UPPER).replace(/[0OIl]/g, '');
/** RFC 4648 sections 6 and 7, Crockford's, and Zooko's (z-base-32). */
const BASE32 = [
  ['base32', `${UPPER}234567`],
  ['base32hex', `${DIGITS}${UPPER.slice(0, 22)}`],
  ['base32-crockford', '0123456789ABCDEFGHJKMNPQRSTVWXYZ'],
  ['z-base-32', 'ybndrfg8ejkmcpqxot1uwisza345h769'],
] as const;
/** RFC 9285. */
const BASE45 = `${DIGITS}${UPPER} $%*+-./:`;
const ASCII85 = Array.from({ length: 85 }, (_, digit) => String.fromCharCode(0x21 + digit)).join('');
/** RFC 1924 (Python's `b85encode`, git), and ZeroMQ's. */
const BASE85 = `${DIGITS}${UPPER}${LOWER}!#$%&()*+-;<=>?@^_\`{|}~`;
const Z85 = `${DIGITS}${LOWER}${UPPER}.-:+=^!/*?&<>()[]{}@%$#`;
/** Joachim Henke's basE91. */
const BASE91 = `${UPPER}${LOWER}${DIGITS}!#$%&()*+,./:;<=>?@[]^_\`{|}~"`;

const BASE62 = [`${DIGITS}${UPPER}${LOWER}`, `${DIGITS}${LOWER}${UPPER}`, `${UPPER}${LOWER}${DIGITS}`, `${LOWER}${UPPER}${DIGITS}`];

/** What a number to the base is called, its digits, and what some put before it. */
const NUMBERS: ReadonlyArray<readonly [name: string, alphabet: string, prefix: string]> = [
  ['octal', DIGITS.slice(0, 8), '0o'],
  ['octal', DIGITS.slice(0, 8), '0'],
  ['bits', '01', '0b'],
  ...BASE32.map(([name, alphabet]): [string, string, string] => [name, alphabet, '']),
  ['base32hex', `${DIGITS}${LOWER.slice(0, 22)}`, ''],
  ['base36', `${DIGITS}${LOWER}`, ''],
  ['base58', BASE58, ''],
  ['base58', FLICKR58, ''],
  ...BASE62.map((alphabet): [string, string, string] => ['base62', alphabet, '']),
];

/** A number to the base that an alphabet has characters. */
function positional(number: bigint, alphabet: string): string {
  const base = BigInt(alphabet.length);
  let text = '';
  for (let rest = number; rest > 0n; rest /= base) text = alphabet[Number(rest % base)] + text;
  return text;
}

function numberOf(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function base32(bytes: Uint8Array, alphabet: string): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

function base45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const isPair = at + 1 < bytes.length;
    let rest = isPair ? bytes[at]! * 256 + bytes[at + 1]! : bytes[at]!;
    for (let digit = 0; digit < (isPair ? 3 : 2); digit++) {
      text += BASE45[rest % 45];
      rest = Math.floor(rest / 45);
    }
  }
  return text;
}

/** Five characters for four bytes, and one more than bytes for the last group. @param filled writes the last group as a whole, filled with zeros. */
function base85(bytes: Uint8Array, alphabet: string, filled: boolean): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const group = Buffer.alloc(4);
    const size = Math.min(4, bytes.length - at);
    group.set(bytes.subarray(at, at + size));
    const digits = positional(BigInt(group.readUInt32BE()), alphabet).padStart(5, alphabet[0]);
    text += filled ? digits : digits.slice(0, size + 1);
  }
  return text;
}

function base91(bytes: Uint8Array): string {
  let [text, held, bits] = ['', 0, 0];
  const write = (value: number) => {
    text += BASE91[value % 91]! + BASE91[Math.floor(value / 91)]!;
  };
  for (const byte of bytes) {
    held |= byte << bits;
    bits += 8;
    if (bits <= 13) continue;
    const size = (held & 8191) > 88 ? 13 : 14;
    write(held & (2 ** size - 1));
    held >>= size;
    bits -= size;
  }
  if (bits === 0) return text;
  return text + BASE91[held % 91] + (bits > 7 || held > 90 ? BASE91[Math.floor(held / 91)] : '');
}

/**
 * A value to bases that no decoder tries of itself, because every word and every identifier is one of these as well: as a known one it is certain.
 * Its text as bytes (base32 in its other alphabets, base36, base45, base58, base62, base85, basE91), and its digits or hex digits as one number.
 */
export function putRadix({ texts, digits, hex }: CanonicalValue, put: Put): void {
  for (const { text, form } of texts) {
    if (form !== 'plain') continue;
    for (const variant of /^[0-9a-z-]+$/i.test(text) ? caseVariants(text) : [text]) {
      const bytes = Buffer.from(variant, 'utf8');
      const number = numberOf(bytes);
      for (const [name, alphabet] of BASE32) {
        const bare = base32(bytes, alphabet);
        for (const written of [bare, bare.padEnd(Math.ceil(bare.length / 8) * 8, '=')])
          for (const cased of caseVariants(written)) put(cased, name, text);
      }
      for (const cased of caseVariants(positional(number, `${DIGITS}${LOWER}`))) put(cased, 'base36', text);
      for (const alphabet of [BASE58, FLICKR58]) put(positional(number, alphabet), 'base58', text);
      for (const alphabet of BASE62) put(positional(number, alphabet), 'base62', text);
      put(base45(bytes), 'base45', text);
      const ascii85 = base85(bytes, ASCII85, false);
      for (const written of [ascii85, `<~${ascii85}~>`, `${ascii85}~>`]) put(written, 'ascii85', text);
      put(base85(bytes, BASE85, false), 'base85', text);
      put(base85(bytes, Z85, true), 'z85', text);
      put(base91(bytes), 'base91', text);
    }
  }
  const isNumber = digits !== null && digits.length >= LONG_DIGITS && !digits.startsWith('0');
  const numbers: Array<readonly [bigint, string]> = [];
  if (isNumber) numbers.push([BigInt(digits), digits]);
  if (hex !== null) numbers.push([BigInt(`0x${hex}`), hex]);
  for (const [number, text] of numbers) {
    for (const [name, alphabet, prefix] of NUMBERS)
      for (const written of [positional(number, alphabet), `${prefix}${positional(number, alphabet)}`])
        for (const cased of alphabet.length <= 36 ? caseVariants(written) : [written]) put(cased, name, text);
    if (text === hex) put(String(number), 'number', text);
    else put(number.toLocaleString('en-US'), 'separators', text);
  }
}
