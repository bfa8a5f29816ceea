import type { Decoder } from '../decoder.js';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
/** How `{"`, `[{` and the head of gzip begin in it. */
const BEGINS = ['MPF', 'JPB', 'K:3'];
/** Characters of `{"a":1}`. */
const SHORTEST = 11;

const VALUES = new Int8Array(128).fill(-1);
for (let digit = 0; digit < ALPHABET.length; digit++) VALUES[ALPHABET.charCodeAt(digit)] = digit;

/** Value of a character; -1: it is none of them. */
function valueAt(text: string, at: number): number {
  return VALUES[text.charCodeAt(at)] ?? -1;
}

/** Three characters, the lowest first, for two bytes; two for the last one (RFC 9285 section 4). */
function fromBase45(text: string): Uint8Array | null {
  const rest = text.length % 3;
  if (rest === 1) return null;
  const bytes = new Uint8Array(((text.length - rest) / 3) * 2 + (rest === 0 ? 0 : 1));
  let size = 0;
  for (let at = 0; at < text.length; at += 3) {
    const isPair = at + 2 < text.length;
    const [low, middle, high] = [valueAt(text, at), valueAt(text, at + 1), isPair ? valueAt(text, at + 2) : 0];
    const value = low + 45 * middle + 2025 * high;
    if (low < 0 || middle < 0 || high < 0 || value > (isPair ? 0xffff : 0xff)) return null;
    if (isPair) bytes[size++] = value >> 8;
    bytes[size++] = value & 0xff;
  }
  return bytes;
}

/** RFC 9285, as QR codes hold it, where it begins as a document or a gzip stream does: every number and every word in capitals is written in its characters. */
export const decoder: Decoder = {
  id: 'base45',
  says: { zh: 'Base45（RFC 9285）', en: 'base45 (RFC 9285)' },
  order: 39,
  begins: BEGINS,
  open({ text }) {
    if (text === null || text.length < SHORTEST || !BEGINS.some((start) => text.startsWith(start))) return null;
    const bytes = fromBase45(text);
    return bytes === null ? null : { child: { bytes, sure: false, structured: true } };
  },
};
