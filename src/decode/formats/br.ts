import { beginsBrotli } from '../brotli.js';
import type { Decoder, Source } from '../decoder.js';
import { inflate, inflatedChild } from '../inflate.js';

/** Least that an undeclared stream must hold; what is shorter says little. */
const SHORTEST_TEXT = 12;
/** Random bytes that brotli would write longer than they are. */
const LONGER = 8;

/**
 * Whether the last byte belongs to the stream: the decoder passes over what follows one. Asked once it has been inflated, which random
 * bytes are one time in three thousand.
 */
function isWhole({ bytes, work, root }: Source, inflated: Uint8Array): boolean {
  return work.read(inflated.length, root) && inflate('br', bytes.subarray(0, -1), work.inflatable(bytes.length), false) === null;
}

/**
 * Brotli (RFC 7932). No magic number, no checksum, and a decoder that is slow to start: where it is declared, for a whole body, and for a value
 * that begins as a stream must; undeclared it must earn its place, and within a message end with the bytes.
 */
export const decoder: Decoder = {
  id: 'br',
  order: 82,
  encodings: ['br'],
  guess: (bytes, { base, truncated }) => bytes.length >= 8 && (base || (!truncated && beginsBrotli(bytes))),
  open(source) {
    const { bytes, work, declared, base } = source;
    if (bytes.length < 8 || !(declared || base || (!source.truncated && beginsBrotli(bytes)))) return null;
    const inflated = inflate('br', bytes, work.inflatable(bytes.length), source.truncated);
    if (declared || base || inflated === null) return inflatedChild(source, inflated, declared);
    const least = Math.max(SHORTEST_TEXT, bytes.length - LONGER);
    const opened = inflatedChild(source, inflated, false);
    return inflated.cut || (inflated.bytes.length >= least && isWhole(source, inflated.bytes)) ? opened : null;
  },
};
