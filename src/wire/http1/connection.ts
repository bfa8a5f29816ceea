import { limits } from '../../limits.js';
import type { Failure, Headers, Warning } from '../../model/exchange.js';
import { Call } from '../call.js';
import type { Observer, Way } from '../event.js';
import { Gather } from '../gather.js';
import { headerList, headerValue } from '../headers.js';
import { latin1 } from '../latin1.js';
import type { Outlet } from '../outlet.js';
import { Warnings } from '../warnings.js';
import { type Framing, responseFraming } from './framing.js';
import { parseHead, recorded } from './head.js';
import { MessageReader, type ReaderSink } from './reader.js';
import { otherReadings } from './readings.js';
import { type RequestReading, readRequestHead } from './request.js';
import { mayBeRequestLine, parseStatusLine } from './start-line.js';

/**
 * HTTP/1.x on one connection: pairs the responses with the requests in their order (RFC 9112 section 9.3.2).
 *
 * DANGER: who controls both ends can try to make the record differ from what the origin read. Fences: every ambiguity is named and read
 * both ways; a response is never matched to a request that began after it; as soon as the place is lost, the bytes are handed on raw
 * instead of being guessed at; and at most `limits.wireStreams` requests may wait for an answer.
 */
export class Http1Connection implements Observer {
  readonly #outlet: Outlet;
  #up: MessageReader;
  readonly #down: MessageReader;
  /** Requests whose response is not complete, oldest first. */
  #pending: Pending[] = [];
  /** The request that is being read. */
  #requesting: Requesting | null = null;
  /** Its answer decides what the bytes behind it are. */
  #waiting: Call | null = null;
  #switched: Call | null = null;
  /** False once requests or responses may be missing: what follows cannot be matched. */
  #paired = true;
  #pairingLost = '';
  #progress = 0;
  #closing = false;

  constructor(outlet: Outlet) {
    this.#outlet = outlet;
    this.#up = new MessageReader(this.#upSink());
    this.#down = new MessageReader(this.#downSink());
  }

  push(direction: Way, bytes: Uint8Array, at: number): void {
    if (direction === 'up') {
      this.#resync(bytes);
      this.#skipRefusedBody(bytes, at);
      this.#up.push(bytes, at);
    } else this.#down.push(bytes, at);
    this.#settle();
  }

