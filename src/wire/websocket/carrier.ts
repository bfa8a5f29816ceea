import { limits } from '../../limits.js';
import type { Body } from '../../model/exchange.js';
import { Budget } from '../budget.js';
import type { Carrier, Part } from '../carrier.js';
import type { Way } from '../event.js';
import { Gather } from '../gather.js';
import { inflateMessage } from '../inflation.js';
import { Intake } from '../intake.js';
import { Tally } from '../tally.js';
import type { Deflate } from './extension.js';
import { type Frame, frameSize, parseFrame } from './frame.js';

const CONTINUATION = 0;
const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
/** Longest payload of a control frame. */
const CONTROL = 125;
/** The largest window of RFC 1951. */
const WINDOW = 32 * 1024;
const NO_WINDOW = new Uint8Array(0);

export interface WebSocketSink {
  message(part: Part): void;
  unreadable(reason: string, bytes: Uint8Array, at: number): void;
  warn(code: string, detail: string): void;
}

interface OpenMessage {
  readonly text: boolean;
  readonly tally: Tally | null;
  readonly packed: Gather | null;
  fragments: number;
  size: number;
}

/**
 * WebSocket messages of one direction (RFC 6455, RFC 7692).
 *
 * DANGER: the other side chooses lengths, fragments and compression. Fences: a payload is never held beyond `limits.bodyKept` (plain) or
 * `limits.wsCompressed`, one inflation gives at most `limits.wireInflated`, a frame that breaks the framing ends the reading of
 * this direction, and what follows is handed on raw. Long messages and fragment floods are read on, since they cost no memory: stopping
 * would give an app a way to blind the audit with one large message.
 */
export class WebSocketCarrier implements Carrier {
  readonly #budget: Budget;
  readonly #direction: Way;
  readonly #deflate: Deflate | null;
  readonly #sink: WebSocketSink;
  readonly #intake = new Intake();
  #frame: Frame | null = null;
  #offset = 0;
  #control: Gather;
  #message: OpenMessage | null = null;
  #window: Uint8Array = NO_WINDOW;
  #contextLost = false;
  #lost: string | null = null;

  constructor(budget: Budget, direction: Way, deflate: Deflate | null, sink: WebSocketSink) {
    this.#budget = budget;
    this.#direction = direction;
    this.#deflate = deflate;
    this.#sink = sink;
    this.#control = new Gather(new Budget(CONTROL), CONTROL);
  }

