/** base64 and hex by tables of their own: `Buffer.from(text, 'base64')` accepts anything and skips what it does not know. */

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
