import type { Decoder } from '../decoder.js';
import { type Inflated, inflate, inflatedChild } from '../inflate.js';

/** Checksum and length (RFC 1952 section 2.3.1). */
const TRAILER = 8;

/** Where the compressed data begin (RFC 1952 section 2.3); the end of the bytes where the header does not end. */
function headSize(bytes: Uint8Array): number {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + (bytes[at] ?? 0) + ((bytes[at + 1] ?? 0) << 8);
  for (const named of [8, 16]) if ((flags & named) !== 0) at = Math.max(at, bytes.indexOf(0, at)) + 1;
  return Math.min(bytes.length, at + ((flags & 2) === 0 ? 0 : 2));
}

/** The first member, where something else stands behind it, with which zlib refuses all of it. The length in its trailer must agree. */
function firstMember(bytes: Uint8Array, most: number): Inflated | null {
  const head = headSize(bytes);
  const member = inflate('rawdeflate', bytes.subarray(head), most, false);
  if (member?.consumed === undefined) return null;
  const consumed = head + member.consumed + TRAILER;
  if (consumed > bytes.length) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset + consumed - 4, 4).getUint32(0, true);
  return length === member.bytes.length ? { ...member, consumed } : null;
}

/** RFC 1952. The header is unmistakable and the trailer holds a checksum, so what comes out is kept whatever it is. */
export const decoder: Decoder = {
  id: 'gzip',
  says: { zh: 'gzip 解压', en: 'gzip, inflated' },
  order: 0,
  encodings: ['gzip', 'x-gzip'],
  first: (byte) => byte === 0x1f,
  magic: (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8 && bytes.length > 10,
  open(source) {
    const { bytes, work, truncated } = source;
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return null;
    const whole = inflate('gzip', bytes, work.inflatable(bytes.length), truncated);
    if (whole !== null) return inflatedChild(source, whole, true);
    const first = firstMember(bytes, work.inflatable(bytes.length));
    if (first !== null) return inflatedChild(source, first, true);
    // Uploads that were flushed but never ended are common (an app killed while it wrote its log); what they hold is kept.
    const begun = inflate('gzip', bytes, work.inflatable(bytes.length), true);
    if (begun !== null) return inflatedChild(source, begun, true, true);
    // With a wrong checksum too: browsers pass over it, and so may the server.
    return inflatedChild(source, inflate('gzip', bytes.subarray(0, -TRAILER), work.inflatable(bytes.length), true), true);
  },
};
