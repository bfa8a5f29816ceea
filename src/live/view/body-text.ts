import { limits } from '../../limits.js';
import type { Uncoded, UndoCoding } from '../../model/coding.js';
import type { Body } from '../../model/exchange.js';

/** A body made readable for the page: decompressed, decoded to text where it is text. */
export interface BodyText {
  /** null: not text; `hex` then shows its beginning. */
  readonly text: string | null;
  readonly hex: string | null;
  /** Bytes after content-encoding, as many as are kept. */
  readonly content: Uint8Array;
  /** How many there are. */
  readonly bytes: number;
  /** Why less than everything is shown: name of a limit; null: all is shown. */
  readonly cut: string | null;
  /** The content-encoding that could not be taken off as its name says; null: none is left. */
  readonly coding: Uncoded['trouble'];
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

/** Makes a body readable. Never throws: what cannot be read is shown as bytes, and why is said in `cut` and `coding`. */
export function readBody(body: Body, contentType: string, contentEncoding: string, undo: UndoCoding): BodyText {
  if (body.bytes.length === 0) {
    const { bytes: content, size } = body;
    return { text: size === 0 ? '' : null, hex: null, content, bytes: size, cut: size === 0 ? null : 'bodyKept', coding: null };
  }
  const { bytes, trouble, cut } = undo(body.bytes, contentEncoding, body.truncated);
  const view = { content: bytes, bytes: bytes.length, coding: trouble };
  const why = cut ?? (body.truncated ? 'bodyKept' : null);
  const text = toText(bytes, contentType);
  if (text === null) return { ...view, text: null, hex: hexDump(bytes), cut: why ?? (bytes.length > limits.viewHex ? 'viewHex' : null) };
  if (text.length > limits.viewText) return { ...view, text: text.slice(0, limits.viewText), hex: null, cut: why ?? 'viewText' };
  return { ...view, text, hex: null, cut: why };
}
