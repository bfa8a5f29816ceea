/** An array of numbers in a text that is bytes, and where it stands. */
export interface ByteArray {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/**
 * So many numbers of one byte each, of either sign; fewer are a colour, an address or a version, unless a document or a gzip stream begins so. Linear: a bracket
 * begins one try, which ends at the first other sign.
 */
const ARRAY =
  /\[\s{0,64}(?:-?\d{1,3}(?:\s{0,64},\s{0,64}-?\d{1,3}){31,}|(?:123\s{0,64},\s{0,64}34|91\s{0,64},\s{0,64}(?:91|123)|31\s{0,64},\s{0,64}(?:-117|139))(?:\s{0,64},\s{0,64}-?\d{1,3}){5,})\s{0,64}\]/g;
/** The same as properties of an object by their number, which `JSON.stringify` makes of a `Uint8Array`. */
const INDEXED = /\{"0":-?\d{1,3}(?:,"\d{1,9}":-?\d{1,3}){5,}\}/g;

/** A number of Java's `byte`, or of an unsigned one. */
function isByte(number: number): boolean {
  return number >= -128 && number <= 255;
}

/** Whether a text may hold bytes as numbers. */
export function mayHoldByteArrays(text: string): boolean {
  return text.includes('[') || text.includes('{"0":');
}

function bytesOf(numbers: readonly number[]): Uint8Array | null {
  const isSigned = numbers.some((number) => number < 0);
  if (!numbers.every((number) => isByte(number) && (!isSigned || number < 128))) return null;
  return Uint8Array.from(numbers, (number) => number & 0xff);
}

/**
 * Arrays of bytes as serialisers write them that know nothing of base64 (Gson's `byte[]`: `[31,-117,8,0]`, JavaScript's `{"0":31,"1":139}`).
 * @returns at most `most` of them.
 */
export function byteArrays(text: string, most: number): readonly ByteArray[] {
  const found: ByteArray[] = [];
  const put = (array: string, start: number, numbers: readonly number[]) => {
    const bytes = bytesOf(numbers);
    if (bytes !== null) found.push({ bytes, start, end: start + array.length });
    return found.length === most;
  };
  for (const { 0: array, index } of text.matchAll(ARRAY)) if (put(array, index, array.slice(1, -1).split(',').map(Number))) return found;
  for (const { 0: array, index } of text.includes('{"0":') ? text.matchAll(INDEXED) : []) {
    const pairs = array.slice(1, -1).split(',');
    if (!pairs.every((pair, order) => pair.startsWith(`"${order}":`))) continue;
    if (
      put(
        array,
        index,
        pairs.map((pair) => Number(pair.slice(pair.indexOf(':') + 1))),
      )
    )
      return found;
  }
  return found;
}
