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

/** @returns the marks of a message, in its order: fields that hold nothing else, and were not opened. */
export function marksOf({ fields }: Decoded): readonly Mark[] {
  const marks: Mark[] = [];
  for (const field of fields) if (field.opened !== true && mayBeFollowed(field)) marks.push({ field, number: numberOf(field.value) });
  return marks;
}

/** What would be written in another way. */
const ALTERS = /[A-F-]/;

/** Digits to the base of sixteen, as a whole or as a UUID. */
const HEX = new RegExp(`^(?:[0-9a-f]{16,128}|${UUID})$`, 'i');

/** What is compared: the same number in small letters, capitals, or without the dashes of a UUID is the same identifier. */
export function numberOf(text: string): string {
  return ALTERS.test(text) && HEX.test(text) ? text.replaceAll('-', '').toLowerCase() : text;
}

/** Whether a field holds a mark: a number that came as a number is none, for it counts something. */
export function mayBeFollowed({ kind, value }: Field): boolean {
  return kind === 'string' && isMark(value);
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
