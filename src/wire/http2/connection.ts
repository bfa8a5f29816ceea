import { limits } from '../../limits.js';
import type { Failure, Headers } from '../../model/exchange.js';
import { Budget } from '../budget.js';
import { Call } from '../call.js';
import type { Observer, Way } from '../event.js';
import { Gather } from '../gather.js';
import { fieldLines } from '../headers.js';
import type { Outlet } from '../outlet.js';
import { PREFACE } from '../sniff.js';
import { Warnings } from '../warnings.js';
import { FLAG, FRAME, type FrameHead, FrameReader, type FrameSink } from './frame.js';
import { HpackDecoder } from './hpack.js';
import { checkLength, requestOf, responseOf } from './message.js';

interface Stream {
  readonly call: Call;
  readonly tunnel: string | null;
  /** Bytes of the response body. */
  received: number;
  responseHeaders: Headers;
}

/** A header block that is still coming, in HEADERS or PUSH_PROMISE and its CONTINUATIONs. */
interface OpenBlock {
  readonly stream: number;
  /** The stream that a PUSH_PROMISE opens. */
  readonly promised: number | null;
  readonly endStream: boolean;
  readonly startedAt: number;
  readonly gather: Gather;
}

interface Lane {
  readonly reader: FrameReader;
  readonly hpack: HpackDecoder;
  block: OpenBlock | null;
}

const ERRORS = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
];

/**
 * HTTP/2 on one connection (RFC 9113), both directions with a HPACK state of their own.
 *
 * DANGER: rapid reset (CVE-2023-44487), CONTINUATION floods, HPACK bombs, streams without end. Fences: a stream that is reset is
 * forgotten at once, header blocks and lists are bounded, at most `limits.wireStreams` streams are open, their bodies share one budget. A
 * direction whose frames or HPACK state are lost is handed on raw from there; the other one goes on.
 */
export class Http2Connection implements Observer {
  readonly #outlet: Outlet;
  readonly #lanes: Record<Way, Lane>;
  readonly #streams = new Map<number, Stream>();
  /** Highest stream the phone has opened, and highest the server has promised. */
  #opened = 0;
  #promised = 0;
  #upLost = false;
  #downLost = '';

