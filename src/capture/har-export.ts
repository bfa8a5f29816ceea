import { isUtf8 } from 'node:buffer';
import { ANALYSIS_FAILED, type Body, type Exchange, type Headers, type StreamMessage } from '../model/exchange.js';
import { type HarHeaderValue, headerToHar } from './har-text.js';

interface NamedValue extends HarHeaderValue {
  readonly name: string;
}

/** One entry of a HAR 1.2 log, as far as an exchange fills it. */
export interface HarEntry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly httpVersion: string;
    readonly cookies: readonly NamedValue[];
    readonly headers: readonly NamedValue[];
    readonly queryString: readonly NamedValue[];
    readonly postData?: { readonly mimeType: string; readonly text: string; readonly encoding?: 'base64' };
    readonly headersSize: number;
    readonly bodySize: number;
    readonly _trailers?: readonly NamedValue[];
  };
  readonly response: {
    readonly status: number;
    readonly statusText: string;
    readonly httpVersion: string;
    readonly cookies: readonly NamedValue[];
    readonly headers: readonly NamedValue[];
    readonly content: { readonly size: number; readonly mimeType: string; readonly text?: string; readonly encoding?: 'base64' };
    readonly redirectURL: string;
    readonly headersSize: number;
    readonly bodySize: number;
    readonly _trailers?: readonly NamedValue[];
    readonly _error?: string;
  };
  readonly cache: Readonly<Record<string, never>>;
  readonly timings: { readonly send: number; readonly wait: number; readonly receive: number };
  readonly serverIPAddress?: string;
  readonly comment?: string;
  /** Codes of what was remarked when it was recorded: whether the phone sent it at all, and what of it could not be read. */
  readonly _remarks?: readonly string[];
  readonly _resourceType?: 'websocket';
  readonly _webSocketMessages?: readonly HarStreamMessage[];
  readonly _streamMessages?: readonly HarStreamMessage[];
}

interface HarStreamMessage {
  readonly type: 'send' | 'receive';
  /** Seconds since the epoch, as Chrome writes it. */
  readonly time: number;
  readonly opcode: 1 | 2;
  readonly data: string;
  /** Full length, where `data` is only the beginning. */
  readonly _size?: number;
  readonly kind?: 'grpc' | 'sse';
}

/**
 * One exchange as a HAR entry; `parseHar` reads it back. Bodies keep their content-encoding (as base64), because the exchange
 * does; a body of which only the beginning was kept says so in `comment`.
 */
