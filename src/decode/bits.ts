/** Up to 24 bits of a stream that is read from the lowest bit of each byte on (RFC 1951 section 3.1.1, RFC 7932 section 1.5.1); zeros behind its end. */
export function bitsAt(bytes: Uint8Array, at: number, count: number): number {
  const first = at >> 3;
  const four =
    first + 4 <= bytes.length
      ? bytes[first]! | (bytes[first + 1]! << 8) | (bytes[first + 2]! << 16) | (bytes[first + 3]! << 24)
      : (bytes[first] ?? 0) | ((bytes[first + 1] ?? 0) << 8) | ((bytes[first + 2] ?? 0) << 16);
  return (four >>> (at & 7)) & ((1 << count) - 1);
}
