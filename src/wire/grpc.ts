import { limits } from '../limits.js';
import type { Headers } from '../model/exchange.js';
import { Base64Pieces } from './base64.js';
import type { Budget } from './budget.js';
import type { Carrier, Part } from './carrier.js';
import { Gather } from './gather.js';
import { trimOws } from './headers.js';
import { inflate } from './inflation.js';
import { Intake } from './intake.js';
import { latin1 } from './latin1.js';
import { Tally } from './tally.js';

export type GrpcFlavour = 'grpc' | 'grpc-web' | 'grpc-web-text';

/** Which gRPC framing a content type announces, or null. `application/grpc+json` and its kin keep the same frames. */
export function grpcFlavour(contentType: string | null): GrpcFlavour | null {
  const match = /^\s*application\/(grpc(?:-web(?:-text)?)?)(?:[+;\s]|$)/i.exec(contentType ?? '');
  return match === null ? null : ((match[1] ?? '').toLowerCase() as GrpcFlavour);
}

export interface GrpcSink {
  message(part: Part): void;
  /** gRPC-web puts the trailers into the body (PROTOCOL-WEB.md). */
  trailers(trailers: Headers, at: number): void;
  warn(code: string, detail: string): void;
}

/** Length-prefixed message being read. */
interface Open {
  readonly flags: number;
  readonly length: number;
  remaining: number;
  readonly plain: Tally | null;
  /** Compressed messages and gRPC-web trailers are needed whole. */
  readonly whole: Gather | null;
}

const COMPRESSED = 1;
const TRAILERS = 0x80;

/**
 * gRPC messages: 1 byte of flags, 4 bytes of length, the message (gRPC PROTOCOL-HTTP2.md, "Length-Prefixed-Message"). A plain message
 * is never held as a whole; a compressed one is, up to `limits.wsCompressed`, and beyond it is given compressed and truncated.
 */
export class GrpcCarrier implements Carrier {
  readonly #budget: Budget;
  readonly #encoding: string;
  readonly #sink: GrpcSink;
  readonly #text: Base64Pieces | null;
  readonly #web: boolean;
  readonly #intake = new Intake();
  #open: Open | null = null;
  #lost = false;

  constructor(budget: Budget, flavour: GrpcFlavour, encoding: string | null, sink: GrpcSink) {
    this.#budget = budget;
    this.#encoding = trimOws(encoding ?? 'identity').toLowerCase();
    this.#sink = sink;
    this.#text = flavour === 'grpc-web-text' ? new Base64Pieces() : null;
    this.#web = flavour !== 'grpc';
  }

  push(bytes: Uint8Array, at: number): void {
    if (this.#lost) return;
    this.#intake.push(this.#text === null ? bytes : this.#text.push(bytes));
    for (;;) {
      if (this.#open === null) {
        if (this.#intake.length < 5) return;
        this.#begin(this.#intake.take(5));
      }
      const open = this.#open;
      if (open === null) return;
      const piece = this.#intake.take(open.remaining);
      open.remaining -= piece.length;
      open.plain?.add(piece);
      open.whole?.add(piece);
      if (open.remaining > 0) return;
      this.#complete(open, at);
    }
  }

  miss(bytes: number): boolean {
    const open = this.#open;
    if (this.#text !== null || open === null || bytes > open.remaining) {
      this.#lost = true;
      return false;
    }
    open.remaining -= bytes;
    open.plain?.miss(bytes);
    open.whole?.seal();
    return true;
  }

  finish(at: number): void {
    const rest = this.#intake.length > 0 || this.#open !== null || this.#text?.open === true;
    if (!rest) return;
    this.#sink.warn('grpc-cut-short', 'the stream ended inside a message');
    if (this.#open !== null) this.#complete(this.#open, at);
    else if (this.#intake.length > 0) {
      const tally = new Tally(this.#budget);
      tally.add(this.#intake.take(this.#intake.length));
      this.#sink.message({ kind: 'grpc', text: false, at, body: { ...tally.finish(), truncated: true } });
    }
  }

  waiting(): number {
    return this.#intake.length + (this.#open === null ? 0 : this.#open.length - this.#open.remaining);
  }

  #begin(prefix: Uint8Array): void {
    const view = new DataView(prefix.buffer, prefix.byteOffset, 5);
    const flags = view.getUint8(0);
    const length = view.getUint32(1);
    const coded = (flags & COMPRESSED) !== 0 && this.#encoding !== 'identity';
    const trailers = this.#web && (flags & TRAILERS) !== 0;
    const whole = trailers || coded ? new Gather(this.#budget, trailers ? limits.httpHead : limits.wsCompressed) : null;
    this.#open = { flags, length, remaining: length, plain: whole === null ? new Tally(this.#budget) : null, whole };
  }

  #complete(open: Open, at: number): void {
    this.#open = null;
    const cut = open.remaining > 0;
    if (open.plain !== null) {
      const body = open.plain.finish();
      this.#sink.message({ kind: 'grpc', text: false, at, body: cut ? { ...body, truncated: true } : body });
      return;
    }
    const whole = open.whole;
    if (whole === null) return;
    const missing = cut || whole.full;
    const bytes = whole.finish();
    const opened = (open.flags & COMPRESSED) !== 0 && !missing ? inflate(this.#encoding, bytes) : null;
    if (this.#web && (open.flags & TRAILERS) !== 0) {
      if (whole.full) this.#sink.warn('limit-httpHead', `trailers of ${open.length} bytes`);
      const trailers = parseTrailers(opened ?? bytes);
      if (trailers.length > limits.httpHeaderCount) this.#sink.warn('limit-httpHeaderCount', 'the trailers are cut there');
      this.#sink.trailers(trailers.slice(0, limits.httpHeaderCount), at);
      return;
    }
    if (opened === null)
      this.#sink.warn(
        whole.full ? 'limit-wsCompressed' : 'grpc-encoding',
        `message of ${open.length} bytes in ${this.#encoding} is given as it was sent`,
      );
    const tally = new Tally(this.#budget);
    tally.add(opened ?? bytes);
    const body = tally.finish();
    this.#sink.message({ kind: 'grpc', text: false, at, body: missing ? { ...body, truncated: true } : body });
  }
}

function parseTrailers(bytes: Uint8Array): Headers {
  return latin1(bytes)
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .slice(0, limits.httpHeaderCount + 1)
    .map((line) => {
      const colon = line.indexOf(':');
      return colon === -1 ? ([line, ''] as const) : ([line.slice(0, colon), trimOws(line.slice(colon + 1))] as const);
    });
}