export function exchangeToHarEntry(exchange: Exchange): HarEntry {
  const { request, response, messages, startedAt } = exchange;
  // Codes alone: the details quote what was sent, also into a file that is masked. Whoever reads it again analyses it himself.
  const remarks = [...new Set(exchange.warnings.map(({ code }) => code))].filter((code) => code !== ANALYSIS_FAILED);
  const sent = exchange.requestEndedAt ?? startedAt;
  const answered = exchange.responseStartedAt ?? sent;
  const ended = exchange.endedAt ?? answered;
  const webSocket = messages.filter(({ kind }) => kind === 'ws');
  const others = messages.filter(({ kind }) => kind !== 'ws');
  const comment = [
    request.body.truncated ? `request body cut to ${request.body.bytes.length} of ${request.body.size} bytes` : '',
    response?.body.truncated ? `response body cut to ${response.body.bytes.length} of ${response.body.size} bytes` : '',
  ].filter((line) => line !== '');
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: Math.max(0, ended - startedAt),
    request: {
      method: request.method,
      url: request.url,
      httpVersion: version(request.httpVersion),
      cookies: [],
      headers: namedValues(request.headers),
      queryString: query(request.url),
      ...(request.body.bytes.length === 0 ? {} : { postData: { mimeType: mimeOf(request.headers), ...bodyText(request.body) } }),
      headersSize: -1,
      bodySize: request.body.size,
      ...(request.trailers.length === 0 ? {} : { _trailers: namedValues(request.trailers) }),
    },
    response: {
      status: response?.status ?? 0,
      statusText: response?.statusText ?? '',
      httpVersion: version(response?.httpVersion ?? request.httpVersion),
      cookies: [],
      headers: namedValues(response?.headers ?? []),
      content: {
        size: response?.body.size ?? 0,
        mimeType: mimeOf(response?.headers ?? []),
        ...(response === null || response.body.bytes.length === 0 ? {} : bodyText(response.body)),
      },
      redirectURL: response?.headers.find(([name]) => name.toLowerCase() === 'location')?.[1] ?? '',
      headersSize: -1,
      bodySize: response?.body.size ?? -1,
      ...(response === null || response.trailers.length === 0 ? {} : { _trailers: namedValues(response.trailers) }),
      ...(exchange.failure === null ? {} : { _error: `${exchange.failure.code}: ${exchange.failure.detail}` }),
    },
    cache: {},
    timings: { send: Math.max(0, sent - startedAt), wait: Math.max(0, answered - sent), receive: Math.max(0, ended - answered) },
    ...(exchange.serverAddress === null ? {} : { serverIPAddress: exchange.serverAddress }),
    ...(comment.length === 0 ? {} : { comment: comment.join('; ') }),
    ...(remarks.length === 0 ? {} : { _remarks: remarks }),
    // Chromium shows messages only of what says that it is a WebSocket.
    ...(webSocket.length === 0 && exchange.response?.status !== 101
      ? {}
      : { _resourceType: 'websocket', _webSocketMessages: webSocket.map(streamMessage) }),
    ...(others.length === 0 ? {} : { _streamMessages: others.map(streamMessage) }),
  };
}

function version(given: string): string {
  // `HTTP/2` and `HTTP/3` are what mitmproxy knows; browsers' own importers show any name.
  return `HTTP/${given}`;
}

function namedValues(headers: Headers): readonly NamedValue[] {
  return headers.map(([name, value]) => ({ name, ...headerToHar(value) }));
}

function mimeOf(headers: Headers): string {
  return headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? 'application/octet-stream';
}

/** Text only where the bytes come back exactly; base64 otherwise. */
function bodyText(body: Body): { readonly text: string; readonly encoding?: 'base64' } {
  const bytes = Buffer.from(body.bytes.buffer, body.bytes.byteOffset, body.bytes.length);
  const text = isUtf8(bytes) ? bytes.toString('utf8') : null;
  // A reader may take text of Latin letters alone for bytes written as characters.
  const doubtful = text !== null && /[\x80-\xff]/.test(text) && /^[\x00-\xff]*$/.test(text);
  return text !== null && !doubtful && !text.includes('\ufffd') && !/[\x00-\x08\x0e-\x1f]/.test(text)
    ? { text }
    : { text: bytes.toString('base64'), encoding: 'base64' };
}

function query(url: string): readonly NamedValue[] {
  const start = url.indexOf('?');
  if (start < 0) return [];
  return url
    .slice(start + 1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const cut = pair.indexOf('=');
      return cut < 0 ? { name: decoded(pair), value: '' } : { name: decoded(pair.slice(0, cut)), value: decoded(pair.slice(cut + 1)) };
    });
}

/** Bytes that are no UTF-8 (GBK percent-encoding) stay as they are. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function streamMessage({ direction, at, text, kind, body }: StreamMessage): HarStreamMessage {
  const bytes = Buffer.from(body.bytes.buffer, body.bytes.byteOffset, body.bytes.length);
  return {
    type: direction === 'request' ? 'send' : 'receive',
    time: at / 1000,
    opcode: text ? 1 : 2,
    data: bytes.toString(text ? 'utf8' : 'base64'),
    ...(body.truncated ? { _size: body.size } : {}),
    ...(kind === 'ws' ? {} : { kind }),
  };
}
