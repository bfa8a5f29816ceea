import { createHash } from 'node:crypto';
import type { Body, Exchange, Headers, ResponseMessage } from '../../src/model/exchange.js';
import { EMPTY_BODY } from '../../src/model/exchange.js';
import type { Session } from '../../src/model/session.js';
import type { AuditSink } from '../../src/session/audit-sink.js';

/** Exchanges and sessions as the capture room would make them, for tests of what lies behind it. */
export function bodyOf(text: string | Uint8Array): Body {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return { bytes, size: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex'), truncated: false };
}

export function exchangeOf(seq: number, url: string, body?: string, part: Partial<Exchange> = {}): Exchange {
  return {
    seq,
    source: 'proxy',
    connection: 'c1',
    client: { address: '192.168.1.9', port: 50_000, user: null },
    serverAddress: '203.0.113.7',
    secure: url.startsWith('https'),
    startedAt: 1_000 + seq * 10,
    requestEndedAt: 1_001 + seq * 10,
    responseStartedAt: null,
    endedAt: null,
    request: {
      method: body === undefined ? 'GET' : 'POST',
      target: new URL(url).pathname,
      url,
      httpVersion: '1.1',
      headers: body === undefined ? [] : [['Content-Type', 'application/json']],
      trailers: [],
      body: body === undefined ? EMPTY_BODY : bodyOf(body),
    },
    response: null,
    messages: [],
    failure: null,
    warnings: [],
    ...part,
  };
}

/** An answer of JSON, where nothing else is said. */
export function answerOf(body: string | Uint8Array, headers: Headers = [['Content-Type', 'application/json']]): ResponseMessage {
  return { status: 200, statusText: 'OK', httpVersion: '1.1', headers, trailers: [], body: bodyOf(body) };
}

export function sessionOf(part: Partial<Session> = {}): Session {
  return {
    id: 'test',
    startedAt: 0,
    endedAt: null,
    status: 'running',
    source: 'proxy',
    subject: { app: 'App', categories: { main: ['news'] }, context: {}, firstPartyDomains: ['example.test'], declared: null },
    device: null,
    scenes: [],
    ...part,
  };
}

/** Where an audit puts what nobody asks for. @param part what somebody does ask for. */
export function sinkOf(part: Partial<AuditSink> = {}): AuditSink {
  return {
    exchange() {},
    row() {},
    message() {},
    occurrence() {},
    findings() {},
    connection() {},
    limit() {},
    notAnalysed() {},
    session() {},
    replay: () => [],
    ...part,
  };
}
