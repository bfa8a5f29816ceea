import { limits } from '../../limits.js';
import type { Headers, Warning } from '../../model/exchange.js';
import { Intake } from '../intake.js';
import { Warnings } from '../warnings.js';
import { ChunkedBody } from './chunked.js';
import type { Framing } from './framing.js';
import { headLength } from './head.js';

/** What a reader tells about the messages of one direction. Byte arrays are views, valid during the call. */
export interface ReaderSink {
  /** Whether a head may be read now (a response waits for its request). */
  ready(): boolean;
  /** Whether these bytes can begin a head at all. */
  plausible(bytes: Uint8Array): boolean;
  /** A whole head. `skip`: a message without body and without end (1xx). `stop`: HTTP ends here. A fault: not a head. */
  head(bytes: Uint8Array, startedAt: number, at: number): Framing | 'skip' | 'stop' | { readonly fault: string };
  /** Body bytes, transfer framing removed. */
  data(bytes: Uint8Array, at: number): void;
  /** Bytes behind the head as they stand on the wire, framing included; asked for by chunked bodies only. */
  wire(bytes: Uint8Array): void;
  miss(bytes: number, at: number): void;
  end(at: number, trailers: Headers, warnings: readonly Warning[], whole: boolean): void;
  /** The framing is lost; `rest` and all that follows is for the raw lane. */
  lost(reason: string, rest: Uint8Array, at: number): void;
  /** Bytes behind a protocol switch. */
  beyond(bytes: Uint8Array, at: number): void;
}

/** Reads the HTTP/1 messages of one direction, one behind the other. */
export class MessageReader {
  readonly #sink: ReaderSink;
  readonly #intake = new Intake();
  #state: 'head' | 'body' | 'lost' | 'beyond' = 'head';
  #framing: Framing = { kind: 'none' };
  #remaining = 0;
  #untouched = false;
  #chunked: ChunkedBody | null = null;
  #warnings = new Warnings();
  #scanned = 0;
  #startedAt: number | null = null;
  #reason = '';
  #lastAt = 0;

  constructor(sink: ReaderSink) {
    this.#sink = sink;
  }

  /** True while no message has begun. */
  get idle(): boolean {
    return this.#state === 'head' && this.#intake.length === 0;
  }

  get lost(): boolean {
    return this.#state === 'lost';
  }

  /** Bytes that are to be read yet. */
  get waiting(): number {
    return this.#intake.length;
  }

  /** True when a body was announced and not one byte of it has come. */
  get bodyUntouched(): boolean {
    return this.#state === 'body' && this.#untouched && this.#intake.length === 0;
  }