  gap(direction: Way, missed: number, at: number): void {
    const switched = this.#switched;
    if (switched !== null) {
      const kept = direction === 'up' ? switched.requestMiss(missed, at) : switched.responseMiss(missed, at);
      if (!kept) switched.warn('gap', `${missed} bytes (${direction}) were relayed but not analysed`);
      return;
    }
    if (direction === 'up') {
      if (!this.#up.gap(missed, at)) {
        this.#up.lose('gap', at);
        this.#paired = false;
        this.#pairingLost = 'gap';
      }
    } else if (!this.#down.gap(missed, at)) this.#down.lose('gap', at);
    this.#settle();
  }

  close(at: number, failure: Failure | null): void {
    this.#waiting = null;
    this.#settle();
    this.#closing = true;
    this.#up.close(at);
    this.#settle();
    this.#down.close(at);
    for (const { call } of this.#pending.splice(0)) call.finish(at, failure);
    this.#switched?.finish(at, failure);
  }

  waiting(): number {
    return this.#up.waiting + ((this.#switched ?? this.#requesting?.call)?.waiting() ?? 0);
  }

  /** Each direction may be what the other one waits for. */
  #settle(): void {
    let before = -1;
    while (before !== this.#progress) {
      before = this.#progress;
      this.#up.resume();
      this.#down.resume();
    }
  }

  #upSink(): ReaderSink {
    return {
      ready: () => this.#waiting === null,
      plausible: (bytes) => mayBeRequestLine(latin1(bytes)),
      head: (bytes, startedAt, at) => this.#requestHead(bytes, startedAt, at),
      data: (bytes, at) => {
        this.#requesting?.call.requestData(bytes, at);
        if (this.#requesting?.chunked === false) this.#requesting.raw?.add(bytes);
      },
      wire: (bytes) => this.#requesting?.raw?.add(bytes),
      miss: (missed, at) => {
        this.#requesting?.call.requestMiss(missed, at);
        this.#requesting?.raw?.seal();
      },
      end: (at, trailers, warnings, whole) => this.#requestEnd(at, trailers, warnings, whole),
      lost: (reason, rest, at) => this.#outlet.raw.push('up', reason, rest, at),
      beyond: (bytes, at) => this.#switched?.requestData(bytes, at),
    };
  }

  #downSink(): ReaderSink {
    return {
      ready: () => this.#pending.length > 0 || this.#up.lost || !this.#paired,
      plausible: (bytes) => /^H(?:$|T(?:$|T(?:$|P(?:$|\/))))/.test(latin1(bytes.subarray(0, 5))),
      head: (bytes, startedAt, at) => this.#responseHead(bytes, startedAt, at),
      data: (bytes, at) => this.#pending[0]?.call.responseData(bytes, at),
      wire: () => undefined,
      miss: (missed, at) => this.#pending[0]?.call.responseMiss(missed, at),
      end: (at, trailers, warnings, whole) => {
        this.#progress++;
        if (!whole) return;
        this.#pending.shift()?.call.responseEnd(at, { trailers, warnings });
      },
      lost: (reason, rest, at) => {
        this.#outlet.raw.push('down', reason, rest, at);
        if (!this.#closing) this.#unpair(reason, at);
      },
      beyond: (bytes, at) => this.#switched?.responseData(bytes, at),
    };
  }

  #requestHead(bytes: Uint8Array, startedAt: number, at: number): Framing | { readonly fault: string } {
    this.#progress++;
    if (this.#pending.length >= limits.wireStreams) return { fault: 'limit-wireStreams' };
    const warnings = new Warnings();
    const reading = readRequestHead(this.#outlet.open, bytes, warnings);
    if (reading === null) return { fault: 'not-http' };
    const { head, framing } = reading.usual;
    const call = new Call(this.#outlet, startedAt);
    const chunked = framing.kind === 'chunked';
    const raw = chunked || reading.others.length > 0 ? new Gather(this.#outlet.budget, limits.bodyKept) : null;
    this.#requesting = { call, reading, raw, chunked };
    if (this.#paired) this.#pending.push({ call, startedAt });
    if (this.#paired && (head.method === 'CONNECT' || headerValue(head.headers, 'upgrade') !== null)) this.#waiting = call;
    call.requestHead(head, warnings.list(), at, false);
    return framing;
  }

  #requestEnd(at: number, trailers: Headers, warnings: readonly Warning[], whole: boolean): void {
    this.#progress++;
    const requesting = this.#requesting;
    this.#requesting = null;
    if (requesting === null) return;
    const { call, reading } = requesting;
    const raw = requesting.raw?.finish() ?? new Uint8Array(0);
    const strict = warnings.some(({ code }) => code === 'chunk-bare-lf' || code === 'chunk-extension');
    const others = strict ? [...reading.others, { ...reading.usual, strict: true }] : reading.others;
    const remarks = new Warnings();
    remarks.addAll(warnings);
    const alternatives = others.length === 0 ? [] : otherReadings(this.#outlet.open, this.#outlet.budget, others, raw, remarks);
    const ending = { trailers, warnings: remarks.list(), alternatives };
    if (whole) call.requestEnd(at, ending);
    else call.requestCut(at, ending);
    if (!this.#paired && !this.#pending.some((pending) => pending.call === call)) call.finish(at, this.#unmatched());
  }

  #responseHead(bytes: Uint8Array, startedAt: number, at: number): Framing | 'skip' | 'stop' | { readonly fault: string } {
    this.#progress++;
    const pending = this.#pending[0];
    // Tap batches may overtake each other by their delay; a response older than that was not an answer (a 408 on an idle connection, or
    // response queue poisoning).
    if (pending === undefined || startedAt + 4 * limits.tapDelayMs < pending.startedAt)
      return { fault: this.#paired ? 'unsolicited' : this.#pairingLost };
    const { call } = pending;
    const warnings = new Warnings();
    const { startLine, headers } = parseHead(bytes, 'usual', warnings);
    const line = parseStatusLine(startLine, warnings);
    if (line === null) return { fault: 'not-http' };
    if (line.status >= 100 && line.status < 200 && line.status !== 101) {
      responseFraming('GET', line.status, headers, warnings);
      for (const { code, detail } of warnings.list()) call.warn(code, detail);
      call.informational(line.status, recorded(headers, warnings), at);
      return 'skip';
    }
    const method = call.request?.method ?? '';
    const framing = responseFraming(method, line.status, headers, warnings);
    call.responseHead({ ...line, headers: recorded(headers, warnings) }, warnings.list(), startedAt);
    if (this.#waiting === call) this.#waiting = null;
    if (line.status === 101 || (method === 'CONNECT' && line.status >= 200 && line.status < 300)) {
      this.#pending.shift();
      if (this.#requesting?.call === call) this.#requestEnd(at, [], [], false);
      this.#switched = call;
      call.switchTo(headerList(headers, 'upgrade').includes('websocket') ? 'websocket' : 'other', at);
      this.#up.leave();
      return 'stop';
    }
    return framing;
  }

  /** The responses cannot be read any more: requests go on being recorded, without them. */
  #unpair(reason: string, at: number): void {
    this.#progress++;
    this.#paired = false;
    this.#pairingLost = reason;
    const waiting = this.#waiting;
    this.#waiting = null;
    // Whether the bytes behind an unanswered upgrade are HTTP cannot be known.
    if (waiting !== null) this.#up.lose(reason, at);
    const open = this.#pending.splice(0);
    for (const { call } of open) if (call !== this.#requesting?.call) call.finish(at, this.#unmatched());
  }

  #unmatched(): Failure {
    return { code: this.#pairingLost, detail: 'the response could not be read or matched' };
  }

  /** After a gap the next push that begins with a request line is read again. */
  #resync(bytes: Uint8Array): void {
    if (!this.#up.lost || this.#pairingLost !== 'gap' || this.#switched !== null) return;
    const text = latin1(bytes.subarray(0, limits.chunkLine));
    if (text.includes('\n') && mayBeRequestLine(text)) this.#up = new MessageReader(this.#upSink());
  }

  /** RFC 9110 section 10.1.1: a client that is refused before it sends its body may go on with the next request. */
  #skipRefusedBody(bytes: Uint8Array, at: number): void {
    const call = this.#requesting?.call;
    if (call === undefined || !call.responseDone || !this.#up.bodyUntouched) return;
    if (headerValue(call.request?.headers ?? [], 'expect') === null) return;
    const text = latin1(bytes.subarray(0, limits.chunkLine));
    if (text.includes('\n') && mayBeRequestLine(text)) this.#up.abandonBody(at);
  }
}

interface Pending {
  readonly call: Call;
  readonly startedAt: number;
}

interface Requesting {
  readonly call: Call;
  readonly reading: RequestReading;
  /** Bytes behind the head as on the wire, where another reading may need them. */
  readonly raw: Gather | null;
  readonly chunked: boolean;
}
