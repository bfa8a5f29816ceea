import { limits } from '../limits.js';
import type { Exchange, StreamMessage, Warning } from '../model/exchange.js';
import { EMPTY_BODY } from '../model/exchange.js';
import type { Connection } from '../model/session.js';
import type { TapBytes, TapEvent, TapOpen } from '../model/tap.js';
import { createObserver, type Observer, type WireEvent } from '../wire/index.js';
import { headSize } from './exchange-row.js';
import { http3Offered } from './http3.js';

/** What assembly tells: exchanges as they grow, and what became of each connection. */
export interface AssemblySink {
  /** The request is complete; the response is not there yet. `alternatives` are other readings of ambiguous framing. */
  requested(exchange: Exchange, alternatives: readonly Exchange['request'][]): void;
  /** The response is complete. */
  answered(exchange: Exchange): void;
  /**
   * A stream that was opened before this session sends in it: a place for its messages. Its opening request belongs to the session that
   * recorded it, so `exchange` has nothing of it that could be found again; `opening` is that request, to tell whose it is.
   */
  carried(exchange: Exchange, opening: Exchange): void;
  /** One WebSocket, gRPC or SSE message; it is not kept in `exchange.messages`, a connection may live for hours. */
  messaged(exchange: Exchange, message: StreamMessage): void;
  /** Nothing more will come. */
  ended(exchange: Exchange): void;
  /**
   * Bytes no observer can read; they are still scanned for known values.
   * @param before the end of what came right before them, which was told already: a value may lie across the two.
   */
  unread(connection: Connection, bytes: Uint8Array, direction: 'up' | 'down', at: number, before: Uint8Array): void;
  /** Opened, changed or closed. */
  connection(connection: Connection): void;
  /** Something of a connection was relayed but not read, for the first time in this session: the analysis fell behind, or failed. */
  dropped(direction: 'up' | 'down'): void;
}

export interface Assembly {
  tap(event: TapEvent): void;
  /** How many exchanges are open. */
  open(): number;
  /**
   * Another session records from here on; null: none does. Connections stay open across it and go on being read, because the next
   * request on one can only be read by whoever read those before it.
   *
   * Everything belongs to exactly one session. A request is in the one that records when its last byte has come. One that was still
   * open is left to its session with the remark `open-at-end`; what comes for it later (the rest of a response) is in none, and its
   * bytes count as not analysed on the connection of the session that runs then. One that was not complete counts as not analysed in the
   * session that ends, even if the next one gets it whole. A message of a stream is in the session in which it is
   * sent; there the stream gets a place of its own, with the remark `carried-over`. Bytes of a connection that is not read are known
   * only when it closes, and count there.
   */
  turn(to: Recorder | null, at: number): void;
}

/** Where exchanges are recorded, and the numbers they get there. */
export interface Recorder {
  readonly sink: AssemblySink;
  readonly nextSeq: () => number;
}

interface Stream {
  readonly exchange: Exchange;
  /** The turn in which the exchange was told. */
  readonly turn: number;
}

interface Bytes {
  up: number;
  down: number;
}

interface Seam {
  readonly reason: string;
  readonly bytes: Uint8Array;
}

interface Line {
  connection: Connection;
  readonly opened: TapOpen;
  readonly observer: Observer | null;
  readonly streams: Map<number, Stream>;
  /** Copied or known to be missing, since it was opened. */
  readonly seen: Bytes;
  /** Of these, before the session that records now. */
  before: Readonly<Bytes>;
  /** Whether the session that records now knows of it. */
  told: boolean;
  /** The end of what was told as unread, where the next piece follows on it. */
  readonly seams: Record<'up' | 'down', Seam | null>;
  /** Directions of which the session that records now knows that something was dropped. */
  readonly dropped: Set<'up' | 'down'>;
}

const NONE = new Uint8Array(0);

