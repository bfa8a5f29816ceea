import type { Decoder } from '../decoder.js';
import { inflatedChild } from '../inflate.js';
import { type Lookback, lookBack } from '../lookback.js';

/** Framing format: the stream identifier, a chunk of type 0xff and six bytes. */
const IDENTIFIER = [0xff, 0x06, 0x00, 0x00, 0x73, 0x4e, 0x61, 0x50, 0x70, 0x59];
const CHUNK_COMPRESSED = 0;
const CHUNK_PLAIN = 1;
/** Types from here on may be skipped; those below it may not. */
const CHUNK_SKIPPABLE = 0x80;
const CHECKSUM = 4;
/** A block shorter than this is no message. */
const SHORTEST = 24;

function isFramed(bytes: Uint8Array): boolean {
  return IDENTIFIER.every((byte, index) => bytes[index] === byte);
}

/** The declared size of the output and where the elements begin; null: no varint of 32 bits. */
function preamble(bytes: Uint8Array): { readonly size: number; readonly at: number } | null {
  let size = 0;
  for (let at = 0; at < 5 && at < bytes.length; at++) {
    const byte = bytes[at]!;
    size += (byte & 127) * 2 ** (7 * at);
    if (byte < 128) return { size, at: at + 1 };
  }
  return null;
}

/**
 * Walks the elements of one block to its last byte. @param output takes them; null: they are only counted.
 * @returns false where they do not fit, or do not make what was declared.
 */
function readBlock(bytes: Uint8Array, output: Lookback | null): boolean {
  const head = preamble(bytes);
  if (head === null) return false;
  let { at } = head;
  let size = 0;
  while (at < bytes.length) {
    const tag = bytes[at++]!;
    const kind = tag & 3;
    // Literals of more than 60 bytes have one to four bytes of length behind the tag; copies have one, two or four of offset.
    const width = kind === 0 ? Math.max(0, (tag >> 2) - 59) : kind === 3 ? 4 : kind;
    if (at + width > bytes.length) return false;
    let number = 0;
    for (let i = width - 1; i >= 0; i--) number = number * 256 + bytes[at + i]!;
    at += width;
    if (kind === 0) {
      const length = (width === 0 ? tag >> 2 : number) + 1;
      if (at + length > bytes.length) return false;
      output?.literals(bytes.subarray(at, at + length));
      at += length;
      size += length;
    } else {
      const length = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
      const offset = kind === 1 ? ((tag >> 5) << 8) | number : number;
      if (offset === 0 || offset > size) return false;
      output?.copy(offset, length);
      size += length;
    }
    if (size > head.size) return false;
  }
  return size === head.size;
}

function readFrames(bytes: Uint8Array, most: number, output: Lookback): boolean {
  let at = 0;
  while (at + 4 <= bytes.length) {
    const type = bytes[at]!;
    const start = at + 4;
    const end = start + (bytes[at + 1]! | (bytes[at + 2]! << 8) | (bytes[at + 3]! << 16));
    if (end > bytes.length || (type > CHUNK_PLAIN && type < CHUNK_SKIPPABLE)) return false;
    if (type === CHUNK_PLAIN) output.literals(bytes.subarray(start + CHECKSUM, end));
    if (type === CHUNK_COMPRESSED) {
      const block = bytes.subarray(start + CHECKSUM, end);
      const inner = lookBack(most, (target) => readBlock(block, target));
      if (inner === null) return false;
      output.literals(inner.bytes);
    }
    at = end;
  }
  return at === bytes.length;
}

function isBlock(bytes: Uint8Array): boolean {
  return bytes.length >= SHORTEST && (preamble(bytes)?.size ?? 0) > bytes.length && readBlock(bytes, null);
}

/**
 * Snappy: framed, known by its identifier, and bare blocks as of LevelDB and of Prometheus, which announce nothing: they must make just what their first
 * bytes declare, and what comes out must be a document or hold a known value.
 */
export const decoder: Decoder = {
  id: 'snappy',
  says: { zh: 'Snappy 解压', en: 'Snappy, inflated' },
  order: 79,
  magic: isFramed,
  guess: (bytes, { truncated }) => isFramed(bytes) || (!truncated && isBlock(bytes)),
  open(source) {
    const { bytes, work } = source;
    const most = work.inflatable(bytes.length);
    if (isFramed(bytes)) {
      return inflatedChild(
        source,
        lookBack(most, (output) => readFrames(bytes, most, output) || output.size > 0),
        true,
      );
    }
    if (source.truncated || !isBlock(bytes)) return null;
    const opened = inflatedChild(
      source,
      lookBack(most, (output) => readBlock(bytes, output)),
      false,
    );
    return opened?.child === undefined ? opened : { child: { ...opened.child, structured: true } };
  },
};
