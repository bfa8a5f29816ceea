import type { Decoder } from '../decoder.js';
import { SHAPE } from '../shape.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** Bytes below which a readable answer is chance more often than not. */
const SHORT = 12;
/** Characters behind the last full group of eight that five bytes leave. */
const ENDS = new Set([0, 2, 4, 5, 7]);

/** RFC 4648 section 6, with or without padding, in capitals; what comes out must earn its place. */
export const decoder: Decoder = {
  id: 'base32',
  order: 43,
  shapes: SHAPE.base64,
  open({ text }) {
    const encoded = text?.trim() ?? '';
    if (encoded.length < 16 || !/^[A-Z2-7]+={0,6}$/.test(encoded)) return null;
    const digits = encoded.replace(/=+$/, '');
    if (!ENDS.has(digits.length % 8) || (digits.length < encoded.length && encoded.length % 8 !== 0)) return null;
    const bytes = Buffer.alloc(Math.floor((digits.length * 5) / 8));
    let [bits, held, size] = [0, 0, 0];
    for (const digit of digits) {
      held = ((held << 5) | ALPHABET.indexOf(digit)) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[size++] = (held >> bits) & 0xff;
      }
    }
    return { child: { bytes, sure: false, structured: bytes.length < SHORT } };
  },
};
