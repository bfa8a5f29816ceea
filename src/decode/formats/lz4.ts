import type { Decoder } from '../decoder.js';
import { inflatedChild } from '../inflate.js';
import { type Lookback, lookBack } from '../lookback.js';

/** LZ4 frame format 1.6: its magic number, little-endian. */
const MAGIC = 0x184d2204;
const END_MARK = 4;
/** A block shorter than this is no message. */
const SHORTEST = 24;
/** Block format: the last sequence is literals only, five of them or more. */
const LAST_LITERALS = 5;
const LEAST_MATCH = 4;

/** Walks the sequences of one block. @param end behind its last byte. @param output takes them; null: they are only counted. @returns the size of the output, or -1. */
function readBlock(bytes: Uint8Array, from: number, end: number, output: Lookback | null, before = 0): number {
  let at = from;
  let size = before;
  const extended = (nibble: number): number => {
    let length = nibble;
    if (nibble !== 15) return length;
    for (let byte = 255; byte === 255; ) {
      if (at >= end) return -1;
      byte = bytes[at++]!;
      length += byte;
    }
    return length;
  };
  while (at < end) {
    const token = bytes[at++]!;
    const literals = extended(token >> 4);
    if (literals < 0 || at + literals > end) return -1;
    output?.literals(bytes.subarray(at, at + literals));
    at += literals;
    size += literals;
    if (at === end) return (token & 15) === 0 && (literals >= LAST_LITERALS || size === before + literals) ? size : -1;
    if (at + 2 > end) return -1;
    const offset = bytes[at]! | (bytes[at + 1]! << 8);
    at += 2;
    const length = extended(token & 15);
    if (length < 0 || offset === 0 || offset > size) return -1;
    output?.copy(offset, length + LEAST_MATCH);
    size += length + LEAST_MATCH;
  }
  return -1;
}

function u32(bytes: Uint8Array, at: number): number {
  return at + 4 > bytes.length ? 0 : (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

function u32BigEndian(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

/** All blocks of a frame. @returns false where it is damaged. */
function readFrame(bytes: Uint8Array, output: Lookback): boolean {
  const flags = bytes[4]!;
  if (flags >> 6 !== 1) return false;
  const blockChecksum = (flags & 16) === 0 ? 0 : 4;
  let at = 7 + ((flags & 8) === 0 ? 0 : 8) + ((flags & 1) === 0 ? 0 : 4);
  while (at + END_MARK <= bytes.length) {
    const header = u32(bytes, at);
    at += 4;
    if (header === 0) return true;
    const end = at + (header & 0x7fffffff);
    if (end > bytes.length) return false;
    if (header >>> 31 === 1) output.literals(bytes.subarray(at, end));
    else if (readBlock(bytes, at, end, output, output.size) < 0) return false;
    at = end + blockChecksum;
  }
  return true;
}

/** Size of the output of a bare block from here to the end; -1: it is none, or compresses nothing. */
function blockSize(bytes: Uint8Array, from: number): number {
  const size = bytes.length - from < SHORTEST ? -1 : readBlock(bytes, from, bytes.length, null);
  return size > bytes.length - from ? size : -1;
}

/** Sizes that writers put before a block, in either order of bytes; they tell the format surer than the block does. */
function isSized(bytes: Uint8Array): boolean {
  if (bytes.length < SHORTEST) return false;
  const size = blockSize(bytes, 4);
  return size > 0 && (u32(bytes, 0) === size || u32BigEndian(bytes, 0) === size);
}

/**
 * LZ4: frames by their magic number, and bare blocks with or without their size in four bytes before them (`skip-4`). A bare block announces nothing: every
 * sequence must fit to the last byte, and what comes out must be a document or hold a known value.
 */
export const decoder: Decoder = {
  id: 'lz4',
  says: { zh: 'LZ4 解压（lz4 -dc；无帧头者为裸块）', en: 'LZ4, inflated (lz4 -dc; without a frame it is a bare block)' },
  order: 80,
  magic: (bytes) => u32(bytes, 0) === MAGIC && bytes.length > 11,
  guess: (bytes, { truncated }) => u32(bytes, 0) === MAGIC || (!truncated && (blockSize(bytes, 0) > 0 || isSized(bytes))),
  open(source) {
    const { bytes, work } = source;
    const most = work.inflatable(bytes.length);
    if (u32(bytes, 0) === MAGIC) {
      return inflatedChild(
        source,
        lookBack(most, (output) => readFrame(bytes, output) || output.size > 0),
        true,
      );
    }
    if (source.truncated) return null;
    if (isSized(bytes)) return { child: { bytes: bytes.subarray(4), step: 'skip-4', sure: false, structured: true } };
    if (blockSize(bytes, 0) < 0) return null;
    const opened = inflatedChild(
      source,
      lookBack(most, (output) => readBlock(bytes, 0, bytes.length, output) > 0),
      false,
    );
    return opened?.child === undefined ? opened : { child: { ...opened.child, structured: true } };
  },
};
