import { describeError } from '../errors.js';
import { limits } from '../limits.js';
import type { Failure } from '../model/exchange.js';
import type { TapOpen } from '../model/tap.js';
import { Budget } from './budget.js';
import type { Emit, Observer, Way, WireEvent } from './event.js';
import { Http1Connection } from './http1/connection.js';
import { Http2Connection } from './http2/connection.js';
import { Intake } from './intake.js';
import type { Outlet } from './outlet.js';
import { Raw } from './raw.js';
import { sniff } from './sniff.js';

/**
 * Makes the observer of one connection. It picks the protocol by ALPN and first bytes: HTTP/2 (also in clear, with prior knowledge),
 * HTTP/1.x, or neither, in which case every byte is handed on as `unreadable`.
 *
 * DANGER: everything it reads was chosen by the app or the server. Fences: each reader is bounded by `limits`; what a reader throws in
 * spite of that ends the reading of this connection (`observer-fault`), never the program; an error of the consumer is not touched.
 * @param budget bytes kept for open streams; one budget may be shared by many connections.
 */
export function createObserver(open: TapOpen, emit: Emit, budget: Budget = new Budget(limits.wireKept)): Observer {
  return new GuardedObserver(open, emit, budget);
}

class GuardedObserver implements Observer {
  readonly #emit: Emit;
  readonly #raw: Raw;
  readonly #outlet: Outlet;
  readonly #openStreams = new Set<number>();
  #reader: Observer | null;
  #streams = 0;
  #consumerError: { readonly error: unknown } | null = null;
  #closed = false;
  #dead = false;

  constructor(open: TapOpen, emit: Emit, budget: Budget) {
    this.#emit = (event) => this.#pass(event, emit);
    this.#raw = new Raw(this.#emit);
    this.#outlet = { open, emit: this.#emit, raw: this.#raw, budget, next: () => this.#streams++ };
    this.#reader = new Undecided(this.#outlet);
  }

  push(direction: Way, bytes: Uint8Array, at: number): void {
    if (bytes.length === 0 || this.#closed) return;
    if (this.#dead) this.#raw.push(direction, 'observer-fault', bytes, at);
    else if (!this.#guarded((reader) => reader.push(direction, bytes, at), at)) this.#raw.push(direction, 'observer-fault', bytes, at);
  }

  gap(direction: Way, missed: number, at: number): void {
    if (missed <= 0 || this.#closed) return;
    this.#guarded((reader) => reader.gap(direction, missed, at), at);
  }

  close(at: number, failure: Failure | null): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#guarded((reader) => reader.close(at, failure), at);
    this.#raw.close(at);
  }

  waiting(): number {
    return this.#reader?.waiting() ?? 0;
  }

  #pass(event: WireEvent, emit: Emit): void {
    if (event.type === 'request') this.#openStreams.add(event.stream);
    if (event.type === 'end') this.#openStreams.delete(event.stream);
    try {
      emit(event);
    } catch (error) {
      this.#consumerError = { error };
      throw error;
    }
  }

  /** False: the reader broke, and every stream it had given has been ended. */
  #guarded(run: (reader: Observer) => void, at: number): boolean {
    const reader = this.#reader;
    if (reader === null) return true;
    try {
      run(reader);
      return true;
    } catch (error) {
      const consumer = this.#consumerError;
      if (consumer !== null) {
        this.#consumerError = null;
        throw consumer.error;
      }
      this.#dead = true;
      this.#reader = null;
      const failure = { code: 'observer-fault', detail: describeError(error) };
      for (const stream of this.#openStreams) this.#emit({ type: 'end', stream, at, failure, warnings: [] });
      return false;
    }
  }
}

/** Holds the first bytes until the protocol is known. */
class Undecided implements Observer {
  readonly #outlet: Outlet;
  readonly #up = new Intake();
  readonly #held: Array<{ readonly direction: Way; readonly bytes: Uint8Array; readonly at: number }> = [];
  #heldBytes = 0;
  #reader: Observer | null = null;
  #reason = 'unknown-protocol';

  constructor(outlet: Outlet) {
    this.#outlet = outlet;
  }

  push(direction: Way, bytes: Uint8Array, at: number): void {
    if (this.#reader !== null) {
      this.#reader.push(direction, bytes, at);
      return;
    }
    this.#held.push({ direction, bytes, at });
    this.#heldBytes += bytes.length;
    if (direction === 'up') this.#up.push(bytes);
    const found = sniff(this.#outlet.open, this.#up.view());
    if (found === 'more' && this.#heldBytes <= limits.wireHeld && this.#held.length <= limits.wireHeld / 64) return;
    this.#decide(found === 'more' ? 'unknown-protocol' : found);
  }

  gap(direction: Way, missed: number, at: number): void {
    // A beginning that was not seen cannot be told apart.
    if (this.#reader === null) this.#decide('gap');
    this.#reader?.gap(direction, missed, at);
  }

  close(at: number, failure: Failure | null): void {
    if (this.#reader === null) this.#decide('unknown-protocol');
    this.#reader?.close(at, failure);
  }

  waiting(): number {
    return this.#reader?.waiting() ?? this.#up.length;
  }

  #decide(found: string): void {
    if (found === 'http1') this.#reader = new Http1Connection(this.#outlet);
    else if (found === 'http2') this.#reader = new Http2Connection(this.#outlet);
    else {
      this.#reason = found;
      this.#reader = new Unread(this.#outlet, this.#reason);
    }
    for (const { direction, bytes, at } of this.#held.splice(0)) this.#reader.push(direction, bytes, at);
  }
}

/** A protocol that nobody here reads. */
class Unread implements Observer {
  readonly #outlet: Outlet;
  readonly #reason: string;

  constructor(outlet: Outlet, reason: string) {
    this.#outlet = outlet;
    this.#reason = reason;
  }

  push(direction: Way, bytes: Uint8Array, at: number): void {
    // Searching ciphertext for short known values would only give chance hits.
    if (this.#reason === 'tls-not-decrypted') this.#outlet.raw.count(direction, this.#reason, bytes.length, at);
    else this.#outlet.raw.push(direction, this.#reason, bytes, at);
  }

  gap(): void {}

  close(): void {}

  waiting(): number {
    return 0;
  }
}
