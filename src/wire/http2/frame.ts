import { limits } from '../../limits.js';
import { Intake } from '../intake.js';

/** RFC 9113 section 6. */
export const FRAME = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  push: 5,
  ping: 6,
  goaway: 7,
  window: 8,
  continuation: 9,
} as const;

export const FLAG = { endStream: 1, endHeaders: 4, padded: 8, priority: 0x20 } as const;

export interface FrameHead {
  readonly length: number;
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
}

export interface FrameSink {
  /** Whether this frame may be read now (a response waits for its request). */
  ready(head: FrameHead): boolean;
  /** A fault that lies in the order of frames, or null; asked for every frame, before its payload. */
  order(head: FrameHead): string | null;
  /** A whole frame that is needed whole. A fault ends the reading. */
  frame(head: FrameHead, payload: Uint8Array, at: number): string | null;
  /** A piece of a DATA frame, padding removed; a view. */
  data(stream: number, bytes: Uint8Array, at: number): void;
  dataEnd(head: FrameHead, at: number): void;
  /** A piece of a frame of unknown type. */
  foreign(bytes: Uint8Array, at: number): void;
  lost(reason: string, rest: Uint8Array, at: number): void;
}

const HEAD = 9;
const WHOLE = new Set<number>([FRAME.headers, FRAME.reset, FRAME.push, FRAME.goaway, FRAME.continuation]);

/**
 * Cuts one direction of an HTTP/2 connection into frames (RFC 9113 section 4.1). DATA passes in pieces; only frames that carry header blocks
 * are held whole, and at most `limits.h2HeaderBlock` of them: a frame may announce 16 MiB.
 */
export class FrameReader {
  readonly #sink: FrameSink;
  readonly #intake = new Intake();
  /** Bytes of the connection preface still to pass. */
  #preface: number;
  #head: FrameHead | null = null;
  /** Payload bytes not yet consumed, padding included. */
  #remaining = 0;
  /** Padding at the end of the open DATA frame; null while its length byte has not come. */
  #padding: number | null = 0;
  #reason: string | null = null;
  #lastAt = 0;

  constructor(sink: FrameSink, preface: number) {
    this.#sink = sink;
    this.#preface = preface;
  }

  get lost(): boolean {
    return this.#reason !== null;
  }

  push(bytes: Uint8Array, at: number): void {
    this.#lastAt = at;
    if (this.#reason !== null) {
      this.#sink.lost(this.#reason, bytes, at);
      return;
    }
    this.#intake.push(bytes);
    this.resume();
  }

  resume(): void {
    while (this.#reason === null && this.#step()) {
      // Each step consumes input or opens a frame.
    }
  }

  lose(reason: string, at: number): void {
    if (this.#reason !== null) return;
    this.#reason = reason;
    this.#sink.lost(reason, this.#intake.take(this.#intake.length), at);
  }

  /** The stream whose DATA the missed bytes belong to, or null when the place is lost. */
  gap(missed: number): number | null {
    const head = this.#head;
    if (this.#reason !== null || head === null || head.type !== FRAME.data || this.#padding === null) return null;
    if (missed > this.#remaining - this.#padding) return null;
    this.#remaining -= missed;
    return head.stream;
  }

  /** Bytes that are to be read yet. */
  get waiting(): number {
    return this.#intake.length;
  }

  /** Bytes that wait and will not be completed. */
  rest(): Uint8Array {
    return this.#intake.take(this.#intake.length);
  }

  #step(): boolean {
    const intake = this.#intake;
    if (this.#preface > 0) {
      this.#preface -= intake.take(this.#preface).length;
      return this.#preface === 0;
    }
    if (this.#head === null) {
      if (intake.length < HEAD) return false;
      const head = parseFrameHead(intake.view());
      if (!this.#sink.ready(head)) {
        if (intake.length > limits.wireHeld) this.lose('limit-wireHeld', this.#lastAt);
        return false;
      }
      const fault = this.#sink.order(head);
      if (fault !== null) {
        this.lose(fault, this.#lastAt);
        return false;
      }
      intake.take(HEAD);
      this.#head = head;
      this.#remaining = head.length;
      this.#padding = head.type === FRAME.data && (head.flags & FLAG.padded) !== 0 ? null : 0;
    }
    const head = this.#head;
    if (head.type === FRAME.data) return this.#data(head);
    if (WHOLE.has(head.type)) return this.#whole(head);
    const piece = intake.take(this.#remaining);
    this.#remaining -= piece.length;
    if (piece.length > 0 && isForeign(head.type)) this.#sink.foreign(piece, this.#lastAt);
    return this.#close();
  }

  #whole(head: FrameHead): boolean {
    // Debug text behind a GOAWAY may be long; the eight bytes before it are all that matters.
    const needed = head.type === FRAME.goaway ? Math.min(8, head.length) : head.length;
    const passed = head.length - this.#remaining;
    if (passed === 0 && needed > limits.h2HeaderBlock) {
      this.lose('limit-h2HeaderBlock', this.#lastAt);
      return false;
    }
    if (passed < needed) {
      if (this.#intake.length < needed) return false;
      this.#remaining -= needed;
      const fault = this.#sink.frame(head, this.#intake.take(needed), this.#lastAt);
      if (fault !== null) {
        this.lose(fault, this.#lastAt);
        return false;
      }
    } else if (needed === 0) {
      const fault = this.#sink.frame(head, new Uint8Array(0), this.#lastAt);
      if (fault !== null) {
        this.lose(fault, this.#lastAt);
        return false;
      }
    }
    this.#remaining -= this.#intake.take(this.#remaining).length;
    return this.#close();
  }

  #data(head: FrameHead): boolean {
    if (this.#padding === null) {
      if (this.#intake.length === 0 && this.#remaining > 0) return false;
      const padding = this.#remaining > 0 ? (this.#intake.take(1)[0] ?? 0) : -1;
      this.#remaining -= 1;
      if (padding < 0 || padding > this.#remaining) {
        this.lose('http2-padding', this.#lastAt);
        return false;
      }
      this.#padding = padding;
    }
    const piece = this.#intake.take(this.#remaining - this.#padding);
    if (piece.length > 0) {
      this.#remaining -= piece.length;
      this.#sink.data(head.stream, piece, this.#lastAt);
    }
    if (this.#remaining <= this.#padding) {
      const skipped = this.#intake.take(this.#remaining).length;
      this.#remaining -= skipped;
      this.#padding -= skipped;
    }
    if (this.#remaining > 0) return false;
    this.#head = null;
    this.#sink.dataEnd(head, this.#lastAt);
    return true;
  }

  #close(): boolean {
    if (this.#remaining > 0) return false;
    this.#head = null;
    return true;
  }
}

/**
 * Types whose payload could carry anything. Known extensions are not foreign: ALTSVC (RFC 7838), ORIGIN (RFC 8336), PRIORITY_UPDATE (RFC 9218,
 * sent by every Chromium), nor are the types 0x0b + 0x1f * n, which Chromium sends with random content to keep servers tolerant.
 */
function isForeign(type: number): boolean {
  return type > FRAME.continuation && type !== 0x0a && type !== 0x0c && type !== 0x10 && (type - 0x0b) % 0x1f !== 0;
}

/** @param bytes at least 9. */
export function parseFrameHead(bytes: Uint8Array): FrameHead {
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEAD);
  return { length: view.getUint32(0) >>> 8, type: view.getUint8(3), flags: view.getUint8(4), stream: view.getUint32(5) & 0x7fffffff };
}
