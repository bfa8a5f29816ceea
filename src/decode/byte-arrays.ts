/** A run of numbers that are bytes, and where it stands in a text. */
export interface ByteArray {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** So many numbers of one byte each, of either sign; fewer are a colour, an address or a version, unless a document or a gzip stream begins so. */
const FEWEST = 32;
const FEWEST_OF_DOCUMENT = 7;
/** As properties of an object by their number. */
const FEWEST_INDEXED = 6;
const LONGEST_BLANK = 64;
const INDEXED = '{"0":';

/** Whether a text may hold bytes as numbers. */
export function mayHoldByteArrays(text: string): boolean {
  return text.includes('[') || text.includes(INDEXED);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function passBlanks(text: string, from: number): number {
  let at = from;
  while (at < from + LONGEST_BLANK && text.charCodeAt(at) <= 0x20) at++;
  return at;
}

/**
 * Reads the numbers of an array, or of an object that counts them, by hand: a pattern keeps a way back for each of them, and of some million is thrown out.
 * @param start of its opening bracket. @returns the end of the array; where it is none, the place of the first other sign, negative.
 */
function walk(text: string, start: number, isIndexed: boolean, take: (number: number, order: number) => void): number {
  const close = isIndexed ? '}' : ']';
  let at = start + 1;
  for (let order = 0; ; order++) {
    const label = isIndexed ? `"${order}":` : '';
    if (!text.startsWith(label, at)) return -at;
    at = isIndexed ? at + label.length : passBlanks(text, at);
    const isNegative = text[at] === '-';
    if (isNegative) at++;
    const digits = at;
    let number = 0;
    for (; at < digits + 3 && isDigit(text.charCodeAt(at)); at++) number = number * 10 + text.charCodeAt(at) - 0x30;
    if (at === digits) return -at;
    take(isNegative ? -number : number, order);
    if (!isIndexed) at = passBlanks(text, at);
    if (text[at] === close) return at + 1;
    if (text[at] !== ',') return -at;
    at++;
  }
}

/** `{"`, `[[`, `[{` and the head of gzip. */
function beginsDocument(first: number, second: number): boolean {
  return (
    (first === 0x7b && second === 0x22) ||
    (first === 0x5b && (second === 0x5b || second === 0x7b)) ||
    (first === 0x1f && (second & 0xff) === 0x8b)
  );
}

/** @returns the bytes, or null, and where to go on. */
function arrayAt(text: string, start: number, isIndexed: boolean): { readonly bytes: Uint8Array | null; readonly end: number } {
  let [count, low, high, first, second] = [0, 0, 0, 0, 0];
  const end = walk(text, start, isIndexed, (number, order) => {
    count++;
    low = Math.min(low, number);
    high = Math.max(high, number);
    if (order === 0) first = number;
    else if (order === 1) second = number;
  });
  if (end < 0) return { bytes: null, end: -end };
  const fewest = isIndexed ? FEWEST_INDEXED : beginsDocument(first, second) ? FEWEST_OF_DOCUMENT : FEWEST;
  if (count < fewest || low < -128 || high > (low < 0 ? 127 : 255)) return { bytes: null, end };
  const bytes = new Uint8Array(count);
  walk(text, start, isIndexed, (number, order) => {
    bytes[order] = number;
  });
  return { bytes, end };
}

/**
 * Arrays of bytes as serialisers write them that know nothing of base64 (Gson's `byte[]`: `[31,-117,8,0]`, JavaScript's `{"0":31,"1":139}`, which
 * `JSON.stringify` makes of a `Uint8Array`). Linear: a bracket begins one try, which ends at the first other sign.
 * @returns at most `most` of them.
 */
export function byteArrays(text: string, most: number): readonly ByteArray[] {
  const found: ByteArray[] = [];
  for (const [opening, isIndexed] of [
    ['[', false],
    [INDEXED, true],
  ] as const)
    for (let start = text.indexOf(opening); start >= 0 && found.length < most; ) {
      const { bytes, end } = arrayAt(text, start, isIndexed);
      if (bytes !== null) found.push({ bytes, start, end });
      start = text.indexOf(opening, end);
    }
  return found;
}
