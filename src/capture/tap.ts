/**
 * Copies what passes to the analysis: batched, bounded, and never in the way. The relay hands over a reference and goes on; the
 * one copy is made when a batch is joined into a buffer of its own, which can then be transferred to another thread while the
 * socket may still be writing the original. When the consumer falls behind, the connection is marked from that byte on.
 */
import { limits } from '../limits.js';
import type { Failure } from '../model/exchange.js';
import type { TapEvent, TapOpen } from '../model/tap.js';

export type TapDirection = 'up' | 'down';

export interface TapOptions {
  readonly onTap: (event: TapEvent, transfer?: ArrayBuffer[]) => void;
  /** Bytes waiting at the consumer. */
  readonly pressure: () => number;
  readonly now: () => number;
}

/** Neighbouring chunks of one direction of one connection. */
interface Segment {
  readonly connection: string;
  readonly direction: TapDirection;
  readonly at: number;
  readonly chunks: Uint8Array[];
  size: number;
}

export class Tap {
  readonly #options: TapOptions;
  #segments: Segment[] = [];
  #queued = 0;
  #timer: NodeJS.Timeout | null = null;
  readonly #live = new Set<TappedConnection>();

  constructor(options: TapOptions) {
    this.#options = options;
  }

  /** Bytes not yet handed over, here and at the consumer. */
  pressure(): number {
    return this.#queued + this.#options.pressure();
  }

  now(): number {
    return this.#options.now();
  }

  /** Starts the record of one connection. */
  open(event: Omit<TapOpen, 'type' | 'at'>, at: number = this.#options.now()): TappedConnection {
    this.flush();
    this.#options.onTap({ type: 'open', at, ...event });
    const connection = new TappedConnection(this, event.connection, () => this.#live.delete(connection));
    this.#live.add(connection);
    return connection;
  }

  /** Gives the sockets that were just destroyed the time to say how they ended, then closes what is left. */
  async close(): Promise<void> {
    for (let waited = 0; this.#live.size > 0 && waited < 10; waited++) await new Promise((resolve) => setTimeout(resolve, 10));
    for (const connection of this.#live) connection.close({ code: 'proxy-stopped', detail: '' });
    this.flush();
  }

  /** Queues a chunk; returns the segment it went to, so that the next chunk of the same direction can join it. */
  add(last: Segment | null, connection: string, direction: TapDirection, bytes: Uint8Array): Segment {
    let segment = last;
    // Joining only while the segment is still queued and nothing of the other direction came between keeps the order of a conversation.
    if (segment === null || segment.direction !== direction || segment.size < 0) {
      segment = { connection, direction, at: this.#options.now(), chunks: [], size: 0 };
      this.#segments.push(segment);
    }
    segment.chunks.push(bytes);
    segment.size += bytes.length;
    this.#queued += bytes.length;
    if (this.#queued >= limits.tapBatch) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), limits.tapDelayMs);
    return segment;
  }

  /** Hands over everything queued, then `event`. */
  send(event: TapEvent): void {
    this.flush();
    this.#options.onTap(event);
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#segments.length === 0) return;
    const segments = this.#segments;
    this.#segments = [];
    this.#queued = 0;
    for (const segment of segments) {
      const bytes = new Uint8Array(segment.size);
      let at = 0;
      for (const chunk of segment.chunks) {
        bytes.set(chunk, at);
        at += chunk.length;
      }
      // A negative size tells the connection that this segment has left.
      segment.size = -1;
      segment.chunks.length = 0;
      this.#options.onTap({ type: 'bytes', connection: segment.connection, at: segment.at, direction: segment.direction, bytes }, [
        bytes.buffer,
      ]);
    }
  }
}

/** The record of one connection: counts everything, copies what it may. */
export class TappedConnection {
  readonly #tap: Tap;
  readonly #connection: string;
  readonly #missed = { up: 0, down: 0 };
  readonly #gapped = { up: false, down: false };
  #last: Segment | null = null;
  #bytesUp = 0;
  #bytesDown = 0;
  #closed = false;

  readonly #onClose: () => void;

  constructor(tap: Tap, connection: string, onClose: () => void) {
    this.#tap = tap;
    this.#connection = connection;
    this.#onClose = onClose;
  }

  /** @param bytes not changed afterwards by anyone; copied when the batch is joined. */
  bytes(direction: TapDirection, bytes: Uint8Array): void {
    if (this.#closed) return;
    this.count(direction, bytes.length);
    if (!this.#gapped[direction] && this.#tap.pressure() + bytes.length > limits.tapQueued) {
      this.#gapped[direction] = true;
      this.#tap.send({ type: 'gap', connection: this.#connection, at: this.#tap.now(), direction, missed: bytes.length });
      return;
    }
    // A hole makes the rest of a stream unreadable, so a direction that once fell behind stays uncopied and is counted.
    if (this.#gapped[direction]) this.#missed[direction] += bytes.length;
    else this.#last = this.#tap.add(this.#last, this.#connection, direction, bytes);
  }

  /** Counts bytes that are relayed but not copied by choice (pass-through). */
  count(direction: TapDirection, length: number): void {
    if (direction === 'up') this.#bytesUp += length;
    else this.#bytesDown += length;
  }

  close(failure: Failure | null): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClose();
    const at = this.#tap.now();
    for (const direction of ['up', 'down'] as const)
      if (this.#missed[direction] > 0)
        this.#tap.send({ type: 'gap', connection: this.#connection, at, direction, missed: this.#missed[direction] });
    this.#tap.send({ type: 'close', connection: this.#connection, at, bytesUp: this.#bytesUp, bytesDown: this.#bytesDown, failure });
  }
}
