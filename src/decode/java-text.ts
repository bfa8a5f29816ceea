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
  let found = bytes.indexOf(HALF);
  let read = 0;
  let made = 0;
  let whole: Buffer | null = null;
  for (; found >= 0; found = bytes.indexOf(HALF, found + 3)) {
    if (!isHalf(bytes, found, 0xa0) || !isHalf(bytes, found + 3, 0xb0)) continue;
    whole ??= Buffer.alloc(bytes.length);
    made += bytes.copy(whole, made, read, found);
    made += whole.write(String.fromCharCode(codeAt(bytes, found), codeAt(bytes, found + 3)), made);
    read = found + 6;
    found += 3;
  }
  if (whole === null) return bytes;
  return whole.subarray(0, made + bytes.copy(whole, made, read));
}
