import { isAscii, isUtf8 } from 'node:buffer';
import { hasControl } from './control.js';

/** Text read from bytes, and the charset step it took; `step` is null for UTF-8, which needs no mention. */
export interface ReadText {
  readonly text: string;
  readonly step: string | null;
  /** UTF-8 with bytes in it that are none: a text that was damaged, or something else that holds much text. */
  readonly damaged?: boolean;
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** UTF-8 without its byte order mark. Decoding latin1 is four times as fast and the same where every byte is ASCII. */
export function utf8Text(bytes: Uint8Array): string {
  const buffer = view(bytes);
  if (isAscii(buffer)) return buffer.toString('latin1');
  return buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf ? buffer.toString('utf8', 3) : buffer.toString('utf8');
}

/**
 * Share of control characters at which bytes are no longer text. Log lines carry ANSI colours and separators (0x01 in Hive
 * exports), so a few are allowed; NUL is not.
 */
const CONTROL_SHARE = 0.05;

/** Separators of fields and records (0x01 to 0x03 in Hive and in the logs of Alibaba, 0x1c to 0x1f by ASCII) may be as many as one in four, where there is enough of them. */
const SEPARATOR_SHARE = 0.25;
const SHORTEST_RECORD = 32;

/** True when the bytes hold more controls than text does. Reads at most the first 4 KiB and the last 4 KiB. */
function looksBinary(bytes: Uint8Array): boolean {
  let controls = 0;
  let separators = 0;
  let seen = 0;
  const half = 4096;
  for (let i = 0; i < bytes.length; i++) {
    if (i === half && bytes.length > 2 * half) i = bytes.length - half;
    const byte = bytes[i]!;
    seen++;
    if (byte === 0) return true;
    if (byte < 32 ? byte !== 9 && byte !== 10 && byte !== 13 : byte === 127) {
      controls++;
      if (byte <= 3 || byte >= 28) separators++;
    }
  }
  if (controls <= seen * CONTROL_SHARE) return false;
  return seen < SHORTEST_RECORD || controls - separators > seen * CONTROL_SHARE || separators > seen * SEPARATOR_SHARE;
}

/** @param truncated the last character may be half there, and is left out. */
function decodeFatal(bytes: Uint8Array, charset: string, truncated = false): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: truncated });
  } catch {
    // Two causes, one meaning: a label that the Encoding Standard does not know, or bytes that are not in it. Both say "not this charset".
    return null;
  }
}

/** UTF-32 in one order of its bytes; null where a unit is no character. The Encoding Standard, and so `TextDecoder`, has none of it. */
function utf32(bytes: Uint8Array, littleEndian: boolean): string | null {
  if (bytes.length % 4 !== 0) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const units = new Uint16Array(bytes.length / 2);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    const code = view.getUint32(at, littleEndian);
    if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return null;
    if (code === 0xfeff && at === 0) continue;
    if (code > 0xffff) {
      units[length++] = 0xd7c0 + (code >> 10);
      units[length++] = 0xdc00 + (code & 0x3ff);
    } else units[length++] = code;
  }
  return Buffer.from(units.buffer, 0, length * 2).toString('utf16le');
}

/** UTF-32 by its mark or by declaration; a declaration without an order means that of the network, and often the other one. */
function readUtf32(bytes: Uint8Array, declared: string, truncated: boolean): ReadText | null {
  const first = bytes[0];
  const isLittle = first === 0xff && bytes[1] === 0xfe && bytes[2] === 0 && bytes[3] === 0;
  const isBig = first === 0 && bytes[1] === 0 && bytes[2] === 0xfe && bytes[3] === 0xff;
  const label = declared.includes('32') ? /^utf-?32(le|be)?$/i.exec(declared) : null;
  if (!isLittle && !isBig && label === null) return null;
  const whole = truncated ? bytes.subarray(0, bytes.length & ~3) : bytes;
  const orders = isLittle || label?.[1]?.toLowerCase() === 'le' ? [true, false] : [false, true];
  for (const order of whole.length === 0 ? [] : orders) {
    const text = utf32(whole, order);
    if (text !== null) return { text, step: order ? 'utf-32le' : 'utf-32be' };
  }
  return null;
}

/** Bytes of the shortest text that is taken for UTF-32 unsaid: six characters, of which chance leaves all zeros in place once in 10^28 times. */
const SHORTEST_UTF32 = 24;

