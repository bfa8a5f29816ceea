import { limits } from '../limits.js';
import { isOctets } from './radix.js';

/**
 * What a text looks like at first sight. Twenty decoders asking each leaf in turn would cost more than the decoding; one pass
 * over the characters tells which of them are worth asking, and for most leaves the answer is none.
 */
export const SHAPE = {
  /** First character `{` or `[`. */
  brace: 1,
  /** Stands in double quotes. */
  quoted: 1 << 1,
  /** First character `<`. */
  angle: 1 << 2,
  /** Holds `%XX` or `%uXX`. */
  percent: 1 << 3,
  /** Only base64 or base64url characters, at least 12. */
  base64: 1 << 4,
  /** Only hex digits, an even number, at least 16. */
  hex: 1 << 5,
  /** Holds `=`, not only at the end. */
  pairs: 1 << 6,
  /** `a.b.c` of base64url characters, beginning `ey`. */
  dotted: 1 << 7,
  /** Holds `://` and `?`, or begins with `data:`. */
  address: 1 << 8,
  /** Ends in `)` or `);`. */
  call: 1 << 9,
  /** Holds a backslash. */
  escape: 1 << 10,
  /** Two words. */
  words: 1 << 11,
  /** Begins with a digit and holds a bracket. */
  digit: 1 << 12,
  /** Begins with the first letter of query, mutation or subscription and holds a bracket. */
  document: 1 << 13,
  /** Like `base64`, of 8 to 11 characters: too short to earn anything but a known value (a phone number in BCD is six bytes). */
  short: 1 << 14,
  /** Several words or items of a list, one of which is longer than words are (it may be an encoded value), or many of which are equally long (bytes in groups), or a bracket that may begin a document. */
  sentence: 1 << 15,
  /** Holds a character reference that a document needs: by number, `&quot;`, `&lt;`, or one that was escaped again. */
  reference: 1 << 16,
  /** Holds a digit or letter of full width. */
  wide: 1 << 17,
  /** Begins as a decoder says in `begins`: the registry sees to it, which knows the decoders. */
  announced: 1 << 18,
  /** Hex digits behind `0x`, or in groups with a sign between each two. */
  octets: 1 << 19,
  /** Names and values with another sign than `=` between them, and separators of pairs; or lines with separators in each. */
  listed: 1 << 20,
  /** Long, without white space, of letters in both cases and digits or of bytes read as characters: an encoding, if nothing else. */
  unbroken: 1 << 21,
  /** Holds characters beyond ASCII, and none that is more than a byte. */
  bytes: 1 << 22,
  /** Begins as a list of small numbers does: one of at most three digits, a sign, and another; or as numbers of three digits and bits do that make a document. */
  codes: 1 << 23,
} as const;

/** The longest word of this many characters is still a word: base64 makes sixteen of twelve bytes. */
const LONG_WORD = 16;

/** So many words as long as the one before: bytes in groups rather than words. */
const EQUAL_WORDS = 6;

/** Two pairs are had by a time of day and a port. */
const LEAST_SIGNS = 3;

/** The last character of Latin-1, which text makes of a byte. */
const LAST_BYTE = 0xff;

/** Eight bytes in two groups. */
const SHORTEST_OCTETS = 17;

const B64 = 1;
const HEX = 2;
const DOT = 4;
const UPPER = 8;
const LOWER = 16;
const DIGIT = 32;
const OCTET = 64;
const BYTE = 128;
const ALPHANUMERIC = UPPER | LOWER | DIGIT;
const CLASS = new Uint8Array(128);
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=\r\n ') CLASS[c.charCodeAt(0)]! |= B64;
for (const c of '0123456789abcdefABCDEF') CLASS[c.charCodeAt(0)]! |= HEX;
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.') CLASS[c.charCodeAt(0)]! |= DOT;

for (const c of '0123456789abcdefABCDEFxX:,-_ \t\r\n') CLASS[c.charCodeAt(0)]! |= OCTET;

for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') CLASS[c.charCodeAt(0)]! |= UPPER;
for (const c of 'abcdefghijklmnopqrstuvwxyz') CLASS[c.charCodeAt(0)]! |= LOWER;
for (const c of '0123456789') CLASS[c.charCodeAt(0)]! |= DIGIT;