  push(bytes: Uint8Array, at: number): void {
    if (this.#lost !== null) {
      this.#sink.unreadable(this.#lost, bytes, at);
      return;
    }
    this.#intake.push(bytes);
    while (this.#step(at)) if (this.#lost !== null) return;
  }

  miss(bytes: number): boolean {
    const frame = this.#frame;
    if (frame === null || bytes > frame.length - this.#offset || frame.opcode >= CLOSE) {
      this.#lost = 'gap';
      return false;
    }
    this.#offset += bytes;
    this.#message?.tally?.miss(bytes);
    this.#message?.packed?.seal();
    return true;
  }

  finish(at: number): void {
    const message = this.#message;
    this.#message = null;
    if (message === null) return;
    this.#sink.warn('websocket-cut-short', 'the connection ended inside a message');
    if (message.tally !== null) this.#give(message.text, { ...message.tally.finish(), truncated: true }, at);
    else this.#sink.unreadable('websocket-cut-short', message.packed?.finish() ?? NO_WINDOW, at);
  }

  waiting(): number {
    return this.#intake.length + this.#control.length + (this.#message?.tally?.size ?? this.#message?.packed?.length ?? 0);
  }

  /** Reads one frame head or one piece of payload. False: needs more bytes. */
  #step(at: number): boolean {
    let frame = this.#frame;
    if (frame === null) {
      const size = frameSize(this.#intake);
      if (size === null || this.#intake.length < size) return false;
      const head = this.#intake.take(size);
      frame = parseFrame(head);
      const fault = this.#fault(frame);
      if (fault !== null) {
        this.#lose(fault, head, at);
        return true;
      }
      this.#frame = frame;
      this.#offset = 0;
      this.#begin(frame);
    }
    const piece = this.#intake.take(frame.length - this.#offset);
    if (piece.length > 0) this.#payload(frame, piece);
    if (this.#offset < frame.length) return false;
    this.#frame = null;
    if (frame.opcode >= CLOSE) this.#endControl(frame, at);
    else if (frame.fin) this.#endMessage(at);
    return true;
  }

  #begin(frame: Frame): void {
    if (frame.masked !== (this.#direction === 'up'))
      this.#sink.warn('websocket-mask', `frame ${this.#direction === 'up' ? 'from the client is not' : 'from the server is'} masked`);
    if (frame.opcode >= CLOSE) return;
    if (frame.opcode !== CONTINUATION) {
      const packed = frame.rsv1 ? new Gather(this.#budget, limits.wsCompressed) : null;
      this.#message = {
        text: frame.opcode === TEXT,
        tally: packed === null ? new Tally(this.#budget) : null,
        packed,
        fragments: 0,
        size: 0,
      };
    }
    const message = this.#message;
    if (message === null) return;
    message.fragments++;
    message.size += frame.length;
    if (message.fragments > limits.wsFragments)
      this.#sink.warn('limit-wsFragments', `a message of more than ${limits.wsFragments} fragments`);
    if (message.size > limits.wsMessage) this.#sink.warn('limit-wsMessage', `a message of more than ${limits.wsMessage} bytes`);
  }

  #payload(frame: Frame, piece: Uint8Array): void {
    const bytes = frame.masked ? unmask(piece, frame.mask, this.#offset) : piece;
    this.#offset += piece.length;
    if (frame.opcode >= CLOSE) this.#control.add(bytes);
    else {
      this.#message?.tally?.add(bytes);
      this.#message?.packed?.add(bytes);
    }
  }

  /** What makes a frame unreadable, or null. The list is RFC 6455 sections 5.2 and 5.4. */
  #fault(frame: Frame): string | null {
    if (frame.rsv2 || frame.rsv3) return 'websocket-reserved-bits';
    if (frame.opcode > BINARY && frame.opcode < CLOSE) return 'websocket-opcode';
    if (frame.opcode > 0xa) return 'websocket-opcode';
    if (frame.opcode >= CLOSE) return !frame.fin || frame.length > CONTROL || frame.rsv1 ? 'websocket-control' : null;
    if (!Number.isSafeInteger(frame.length)) return 'websocket-length';
    if ((frame.opcode === CONTINUATION) !== (this.#message !== null)) return 'websocket-fragment';
    if (frame.rsv1 && (this.#deflate === null || frame.opcode === CONTINUATION)) return 'websocket-reserved-bits';
    return null;
  }

  #endControl(frame: Frame, at: number): void {
    const bytes = this.#control.finish();
    this.#control = new Gather(new Budget(CONTROL), CONTROL);
    const payload = frame.opcode === CLOSE ? bytes.subarray(2) : bytes;
    // An app can carry data in pings and close reasons, where nobody looks.
    if (payload.length < limits.wsControl) return;
    const tally = new Tally(this.#budget);
    tally.add(payload);
    this.#give(false, tally.finish(), at);
  }

  #endMessage(at: number): void {
    const message = this.#message;
    this.#message = null;
    if (message === null) return;
    if (message.tally !== null) {
      this.#give(message.text, message.tally.finish(), at);
      return;
    }
    const packed = message.packed;
    if (packed === null) return;
    const whole = !packed.full;
    const bytes = packed.finish();
    const takeover = this.#deflate?.takeover === true;
    const inflated = whole && !this.#contextLost ? inflateMessage(bytes, this.#window) : null;
    if (inflated === null) {
      const reason = this.#contextLost ? 'websocket-deflate-context' : whole ? 'websocket-deflate' : 'limit-wsCompressed';
      this.#sink.warn(reason, `a compressed message of ${message.size} bytes could not be read`);
      this.#sink.unreadable(reason, bytes, at);
      if (takeover) this.#contextLost = true;
      return;
    }
    if (takeover) this.#window = slide(this.#window, inflated);
    const tally = new Tally(this.#budget);
    tally.add(inflated);
    this.#give(message.text, tally.finish(), at);
  }

  #give(text: boolean, body: Body, at: number): void {
    this.#sink.message({ kind: 'ws', text, at, body });
  }

  #lose(reason: string, head: Uint8Array, at: number): void {
    this.#lost = reason;
    this.#sink.warn(reason, 'the frames of this direction are not read from there');
    this.#sink.unreadable(reason, head, at);
    this.finish(at);
    this.#sink.unreadable(reason, this.#intake.take(this.#intake.length), at);
  }
}

function unmask(piece: Uint8Array, mask: Uint8Array, offset: number): Uint8Array {
  const out = new Uint8Array(piece.length);
  for (let index = 0; index < piece.length; index++) out[index] = (piece[index] ?? 0) ^ (mask[(offset + index) & 3] ?? 0);
  return out;
}

/** The last 32 KiB of everything inflated so far. */
function slide(window: Uint8Array, more: Uint8Array): Uint8Array {
  if (more.length >= WINDOW) return more.slice(more.length - WINDOW);
  const kept = window.subarray(Math.max(0, window.length + more.length - WINDOW));
  const out = new Uint8Array(kept.length + more.length);
  out.set(kept);
  out.set(more, kept.length);
  return out;
}
