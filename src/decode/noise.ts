import { limits } from '../limits.js';
import { readText } from './charset.js';
import { mediaOf } from './media.js';
import { decodersForMagic, guessers, guessersOf } from './registry.js';

/** Whether a known value is inside of bytes. */
type Earns = ((bytes: Uint8Array) => boolean) | undefined;

/**
 * Whether so few bytes are no text and nothing that any decoder would look at: most tokens of an app are random, and taking each apart in
 * earnest would cost more than the rest of the message. What is long enough to be opaque goes the long way.
 */
export function isNoise(bytes: Uint8Array, truncated: boolean, earns: Earns): boolean {
  if (bytes.length === 0 || bytes.length >= limits.opaqueBytes) return false;
  const place = { base: false, truncated };
  for (const decoder of truncated ? guessers : guessersOf(bytes[0]!)) if (decoder.guess?.(bytes, place) === true) return false;
  if (decodersForMagic(bytes).length > 0 || mediaOf(bytes) !== null || readText(bytes, '', truncated) !== null) return false;
  return earns?.(bytes) !== true;
}

/** Bytes of the last token, one view for each length. */
const scratch = new Uint8Array(limits.opaqueBytes);
const views = Array.from({ length: limits.opaqueBytes }, (_, length) => scratch.subarray(0, length));
const FEWEST = 8;
const LETTER = 10;

const DIGITS = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 16; digit++) {
  DIGITS[digit.toString(16).charCodeAt(0)] = digit;
  DIGITS[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}

/** The same of a text in hex with a letter in it, for which no other decoder than hex is asked; false also where it is something else. */
export function isHexNoise(text: string, truncated: boolean, earns: Earns): boolean {
  const length = text.length >> 1;
  if (length < FEWEST || length >= limits.opaqueBytes || length * 2 !== text.length) return false;
  let hasLetter = false;
  for (let at = 0; at < length; at++) {
    const high = text.charCodeAt(2 * at);
    const low = text.charCodeAt(2 * at + 1);
    const one = high < 128 ? DIGITS[high]! : -1;
    const other = low < 128 ? DIGITS[low]! : -1;
    if (one < 0 || other < 0) return false;
    hasLetter ||= one >= LETTER || other >= LETTER;
    scratch[at] = (one << 4) | other;
  }
  return hasLetter && isNoise(views[length]!, truncated, earns);
}

/** Letters of both cases and digits, as base64 of a message has them, or the signs of base32; identifiers that were joined have one case, and others. */
const MIXED = /^(?:(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=\D*\d)|[A-Z2-7]+=*$)/s;

/** Whether a text that opened into noise is written as an encoder would write it. */
export function mayBeEncoded(text: string): boolean {
  return MIXED.test(text);
}

/** One word with bytes in it that are no text: an identifier of which a part happens to be readable, not a message that was cut or damaged. */
export function isBrokenWord(text: string | null): boolean {
  return text?.includes('\ufffd') === true && !/[\s"'<>{}[\]:;,&]/.test(text);
}
