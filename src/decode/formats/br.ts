import { beginsBrotli } from '../brotli.js';
import type { Decoder } from '../decoder.js';
import { inflate, inflatedChild } from '../inflate.js';

/** Least that an undeclared stream must hold; what is shorter says little. */
const SHORTEST_TEXT = 12;
/** Random bytes that brotli would write longer than they are. */
const LONGER = 8;

/**
 * Brotli (RFC 7932). No magic number, no checksum, and a decoder that is slow to start: where it is declared, for a whole body, and for a value
 * that begins as a stream must; undeclared it must earn its place, and within a message end with the bytes.
 */
export const decoder: Decoder = {
  id: 'br',
  says: { zh: 'Brotli 解压', en: 'brotli, inflated' },
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
    return inflated.cut || (inflated.bytes.length >= least && inflated.consumed === bytes.length) ? opened : null;
  },
};
