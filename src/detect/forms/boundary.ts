/**
 * What stands next to a found value. A phone number inside a longer run of digits is a timestamp or an order number, not the
 * phone number, so each hit is checked against its neighbours, in the same writing as the hit itself.
 */

import { parse } from 'tldts';

/** `digits`: no digit beside it. `word`: no ASCII letter or digit. `email`: nothing that would make it a longer address. */
export type Edge = 'digits' | 'word' | 'email' | 'imeisv' | 'none';

/** How neighbours are written. `text` also covers percent and backslash escapes. Base64 has its own file. */
export type Writing = 'text' | 'reversed' | 'hex' | 'utf16le' | 'utf16be' | 'varint' | 'raw';

const NONE = -1;
/** RFC 1035 section 2.3.4. */
const LONGEST_DOMAIN = 253;

/** Whether the value at `[start, end)` stands alone, as its edge demands. */
export function standsAlone(bytes: Uint8Array, start: number, end: number, edge: Edge, writing: Writing): boolean {
  if (writing === 'raw') return true;
  if (writing === 'varint') return isAfterVarint(bytes, start);
  if (edge === 'none') return true;
  const before = previous(bytes, start, writing);
  const after = next(bytes, end, writing);
  const [left, right] = writing === 'reversed' ? [after, before] : [before, after];
  switch (edge) {
    case 'word':
      return !isAlphanumeric(left) && !isAlphanumeric(right);
    case 'email':
      return !isLocalPart(left) && !isAlphanumeric(right) && right !== 0x2d && !continuesDomain(bytes, end, right, writing);
    case 'imeisv':
      // TS 23.003 section 6.2.2: 14 digits, then two of software version.
      return writing === 'text' && !isDigit(left) && isDigit(right) && isDigit(bytes[end + 1] ?? NONE) && !isDigit(bytes[end + 2] ?? NONE);
    default:
      if (isDigit(left) || isDigit(right)) return false;
      return writing !== 'text' || (!isFraction(bytes, start, left) && !isInteger(bytes, end, right));
  }
}

/** A float's digits are no number run: `0.13900000000`. */
function isFraction(bytes: Uint8Array, start: number, left: number): boolean {
  return left === 0x2e && bytes[start - 1] === 0x2e && isDigit(bytes[start - 2] ?? NONE);
}

/** `13900000000.57` is an amount; `13900000000.0` is how a double prints an integer. */
function isInteger(bytes: Uint8Array, end: number, right: number): boolean {
  if (right !== 0x2e || !isDigit(bytes[end + 1] ?? NONE)) return false;
  return bytes[end + 1] !== 0x30 || isDigit(bytes[end + 2] ?? NONE);
}

/** Whether a longer domain goes on here: `.cn`, `.com.cn`. A name of a file does not: `.png` and `.json` are no top-level domains. */
function continuesDomain(bytes: Uint8Array, end: number, right: number, writing: Writing): boolean {
  if (right !== 0x2e || writing !== 'text') return false;
  let to = end;
  while (to - end < LONGEST_DOMAIN && (isAlphanumeric(bytes[to] ?? NONE) || bytes[to] === 0x2d || bytes[to] === 0x2e)) to++;
  const rest = String.fromCharCode(...bytes.subarray(end + 1, to)).replace(/[-.]+$/, '');
  return rest !== '' && parse(`a.${rest}`).isIcann === true;
}

/**
 * The byte before a varint ends something: a field key, the length of a packed list or the number before it there, which all end with a clear
 * high bit (protobuf.dev, "Encoding"). Were it set, the bytes would be the tail of a longer number.
 */
function isAfterVarint(bytes: Uint8Array, start: number): boolean {
  return (bytes[start - 1] ?? 0) < 0x80;
}

function previous(bytes: Uint8Array, start: number, writing: Writing): number {
  switch (writing) {
    case 'hex':
      return pair(bytes, start - 2);
    case 'utf16le':
      return start < 2 ? NONE : unit(bytes[start - 2]!, bytes[start - 1]!);
    case 'utf16be':
      return start < 2 ? NONE : unit(bytes[start - 1]!, bytes[start - 2]!);
    default:
      return previousText(bytes, start);
  }
}

function next(bytes: Uint8Array, end: number, writing: Writing): number {
  switch (writing) {
    case 'hex':
      return pair(bytes, end);
    case 'utf16le':
      return end + 1 < bytes.length ? unit(bytes[end]!, bytes[end + 1]!) : NONE;
    case 'utf16be':
      return end + 1 < bytes.length ? unit(bytes[end + 1]!, bytes[end]!) : NONE;
    default:
      return nextText(bytes, end);
  }
}

/** The edge rules where only the two neighbouring characters are known; -1 stands for none. */
export function allowsNeighbours(edge: Edge, left: number, right: number): boolean {
  switch (edge) {
    case 'none':
      return true;
    case 'digits':
      return !isDigit(left) && !isDigit(right);
    case 'email':
      return !isLocalPart(left) && !isAlphanumeric(right) && right !== 0x2d;
    default:
      return !isAlphanumeric(left) && !isAlphanumeric(right);
  }
}

function previousText(bytes: Uint8Array, start: number): number {
  const last = bytes[start - 1];
  if (last === undefined) return NONE;
  if (bytes[start - 3] === 0x25) return pair(bytes, start - 2, last);
  // A percent sign that was itself encoded: %2522.
  if (bytes[start - 5] === 0x25 && bytes[start - 4] === 0x32 && bytes[start - 3] === 0x35) return pair(bytes, start - 2, last);
  if (bytes[start - 6] === 0x5c && (bytes[start - 5] ?? 0) === 0x75) return pair(bytes, start - 2, last);
  // The letter of \n, \t, \r, \b, \f belongs to the escape.
  if (bytes[start - 2] === 0x5c && 'nrtbf'.includes(String.fromCharCode(last))) return 0x20;
  return last;
}

function nextText(bytes: Uint8Array, end: number): number {
  const first = bytes[end];
  if (first === undefined) return NONE;
  if (first === 0x25) {
    if (bytes[end + 1] === 0x32 && bytes[end + 2] === 0x35) return pair(bytes, end + 3, first);
    return pair(bytes, end + 1, first);
  }
  if (first === 0x5c && bytes[end + 1] === 0x75) return pair(bytes, end + 4, first);
  return first;
}

/** The byte that two hex digits at `at` stand for; `otherwise` when they are no hex digits. */
function pair(bytes: Uint8Array, at: number, otherwise = NONE): number {
  const high = nibble(bytes[at] ?? NONE);
  const low = nibble(bytes[at + 1] ?? NONE);
  return high < 0 || low < 0 ? otherwise : high * 16 + low;
}

function nibble(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : NONE;
}

function unit(low: number, high: number): number {
  return high === 0 ? low : 0x80;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isAlphanumeric(code: number): boolean {
  return isDigit(code) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

/** Characters of RFC 5321 local parts that occur in practice. */
function isLocalPart(code: number): boolean {
  return isAlphanumeric(code) || code === 0x2e || code === 0x5f || code === 0x2b || code === 0x2d;
}
