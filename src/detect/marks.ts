import { limits } from '../limits.js';
import type { Decoded, Field } from '../model/field.js';
import { isPlaceholder } from './placeholder.js';
import { UUID } from './uuid.js';

/**
 * Values long and random enough to prove themselves: where the same one stands in two messages it is the same number, whatever its names.
 */
export interface Mark {
  readonly field: Field;
  /** What is compared; see `numberOf`. */
  readonly number: string;
}

const BEGINS = 1;
const DIGIT = 2;
const COLON = 4;
const INSIDE = 8;
/** What the characters of such a value are; 0: it has none of these. */
const MARK = new Uint8Array(128);
for (const [characters, kind] of [
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', BEGINS],
  ['0123456789', BEGINS | DIGIT],
  [':', COLON],
  ['._~+/=|-', INSIDE],
] as const)
  for (const character of characters) MARK[character.charCodeAt(0)] = kind;
/** 16 characters of hex show about 3.2; dates, versions and paths of words stay below. */
const ENTROPY = 2.8;

/** @returns the marks of a message, in its order: fields that hold nothing else, and were not opened; bare addresses of interfaces with them. */
export function marksOf({ fields }: Decoded): readonly Mark[] {
  const marks: Mark[] = [];
  for (const field of fields) if (field.opened !== true && mayRecur(field)) marks.push({ field, number: numberOf(field.value) });
  return marks;
}

/** What would be written in another way. */
const ALTERS = /[A-F-]/;

/** Digits to the base of sixteen, as a whole or as a UUID. */
const HEX = new RegExp(`^(?:[0-9a-f]{16,128}|${UUID})$`, 'i');

/** An address of a network interface, with colons or dashes. */
const MAC = /^[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}$/i;
const MAC_LENGTH = 17;
/** The same without them: 48 bits, with a letter and a digit among them. */
const BARE_MAC = /^(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{12}$/i;
const BARE_MAC_LENGTH = 12;
/** `md5:…`, `sha256=…`: a digest that says how it was made. */
const SAYS_DIGEST = /^(?:md5|sha-?(?:1|224|256|384|512)|sm3)[:=]/i;
/** Characters of base64 -> bytes of the digest that they hold: MD5, SHA-1, SHA-256, SHA-512, with and without padding. */
const BASE64_BYTES: ReadonlyMap<number, number> = new Map([
  [22, 16],
  [24, 16],
  [27, 20],
  [28, 20],
  [43, 32],
  [44, 32],
  [86, 64],
  [88, 64],
]);
const BASE64 = /^(?=.*[A-Z])(?=.*[a-z])[0-9A-Za-z+/_-]+={0,2}$/;
const SMALL_M = 0x6d;
const SMALL_S = 0x73;

/**
 * What is compared: the same number in small letters, capitals, without the dashes of a UUID or the colons of an address, behind the name of the digest that it
 * is, or in base64 instead of hexadecimal, is the same identifier.
 */
export function numberOf(text: string): string {
  if (ALTERS.test(text) && HEX.test(text)) return text.replaceAll('-', '').toLowerCase();
  if (text.length === MAC_LENGTH && MAC.test(text)) return text.replaceAll(/[:-]/g, '').toLowerCase();
  if (text.length === BARE_MAC_LENGTH) return BARE_MAC.test(text) ? text.toLowerCase() : text;
  const first = text.charCodeAt(0) | 0x20;
  const prefix = first === SMALL_M || first === SMALL_S ? SAYS_DIGEST.exec(text) : null;
  if (prefix !== null) return numberOf(text.slice(prefix[0].length));
  const bytes = BASE64_BYTES.get(text.length);
  return (bytes === undefined ? null : hexOf(text, bytes)) ?? text;
}

/** The digits that base64 holds, where it is the only way to write them so; null where it is another text. */
function hexOf(text: string, bytes: number): string | null {
  if (!BASE64.test(text)) return null;
  const decoded = Buffer.from(text, 'base64');
  if (decoded.length !== bytes) return null;
  const plain = text.replaceAll('-', '+').replaceAll('_', '/');
  const again = decoded.toString('base64');
  return again === plain || again.replace(/=+$/, '') === plain ? decoded.toString('hex') : null;
}

/** Whether a field holds a mark: a number that came as a number is none, for it counts something. */
export function mayBeFollowed({ kind, value }: Field): boolean {
  return kind === 'string' && isMark(value);
}

/** The same, or an address of an interface without its colons: two messages of one phone do not agree on 48 bits by chance. */
export function mayRecur(field: Field): boolean {
  return mayBeFollowed(field) || (field.kind === 'string' && isBareAddress(field.value));
}

/** Twelve hexadecimal digits that may be the address of an interface; placeholders are none. */
export function isBareAddress(value: string): boolean {
  return value.length === BARE_MAC_LENGTH && BARE_MAC.test(value) && !isPlaceholder(value);
}

/** Whether a value is long and random enough to prove itself. */
export function isMark(value: string): boolean {
  if (value.length < limits.followedShortest || value.length > limits.followedLongest) return false;
  return hasForm(value) && entropyOf(value) >= ENTROPY && !isPlaceholder(value);
}

/** Only characters of marks, the first one a letter or digit, a digit among them, and no address. */
function hasForm(text: string): boolean {
  let kinds = MARK[text.charCodeAt(0) & 127]! & BEGINS;
  if (kinds === 0) return false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const kind = code < 128 ? MARK[code]! : 0;
    if (kind === 0) return false;
    kinds |= kind;
  }
  return (kinds & DIGIT) !== 0 && ((kinds & COLON) === 0 || !text.includes('://'));
}

const counts = new Uint16Array(128);
/** n -> n log2 n. */
const TIMES_LOG = Float64Array.from({ length: limits.followedLongest + 1 }, (_, n) => (n === 0 ? 0 : n * Math.log2(n)));

/** Bits per character by the frequencies of the text itself. */
function entropyOf(text: string): number {
  // Marks are ASCII.
  counts.fill(0);
  const { length } = text;
  for (let index = 0; index < length; index++) counts[text.charCodeAt(index) & 127]!++;
  let sum = 0;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index) & 127;
    sum += TIMES_LOG[counts[code]!]!;
    counts[code] = 0;
  }
  return Math.log2(length) - sum / length;
}
