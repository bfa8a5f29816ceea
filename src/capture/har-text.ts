import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { InputError } from '../errors.js';

/**
 * The file's bytes as UTF-8 without a byte order mark (UTF-16 with one is converted: Windows PowerShell's `>` writes it), refused with
 * the reason where they cannot be a HAR.
 * @param pieces of the file, in order; @param file its name, for messages.
 * @throws InputError `OVR_HAR_COMPRESSED`, `OVR_HAR_ENCODING`.
 */
export function* utf8Pieces(pieces: Iterable<Uint8Array>, file: string): Generator<Uint8Array> {
  let wide: TextDecoder | null = null;
  let first = true;
  for (const piece of pieces) {
    let rest = piece;
    if (first && piece.length > 0) {
      first = false;
      refuse(piece, file);
      wide = wideDecoder(piece);
      if (piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf) rest = piece.subarray(3);
    }
    yield wide === null ? rest : Buffer.from(wide.decode(rest, { stream: true }), 'utf8');
  }
  if (wide !== null) yield Buffer.from(wide.decode(), 'utf8');
}

function wideDecoder([first, second]: Uint8Array): TextDecoder | null {
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le');
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be');
  return null;
}

function refuse(piece: Uint8Array, file: string): void {
  const head = Buffer.from(piece.subarray(0, 8)).toString('latin1');
  // mitmproxy writes `.zhar`: zlib at its highest level.
  if (/^(?:\x1f\x8b|PK\x03\x04|\x28\xb5\x2f\xfd|\x78[\x01\x5e\x9c\xda])/.test(head))
    throw new InputError('OVR_HAR_COMPRESSED', `${file} is compressed`, {
      next: 'Unpack it first (gzip -d, unzip; zlib-flate -uncompress for .zhar), then give the .har inside.',
    });
  if (/^\0?[{[]\0/.test(head) || head.startsWith('\0{')) throw wrongEncoding(file, 'UTF-16', 'UTF-16');
}

/** @param encoding what it seems to be; @param from the name that iconv has for it. */
export function wrongEncoding(file: string, encoding: string, from: string): InputError {
  return new InputError('OVR_HAR_ENCODING', `${file} is ${encoding}, not UTF-8`, {
    next: `Convert it: iconv -f ${from} -t UTF-8 "${file}" > utf8.har`,
  });
}

/** A header value as a HAR holds it. */
export interface HarHeaderValue {
  readonly value: string;
  /** Each character is a byte of the wire: the sender's bytes were no UTF-8 (GBK in a header is nothing rare). */
  readonly _latin1?: true;
}

/**
 * Header text of a HAR (Unicode) as the model keeps it: the bytes of the wire as latin1. UTF-8 is what apps put into headers.
 * @param latin1 whether the file says of it that each character is a byte.
 */
export function headerFromHar(text: string, latin1 = false): string {
  return /^[\x00-\x7f]*$/.test(text) || (latin1 && /^[\x00-\xff]*$/.test(text)) ? text : Buffer.from(text, 'utf8').toString('latin1');
}

/** The reverse: UTF-8 where the bytes are UTF-8, latin1 otherwise. The bytes are asked: a sender may have written U+FFFD itself. */
export function headerToHar(value: string): HarHeaderValue {
  if (/^[\x00-\x7f]*$/.test(value)) return { value };
  const bytes = Buffer.from(value, 'latin1');
  return isUtf8(bytes) ? { value: bytes.toString('utf8') } : { value, _latin1: true };
}
