/** Up to 24 bits of a stream that is read from the lowest bit of each byte on (RFC 1951 section 3.1.1, RFC 7932 section 1.5.1); zeros behind its end. */
export function bitsAt(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) value |= (((bytes[(at + i) >> 3] ?? 0) >> ((at + i) & 7)) & 1) << i;
  return value;
}