/** Identifiers are written in the same characters as base64: a UUID, words of one case, digits with signs. */
function isWord(text: string, any: number): boolean {
  if (text.length === 36 && text[8] === '-' && text[13] === '-' && text[18] === '-') return true;
  const kinds = any & (UPPER | LOWER | DIGIT);
  return text.length < 64 && (kinds === UPPER || kinds === LOWER || kinds === DIGIT || kinds === 0);
}

/** Index of the first character that is not white space. */
export function firstVisible(text: string): number {
  let i = 0;
  while (i < text.length && text.charCodeAt(i) <= 32) i++;
  return i;
}

function isHexCode(code: number): boolean {
  return code < 128 && (CLASS[code]! & HEX) !== 0;
}

/** Shortest text whose points at the end may be padding, and no sentence's. */
const SHORTEST_POINTED = 24;

/** Index from which a text is padding that is written with points, as Java's encoder for addresses does (Bouncy Castle `UrlBase64`); its length where there is none. */
export function pointedFrom(text: string): number {
  const { length } = text;
  if (length < SHORTEST_POINTED || length % 4 !== 0 || text.charCodeAt(length - 1) !== 0x2e) return length;
  const end = text.charCodeAt(length - 2) === 0x2e ? length - 2 : length - 1;
  return text.charCodeAt(end - 1) === 0x2e ? length : end;
}

function isReference(text: string, at: number): boolean {
  return text.startsWith('quot;', at) || text.startsWith('lt;', at) || text.startsWith('amp;#', at);
}

/** Characters of six numbers of two digits with a sign between each two. */
const SHORTEST_CODES = 17;

