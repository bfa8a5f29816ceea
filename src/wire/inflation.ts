import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { limits } from '../limits.js';

/**
 * DANGER: a compression bomb. 16 KiB of input can ask for 16 MiB of output. Fences: zlib itself stops at `limits.wireInflated`, and an
 * attempt that fails gives null, never a throw.
 */
const BOUND = { maxOutputLength: limits.wireInflated } as const;

const RUNS = new Map<string, (bytes: Uint8Array, bound: typeof BOUND) => Buffer>([
  ['gzip', gunzipSync],
  ['deflate', inflateSync],
  ['br', brotliDecompressSync],
]);

/** Undoes one of the gRPC message encodings. Null: unknown, broken, or larger than `limits.wireInflated`. */
export function inflate(encoding: string, bytes: Uint8Array): Uint8Array | null {
  const run = RUNS.get(encoding);
  if (run === undefined) return null;
  try {
    return plain(run(bytes, BOUND));
  } catch {
    return null;
  }
}

/**
 * Inflates one permessage-deflate message (RFC 7692 section 7.2.2: the sender has cut the empty block 00 00 FF FF off).
 * @param window the last 32 KiB of output so far under context takeover, else empty. Handing it over as the dictionary is what keeps this
 *   synchronous: zlib's own streams only inflate by callbacks.
 * @returns null when it is broken or larger than `limits.wireInflated`.
 */
export function inflateMessage(bytes: Uint8Array, window: Uint8Array): Uint8Array | null {
  const input = new Uint8Array(bytes.length + 4);
  input.set(bytes);
  input.set([0, 0, 0xff, 0xff], bytes.length);
  try {
    return plain(
      inflateRawSync(input, {
        ...BOUND,
        finishFlush: constants.Z_SYNC_FLUSH,
        ...(window.length === 0 ? {} : { dictionary: window }),
      }),
    );
  } catch {
    return null;
  }
}

function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}