/** Where a session has ended and the next has not begun: what passes is read on, and kept nowhere. */
const NOBODY: Recorder = {
  nextSeq: () => 0,
  sink: { requested() {}, answered() {}, carried() {}, messaged() {}, ended() {}, unread() {}, connection() {}, dropped() {} },
};

const OPEN_AT_END: Warning = {
  code: 'open-at-end',
  detail: 'The session ended before this exchange did; what came after is not in it.',
};

const CARRIED_OVER: Warning = {
  code: 'carried-over',
  detail:
    'This stream was opened before the session began; its opening request is in the one before, its messages from here on are in this one.',
};

const LATE: Connection['cause'] = {
  code: 'OVR_BEFORE_SESSION',
  text: {
    zh: '该连接上有一部分响应属于会话开始之前的请求，未作分析；此后的请求照常记录。',
    en: 'Responses on this connection answered requests from before the session began and were not analysed; requests since then are recorded.',
  },
};

const UNFINISHED: Connection['cause'] = {
  code: 'OVR_UNFINISHED_AT_END',
  text: {
    zh: '会话结束时，手机在该连接上还有没发送完的请求或消息，它不在本会话的记录中，未作分析。请等应用发送完毕再结束会话。',
    en: 'When the session ended, the phone was still sending a request or message on this connection: it is not in this session and was not analysed for it. Let the app finish before you end a session.',
  },
};

/** Remarks that speak of one session and not of the connection. */
const OF_SESSION: ReadonlySet<Connection['cause']> = new Set([LATE, UNFINISHED]);

/**
 * Puts exchanges together out of tapped bytes. One line per connection; an observer reads it, this room numbers what it reads.
 * @param nextSeq gives the next exchange its number.
 */
