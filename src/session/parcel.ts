/**
 * Tapped bytes on their way to the analysis thread. A message between threads costs more than the analysis of a small chunk, so
 * neighbouring chunks travel together: their bytes copied into one buffer that is transferred, and three numbers for each piece.
 */
import { limits } from '../limits.js';
import type { TapBytes } from '../model/tap.js';

/** Plain data, so that it can be posted. */
export interface Parcel {
  /** All pieces, one behind the other. */
  readonly bytes: Uint8Array;
  readonly connections: readonly string[];
  /** For each piece: twice the place of its connection in `connections`, plus 1 for `down`; when it came; where it ends in `bytes`. */
  readonly pieces: Float64Array;
}

export interface SealedParcel {
  readonly parcel: Parcel;
  /** Given away with it instead of being copied. */
  readonly transfer: ArrayBuffer[];
}

const NUMBERS = 3;
/** Pieces below this many bytes are copied out of their parcel: an unfinished request head must not keep 64 KiB alive. */
const SMALL_PIECE = 4 * 1024;

/** Packs chunks in their order; a chunk that continues the one before it makes no piece of its own. */
export class Packer {
  #room: Uint8Array | null = null;
  #used = 0;
  #pieces: number[] = [];
  readonly #places = new Map<string, number>();
  #lastConnection = '';
  #lastDirection: TapBytes['direction'] = 'up';

  /** Whether a chunk of this size still goes in. */
  fits(size: number): boolean {
    return this.#used === 0 || this.#used + size <= limits.tapBatch;
  }

  /** @param event copied; call only where it `fits`. */
  add({ connection, direction, at, bytes }: TapBytes): void {
    let room = this.#room;
    if (room === null || room.length < this.#used + bytes.length) {
      // Not zeroed: every byte that is handed on has been written.
      room = Buffer.allocUnsafeSlow(Math.max(limits.tapBatch, bytes.length));
      this.#room = room;
    }
    room.set(bytes, this.#used);
    const joins = this.#used > 0 && this.#lastConnection === connection && this.#lastDirection === direction;
    this.#used += bytes.length;
    if (joins) {
      this.#pieces[this.#pieces.length - 1] = this.#used;
      return;
    }
    let place = this.#places.get(connection);
    if (place === undefined) {
      place = this.#places.size;
      this.#places.set(connection, place);
    }
    this.#pieces.push(2 * place + (direction === 'down' ? 1 : 0), at, this.#used);
    this.#lastConnection = connection;
    this.#lastDirection = direction;
  }

  /** What was packed, to be posted at once; the packer is empty afterwards. Null where there is nothing. */
  seal(): SealedParcel | null {
    const room = this.#room;
    if (room === null || this.#used === 0) return null;
    // Quiet traffic keeps the buffer: otherwise every lone heartbeat would send away 64 KiB.
    const sparse = this.#used * 2 < room.length;
    const bytes = sparse ? new Uint8Array(room.subarray(0, this.#used)) : room.subarray(0, this.#used);
    if (!sparse) this.#room = null;
    const parcel: Parcel = {
      bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      connections: [...this.#places.keys()],
      pieces: Float64Array.from(this.#pieces),
    };
    this.#used = 0;
    this.#pieces = [];
    this.#places.clear();
    const { buffer } = parcel.bytes;
    return { parcel, transfer: buffer instanceof ArrayBuffer ? [buffer] : [] };
  }
}

/** The pieces again, in order. Large ones are views on the parcel. */
export function* unpack({ bytes, connections, pieces }: Parcel): Generator<TapBytes> {
  let start = 0;
  for (let index = 0; index < pieces.length; index += NUMBERS) {
    const who = pieces[index] ?? 0;
    const end = pieces[index + 2] ?? start;
    yield {
      type: 'bytes',
      connection: connections[who >> 1] ?? '',
      at: pieces[index + 1] ?? 0,
      direction: who % 2 === 1 ? 'down' : 'up',
      bytes: end - start < SMALL_PIECE ? bytes.slice(start, end) : bytes.subarray(start, end),
    };
    start = end;
  }
}
