/**
 * Danger: a few bytes of compressed input may stand for gigabytes. Fences: every inflater is given the most it may put out
 * (`Work.inflatable`: absolute, by ratio, and what is left of the message's total); what lies behind that is reported, and the
 * beginning is still looked at.
 */

import zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import { limits } from '../limits.js';
import type { Child, Opened, Source } from './decoder.js';

export interface Inflated {
  readonly bytes: Uint8Array;
  /** Only the beginning: the bound was reached. */
  readonly cut: boolean;
  /** Bytes of the input that the stream took, where that is known: what stands behind them is something else. */
  readonly consumed?: number;
}

type Algorithm = 'gzip' | 'deflate' | 'rawdeflate' | 'br';

/** Output, and how much of the input zlib took for it. */
interface Run {
  readonly bytes: Buffer;
  readonly consumed: number;
}

/** What `info: true` makes of an answer of zlib, which its types do not say. */
function informed(answer: unknown): Run {
  const { buffer, engine } = answer as { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
  return { bytes: buffer, consumed: engine.bytesWritten };
}

/** Asks for it; the types of brotli's options do not have it either. */
const INFORMED: object = { info: true };

function run(algorithm: Algorithm, bytes: Uint8Array, most: number, partial: boolean): Run {
  if (algorithm === 'br') {
    const { BROTLI_OPERATION_FLUSH, BROTLI_OPERATION_PROCESS } = zlib.constants;
    const flush = partial ? { flush: BROTLI_OPERATION_FLUSH, finishFlush: BROTLI_OPERATION_FLUSH } : { flush: BROTLI_OPERATION_PROCESS };
    return informed(zlib.brotliDecompressSync(bytes, { ...INFORMED, maxOutputLength: most, ...flush }));
  }
  const options = { ...INFORMED, maxOutputLength: most, ...(partial ? { finishFlush: zlib.constants.Z_SYNC_FLUSH } : {}) };
  if (algorithm === 'gzip') return informed(zlib.gunzipSync(bytes, options));
  return informed(algorithm === 'deflate' ? zlib.inflateSync(bytes, options) : zlib.inflateRawSync(bytes, options));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/**
 * zlib's synchronous calls throw everything away when the bound is reached, so the longest beginning of the input whose output
 * fits is looked for: from one that must fit (deflate cannot exceed 1032:1) by doubling. Total output stays below twice the bound.
 */
function beginning(algorithm: Algorithm, bytes: Uint8Array, most: number): Uint8Array {
  let best: Uint8Array = new Uint8Array(0);
  for (let length = Math.max(64, Math.floor(most / 1032)); length < bytes.length; length *= 2) {
    try {
      best = run(algorithm, bytes.subarray(0, length), most, true).bytes;
    } catch {
      // Too much output at this length (or a broken block in it): the last beginning that worked is the answer.
      break;
    }
  }
  return best;
}

/** @returns null where the bytes are not of this kind. A stream that was cut short gives what it holds if `truncated` says it may. */
export function inflate(algorithm: Algorithm, bytes: Uint8Array, most: number, truncated: boolean): Inflated | null {
  if (most <= 0) return { bytes: new Uint8Array(0), cut: true };
  try {
    return { ...run(algorithm, bytes, most, truncated), cut: false };
  } catch (error) {
    if (codeOf(error) !== 'ERR_BUFFER_TOO_LARGE') return null;
    return { bytes: beginning(algorithm, bytes, most), cut: true };
  }
}

/**
 * Walks the frames of a zstd stream by their headers (RFC 8878 section 3.1.1), because a decoder allocates the window that a
 * header asks for, up to 2 GiB, before it reads a single block.
 * @returns the largest window and how many frames there are, or null where the bytes are no zstd stream.
 */
export function zstdFrames(bytes: Uint8Array): { readonly window: number; readonly count: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let largest = -1;
  let count = 0;
  while (at + 5 <= bytes.length) {
    const magic = view.getUint32(at, true);
    if ((magic & 0xfffffff0) >>> 0 === 0x184d2a50) {
      if (at + 8 > bytes.length) break;
      at += 8 + view.getUint32(at + 4, true);
      continue;
    }
    if (magic !== 0xfd2fb528) break;
    const descriptor = bytes[at + 4]!;
    const single = (descriptor & 0x20) !== 0;
    const sizeFlag = descriptor >> 6;
    const sizeBytes = sizeFlag === 0 ? (single ? 1 : 0) : 1 << sizeFlag;
    const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
    let p = at + 5;
    let window = 0;
    if (!single) {
      const byte = bytes[p++] ?? 0;
      const base = 2 ** (10 + (byte >> 3));
      window = base + (base / 8) * (byte & 7);
    }
    p += dictionaryBytes;
    if (single) {
      let size = 0;
      for (let i = sizeBytes - 1; i >= 0; i--) size = size * 256 + (bytes[p + i] ?? 0);
      window = sizeFlag === 1 ? size + 256 : size;
    }
    p += sizeBytes;
    largest = Math.max(largest, window);
    count++;
    for (let last = false; !last && p + 3 <= bytes.length; ) {
      const header = bytes[p]! | (bytes[p + 1]! << 8) | (bytes[p + 2]! << 16);
      last = (header & 1) === 1;
      p += 3 + (((header >> 1) & 3) === 1 ? 1 : header >> 3);
    }
    at = p + ((descriptor & 4) !== 0 ? 4 : 0);
  }
  return count === 0 ? null : { window: largest, count };
}

class Enough extends Error {}

/** zstd through fzstd, in chunks, so that the bound holds while it runs. */
export function inflateZstd(bytes: Uint8Array, most: number, truncated: boolean): Inflated | null {
  const frames = zstdFrames(bytes);
  if (frames === null) return null;
  if (frames.window > limits.decodeInflated || most <= 0) return { bytes: new Uint8Array(0), cut: true };
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stream = new Decompress((chunk) => {
    const room = most - size;
    if (chunk.length > room) {
      chunks.push(chunk.slice(0, room));
      throw new Enough();
    }
    size += chunk.length;
    chunks.push(chunk.slice());
  });
  try {
    stream.push(bytes, true);
  } catch (error) {
    if (error instanceof Enough) return { bytes: Buffer.concat(chunks), cut: true };
    if (!truncated || size === 0) return null;
  }
  return { bytes: Buffer.concat(chunks), cut: false };
}

/** What setting up an inflater costs, in bytes read: about twenty microseconds. */
const START = 4_096;

/** What an inflating decoder answers, with the bound reported where it was reached. @param unended the stream broke off, and this is its beginning. */
export function inflatedChild(source: Source, inflated: Inflated | null, sure: boolean, unended = false): Opened | null {
  const { work, root } = source;
  if (inflated === null) {
    work.read(START, root);
    return null;
  }
  // A cut stream was inflated to the bound once, and again by doubling beginnings.
  if (!work.read(START + inflated.bytes.length * (inflated.cut ? 4 : 1), root)) return null;
  if (inflated.cut) work.hit(root, work.inflatableBy(source.bytes.length));
  if (inflated.bytes.length === 0) return null;
  const { consumed } = inflated;
  const child: Child = { bytes: inflated.bytes, sure, truncated: unended, ...(consumed === undefined ? {} : { consumed }) };
  return { child };
}
