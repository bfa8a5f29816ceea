import { limits } from '../limits.js';
import type { Emit, Way } from './event.js';

const NOTHING = new Uint8Array(0);

interface Lane {
  given: number;
  /** Counted, not given, not yet reported. */
  silent: number;
  reason: string;
}

/**
 * The bytes of a connection that no observer reads. They are handed on as they come, so that known values are still searched in them;
 * beyond `limits.wireRaw` for each direction they are counted, and the count is reported at the close.
 */
export class Raw {
  readonly #emit: Emit;
  readonly #lanes: Record<Way, Lane> = { up: { given: 0, silent: 0, reason: '' }, down: { given: 0, silent: 0, reason: '' } };

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  /** @param bytes may be a view; what is kept of it is copied. */
  push(direction: Way, reason: string, bytes: Uint8Array, at: number): void {
    if (bytes.length === 0) return;
    const lane = this.#lanes[direction];
    if (lane.reason !== reason) this.#report(direction, at);
    lane.reason = reason;
    const room = Math.max(0, limits.wireRaw - lane.given);
    if (room === 0) {
      lane.silent += bytes.length;
      return;
    }
    lane.given += Math.min(room, bytes.length);
    this.#emit({ type: 'unreadable', at, direction, reason, bytes: bytes.slice(0, room), size: bytes.length });
  }

  /** Counts bytes whose content is worthless to search: ciphertext would only give chance hits. */
  count(direction: Way, reason: string, size: number, at: number): void {
    const lane = this.#lanes[direction];
    if (lane.reason !== reason) this.#report(direction, at);
    lane.reason = reason;
    lane.silent += size;
  }

  close(at: number): void {
    this.#report('up', at);
    this.#report('down', at);
  }

  #report(direction: Way, at: number): void {
    const lane = this.#lanes[direction];
    if (lane.silent === 0) return;
    const size = lane.silent;
    lane.silent = 0;
    this.#emit({ type: 'unreadable', at, direction, reason: lane.reason, bytes: NOTHING, size });
  }
}