export function createAssembly(sink: AssemblySink, nextSeq: () => number): Assembly {
  const lines = new Map<string, Line>();
  let recorder: Recorder = { sink, nextSeq };
  let turn = 0;

  function tell(line: Line): void {
    line.told = true;
    recorder.sink.connection(line.connection);
  }

  function update(line: Line, change: Partial<Connection>): void {
    line.connection = { ...line.connection, ...change };
    tell(line);
  }

  function opened(event: TapOpen): void {
    const connection: Connection = {
      id: event.connection,
      at: event.at,
      client: event.client,
      host: event.sni ?? event.host,
      port: event.port,
      serverAddress: event.serverAddress,
      protocol: event.alpn ?? (event.layer === 'http' ? 'http/1.1' : null),
      reach: event.reach,
      cause: event.cause,
      bytesUp: 0,
      bytesDown: 0,
      notAnalysed: 0,
    };
    const readable = event.reach === 'decrypted' || event.reach === 'cleartext';
    const line: Line = {
      connection,
      opened: event,
      streams: new Map(),
      observer: readable ? createObserver(event, (wire) => read(line, wire)) : null,
      seen: { up: 0, down: 0 },
      before: { up: 0, down: 0 },
      told: false,
      seams: { up: null, down: null },
      dropped: new Set(),
    };
    lines.set(event.connection, line);
    tell(line);
    // The name that it asked for is all that is readable of a connection that is passed through.
    if (!readable) recorder.sink.unread(connection, Buffer.from(connection.host, 'latin1'), 'up', event.at, NONE);
  }

  /** @param reason why it is not read; pieces of one reason follow on each other. @param whole nothing is missing behind them. */
  function unread(line: Line, direction: 'up' | 'down', reason: string, bytes: Uint8Array, whole: boolean, at: number): void {
    const seam = line.seams[direction];
    const before = seam?.reason === reason ? seam.bytes : NONE;
    recorder.sink.unread(line.connection, bytes, direction, at, before);
    const joined = bytes.length >= limits.rawSeam ? bytes : Buffer.concat([before, bytes]);
    line.seams[direction] = whole ? { reason, bytes: joined.slice(-limits.rawSeam) } : null;
  }

  /** Nobody will look through these bytes: the record must not pass for one of all that was sent. */
  function dropped(line: Line, direction: 'up' | 'down', size: number): void {
    update(line, { notAnalysed: line.connection.notAnalysed + size });
    if (line.dropped.has(direction)) return;
    line.dropped.add(direction);
    recorder.sink.dropped(direction);
  }

  function readBytes(line: Line, { direction, bytes, at }: TapBytes): void {
    try {
      if (line.observer !== null) line.observer.push(direction, bytes, at);
      else if (line.opened.layer === 'tunnel') unread(line, direction, 'tunnel', bytes, true, at);
    } catch (error) {
      dropped(line, direction, bytes.length);
      throw error;
    }
  }

  /** What comes for an exchange of an earlier session. */
  function readLate(
    line: Line,
    id: number,
    { exchange }: Stream,
    event: Exclude<WireEvent, { readonly type: 'request' | 'unreadable' }>,
  ): void {
    if (event.type === 'end') line.streams.delete(id);
    else if (event.type === 'response') {
      const { headers, body } = event.response;
      const missed = headSize(headers) + body.size;
      update(line, { notAnalysed: line.connection.notAnalysed + missed, cause: line.connection.cause ?? LATE });
      line.streams.set(id, { exchange: { ...exchange, response: event.response }, turn: -1 });
    } else if (event.type === 'message') {
      const carried = continuation(exchange, recorder.nextSeq(), event.message.at);
      line.streams.set(id, { exchange: carried, turn });
      recorder.sink.carried(carried, exchange);
      recorder.sink.messaged(carried, event.message);
    }
  }

  function read(line: Line, event: WireEvent): void {
    if (event.type === 'unreadable') {
      update(line, { notAnalysed: line.connection.notAnalysed + event.size });
      unread(line, event.direction, event.reason, event.bytes, event.size === event.bytes.length, event.at);
      return;
    }
    if (event.type === 'request') {
      const exchange: Exchange = {
        seq: recorder.nextSeq(),
        source: 'proxy',
        connection: line.opened.connection,
        client: line.opened.client,
        serverAddress: line.opened.serverAddress,
        secure: line.opened.layer === 'tls',
        startedAt: event.startedAt,
        requestEndedAt: event.endedAt,
        responseStartedAt: null,
        endedAt: null,
        request: event.request,
        response: null,
        messages: [],
        failure: null,
        warnings: event.warnings,
      };
      line.streams.set(event.stream, { exchange, turn });
      recorder.sink.requested(exchange, event.alternatives ?? []);
      return;
    }
    const stream = line.streams.get(event.stream);
    if (stream === undefined) return;
    if (stream.turn !== turn) {
      readLate(line, event.stream, stream, event);
      return;
    }
    const { exchange } = stream;
    if (event.type === 'response') {
      const answered: Exchange = {
        ...exchange,
        response: event.response,
        responseStartedAt: event.startedAt,
        endedAt: event.endedAt,
        warnings: [...exchange.warnings, ...event.warnings],
      };
      line.streams.set(event.stream, { exchange: answered, turn });
      recorder.sink.answered(answered);
      const offered = line.connection.cause === null ? http3Offered(event.response.headers) : null;
      if (offered !== null) update(line, { cause: offered });
    } else if (event.type === 'message') {
      recorder.sink.messaged(exchange, event.message);
    } else if (event.type === 'end') {
      line.streams.delete(event.stream);
      const endedAt = exchange.endedAt ?? event.at;
      recorder.sink.ended({
        ...exchange,
        endedAt,
        failure: event.failure,
        warnings: [...exchange.warnings, ...event.warnings],
      });
    }
  }

  return {
    tap(event) {
      if (event.type === 'open') {
        opened(event);
        return;
      }
      const line = lines.get(event.connection);
      if (line === undefined) return;
      if (event.type === 'bytes') {
        line.seen[event.direction] += event.bytes.length;
        if (!line.told) tell(line);
        readBytes(line, event);
      } else if (event.type === 'gap') {
        line.seen[event.direction] += event.missed;
        line.seams[event.direction] = null;
        dropped(line, event.direction, event.missed);
        line.observer?.gap(event.direction, event.missed, event.at);
      } else {
        line.observer?.close(event.at, event.failure);
        lines.delete(event.connection);
        // One that was idle since the session began is no part of it.
        if (line.told) update(line, { bytesUp: event.bytesUp - line.before.up, bytesDown: event.bytesDown - line.before.down });
      }
    },
    open: () => [...lines.values()].reduce((sum, line) => sum + line.streams.size, 0),
    turn(to, at) {
      for (const line of lines.values()) {
        for (const { exchange, turn: begun } of line.streams.values())
          if (begun === turn) recorder.sink.ended({ ...exchange, warnings: [...exchange.warnings, OPEN_AT_END] });
        const waiting = line.observer?.waiting() ?? 0;
        // Whoever records next may get the whole of it: this session has nothing of it.
        if (waiting > 0) {
          dropped(line, 'up', waiting);
          update(line, { cause: line.connection.cause ?? UNFINISHED });
        }
        const { connection, seen, before } = line;
        if (line.told) update(line, { bytesUp: seen.up - before.up, bytesDown: seen.down - before.down });
        line.before = { ...seen };
        const cause = OF_SESSION.has(connection.cause) ? line.opened.cause : connection.cause;
        line.connection = { ...connection, at, cause, bytesUp: 0, bytesDown: 0, notAnalysed: 0 };
        line.told = false;
        line.dropped.clear();
        line.seams.up = null;
        line.seams.down = null;
      }
      recorder = to ?? NOBODY;
      turn += 1;
      // A connection that cannot be looked into may be in use unseen; the next session must not look as if it were not there.
      for (const line of lines.values()) if (line.observer === null) tell(line);
    },
  };
}

