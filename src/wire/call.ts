import { limits } from '../limits.js';
import {
  type Body,
  EMPTY_BODY,
  type Failure,
  type Headers,
  type RequestMessage,
  type ResponseMessage,
  type Warning,
} from '../model/exchange.js';
import type { Carrier, Part } from './carrier.js';
import type { Way, WireEvent } from './event.js';
import { Gather } from './gather.js';
import { GrpcCarrier, grpcFlavour } from './grpc.js';
import { fieldLines, headerValue, headerValues } from './headers.js';
import type { Outlet } from './outlet.js';
import { SseCarrier } from './sse.js';
import { Tally } from './tally.js';
import { Warnings } from './warnings.js';
import { WebSocketCarrier } from './websocket/carrier.js';
import { deflateOf } from './websocket/extension.js';

export type RequestHead = Omit<RequestMessage, 'body' | 'trailers'>;
export type ResponseHead = Omit<ResponseMessage, 'body' | 'trailers'>;

/** How a request or response ended, beyond its bytes. */
export interface Ending {
  readonly trailers: Headers;
  readonly warnings: readonly Warning[];
  readonly alternatives?: readonly RequestMessage[];
}

const PLAIN_END: Ending = { trailers: [], warnings: [] };
const NO_RESPONSE: Failure = { code: 'no-response', detail: 'the connection ended before a response came' };
const CUT: Failure = { code: 'cut-short', detail: 'the connection ended inside a message' };

/**
 * One stream: a request, its response, and the messages inside them. HTTP/1 and HTTP/2 both feed it; it alone decides what a body is
 * made of and when each event is due, so that both versions give the same record.
 */
export class Call {
  readonly stream: number;
  readonly #outlet: Outlet;
  readonly #startedAt: number;
  readonly #requestWarnings = new Warnings();
  readonly #responseWarnings = new Warnings();
  readonly #warnings = new Warnings();
  #request: RequestHead | null = null;
  #response: ResponseHead | null = null;
  #responseStartedAt = 0;
  #requestDone = false;
  #requestEmitted = false;
  #requestWasCut = false;
  #closing = false;
  #responseDone = false;
  #responseEmitted = false;
  #ended = false;
  #messages = 0;
  readonly #early: WireEvent[] = [];
  #earlyBytes = 0;
  #requestTally: Tally;
  #responseTally: Tally;
  /** Set where messages carry the body of that direction. */
  #carriers: Record<Way, Carrier | null> = { up: null, down: null };
  #webTrailers: Headers = [];
  /** Bytes that a tunnel's client sends ahead of the answer. */
  #held: Gather | null = null;

  constructor(outlet: Outlet, startedAt: number) {
    this.#outlet = outlet;
    this.stream = outlet.next();
    this.#startedAt = startedAt;
    this.#requestTally = new Tally(outlet.budget);
    this.#responseTally = new Tally(outlet.budget);
  }

  get request(): RequestHead | null {
    return this.#request;
  }

  get requestDone(): boolean {
    return this.#requestDone;
  }

  get responseDone(): boolean {
    return this.#responseDone;
  }

