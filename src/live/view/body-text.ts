import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { limits } from '../../limits.js';
import type { Body } from '../../model/exchange.js';

/** A body made readable for the page: decompressed, decoded to text where it is text. */
export interface BodyText {
  /** null: not text; `hex` then shows its beginning. */
  readonly text: string | null;
  readonly hex: string | null;
  /** Bytes after content-encoding. */
  readonly bytes: number;
  /** Why less than everything is shown: name of a limit, or `truncated`, or `encoding` (could not be undone); null: all is shown. */
  readonly cut: string | null;
}

/** Undoes Content-Encoding within bounds. @returns null where it cannot be undone here. */
function unpack(bytes: Uint8Array, encoding: string): Uint8Array | null {
  // Bodies are kept up to limits.bodyKept, so the end of a compressed one may be missing: Z_SYNC_FLUSH gives what there is.
  const options = { maxOutputLength: limits.decodeInflated, finishFlush: constants.Z_SYNC_FLUSH };
  let current: Uint8Array = bytes;
  for (const coding of encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .reverse()) {
    try {
      if (coding === 'gzip' || coding === 'x-gzip') current = gunzipSync(current, options);
      else if (coding === 'deflate') current = inflateEither(current, options);
      else if (coding === 'br')
        current = brotliDecompressSync(current, { maxOutputLength: limits.decodeInflated, finishFlush: constants.BROTLI_OPERATION_FLUSH });
      else if (coding !== '' && coding !== 'identity') return null;
    } catch {
      // Damaged or larger than limits.decodeInflated: the caller says `encoding` and shows the bytes as they came.
      return null;
    }
  }
  return current;
}

/** "deflate" on the wire is zlib or raw (RFC 9110 section 8.4.1.2 notes both). */
function inflateEither(bytes: Uint8Array, options: { maxOutputLength: number; finishFlush: number }): Uint8Array {
  return (bytes[0] ?? 0) % 16 === 8 ? inflateSync(bytes, options) : inflateRawSync(bytes, options);
}

/** `stream` leaves out a last character that was cut in half instead of refusing the whole body for it. */
function decodeAs(bytes: Uint8Array, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    // An unknown charset (RangeError) or bytes that are not in it (TypeError): the caller tries the next one.
    return null;
  }
}

function toText(bytes: Uint8Array, contentType: string): string | null {
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  const text = decodeAs(bytes, charset) ?? decodeAs(bytes, 'utf-8');
  // Text has no NUL and hardly any other control character; what has them is shown as bytes.
  return text === null || /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text.slice(0, 4_096)) ? null : text;
}

/** Classic dump: offset, sixteen bytes, printable ASCII. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < Math.min(bytes.length, limits.viewHex); at += 16) {
    const row = bytes.subarray(at, Math.min(at + 16, limits.viewHex));
    const hex = [...row].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const ascii = [...row].map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '·')).join('');
    lines.push(`${at.toString(16).padStart(6, '0')}  ${hex.padEnd(47)}  ${ascii}`);
  }
  return lines.join('\n');
}

/** Makes a body readable. Never throws: what cannot be read is shown as bytes, with the reason in `cut`. */
export function readBody(body: Body, contentType: string, contentEncoding: string): BodyText {
  if (body.bytes.length === 0)
    return { text: body.size === 0 ? '' : null, hex: null, bytes: body.size, cut: body.size === 0 ? null : 'bodyKept' };
  const unpacked = unpack(body.bytes, contentEncoding);
  const bytes = unpacked ?? body.bytes;
  const why = unpacked === null ? 'encoding' : body.truncated ? 'bodyKept' : null;
  const text = unpacked === null ? null : toText(bytes, contentType);
  if (text === null)
    return { text: null, hex: hexDump(bytes), bytes: bytes.length, cut: why ?? (bytes.length > limits.viewHex ? 'viewHex' : null) };
  if (text.length > limits.viewText) return { text: text.slice(0, limits.viewText), hex: null, bytes: bytes.length, cut: 'viewText' };
  return { text, hex: null, bytes: bytes.length, cut: why };
}