/**
 * The place of a stream in a session that began after it was opened. Nothing of the opening request is in it but the method, the host
 * and, for gRPC, the name of the service, by which messages are read: none of these holds anything of a person.
 */
function continuation({ request, response, warnings: _, ...opening }: Exchange, seq: number, at: number): Exchange {
  const [, origin = '', pathname = '/'] = /^([a-z]+:\/\/[^/?#]*)([^?#]*)/i.exec(request.url) ?? [];
  const grpc = request.headers.some(([name, value]) => /^content-type$/i.test(name) && /^application\/grpc/i.test(value));
  const target = grpc ? pathname : '/';
  return {
    ...opening,
    seq,
    startedAt: at,
    requestEndedAt: at,
    responseStartedAt: response === null ? null : at,
    endedAt: null,
    request: { ...request, target, url: origin + target, headers: [], trailers: [], body: EMPTY_BODY },
    response: response === null ? null : { ...response, headers: [], trailers: [], body: EMPTY_BODY },
    failure: null,
    warnings: [CARRIED_OVER],
  };
}

/** A request that stands for a connection whose bytes could not be read as HTTP, so that what a raw scan finds has a place. */
export function unreadExchange(connection: Connection, seq: number, at: number): Exchange {
  const scheme = connection.reach === 'decrypted' ? 'https' : 'http';
  const host = connection.host.includes(':') ? `[${connection.host}]` : connection.host;
  return {
    seq,
    source: 'proxy',
    connection: connection.id,
    client: connection.client,
    serverAddress: connection.serverAddress,
    secure: connection.reach === 'decrypted',
    startedAt: at,
    requestEndedAt: at,
    responseStartedAt: null,
    endedAt: at,
    request: {
      method: 'RAW',
      target: '',
      url: `${scheme}://${host}:${connection.port}/`,
      httpVersion: '1.1',
      headers: [],
      trailers: [],
      body: EMPTY_BODY,
    },
    response: null,
    messages: [],
    failure: null,
    warnings: [
      {
        code: 'not-http',
        detail: 'These bytes are not HTTP; only known values were looked for.',
      },
    ],
  };
}