/** Characters that people and programs write in: ASCII, Chinese, and the punctuation of both. */
function isUsual(code: number): boolean {
  if (code < 0x80) return (code >= 0x20 && code < 0x7f) || code === 9 || code === 10 || code === 13;
  // The dot in foreign names and on number plates.
  if (code === 0xb7) return true;
  return (
    (code >= 0x4e00 && code <= 0x9fff) ||
    (code >= 0x3000 && code <= 0x303f) ||
    (code >= 0xff00 && code <= 0xff65) ||
    (code >= 0x2010 && code <= 0x2027)
  );
}

/** UTF-32 without a mark: nothing but usual characters, so that each four bytes hold two or three zeros in their places. Lists of numbers have others. */
function utf32Guess(bytes: Uint8Array): 'utf-32le' | 'utf-32be' | null {
  if (bytes.length < SHORTEST_UTF32 || bytes.length % 4 !== 0) return null;
  const little = bytes[2] === 0 && bytes[3] === 0;
  if (!little && (bytes[0] !== 0 || bytes[1] !== 0)) return null;
  const high = little ? 2 : 0;
  const low = little ? 0 : 2;
  for (let i = 0; i < bytes.length; i += 4) {
    if (bytes[i + high] !== 0 || bytes[i + high + 1] !== 0) return null;
    if (!isUsual(little ? bytes[i + low]! | (bytes[i + low + 1]! << 8) : (bytes[i + low]! << 8) | bytes[i + low + 1]!)) return null;
  }
  return little ? 'utf-32le' : 'utf-32be';
}

/** Characters of the shortest text that is taken for UTF-16 without its zeros: random bytes are as many usual ones once in 10^11 times. */
const SHORTEST_UTF16 = 24;

/**
 * UTF-16 without a mark in which there is more Chinese than Latin: nothing but usual characters, and not only ideographs, which Shift JIS would
 * be as well.
 */
function chineseUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes.length < 2 * SHORTEST_UTF16 || bytes.length % 2 !== 0) return null;
  for (const little of [true, false]) {
    let others = 0;
    let i = 0;
    for (; i < bytes.length; i += 2) {
      const code = little ? bytes[i]! | (bytes[i + 1]! << 8) : (bytes[i]! << 8) | bytes[i + 1]!;
      if (!isUsual(code)) break;
      if (code < 0x4e00 || code > 0x9fff) others++;
    }
    if (i >= bytes.length && others > 0) return little ? 'utf-16le' : 'utf-16be';
  }
  return null;
}

/** UTF-16 without a mark: Latin text has a zero in every other byte, and hardly any in the rest. */
function utf16Guess(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes.length < 8 || bytes.length % 2 !== 0) return null;
  let even = 0;
  let odd = 0;
  const end = Math.min(bytes.length, 2048);
  for (let i = 0; i < end; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  const pairs = end / 2;
  if (odd > pairs * 0.4 && even < pairs * 0.02) return 'utf-16le';
  if (even > pairs * 0.4 && odd < pairs * 0.02) return 'utf-16be';
  return null;
}

/** Least bytes of a text with one Chinese character: a number plate. */
const SHORTEST_WITH_ONE = 8;
const PERCENT = 0x25;

/**
 * GB18030 that nobody declared. The two-byte space accepts nearly everything, so the characters must be the common ones: lead
 * bytes A1-A3 (punctuation, full-width) or B0-D7 (level 1 of GB/T 2312, 99.7 % of running text). One alone must stand among ASCII, and not
 * beside escapes, whose encoder would have escaped it too.
 */
function commonGb(bytes: Uint8Array): boolean {
  let common = 0;
  let other = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!;
    if (lead < 0x80) continue;
    const trail = bytes[++i];
    // Cut there; decoding says whether it may be.
    if (trail === undefined) break;
    if (trail >= 0xa1 && ((lead >= 0xa1 && lead <= 0xa3) || (lead >= 0xb0 && lead <= 0xd7))) common++;
    else other++;
  }
  if (common >= 2) return other * 10 <= common;
  return common === 1 && other === 0 && bytes.length >= SHORTEST_WITH_ONE && !bytes.includes(PERCENT);
}

/** Bytes of text for each broken character in it; random bytes hold one in every two or three. More of them where there are controls: frames hold texts, too. */
const SOUND_STRETCH = 32;
const SOUND_AMONG_CONTROLS = 50;

/**
 * A text with a broken character is still a text: captures hold XML with a flipped byte, and nicknames that were cut by the byte to fit a
 * column. It must not count as an encrypted payload.
 */