/** Looks at six characters at most. */
function beginsCodes(text: string, start: number): boolean {
  let at = text.charCodeAt(start) === 0x2d ? start + 1 : start;
  if (!isDigit(text, at)) return false;
  if (isDigit(text, at + 1) && isDigit(text, at + 2) && isDigit(text, at + 3))
    return (
      text.startsWith('123034', start) || text.startsWith('0911', start) || text.startsWith('01', start) || text.startsWith('00', start)
    );
  while (isDigit(text, at)) at++;
  const sign = text.charCodeAt(at);
  if (sign === 0x78) return at === start + 1;
  if (sign > 0x7f || ((sign | 0x20) > 0x60 && (sign | 0x20) <= 0x7a)) return false;
  const next = text.charCodeAt(at + 1);
  return isDigit(text, at + 1) || next === 0x2d || next <= 0x20;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

/** The one pass; linear in the text. @returns bits of `SHAPE`, all but `announced`. */
export function shapeOf(text: string): number {
  const length = text.length;
  if (length < 2) return 0;
  let shape = 0;
  let all = B64 | HEX | DOT | OCTET;
  let any = 0;
  let bracket = false;
  let scheme = false;
  let question = false;
  let dots = 0;
  let spaces = 0;
  let space = -1;
  let longWord = false;
  let wordLength = 0;
  let equalWords = 0;
  let signs = 0;
  let breaks = 0;
  let lines = 0;
  let item = -1;
  let longItem = false;
  let firstPair = -1;
  const padding = pointedFrom(text);
  let wide = false;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 128) {
      all = 0;
      any |= BYTE;
      if (code > LAST_BYTE) wide = true;
      if (code >= 0xff0c && code <= 0xff5a) {
        if (code >= 0xff10) shape |= SHAPE.wide;
        if (code === 0xff1a) signs++;
        else if (code === 0xff0c || code === 0xff1b) breaks++;
      }
      continue;
    }
    const kind = CLASS[code]!;
    all &= i < padding ? kind : kind | B64;
    any |= kind;
    if ((kind & ALPHANUMERIC) !== 0) continue;
    if (code === 0x20) {
      if (i - space > LONG_WORD) longWord = true;
      if (i - space !== wordLength) {
        wordLength = i - space;
        equalWords = 0;
      } else if (++equalWords >= EQUAL_WORDS) longWord = true;
      space = i;
      spaces++;
      continue;
    }
    switch (code) {
      case 0x25:
        if ((shape & SHAPE.percent) === 0) {
          const at = text.charCodeAt(i + 1) === 0x75 ? i + 2 : i + 1;
          if (isHexCode(text.charCodeAt(at)) && isHexCode(text.charCodeAt(at + 1))) shape |= SHAPE.percent;
        }
        break;
      case 0x26:
        if (text.charCodeAt(i + 1) === 0x23 || isReference(text, i + 1)) shape |= SHAPE.reference;
        break;
      case 0x3d:
        if (firstPair < 0) firstPair = i;
        break;
      case 0x09:
      case 0x02:
      case 0x7e:
        signs++;
        break;
      case 0x0a:
        lines++;
        break;
      case 0x01:
      case 0x1e:
      case 0x1f:
      case 0x23:
      case 0x5e:
        breaks++;
        break;
      case 0x2c:
      case 0x3b:
      case 0x7c:
        breaks++;
        if (i - Math.max(item, space) > LONG_WORD) longItem = true;
        item = i;
        break;
      case 0x3e:
        if (text.charCodeAt(i - 1) === 0x2d) signs++;
        break;
      case 0x3a:
        signs++;
        if (i === 4 && (text.charCodeAt(0) | 0x20) === 0x64) shape |= SHAPE.address;
        if (text.charCodeAt(i + 1) === 0x2f && text.charCodeAt(i + 2) === 0x2f) scheme = true;
        break;
      case 0x5c:
        shape |= SHAPE.escape;
        break;
      case 0x2e:
        dots++;
        break;
      case 0x3f:
        question = true;
        break;
      case 0x5b:
        if (text.charCodeAt(i - 1) === 0x5d) breaks++;
        bracket = true;
        break;
      case 0x7b:
        bracket = true;
        break;
    }
  }
  if (padding < length && spaces > 0) all &= ~B64;
  if ((any & BYTE) !== 0 && !wide) shape |= SHAPE.bytes;
  if (length >= limits.opaqueText && !wide && spaces + lines === 0 && ((any & ALPHANUMERIC) === ALPHANUMERIC || (any & BYTE) !== 0))
    shape |= SHAPE.unbroken;
  const start = firstVisible(text);
  const first = text.charCodeAt(start);
  if (first === 0x7b || first === 0x5b) shape |= SHAPE.brace;
  else if (first === 0x22) {
    if (text.charCodeAt(length - 1) === 0x22 && length - start > 2) shape |= SHAPE.quoted;
  } else if (first === 0x3c) shape |= SHAPE.angle;
  else if (bracket && first >= 0x30 && first <= 0x39) shape |= SHAPE.digit;
  else if (bracket && (first === 0x71 || first === 0x6d || first === 0x73)) shape |= SHAPE.document;
  if (scheme && question) shape |= SHAPE.address;
  if (spaces === 1) shape |= SHAPE.words;
  if (spaces > 0 && (bracket || longWord || length - space > LONG_WORD)) shape |= SHAPE.sentence;
  else if (spaces === 0 && length > LONG_WORD && (any & UPPER) !== 0 && (text.includes('eyJ') || text.includes('H4sI')))
    shape |= SHAPE.sentence;
  if (breaks + lines > 0) {
    if (signs >= LEAST_SIGNS ? breaks + lines >= 2 : lines > 0 && breaks > lines) shape |= SHAPE.listed;
    // A list in which one is longer than words are; the parts of an address often are.
    if (item >= 0 && !scheme && (longItem || length - Math.max(item, space) > LONG_WORD)) shape |= SHAPE.sentence;
  }
  if (firstPair > 0 && firstPair < length - 2) shape |= SHAPE.pairs;
  else if (firstPair > 0 && (all & B64) === 0) shape |= SHAPE.pairs;
  if (first >= 0x2d && first <= 0x39 && length >= SHORTEST_CODES && beginsCodes(text, start)) shape |= SHAPE.codes;
  const last = text.charCodeAt(length - 1);
  if (last === 0x29 || (last === 0x3b && text.charCodeAt(length - 2) === 0x29)) shape |= SHAPE.call;
  if ((all & HEX) !== 0) {
    if (length >= 16 && length % 2 === 0) shape |= SHAPE.hex;
  } else if ((all & OCTET) !== 0 && length >= SHORTEST_OCTETS && isOctets(text.trim())) shape |= SHAPE.octets;
  else if ((all & B64) !== 0 && length >= 8 && !isWord(text, any)) shape |= length >= 12 ? SHAPE.base64 : SHAPE.short;
  if ((all & DOT) !== 0 && (dots === 2 || dots === 4) && first === 0x65) shape |= SHAPE.dotted;
  return shape;
}