  constructor(outlet: Outlet) {
    this.#outlet = outlet;
    this.#lanes = {
      up: { reader: new FrameReader(this.#sink('up'), PREFACE.length), hpack: new HpackDecoder(), block: null },
      down: { reader: new FrameReader(this.#sink('down'), 0), hpack: new HpackDecoder(), block: null },
    };
  }

  push(direction: Way, bytes: Uint8Array, at: number): void {
    this.#lanes[direction].reader.push(bytes, at);
    if (direction === 'up') this.#lanes.down.reader.resume();
  }

  gap(direction: Way, missed: number, at: number): void {
    const { reader } = this.#lanes[direction];
    const id = reader.gap(missed);
    const stream = id === null ? undefined : this.#streams.get(id);
    if (stream !== undefined) {
      const kept = direction === 'up' ? stream.call.requestMiss(missed, at) : stream.call.responseMiss(missed, at);
      if (direction === 'down') stream.received += missed;
      if (!kept) stream.call.warn('gap', `${missed} bytes (${direction}) were relayed but not analysed`);
    } else if (id === null) reader.lose('gap', at);
  }

  close(at: number, failure: Failure | null): void {
    for (const direction of ['up', 'down'] as const) {
      const { reader } = this.#lanes[direction];
      if (!reader.lost) this.#outlet.raw.push(direction, 'cut-short', reader.rest(), at);
    }
    for (const { call } of [...this.#streams.values()]) call.finish(at, failure);
    this.#streams.clear();
  }

  waiting(): number {
    const { reader, block } = this.#lanes.up;
    const bodies = [...this.#streams.values()].reduce((sum, { call }) => sum + call.waiting(), 0);
    return reader.waiting + (block?.gather.length ?? 0) + bodies;
  }

  #sink(direction: Way): FrameSink {
    return {
      ready: (head) => direction === 'up' || !this.#ahead(head),
      order: (head) => {
        // A header block may not be interrupted, not even by frames of other streams (RFC 9113 section 6.10).
        const open = this.#lanes[direction].block;
        const continues = head.type === FRAME.continuation;
        return continues === (open !== null) && (open === null || head.stream === open.stream) ? null : 'http2-continuation';
      },
      frame: (head, payload, at) => this.#frame(direction, head, payload, at),
      data: (id, bytes, at) => this.#data(direction, id, bytes, at),
      dataEnd: (head, at) => {
        if ((head.flags & FLAG.endStream) !== 0) this.#endStream(direction, head.stream, [], at);
      },
      foreign: (bytes, at) => {
        if (direction === 'up') this.#outlet.raw.push(direction, 'http2-unknown-frame', bytes, at);
      },
      lost: (reason, rest, at) => this.#lost(direction, reason, rest, at),
    };
  }

  /** A frame of the server for a request that the tap has not delivered yet. */
  #ahead(head: FrameHead): boolean {
    const about = head.type === FRAME.headers || head.type === FRAME.data || head.type === FRAME.reset || head.type === FRAME.push;
    return about && head.stream % 2 === 1 && head.stream > this.#opened && !this.#lanes.up.reader.lost;
  }

  #frame(direction: Way, head: FrameHead, payload: Uint8Array, at: number): string | null {
    const lane = this.#lanes[direction];
    switch (head.type) {
      case FRAME.headers:
      case FRAME.push:
        return this.#beginBlock(direction, head, payload, at);
      case FRAME.continuation:
        return lane.block === null
          ? 'http2-continuation'
          : this.#addToBlock(direction, lane.block, payload, (head.flags & FLAG.endHeaders) !== 0, at);
      case FRAME.reset:
        if (payload.length !== 4) return 'http2-frame-size';
        this.#reset(head.stream, new DataView(payload.buffer, payload.byteOffset, 4).getUint32(0), at);
        return null;
      default:
        if (payload.length !== 8) return 'http2-frame-size';
        if (direction === 'down') this.#goaway(new DataView(payload.buffer, payload.byteOffset, 8), at);
        return null;
    }
  }

  #beginBlock(direction: Way, head: FrameHead, payload: Uint8Array, at: number): string | null {
    if (head.stream === 0) return 'http2-stream';
    let from = 0;
    let padding = 0;
    if ((head.flags & FLAG.padded) !== 0) padding = payload[from++] ?? 255;
    let promised: number | null = null;
    if (head.type === FRAME.push) {
      if (direction === 'up' || payload.length < from + 4) return 'http2-push';
      promised = new DataView(payload.buffer, payload.byteOffset + from, 4).getUint32(0) & 0x7fffffff;
      from += 4;
    } else if ((head.flags & FLAG.priority) !== 0) from += 5;
    if (from + padding > payload.length) return 'http2-padding';
    const block: OpenBlock = {
      stream: head.stream,
      promised,
      endStream: head.type === FRAME.headers && (head.flags & FLAG.endStream) !== 0,
      startedAt: at,
      // Not from the shared budget: a block that does not fit costs the HPACK state, so a flood of bodies must not be able to cause that.
      gather: new Gather(new Budget(limits.h2HeaderBlock), limits.h2HeaderBlock),
    };
    return this.#addToBlock(direction, block, payload.subarray(from, payload.length - padding), (head.flags & FLAG.endHeaders) !== 0, at);
  }

  #addToBlock(direction: Way, block: OpenBlock, piece: Uint8Array, end: boolean, at: number): string | null {
    const lane = this.#lanes[direction];
    block.gather.add(piece);
    if (block.gather.full) {
      block.gather.finish();
      return 'limit-h2HeaderBlock';
    }
    lane.block = end ? null : block;
    if (!end) return null;
    const decoded = lane.hpack.decode(block.gather.finish());
    if ('fault' in decoded) return decoded.fault;
    const warnings = new Warnings();
    if (decoded.limit !== null) warnings.add(`limit-${decoded.limit}`, 'the field list is cut there');
    if (block.promised !== null) return this.#promise(block.promised, decoded.headers, warnings, block.startedAt, at);
    return direction === 'up'
      ? this.#requestBlock(block, decoded.headers, warnings, at)
      : this.#responseBlock(block, decoded.headers, warnings, at);
  }

  #requestBlock(block: OpenBlock, fields: Headers, warnings: Warnings, at: number): string | null {
    if (block.stream % 2 === 0) return 'http2-stream';
    if (block.stream <= this.#opened) {
      const call = this.#streams.get(block.stream)?.call;
      for (const { code, detail } of warnings.list()) call?.warn(code, detail);
      if (block.endStream) this.#endStream('up', block.stream, fields, at);
      else {
        call?.warn('http2-trailers', 'a second field list without the end of the stream');
        this.#outlet.raw.push('up', 'http2-trailers', fieldLines(fields), at);
      }
      return null;
    }
    if (this.#streams.size >= limits.wireStreams) return 'limit-wireStreams';
    this.#opened = block.stream;
    const { head, tunnel } = requestOf(this.#outlet.open, fields, warnings);
    const call = new Call(this.#outlet, block.startedAt);
    this.#streams.set(block.stream, { call, tunnel, received: 0, responseHeaders: [] });
    call.requestHead(head, warnings.list(), at, tunnel !== null);
    if (block.endStream) this.#endStream('up', block.stream, [], at);
    return null;
  }

  #responseBlock(block: OpenBlock, fields: Headers, warnings: Warnings, at: number): string | null {
    const stream = this.#streams.get(block.stream);
    if (stream === undefined) return null;
    const { call } = stream;
    if (call.responseBegun) {
      for (const { code, detail } of warnings.list()) call.warn(code, detail);
      if (block.endStream) this.#endStream('down', block.stream, fields, at);
      else call.warn('http2-trailers', 'a second field list without the end of the stream');
      return null;
    }
    const head = responseOf(fields, warnings);
    if (head.status >= 100 && head.status < 200 && !block.endStream) {
      call.informational(head.status, head.headers, at);
      return null;
    }
    stream.responseHeaders = head.headers;
    call.responseHead(head, warnings.list(), block.startedAt);
    if (stream.tunnel !== null && head.status >= 200 && head.status < 300)
      call.switchTo(stream.tunnel.toLowerCase() === 'websocket' ? 'websocket' : 'other', at);
    if (block.endStream) this.#endStream('down', block.stream, [], at);
    return null;
  }

  /** A request that the server makes up for the phone. It comes with the warning `server-push`: nothing in it was sent by the phone. */
  #promise(id: number, fields: Headers, warnings: Warnings, startedAt: number, at: number): string | null {
    if (id === 0 || id % 2 === 1 || id <= this.#promised) return 'http2-push';
    if (this.#streams.size >= limits.wireStreams) return 'limit-wireStreams';
    this.#promised = id;
    warnings.add('server-push', 'the server promised this request; the phone did not send it');
    const call = new Call(this.#outlet, startedAt);
    this.#streams.set(id, { call, tunnel: null, received: 0, responseHeaders: [] });
    call.requestHead(requestOf(this.#outlet.open, fields, warnings).head, warnings.list(), at, false);
    call.requestEnd(at);
    return null;
  }

  #data(direction: Way, id: number, bytes: Uint8Array, at: number): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) {
      // In flight when the stream was reset, or on a stream that never was: sent all the same.
      if (direction === 'up') this.#outlet.raw.push(direction, 'http2-data-without-stream', bytes, at);
      else if (this.#upLost) this.#outlet.raw.count(direction, 'http2-data-without-stream', bytes.length, at);
    } else if (direction === 'up') stream.call.requestData(bytes, at);
    else if (!stream.call.responseBegun) {
      stream.call.warn('http2-data-without-head', 'DATA ahead of the field list of the response');
      this.#outlet.raw.push(direction, 'http2-data-without-head', bytes, at);
    } else {
      stream.received += bytes.length;
      stream.call.responseData(bytes, at);
    }
  }

  #endStream(direction: Way, id: number, trailers: Headers, at: number): void {
    const stream = this.#streams.get(id);
    // In flight when the stream was reset, or behind its end: sent all the same.
    if (direction === 'up' && stream?.call.requestDone !== false)
      this.#outlet.raw.push(direction, 'http2-trailers-without-stream', fieldLines(trailers), at);
    if (stream === undefined) return;
    const { call } = stream;
    const warnings = new Warnings();
    if (direction === 'up') {
      if (stream.tunnel === null && !call.requestDone) checkLength(call.request?.headers ?? [], call.requestSize, warnings);
      call.requestEnd(at, { trailers, warnings: warnings.list() });
      if (this.#downLost !== '') call.finish(at, this.#unread());
    } else {
      if (stream.received > 0) checkLength(stream.responseHeaders, stream.received, warnings);
      call.responseEnd(at, { trailers, warnings: warnings.list() });
    }
    this.#forget(id, call);
  }

  #reset(id: number, code: number, at: number): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) return;
    // NO_ERROR behind a whole response only tells the phone to stop sending (RFC 9113 section 8.1).
    const orderly = code === 0 && stream.call.responseDone;
    stream.call.finish(at, orderly ? null : { code: 'reset', detail: ERRORS[code] ?? `error ${code}` });
    this.#streams.delete(id);
  }

  #goaway(payload: DataView, at: number): void {
    const last = payload.getUint32(0) & 0x7fffffff;
    const code = payload.getUint32(4);
    for (const [id, { call }] of [...this.#streams])
      if (id % 2 === 1 && id > last) {
        call.finish(at, { code: 'refused', detail: `GOAWAY ${ERRORS[code] ?? code}` });
        this.#streams.delete(id);
      }
  }

  #lost(direction: Way, reason: string, rest: Uint8Array, at: number): void {
    const first = direction === 'up' ? !this.#upLost : this.#downLost === '';
    this.#outlet.raw.push(direction, reason, rest, at);
    if (!first) return;
    if (direction === 'up') this.#upLost = true;
    else this.#downLost = reason;
    for (const [id, { call }] of [...this.#streams]) {
      if (direction === 'up') call.requestCut(at);
      else if (call.requestDone) call.finish(at, this.#unread());
      this.#forget(id, call);
    }
  }

  #unread(): Failure {
    return { code: this.#downLost, detail: 'the response could not be read' };
  }

  #forget(id: number, call: Call): void {
    if (call.ended) this.#streams.delete(id);
  }
}
