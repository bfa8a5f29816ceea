import type { Exchange, StreamMessage } from '../model/exchange.js';
import { EMPTY_BODY } from '../model/exchange.js';
import type { Connection } from '../model/session.js';
import type { TapEvent, TapOpen } from '../model/tap.js';
import { createObserver, type Observer, type WireEvent } from '../wire/index.js';
import { http3Offered } from './http3.js';

/** What assembly tells: exchanges as they grow, and what became of each connection. */
export interface AssemblySink {
  /** The request is complete; the response is not there yet. `alternatives` are other readings of ambiguous framing. */
  requested(exchange: Exchange, alternatives: readonly Exchange['request'][]): void;
  /** The response is complete. */
  answered(exchange: Exchange): void;
  /** One WebSocket, gRPC or SSE message; it is not kept in `exchange.messages`, a connection may live for hours. */
  messaged(exchange: Exchange, message: StreamMessage): void;
  /** Nothing more will come. */
  ended(exchange: Exchange): void;
  /** Bytes no observer can read; they are still scanned for known values. */
  unread(connection: Connection, bytes: Uint8Array, direction: 'up' | 'down', at: number): void;
  /** Opened, changed or closed. */
  connection(connection: Connection): void;
}

export interface Assembly {
  tap(event: TapEvent): void;
  /** How many exchanges are open. */
  open(): number;
}

interface Line {
  connection: Connection;
  readonly opened: TapOpen;
  readonly observer: Observer | null;
  readonly streams: Map<number, Exchange>;
}

/**
 * Puts exchanges together out of tapped bytes. One line per connection; an observer reads it, this room numbers what it reads.
 * @param nextSeq gives the next exchange its number.
 */
export function createAssembly(sink: AssemblySink, nextSeq: () => number): Assembly {
  const lines = new Map<string, Line>();

  function update(line: Line, change: Partial<Connection>): void {
    line.connection = { ...line.connection, ...change };
    sink.connection(line.connection);
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
    };
    lines.set(event.connection, line);
    sink.connection(connection);
  }

  function read(line: Line, event: WireEvent): void {
    if (event.type === 'unreadable') {
      update(line, { notAnalysed: line.connection.notAnalysed + event.size });
      sink.unread(line.connection, event.bytes, event.direction, event.at);
      return;
    }
    if (event.type === 'request') {
      const exchange: Exchange = {
        seq: nextSeq(),
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
      line.streams.set(event.stream, exchange);
      sink.requested(exchange, event.alternatives ?? []);
      return;
    }
    const exchange = line.streams.get(event.stream);
    if (exchange === undefined) return;
    if (event.type === 'response') {
      const answered: Exchange = {
        ...exchange,
        response: event.response,
        responseStartedAt: event.startedAt,
        endedAt: event.endedAt,
        warnings: [...exchange.warnings, ...event.warnings],
      };
      line.streams.set(event.stream, answered);
      sink.answered(answered);
      const offered = line.connection.cause === null ? http3Offered(event.response.headers) : null;
      if (offered !== null) update(line, { cause: offered });
    } else if (event.type === 'message') {
      sink.messaged(exchange, event.message);
    } else if (event.type === 'end') {
      line.streams.delete(event.stream);
      const endedAt = exchange.endedAt ?? event.at;
      sink.ended({
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
        if (line.observer === null) {
          if (line.opened.layer === 'tunnel') sink.unread(line.connection, event.bytes, event.direction, event.at);
        } else line.observer.push(event.direction, event.bytes, event.at);
      } else if (event.type === 'gap') {
        update(line, {
          notAnalysed: line.connection.notAnalysed + event.missed,
        });
        line.observer?.gap(event.direction, event.missed, event.at);
      } else {
        line.observer?.close(event.at, event.failure);
        lines.delete(event.connection);
        update(line, { bytesUp: event.bytesUp, bytesDown: event.bytesDown });
      }
    },
    open: () => [...lines.values()].reduce((sum, line) => sum + line.streams.size, 0),
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
