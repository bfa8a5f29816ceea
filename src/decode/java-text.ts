/** Half of a character beyond the first plane, as UTF-8 would write it, and what follows a high one. */
const HALF = 0xed;

function codeAt(bytes: Buffer, at: number): number {
  return ((bytes[at]! & 0x0f) << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f);
}

function isHalf(bytes: Buffer, at: number, least: number): boolean {
  return (
    bytes[at] === HALF && (bytes[at + 1] ?? 0) >= least && (bytes[at + 1] ?? 0) < least + 0x10 && ((bytes[at + 2] ?? 0) & 0xc0) === 0x80
  );
}

/**
 * Texts as Java's streams write them (Java Object Serialization Specification, 6.2 "Modified UTF-8"; Hessian writes them likewise): what lies beyond
 * the first plane, emoji and rare characters of names, as its two halves of UTF-16.
 * @returns the same text in UTF-8; the given bytes where there is nothing to change.
 */
export function standardUtf8(bytes: Buffer): Buffer {
  let from = bytes.indexOf(HALF);
  const parts: Buffer[] = [];
  let start = 0;
  for (; from >= 0; from = bytes.indexOf(HALF, from + 3)) {
    if (!isHalf(bytes, from, 0xa0) || !isHalf(bytes, from + 3, 0xb0)) continue;
    const whole = String.fromCharCode(codeAt(bytes, from), codeAt(bytes, from + 3));
    parts.push(bytes.subarray(start, from), Buffer.from(whole));
    start = from + 6;
    from += 3;
  }
  return parts.length === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(start)]);
}
