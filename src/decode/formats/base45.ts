import type { Decoder } from '../decoder.js';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
/** How `{"`, `[{` and the head of gzip begin in it. */
const BEGINS = ['MPF', 'JPB', 'K:3'];
/** Characters of `{"a":1}`. */
const SHORTEST = 11;

/** Three characters, the lowest first, for two bytes; two for the last one (RFC 9285 section 4). */
function fromBase45(text: string): Uint8Array | null {
  if (text.length % 3 === 1) return null;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const digits = Array.from(text.slice(at, at + 3), (char) => ALPHABET.indexOf(char));
    if (digits.includes(-1)) return null;
    const [low = 0, middle = 0, high] = digits;
    const value = low + 45 * middle + 2025 * (high ?? 0);
    if (value > (high === undefined ? 0xff : 0xffff)) return null;
    if (high !== undefined) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return Uint8Array.from(bytes);
}

/** RFC 9285, as QR codes hold it, where it begins as a document or a gzip stream does: every number and every word in capitals is written in its characters. */
export const decoder: Decoder = {
  id: 'base45',
  order: 39,
  begins: BEGINS,
  open({ text }) {
    if (text === null || text.length < SHORTEST || !BEGINS.some((start) => text.startsWith(start))) return null;
    const bytes = fromBase45(text);
    return bytes === null ? null : { child: { bytes, sure: false, structured: true } };
  },
};
