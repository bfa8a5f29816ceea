import type { Decoder } from '../decoder.js';
import { inflate, inflatedChild } from '../inflate.js';

/** RFC 1950: method 8, window at most 32 KiB, and the first two bytes a multiple of 31. One random pair in a thousand passes, so a stream that nobody declared must end with its checksum. */
function isZlib(bytes: Uint8Array): boolean {
  return bytes.length > 6 && (bytes[0]! & 0x0f) === 8 && bytes[0]! >> 4 <= 7 && ((bytes[0]! << 8) | bytes[1]!) % 31 === 0;
}

/** The zlib format, which HTTP calls `deflate` (RFC 9110 section 8.4.1.2). */
export const decoder: Decoder = {
  id: 'deflate',
  says: { zh: 'zlib 解压（RFC 1950）', en: 'zlib stream, inflated (RFC 1950)' },
  order: 2,
  encodings: ['deflate'],
  magic: isZlib,
  open(source) {
    const { bytes, work } = source;
    if (!isZlib(bytes)) return null;
    const whole = inflate('deflate', bytes, work.inflatable(bytes.length), source.truncated);
    if (whole !== null || !source.declared) return inflatedChild(source, whole, true);
    // Declared it may lack its end, as with gzip: flushed, and never closed.
    return inflatedChild(source, inflate('deflate', bytes, work.inflatable(bytes.length), true), true, true);
  },
};