function damagedUtf8(bytes: Uint8Array): string | null {
  if (bytes.length < SOUND_STRETCH) return null;
  const text = utf8Text(bytes);
  const stretch = hasControl(text) ? SOUND_AMONG_CONTROLS : SOUND_STRETCH;
  let broken = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
    // Two bytes side by side are one character of some other charset.
    if (text[at + 1] === '\ufffd') at++;
    if (++broken * stretch > bytes.length) return null;
  }
  return text;
}

/** Shortest text that is taken for one with the NUL behind it, or with the rest of its buffer: two small integers are as long. */
const SHORTEST_TERMINATED = 8;

/** Text as C holds it, sent with its end; null where there is none, or more than the end is no text. Protocol Buffers begin with a control character. */
function beforeNul(bytes: Uint8Array): Uint8Array | null {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  if (end === bytes.length || end < SHORTEST_TERMINATED || bytes[0]! <= 0x20) return null;
  for (let i = 0; i < end; i++) if (bytes[i]! < 0x20 && bytes[i] !== 9 && bytes[i] !== 10 && bytes[i] !== 13) return null;
  return bytes.subarray(0, end);
}

/** Cuts an incomplete UTF-8 character off the end; a truncated body ends anywhere. */
function wholeUtf8(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - back);
  }
  return bytes;
}

function evenOf(bytes: Uint8Array): Uint8Array {
  return bytes.length % 2 === 0 ? bytes : bytes.subarray(0, bytes.length - 1);
}

/**
 * Bytes to text: mark (or UTF-32 as declared), UTF-8 (fatal), UTF-32 and UTF-16 by their zeros, the declared charset, GB18030. UTF-8 comes before the declaration because a
 * GBK decoder does not reject UTF-8 ("张三" becomes "寮犱笁"), and wrong declarations are common.
 * @param declared charset label of the content type, or ''.
 * @param truncated the bytes are the beginning of something longer.
 * @returns null where the bytes are not text.
 */
export function readText(bytes: Uint8Array, declared: string, truncated: boolean): ReadText | null {
  const widest = readUtf32(bytes, declared, truncated);
  if (widest !== null) return widest;
  const [a, b] = bytes;
  const mark = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : null;
  if (mark !== null) {
    const text = decodeFatal(evenOf(bytes), mark);
    if (text !== null) return { text, step: mark };
  }
  const whole = truncated ? wholeUtf8(bytes) : bytes;
  if (isUtf8(whole) && !looksBinary(whole)) return { text: utf8Text(whole), step: null };
  const fours = utf32Guess(bytes);
  const four = fours === null ? null : utf32(bytes, fours === 'utf-32le');
  if (four !== null) return { text: four, step: fours };
  const units = truncated ? evenOf(bytes) : bytes;
  const wide = utf16Guess(units) ?? (declared === '' ? chineseUtf16(units) : null);
  if (wide !== null) {
    const text = decodeFatal(units, wide, truncated);
    if (text !== null && !/[\u0000-\u0008\ufffe\uffff]/.test(text)) return { text, step: wide };
  }
  if (looksBinary(bytes)) {
    const text = /^utf-?(?:16|32)/i.test(declared) ? null : beforeNul(bytes);
    return text === null ? null : readText(text, declared, false);
  }
  const label = declared.toLowerCase();
  if (label !== '' && label !== 'utf-8' && label !== 'utf8' && label !== 'us-ascii' && label !== 'ascii') {
    const name = /^(gb2312|gbk|gb18030|x-gbk|gb_2312-80)$/.test(label) ? 'gb18030' : label;
    const text = decodeFatal(bytes, name, truncated);
    if (text !== null) return { text, step: name };
  }
  if (commonGb(bytes)) {
    const text = decodeFatal(bytes, 'gb18030', truncated);
    if (text !== null) return { text, step: 'gb18030' };
  }
  const damaged = damagedUtf8(bytes);
  return damaged === null ? null : { text: damaged, step: null, damaged: true };
}

/** A header value (latin1 text, RFC 9110 section 5.5) as its sender meant it: apps write UTF-8 there. */
export function headerText(latin1: string): ReadText {
  let ascii = true;
  for (let i = 0; i < latin1.length && ascii; i++) ascii = latin1.charCodeAt(i) < 128;
  if (ascii) return { text: latin1, step: null };
  return readText(Buffer.from(latin1, 'latin1'), '', false) ?? { text: latin1, step: null };
}