  push(bytes: Uint8Array, at: number): void {
    this.#lastAt = at;
    if (this.#state === 'lost') this.#sink.lost(this.#reason, bytes, at);
    else if (this.#state === 'beyond') this.#sink.beyond(bytes, at);
    else {
      if (this.#startedAt === null) this.#startedAt = at;
      this.#intake.push(bytes);
      this.resume();
    }
  }

  /** Goes on with what waits; called when `ready` may have changed. */
  resume(): void {
    while (this.#step()) {
      // Each step consumes input or changes the state, so this ends with the input.
    }
  }

  /** Ends a body whose bytes will not come (the server refused an `Expect: 100-continue`). */
  abandonBody(at: number): void {
    if (this.#state !== 'body') return;
    this.#endMessage(at, [], true);
  }

  /** Stops reading; what waits and what comes is raw. */
  lose(reason: string, at: number): void {
    if (this.#state === 'lost') return;
    if (this.#state === 'body') this.#sink.end(at, [], this.#warnings.list(), false);
    this.#state = 'lost';
    this.#reason = reason;
    const rest = this.#intake.take(this.#intake.length);
    this.#sink.lost(reason, rest, at);
  }

  /** What waits and what comes belongs to another protocol. */
  leave(): void {
    this.#state = 'beyond';
    const rest = this.#intake.take(this.#intake.length).slice();
    if (rest.length > 0) this.#sink.beyond(rest, this.#lastAt);
  }

  /** Bytes that were not copied. False: the place is lost. */
  gap(missed: number, at: number): boolean {
    this.#lastAt = at;
    if (this.#state !== 'body') return false;
    if (this.#framing.kind === 'close') {
      this.#sink.miss(missed, at);
      return true;
    }
    const room = this.#chunked?.remaining ?? this.#remaining;
    if (missed > room || this.#intake.length > 0) return false;
    this.#sink.miss(missed, at);
    if (this.#chunked !== null) this.#chunked.miss(missed);
    else {
      this.#remaining -= missed;
      if (this.#remaining === 0) this.#endMessage(at, [], true);
    }
    return true;
  }

  /** The direction has ended. A close-delimited body is whole, any other open one is not. */
  close(at: number): void {
    if (this.#state === 'lost' || this.#state === 'beyond') return;
    if (this.#state === 'body') {
      const whole = this.#framing.kind === 'close';
      this.#state = 'lost';
      this.#sink.end(at, [], this.#warnings.list(), whole);
    }
    const reason = this.#sink.ready() ? 'cut-short' : 'unsolicited';
    this.#state = 'lost';
    this.#sink.lost(reason, this.#intake.take(this.#intake.length), at);
  }

  #step(): boolean {
    if (this.#state === 'head') return this.#head();
    if (this.#state === 'body') return this.#body();
    return false;
  }

  #head(): boolean {
    const intake = this.#intake;
    // Empty lines ahead of a start line are allowed (RFC 9112 section 2.2).
    while (this.#scanned === 0 && (intake.at(0) === 0x0a || (intake.at(0) === 0x0d && intake.at(1) === 0x0a)))
      intake.take(intake.at(0) === 0x0a ? 1 : 2);
    if (intake.length === 0) {
      this.#startedAt = null;
      return false;
    }
    if (intake.length === 1 && intake.at(0) === 0x0d) return false;
    this.#startedAt ??= this.#lastAt;
    if (!this.#sink.ready()) {
      if (intake.length > limits.wireHeld) this.lose('limit-wireHeld', this.#lastAt);
      return false;
    }
    const bytes = intake.view();
    const length = headLength(bytes, this.#scanned);
    if (length === -1 || length > limits.httpHead) {
      if (this.#scanned < 512 && !this.#sink.plausible(bytes.subarray(0, 512))) this.lose('not-http', this.#lastAt);
      else if (length !== -1 || bytes.length > limits.httpHead) this.lose('limit-httpHead', this.#lastAt);
      else this.#scanned = bytes.length;
      return false;
    }
    this.#scanned = 0;
    const startedAt = this.#startedAt;
    const head = intake.take(length).slice();
    this.#startedAt = intake.length > 0 ? this.#lastAt : null;
    const framing = this.#sink.head(head, startedAt, this.#lastAt);
    if (typeof framing === 'object' && 'fault' in framing) {
      this.#sink.lost(framing.fault, head, this.#lastAt);
      this.lose(framing.fault, this.#lastAt);
      return false;
    }
    if (framing === 'skip') return true;
    if (framing === 'stop') {
      this.leave();
      return false;
    }
    this.#state = 'body';
    this.#framing = framing;
    this.#warnings = new Warnings();
    this.#untouched = true;
    this.#remaining = framing.kind === 'length' ? framing.length : 0;
    this.#chunked = framing.kind === 'chunked' ? new ChunkedBody(this.#warnings) : null;
    return true;
  }

  #body(): boolean {
    const intake = this.#intake;
    const at = this.#lastAt;
    if (intake.length > 0) this.#untouched = false;
    if (this.#framing.kind === 'close') {
      if (intake.length > 0) this.#sink.data(intake.take(intake.length), at);
      return false;
    }
    if (this.#chunked !== null) {
      const before = intake.view();
      const result = this.#chunked.read(intake, (piece) => this.#sink.data(piece, at));
      this.#sink.wire(before.subarray(0, before.length - intake.length));
      if (result === 'more') return false;
      if (result === 'done') {
        this.#endMessage(at, this.#chunked.trailers, true);
        return true;
      }
      this.#warnings.add(result.fault, 'the chunked framing is broken here');
      this.lose(result.fault, at);
      return false;
    }
    if (this.#remaining > 0) {
      const piece = intake.take(this.#remaining);
      this.#remaining -= piece.length;
      if (piece.length > 0) this.#sink.data(piece, at);
      if (this.#remaining > 0) return false;
    }
    this.#endMessage(at, [], true);
    return true;
  }

  #endMessage(at: number, trailers: Headers, whole: boolean): void {
    this.#state = 'head';
    this.#chunked = null;
    this.#scanned = 0;
    this.#startedAt = this.#intake.length > 0 ? this.#lastAt : null;
    this.#sink.end(at, trailers, this.#warnings.list(), whole);
  }
}
