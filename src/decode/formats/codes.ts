import { limits } from '../../limits.js';
import type { Decoder } from '../decoder.js';
import { SHAPE } from '../shape.js';

/** Fewer numbers are a version, an address, a time or a colour. */
const FEWEST = 6;
/** Characters before the first number and behind the last: `new Uint8Array([`, `])`. */
const LONGEST_HEAD = 32;
const LONGEST_TAIL = 4;
/** Characters between two numbers: `).concat(chr(`. */
const LONGEST_GAP = 16;
/** How bits, or numbers of three digits without a sign between them, begin a document: with `{"` or `[{`. */
const GLUED = [
  { begins: ['0111101100100010', '0101101101111011'], width: 8, base: 2 },
  { begins: ['123034', '091123'], width: 3, base: 10 },
] as const;

/** A number in each of the ways that people print one, by what stands right before it. */
const WAYS = [
  { number: /(?:0x|U\+|\\[uUx]\{?|&#x)([0-9A-Fa-f]{1,8})/g, base: 16 },
  { number: /(?<![A-Za-z])(\d{1,8})/g, base: 10 },
] as const;

interface Printed {
  readonly digits: readonly string[];
  readonly head: string;
  readonly isNegative: readonly boolean[];
}

/** The numbers of a text that holds nothing else but one and the same sign, word or bracket between each two; null: it does. */
function printed(text: string, number: RegExp): Printed | null {
  const digits: string[] = [];
  const isNegative: boolean[] = [];
  let gap: string | null = null;
  let head = '';
  let end = 0;
  for (const match of text.matchAll(number)) {
    const before = text.slice(end, match.index);
    if (end === 0) {
      if (before.length > LONGEST_HEAD) return null;
      head = before;
      isNegative.push(before.endsWith('-'));
    } else {
      const isSigned = before.length > 1 && before.endsWith('-');
      const sign: string = isSigned ? before.slice(0, -1) : before;
      gap ??= sign;
      if (sign !== gap || gap === '' || gap.length > LONGEST_GAP) return null;
      isNegative.push(isSigned);
    }
    digits.push(match[1] ?? '');
    end = match.index + match[0].length;
  }
  return digits.length < FEWEST || text.length - end > LONGEST_TAIL ? null : { digits, head, isNegative };
}

function isVisible(number: number): boolean {
  return (number >= 0x20 && number < 0x7f) || number === 0x0a || number === 0x0d || number === 0x09;
}

/** What the numbers stand for: bytes, of either sign, or characters. */
function meaning(numbers: readonly number[]): Uint8Array | string | null {
  if (numbers.every((number) => number >= -128 && number <= 255)) {
    // Bytes of a compressor or cipher are of both halves: numbers that stay below are characters, or something that was measured.
    const isSpread = numbers.some((number) => number < 0 || number > 127);
    return isSpread || numbers.every(isVisible) ? Uint8Array.from(numbers, (number) => number & 0xff) : null;
  }
  if (!numbers.every((number) => number > 0 && number <= 0x10ffff)) return null;
  // Halves of pairs stand one behind the other, as in a string.
  return numbers.map((number) => (number > 0xffff ? String.fromCodePoint(number) : String.fromCharCode(number))).join('');
}

function glued(text: string): Uint8Array | null {
  for (const { begins, width, base } of GLUED) {
    if (text.length % width !== 0 || !begins.some((start) => text.startsWith(start)) || !/^\d+$/.test(text)) continue;
    const numbers = (text.match(new RegExp(`.{${width}}`, 'g')) ?? []).map((group) => Number.parseInt(group, base));
    if (numbers.every((number) => number <= 255)) return Uint8Array.from(numbers);
  }
  return null;
}

/** What a document begins with. */
const OPENINGS = new Set([0x7b, 0x5b]);

/** Bits by their length, octal digits by the zero or the backslash before them, or because a document begins so in them. */
function baseOf({ digits, head }: Printed, base: number): number {
  if (base !== 10) return base;
  if (digits.every((group) => /^[01]{7,8}$/.test(group))) return 2;
  if (!digits.every((group) => /^0?[0-3]?[0-7]{2}$/.test(group))) return base;
  const isMarked = head.endsWith('\\') || digits.every((group) => group[0] === '0');
  return isMarked || OPENINGS.has(Number.parseInt(digits[0] ?? '', 8)) ? 8 : base;
}

function numbersOf(text: string): Uint8Array | string | null {
  for (const { number, base } of WAYS) {
    const found = printed(text, number);
    if (found === null) continue;
    const own = baseOf(found, base);
    return meaning(found.digits.map((group, index) => Number.parseInt(group, own) * (found.isNegative[index] === true ? -1 : 1)));
  }
  return glued(text);
}

/**
 * Numbers of bytes or of characters one behind the other, as programs print them: `49 51 56`, `-17,-69`, `[0x7b,0x22]`, `String.fromCharCode(123,34)`,
 * `chr(123).chr(34)`, `&#123&#34`, `\173\42`, `U+007B U+0022`, `01111011 00100010`. Series of measurements are written so as well: only a structure
 * or a known value in it counts.
 */
export const decoder: Decoder = {
  id: 'codes',
  says: { zh: '一串数字，每个数字是一个字节或一个字符的编码', en: 'numbers, each the code of a byte or of a character' },
  order: 56,
  shapes: SHAPE.codes | SHAPE.call | SHAPE.escape | SHAPE.reference,
  begins: ['(byte)', 'U+'],
  open(source) {
    const text = source.text?.trim() ?? '';
    if (text.length < 2 * FEWEST || text.length > limits.fieldText) return null;
    const found = numbersOf(text);
    if (found === null) return null;
    return { child: { ...(typeof found === 'string' ? { text: found } : { bytes: found }), sure: false, structured: true } };
  },
};
