import { type CanonicalValue, caseVariants } from '../forms/canonical.js';
import type { Put } from './put.js';

/** Characters of a value that may be told apart from their neighbours; fewer are initials or a count. */
const SHORTEST = 7;
const SHORTEST_WIDE = 4;

/** Between two characters, the last one without width. */
const GAPS = [' ', '-', ',', '.', '|', '_', '/', '\u200b'];

const WIDE_GAPS = ['-', ',', '.', '|', '_', '/', '\u200b'];

/** Ten digits of other scripts and styles: Arabic, Persian, Devanagari, circled, raised, lowered, bold, Chinese as counted, as spoken and as on cheques. */
const GLYPHS = [
  '٠١٢٣٤٥٦٧٨٩',
  '۰۱۲۳۴۵۶۷۸۹',
  '०१२३४५६७८९',
  '⓪①②③④⑤⑥⑦⑧⑨',
  '⁰¹²³⁴⁵⁶⁷⁸⁹',
  '₀₁₂₃₄₅₆₇₈₉',
  '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗',
  '〇一二三四五六七八九',
  '零一二三四五六七八九',
  '零幺二三四五六七八九',
  '零壹贰叁肆伍陆柒捌玖',
].map((digits) => [...digits]);

const hexOf = (code: number, size: number) => code.toString(16).padStart(size, '0');

/** A byte in octal digits: as few as it has, three, and behind a zero. */
const OCTALS: ReadonlyArray<(byte: number) => string> = [
  (byte) => byte.toString(8),
  (byte) => byte.toString(8).padStart(3, '0'),
  (byte) => `0${byte.toString(8)}`,
];

/** Bytes of one line of uuencode (POSIX.1, `uuencode`). */
const UU_LINE = 45;

/** A line: its length, and four characters for three bytes. @param blank what stands for zero, which some mailers took away. */
function uuencoded(bytes: readonly number[], blank: string): string {
  const character = (six: number) => (six === 0 ? blank : String.fromCharCode(0x20 + six));
  const sextets = Buffer.from([...bytes, 0, 0].slice(0, Math.ceil(bytes.length / 3) * 3)).toString('base64');
  const values = Array.from(sextets, (char) => BASE64.indexOf(char));
  return character(bytes.length) + values.map(character).join('');
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** How a character is escaped where each is. */
const ESCAPES: ReadonlyArray<(unit: number) => string> = [
  (unit) => `u${hexOf(unit, 4)}`,
  (unit) => `\\U${hexOf(unit, 8)}`,
  (unit) => `\\${hexOf(unit, 2)} `,
  (unit) => `\\${hexOf(unit, 6)}`,
  (unit) => `U+${hexOf(unit, 4)} `,
  (unit) => `&#${unit}`,
];

/**
 * A value that people or programs write out sign by sign: characters apart, digits of other scripts, the number of each byte or character (in tens, in
 * octal, in bits), hex and base64 in another order, UTF-7, and what is left of escapes without their backslashes.
 */
export function putWrittenOut({ texts }: CanonicalValue, put: Put): void {
  for (const { text, form } of texts) {
    const chars = [...text];
    const isWide = /[^\u0000-\u007f]/.test(text);
    if (form !== 'plain' || chars.length < (isWide ? SHORTEST_WIDE : SHORTEST)) continue;
    for (const gap of isWide ? WIDE_GAPS : GAPS) put(chars.join(gap), 'separators', text);
    if (/^\d+$/.test(text)) for (const glyphs of GLYPHS) put(chars.map((digit) => glyphs[Number(digit)]).join(''), 'digits', text);
    const bytes = [...Buffer.from(text, 'utf8')];
    const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
    // The decoder of numbers in rows cannot tell these from others to the base of ten.
    for (const gap of [' ', ',', ', ']) for (const print of OCTALS) put(bytes.map(print).join(gap), 'octal', text);
    put(bytes.map((byte) => byte.toString(2).padStart(8, '0')).join(''), 'bits', text);
    put(bytes.map((byte) => String(byte).padStart(3, '0')).join(''), 'byte-list', text);
    put(bytes.map((byte) => `\\${byte.toString(8)}`).join(''), 'octal', text);
    for (const print of ESCAPES) {
      const escaped = units.map(print).join('');
      for (const written of [escaped, escaped.trimEnd()]) put(written, 'unicode-escape', text);
    }
    if (bytes.length <= UU_LINE) for (const blank of [' ', '`']) put(uuencoded(bytes, blank), 'uuencode', text);
    const hex = Buffer.from(text, 'utf8').toString('hex');
    const written: ReadonlyArray<readonly [string, string]> = [
      [[...hex].toReversed().join(''), 'hex+reversed'],
      [hex.replace(/(.)(.)/g, '$2$1'), 'hex+nibbles-swapped'],
      [Buffer.from(text, 'utf16le').toString('hex'), 'utf16le+hex'],
      [hex.replace(/./g, (digit) => String.fromCharCode(0x61 + Number.parseInt(digit, 16))), 'hex+letters'],
    ];
    for (const [spelling, name] of written) for (const cased of caseVariants(spelling)) put(cased, name, text);
    for (const encoding of ['base64', 'base64url'] as const)
      put([...Buffer.from(text, 'utf8').toString(encoding)].toReversed().join(''), 'base64+reversed', text);
    // UTF-7 (RFC 2152) of all, or of what is not ASCII, and its form in names of mailboxes (RFC 3501).
    const shifted = (part: string) => Buffer.from(part, 'utf16le').swap16().toString('base64').replace(/=+$/, '');
    for (const end of ['', '-']) put(`+${shifted(text)}${end}`, 'utf-7', text);
    put(
      text.replace(/[^\u0000-\u007f]+/g, (part) => `+${shifted(part)}-`),
      'utf-7',
      text,
    );
    put(
      text.replace(/[^0-9A-Za-z'(),\-./:?]+/g, (part) => `+${shifted(part)}-`),
      'utf-7',
      text,
    );
    put(
      text.replace(/[^\u0000-\u007f]+/g, (part) => `&${shifted(part).replaceAll('/', ',')}-`),
      'utf-7',
      text,
    );
  }
}
