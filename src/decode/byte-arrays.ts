/** An array of numbers in a text that is bytes, and where it stands. */
export interface ByteArray {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** So many numbers of one byte each, of either sign; fewer are a colour, an address or a version. Linear: a bracket begins one try, which ends at the first other sign. */
const ARRAY = /\[\s{0,64}-?\d{1,3}(?:\s{0,64},\s{0,64}-?\d{1,3}){31,}\s{0,64}\]/g;

/** A number of Java's `byte`, or of an unsigned one. */
function isByte(number: number): boolean {
  return number >= -128 && number <= 255;
}

/**
 * Arrays of bytes as serialisers write them that know nothing of base64 (Gson's `byte[]`: `[31,-117,8,0]`).
 * @returns at most `most` of them, in order.
 */
export function byteArrays(text: string, most: number): readonly ByteArray[] {
  const found: ByteArray[] = [];
  for (const { 0: array, index } of text.matchAll(ARRAY)) {
    const numbers = array.slice(1, -1).split(',').map(Number);
    const isSigned = numbers.some((number) => number < 0);
    if (!numbers.every((number) => isByte(number) && (!isSigned || number < 128))) continue;
    found.push({ bytes: Uint8Array.from(numbers, (number) => number & 0xff), start: index, end: index + array.length });
    if (found.length === most) break;
  }
  return found;
}