  get responseBegun(): boolean {
    return this.#response !== null;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Bytes of the request body so far. */
  get requestSize(): number {
    return this.#requestTally.size;
  }

  /** Bytes of the phone in it that stand in no event yet. */
  waiting(): number {
    if (this.#ended || this.#request === null) return 0;
    if (this.#requestEmitted) return this.#carriers.up?.waiting() ?? this.#held?.length ?? 0;
    const { target, headers } = this.#request;
    return target.length + fieldLines(headers).length + this.#requestTally.size;
  }

  /** A remark about the stream as a whole; it comes with `end`. */
  warn(code: string, detail: string): void {
    this.#warnings.add(code, detail);
  }

  /** @param streaming true where the body has no end of its own (extended CONNECT, CONNECT): the request is complete with its head. */
  requestHead(head: RequestHead, warnings: readonly Warning[], at: number, streaming: boolean): void {
    this.#request = head;
    this.#requestWarnings.addAll(warnings);
    const flavour = grpcFlavour(headerValue(head.headers, 'content-type'));
    if (!streaming && flavour !== null && head.method === 'POST') {
      this.#carriers.up = new GrpcCarrier(this.#outlet.budget, flavour, headerValue(head.headers, 'grpc-encoding'), {
        message: (part) => this.#message('up', part),
        trailers: (trailers, when) => this.#lateTrailers(trailers, when),
        warn: (code, detail) => this.#warnings.add(code, detail),
      });
      this.#emitRequest(at, PLAIN_END);
    }
    if (streaming) {
      this.#held = new Gather(this.#outlet.budget, limits.wireHeld);
      this.#emitRequest(at, PLAIN_END);
    }
  }

  requestData(bytes: Uint8Array, at: number): void {
    const carrier = this.#carriers.up;
    if (carrier !== null) carrier.push(bytes, at);
    else if (this.#held === null) this.#requestTally.add(bytes);
    else {
      this.#held.add(bytes);
      if (this.#held.full) this.#warnings.add('limit-wireHeld', 'bytes sent ahead of the answer to CONNECT were not read');
    }
  }

  /** Body bytes of the request that were relayed but not copied. False: the messages inside have lost their place. */
  requestMiss(missed: number, at: number): boolean {
    this.#requestWarnings.add('gap', 'part of the body was relayed but not analysed');
    const carrier = this.#carriers.up;
    if (carrier !== null) return carrier.miss(missed, at);
    this.#requestTally.miss(missed);
    return true;
  }

  requestEnd(at: number, ending: Ending = PLAIN_END): void {
    if (this.#requestDone || this.#ended) return;
    this.#requestDone = true;
    this.#carriers.up?.finish(at, false);
    this.#emitRequest(at, ending);
    this.#endWhenComplete(at);
  }

  /** The request stops here, unfinished (its framing is lost, or its connection is). It is given as far as it came. */
  requestCut(at: number, ending: Ending = PLAIN_END): void {
    if (this.#requestDone || this.#ended) return;
    this.#requestDone = true;
    this.#requestWasCut = !this.#requestEmitted;
    this.#carriers.up?.finish(at, true);
    if (this.#requestWasCut) this.#requestWarnings.add('cut-short', `ended after ${this.#requestTally.size} body bytes`);
    this.#emitRequest(at, ending);
    this.#endWhenComplete(at);
  }

  informational(status: number, headers: Headers, at: number): void {
    this.#give({ type: 'informational', stream: this.stream, at, status, headers });
  }

  responseHead(head: ResponseHead, warnings: readonly Warning[], startedAt: number): void {
    this.#response = head;
    this.#responseStartedAt = startedAt;
    this.#responseWarnings.addAll(warnings);
    const type = headerValue(head.headers, 'content-type');
    const flavour = grpcFlavour(type);
    const carried = (): void => {
      this.#responseTally.finish();
      this.#responseTally = new Tally(this.#outlet.budget, 0);
    };
    if (flavour !== null) {
      carried();
      this.#carriers.down = new GrpcCarrier(this.#outlet.budget, flavour, headerValue(head.headers, 'grpc-encoding'), {
        message: (part) => this.#message('down', part),
        trailers: (trailers) => {
          this.#webTrailers = trailers;
        },
        warn: (code, detail) => this.#warnings.add(code, detail),
      });
    } else if (type !== null && /^text\/event-stream\b/i.test(type)) {
      const coding = headerValue(head.headers, 'content-encoding');
      // A coded event stream is kept as one body: the decode room undoes content-codings, and nothing is lost but the split.
      if (coding !== null && coding.toLowerCase() !== 'identity') this.#responseWarnings.add('sse-coded', `event stream in ${coding}`);
      else {
        carried();
        this.#carriers.down = new SseCarrier(this.#outlet.budget, (part) => this.#message('down', part));
      }
    }
  }

  responseData(bytes: Uint8Array, at: number): void {
    this.#carriers.down?.push(bytes, at);
    this.#responseTally.add(bytes);
  }

  responseMiss(missed: number, at: number): boolean {
    this.#responseWarnings.add('gap', 'part of the body was relayed but not analysed');
    this.#responseTally.miss(missed);
    const carrier = this.#carriers.down;
    return carrier === null ? true : carrier.miss(missed, at);
  }

  responseEnd(at: number, ending: Ending = PLAIN_END): void {
    if (this.#responseDone || this.#ended) return;
    this.#responseDone = true;
    this.#carriers.down?.finish(at, false);
    this.#emitResponse(at, ending);
    this.#endWhenComplete(at);
  }

  /**
   * From here on both directions carry WebSocket frames (101, or a 2xx to extended CONNECT), or, for any other protocol, bytes that
   * are handed on raw. The response is given at once; the stream ends with its connection or its HTTP/2 stream.
   */
  switchTo(protocol: 'websocket' | 'other', at: number): void {
    this.#requestDone = false;
    if (this.#request !== null) this.#emitRequest(at, PLAIN_END);
    this.#emitResponse(at, PLAIN_END);
    const extensions = headerValues(this.#response?.headers ?? [], 'sec-websocket-extensions').join(', ');
    const deflate = deflateOf(extensions);
    for (const direction of ['up', 'down'] as const)
      this.#carriers[direction] =
        protocol === 'websocket'
          ? new WebSocketCarrier(this.#outlet.budget, direction, deflate === null ? null : deflate[direction], {
              message: (part) => this.#message(direction, part),
              unreadable: (reason, bytes, when) => this.#outlet.raw.push(direction, reason, bytes, when),
              warn: (code, detail) => this.#warnings.add(code, detail),
            })
          : new RawCarrier((bytes, when) => this.#outlet.raw.push(direction, 'tunnel', bytes, when));
    this.#responseTally = new Tally(this.#outlet.budget, 0);
    const held = this.#held?.finish();
    this.#held = null;
    if (held !== undefined && held.length > 0) this.requestData(held, at);
  }

  /** Ends the stream now. What was begun is given as far as it came. `null`: the end was in order. */
  finish(at: number, failure: Failure | null): void {
    if (this.#ended) return;
    this.#closing = true;
    // Where messages carry the body the request is whole with its head: an early answer (a gRPC error) cuts nothing off.
    this.requestCut(at);
    if (!this.#responseDone) this.#carriers.down?.finish(at, true);
    let own = this.#ownFailure();
    if (this.#response !== null && !this.#responseEmitted) {
      this.#responseWarnings.add('cut-short', `ended after ${this.#responseTally.size} body bytes`);
      this.#emitResponse(at, PLAIN_END);
      own = CUT;
    }
    this.#end(at, failure ?? own);
  }

  /** Trailers of a request that was given with its head have no place in it any more: they are searched as they are. */
  #lateTrailers(trailers: Headers, at: number): void {
    this.#outlet.raw.push('up', 'late-trailers', fieldLines(trailers), at);
  }

  /** What came with the end of a request that was given before. */
  #late({ trailers, warnings, alternatives = [] }: Ending, at: number): void {
    this.#lateTrailers(trailers, at);
    this.#warnings.addAll(warnings);
    if (alternatives.length > 0) this.#warnings.add('limit-wireReadings', 'other readings of the framing of a stream were not made');
  }

  #emitRequest(at: number, ending: Ending): void {
    if (this.#requestEmitted) this.#late(ending, at);
    if (this.#requestEmitted || this.#request === null) return;
    this.#requestEmitted = true;
    this.#requestWarnings.addAll(ending.warnings);
    const body = this.#carriers.up === null ? this.#requestTally.finish() : EMPTY_BODY;
    this.#remark(body, this.#requestWarnings, 'request');
    this.#outlet.emit({
      type: 'request',
      stream: this.stream,
      startedAt: this.#startedAt,
      endedAt: at,
      request: { ...this.#request, trailers: ending.trailers, body },
      warnings: this.#requestWarnings.list(),
      ...(ending.alternatives === undefined || ending.alternatives.length === 0 ? {} : { alternatives: ending.alternatives }),
    });
    for (const event of this.#early.splice(0)) this.#outlet.emit(event);
  }

  /** Everything of a stream comes behind its request; an answer to an unfinished upload waits for it, within bounds. */
  #give(event: WireEvent): void {
    if (this.#requestEmitted) {
      this.#outlet.emit(event);
      return;
    }
    this.#earlyBytes += event.type === 'message' ? event.message.body.bytes.length : 0;
    if (this.#early.length < limits.wireEarly && this.#earlyBytes <= limits.bodyKept) this.#early.push(event);
    else this.#warnings.add('limit-wireEarly', 'messages of a response ahead of the end of its request were not kept');
  }

  #emitResponse(at: number, ending: Ending): void {
    if (this.#responseEmitted || this.#response === null) return;
    this.#responseEmitted = true;
    this.#responseWarnings.addAll(ending.warnings);
    const tallied = this.#responseTally.finish();
    const body: Body = this.#carriers.down === null ? tallied : { ...tallied, truncated: this.#responseTally.missed > 0 };
    if (this.#carriers.down === null) this.#remark(body, this.#responseWarnings, 'response');
    this.#give({
      type: 'response',
      stream: this.stream,
      startedAt: this.#responseStartedAt,
      endedAt: at,
      response: { ...this.#response, trailers: [...ending.trailers, ...this.#webTrailers], body },
      warnings: this.#responseWarnings.list(),
    });
  }

  /** Says which bound cut the body: its own, or the one of the connection. */
  #remark(body: Body, warnings: Warnings, side: string): void {
    if (!body.truncated || warnings.has('gap')) return;
    const name = body.bytes.length >= limits.bodyKept ? 'bodyKept' : 'wireKept';
    warnings.add(`limit-${name}`, `${side} body of ${body.size} bytes, ${body.bytes.length} kept`);
  }

  #message(direction: Way, part: Part): void {
    this.#give({
      type: 'message',
      stream: this.stream,
      message: { index: this.#messages++, direction: direction === 'up' ? 'request' : 'response', ...part },
    });
  }

  #ownFailure(): Failure | null {
    if (this.#requestWasCut) return CUT;
    return this.#response === null ? NO_RESPONSE : null;
  }

  #endWhenComplete(at: number): void {
    if (this.#requestDone && this.#responseDone && !this.#closing) this.#end(at, this.#ownFailure());
  }

  #end(at: number, failure: Failure | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#requestTally.drop();
    this.#responseTally.drop();
    if (this.#held !== null) this.#outlet.raw.push('up', 'tunnel-refused', this.#held.finish(), at);
    this.#outlet.emit({ type: 'end', stream: this.stream, at, failure, warnings: this.#warnings.list() });
  }
}

/** Bytes of a protocol that nobody here reads. */
class RawCarrier implements Carrier {
  readonly #push: (bytes: Uint8Array, at: number) => void;
  constructor(push: (bytes: Uint8Array, at: number) => void) {
    this.#push = push;
  }
  push(bytes: Uint8Array, at: number): void {
    this.#push(bytes, at);
  }
  miss(): boolean {
    return true;
  }
  finish(): void {}
  waiting(): number {
    return 0;
  }
}
