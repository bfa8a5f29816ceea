/** base64, hex and quoted-printable, by tables of their own: `Buffer.from(text, 'base64')` accepts anything and skips what it does not know. */

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function tableOf(alphabet: string): Int8Array {
  const table = new Int8Array(128).fill(-1);
  for (let i = 0; i < 64; i++) table[alphabet.charCodeAt(i)] = i;
  return table;
}

const BOTH = tableOf(STANDARD);
BOTH['-'.charCodeAt(0)] = 62;
BOTH['_'.charCodeAt(0)] = 63;

/** Table for a shuffled alphabet of 64 ASCII characters, as some SDKs use; null where it is none. */
export function base64Alphabet(alphabet: string): Int8Array | null {
  const chars = alphabet.slice(0, 64);
  if (chars.length < 64 || new Set(chars).size !== 64 || !/^[\u0021-\u007e]+$/.test(chars)) return null;
  return tableOf(chars);
}

/**
 * Strict but for white space (RFC 2045 breaks lines) and spaces that were `+` before someone form-decoded them.
 * @returns null where a character is foreign, the padding wrong, or the length impossible.
 */
export function fromBase64(text: string, table: Int8Array = BOTH): Uint8Array | null {
  const out = Buffer.allocUnsafe(Math.ceil((text.length * 3) / 4));
  let length = 0;
  let bits = 0;
  let held = 0;
  let count = 0;
  let padding = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x0a || code === 0x0d || code === 0x09) continue;
    if (code === 0x3d && table[0x3d] === -1) {
      padding++;
      continue;
    }
    const value = code === 0x20 ? 62 : code < 128 ? table[code]! : -1;
    if (value < 0 || padding > 0) return null;
    count++;
    held = ((held << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[length++] = (held >> bits) & 0xff;
    }
  }
  if (count % 4 === 1 || padding > 2 || (padding > 0 && (count + padding) % 4 !== 0)) return null;
  return out.subarray(0, length);
}

/** @returns null where a character is foreign or the length odd. */
export function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0) return null;
  const bytes = Buffer.from(text, 'hex');
  return bytes.length === text.length / 2 ? bytes : null;
}

/** Digits of eight bytes: what is shorter is an address of the hardware. */
const FEWEST_DIGITS = 16;
/** Blanks and line feeds between two groups of a dump. */
const LONGEST_GAP = 3;

function isHexDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66);
}

/** Where the sign between two groups ends: one and the same throughout, with a blank behind a comma, or white space. -1: it is another one. */
function gapEnd(text: string, at: number, sign: number): number {
  const code = text.charCodeAt(at);
  if (code > 0x20) {
    const isSign = code === 0x3a || code === 0x2d || code === 0x5f || code === 0x2c;
    if (!isSign || (sign >= 0 && code !== sign)) return -1;
    return code === 0x2c && text.charCodeAt(at + 1) === 0x20 ? at + 2 : at + 1;
  }
  if (sign > 0x20) return -1;
  let end = at;
  while (end - at < LONGEST_GAP && text.charCodeAt(end) <= 0x20) end++;
  return end;
}

/**
 * Whether a text is bytes in hex as people print them: `0x7b22`, `7b:22`, `7B-22`, `7b22 7068`, `0x7b, 0x22`; at least eight of them. Groups have two,
 * four or eight digits, and the last may have fewer. Linear, and most texts are turned away by their first group.
 */
export function isOctets(text: string): boolean {
  let size = 0;
  let sign = -1;
  let digits = 0;
  for (let at = 0; ; ) {
    const isPrefixed = text.charCodeAt(at) === 0x30 && (text.charCodeAt(at + 1) | 0x20) === 0x78;
    const from = isPrefixed ? at + 2 : at;
    let end = from;
    while (end < text.length && isHexDigit(text.charCodeAt(end))) end++;
    const count = end - from;
    digits += count;
    if (count === 0 || count % 2 !== 0) return false;
    if (end === text.length) return digits >= FEWEST_DIGITS && (size === 0 ? isPrefixed : count <= size);
    if (size === 0 && count !== 2 && count !== 4 && count !== 8) return false;
    if (size !== 0 && count !== size) return false;
    size = count;
    at = gapEnd(text, end, sign);
    if (at < 0) return false;
    sign = text.charCodeAt(end);
  }
}

/** The bytes of such a text. @returns null where it is none. */
export function fromOctets(text: string): Uint8Array | null {
  return isOctets(text) ? fromHex(text.replace(/0x|[^0-9a-f]/gi, '')) : null;
}

/** The bytes of a text of one character a byte, in which `=E5` stands for one of them and `=` at the end of a line for nothing (RFC 2045 section 6.7). */
export function fromQuotedPrintable(text: string): Buffer {
  return Buffer.from(
    text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}
