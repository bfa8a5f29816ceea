/**
 * Tells the analysis what passes, and never stands in its way: the relay hands over a reference and goes on. Whoever consumes it
 * copies at once, because the bytes belong to a socket. When the consumer falls behind, the connection is marked from that byte on.
 */
import { limits } from '../limits.js';
import type { Failure } from '../model/exchange.js';
import type { TapEvent, TapOpen } from '../model/tap.js';

export type TapDirection = 'up' | 'down';

export interface TapOptions {
  readonly onTap: (event: TapEvent) => void;
  /** Bytes waiting at the consumer. */
  readonly pressure: () => number;
  readonly now: () => number;
}

export class Tap {
  readonly #options: TapOptions;
  readonly #live = new Set<TappedConnection>();

  constructor(options: TapOptions) {
    this.#options = options;
  }

  /** Starts the record of one connection. */
  open(event: Omit<TapOpen, 'type' | 'at'>, at: number = this.#options.now()): TappedConnection {
    this.#options.onTap({ type: 'open', at, ...event });
    const connection = new TappedConnection(this.#options, event.connection, () => this.#live.delete(connection));
    this.#live.add(connection);
    return connection;
  }

  /** Tells what was missed and not yet said: what is said later would be taken for something of later. */
  settle(): void {
    for (const connection of this.#live) connection.settle();
  }

  /** Gives the sockets that were just destroyed the time to say how they ended, then closes what is left. */
  async close(): Promise<void> {
    for (let waited = 0; this.#live.size > 0 && waited < 10; waited++) await new Promise((resolve) => setTimeout(resolve, 10));
    for (const connection of this.#live) connection.close({ code: 'proxy-stopped', detail: '' });
  }
}

/** The record of one connection: counts everything, hands on what it may. */
export class TappedConnection {
  readonly #options: TapOptions;
  readonly #connection: string;
  readonly #missed = { up: 0, down: 0 };
  readonly #gapped = { up: false, down: false };
  #bytesUp = 0;
  #bytesDown = 0;
  #closed = false;

  readonly #onClose: () => void;

  constructor(options: TapOptions, connection: string, onClose: () => void) {
    this.#options = options;
    this.#connection = connection;
    this.#onClose = onClose;
  }

  /** @param bytes not changed afterwards by anyone. */
  bytes(direction: TapDirection, bytes: Uint8Array): void {
    if (this.#closed) return;
    this.count(direction, bytes.length);
    const { onTap, pressure, now } = this.#options;
    // A hole makes the rest of a stream unreadable, so a direction that once fell behind stays uncopied and is counted.
    if (this.#gapped[direction]) this.#missed[direction] += bytes.length;
    else if (pressure() + bytes.length > (direction === 'up' ? limits.tapQueued : limits.tapQueuedDown)) {
      this.#gapped[direction] = true;
      onTap({ type: 'gap', connection: this.#connection, at: now(), direction, missed: bytes.length });
    } else onTap({ type: 'bytes', connection: this.#connection, at: now(), direction, bytes });
  }

  /** Counts bytes that are relayed but not copied by choice (pass-through). */
  count(direction: TapDirection, length: number): void {
    if (direction === 'up') this.#bytesUp += length;
    else this.#bytesDown += length;
  }

  /** Tells what was missed since it was told last. */
  settle(at: number = this.#options.now()): void {
    for (const direction of ['up', 'down'] as const) {
      const missed = this.#missed[direction];
      this.#missed[direction] = 0;
      if (missed > 0) this.#options.onTap({ type: 'gap', connection: this.#connection, at, direction, missed });
    }
  }

  close(failure: Failure | null): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClose();
    const { onTap, now } = this.#options;
    const at = now();
    this.settle(at);
    onTap({ type: 'close', connection: this.#connection, at, bytesUp: this.#bytesUp, bytesDown: this.#bytesDown, failure });
  }
}
