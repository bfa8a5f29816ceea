import type { Decoder } from '../decoder.js';
import { inflate, inflatedChild } from '../inflate.js';

/** Checksum and length (RFC 1952 section 2.3.1). */
const TRAILER = 8;

/** RFC 1952. The header is unmistakable and the trailer holds a checksum, so what comes out is kept whatever it is. */
export const decoder: Decoder = {
  id: 'gzip',
  order: 0,
  encodings: ['gzip', 'x-gzip'],
  magic: (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8 && bytes.length > 10,
  open(source) {
    const { bytes, work, truncated } = source;
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return null;
    const whole = inflate('gzip', bytes, work.inflatable(bytes.length), truncated);
    if (whole !== null) return inflatedChild(source, whole, true);
    // Uploads that were flushed but never ended are common (an app killed while it wrote its log); what they hold is kept.
    const begun = inflate('gzip', bytes, work.inflatable(bytes.length), true);
    if (begun !== null) return inflatedChild(source, begun, true, true);
    // With a wrong checksum too: browsers pass over it, and so may the server.
    return inflatedChild(source, inflate('gzip', bytes.subarray(0, -TRAILER), work.inflatable(bytes.length), true), true);
  },
};
