/** Bytes as text, one character a byte (RFC 9110 section 5.5 leaves header bytes without a charset). */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
