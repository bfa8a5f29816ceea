import type { Decoder } from '../decoder.js';
import { inflate, inflatedChild } from '../inflate.js';

/** Brotli (RFC 7932). No magic number and a decoder that is slow to start: only where it is declared, or for a whole body, where it must earn its place. */
export const decoder: Decoder = {
  id: 'br',
  order: 82,
  encodings: ['br'],
  guess: (bytes, { base }) => base && bytes.length >= 8,
  open(source) {
    const { bytes, work, declared } = source;
    if (bytes.length < 8 || !(declared || source.base)) return null;
    return inflatedChild(source, inflate('br', bytes, work.inflatable(bytes.length), source.truncated), declared);
  },
};
