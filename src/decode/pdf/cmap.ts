import { glyphText } from './encodings.js';
import { PdfName, PdfReader, type PdfValue, PdfWord } from './syntax.js';
import { utf16be } from './text-string.js';

/** Bytes of the text that one code stands for; a ligature has some eight. */
const LONGEST_TEXT = 32;
/** Bytes of a code (ISO 32000-1, 9.7.6.2). */
const LONGEST_CODE = 4;
/** Ranges of codes by which their length is told: each character is held against them. One operator takes a hundred at most; real maps have some five. */
const MOST_SPACES = 100;

interface Range {
  readonly low: number;
  readonly high: number;
  /** Text of the first code; of the others the last unit counts on. */
  readonly text: string;
}

/** What codes of a font stand for (Adobe Technical Note 5411), and how long they are. */
export interface CMap {
  /** Text of a code; null where the map has none. */
  text(code: number): string | null;
  /** Bytes of the code that begins with these; null: the map does not say. */
  lengthOf(bytes: Buffer, at: number): number | null;
  readonly size: number;
}

function numberOf(code: Buffer): number {
  return code.length === 0 || code.length > LONGEST_CODE ? -1 : code.readUIntBE(0, code.length);
}

function textOf(value: PdfValue | undefined): string | null {
  if (value instanceof PdfName) return glyphText(value.name);
  return Buffer.isBuffer(value) && value.length <= LONGEST_TEXT ? utf16be(value.length === 1 ? Buffer.from([0, value[0]!]) : value) : null;
}

/** @param bytes the stream of a `ToUnicode` or of an `Encoding`. */
export function readCMap(bytes: Buffer): CMap {
  const single = new Map<number, string>();
  const ranges: Range[] = [];
  const spaces: Array<readonly [low: Buffer, high: Buffer]> = [];
  const addRange = (low: PdfValue | undefined, high: PdfValue | undefined, to: PdfValue | undefined) => {
    if (!Buffer.isBuffer(low) || !Buffer.isBuffer(high)) return;
    const [from, until] = [numberOf(low), numberOf(high)];
    if (from < 0 || until < from) return;
    if (Array.isArray(to)) for (const [index, each] of to.entries()) single.set(from + index, textOf(each) ?? '');
    else {
      const text = textOf(to);
      if (text !== null) ranges.push({ low: from, high: until, text });
    }
  };
  const reader = new PdfReader(bytes);
  let operands: PdfValue[] = [];
  for (let value = reader.next(); value !== undefined; value = reader.next()) {
    if (!(value instanceof PdfWord)) {
      operands.push(value);
      continue;
    }
    const given = operands;
    operands = [];
    if (value.word === 'endbfchar')
      for (let i = 0; i + 1 < given.length; i += 2) {
        const [code, text] = [given[i], textOf(given[i + 1])];
        if (Buffer.isBuffer(code) && text !== null) single.set(numberOf(code), text);
      }
    else if (value.word === 'endbfrange') for (let i = 0; i + 2 < given.length; i += 3) addRange(given[i], given[i + 1], given[i + 2]);
    else if (value.word === 'endcodespacerange')
      for (let i = 0; i + 1 < given.length; i += 2) {
        const [low, high] = [given[i], given[i + 1]];
        if (
          Buffer.isBuffer(low) &&
          Buffer.isBuffer(high) &&
          low.length === high.length &&
          low.length <= LONGEST_CODE &&
          spaces.length < MOST_SPACES
        )
          spaces.push([low, high]);
      }
  }
  ranges.sort((a, b) => a.low - b.low);
  return {
    size: single.size + ranges.length,
    text: (code) => single.get(code) ?? inRanges(ranges, code),
    lengthOf: (from, at) =>
      spaces.find(([low, high]) => low.every((byte, i) => (from[at + i] ?? -1) >= byte && (from[at + i] ?? 256) <= high[i]!))?.[0].length ??
      null,
  };
}

/** The range with the greatest beginning that is not beyond the code. */
function inRanges(ranges: readonly Range[], code: number): string | null {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.low <= code) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low - 1];
  if (range === undefined || code > range.high || range.text === '') return null;
  const last = range.text.length - 1;
  return range.text.slice(0, last) + String.fromCharCode((range.text.charCodeAt(last) + code - range.low) & 0xffff);
}
