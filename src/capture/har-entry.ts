import { limits } from '../limits.js';
import type { Exchange, Failure, Headers, RequestMessage, ResponseMessage, StreamMessage, Warning } from '../model/exchange.js';
import { bodyOf, cutAt, formEncoded, readContent, readPostData } from './har-body.js';
import { type Loose, list, numberOf, record, textOf, written } from './har-json.js';
import { headerFromHar } from './har-text.js';

/** Warning of an exchange that became a WebSocket, in a recording by a tool that keeps no messages of it. */
export const MESSAGES_MISSING = 'har-messages-missing';

/** Warning of an entry that says nothing of what was sent. */
export const REQUEST_MISSING = 'har-entry-unreadable';

/** Many times what is ever remarked of one exchange. */
const REMARKS = 100;

/**
 * One entry of a HAR as an exchange. Written for what tools really export: Chrome, Firefox, Safari, mitmproxy, Charles, Proxyman, HTTP
 * Toolkit, whistle and PCAPdroid each leave out or bend something. Nothing odd in it is an error; it becomes a warning.
 * @param given any JSON value; @param seq its index.
 */
export function readEntry(given: unknown, seq: number): Exchange {
  const entry = record(given);
  const warnings: Warning[] = [];
  const warn = (code: string, detail: string) => {
    warnings.push({ code, detail });
  };
  const asked = record(entry.request);
  if (textOf(entry._fromCache) !== '') warn('har-from-cache', 'answered from the cache; nothing was sent');
  if (typeof entry.request !== 'object' || entry.request === null || Array.isArray(entry.request))
    warn(REQUEST_MISSING, 'the entry has no request that can be read');
  const startedAt = readTime(entry.startedDateTime, warn);
  const streamed = list(entry._webSocketMessages ?? entry._streamMessages ?? fromFrames(entry.frames));
  const request = readRequest(asked, streamed.length > 0, warn);
  const response = readResponse(record(entry.response), warn);
  const times = readTimes(entry, startedAt);
  // Chrome and mitmproxy write an empty list for a socket that said nothing: no list at all is a tool that records none.
  if (response?.status === 101 && (entry._webSocketMessages ?? entry._streamMessages ?? entry.frames) === undefined)
    warn(MESSAGES_MISSING, 'the recording left out the messages of the WebSocket');
  const failure = response === null ? readFailure(record(entry.response)) : null;
  const messages = readMessages(streamed, startedAt, warn);
  for (const code of readRemarks(entry._remarks))
    if (warnings.every((own) => own.code !== code)) warn(code, 'remarked when it was recorded');
  return {
    seq,
    source: 'har',
    connection: null,
    client: null,
    serverAddress: textOf(entry.serverIPAddress).replace(/^\[|\]$/g, '') || null,
    secure: request.url.startsWith('https:'),
    startedAt,
    requestEndedAt: times.requestEndedAt,
    responseStartedAt: response === null ? null : times.responseStartedAt,
    endedAt: times.endedAt,
    request,
    response,
    messages,
    failure,
    warnings,
  };
}

/** Codes in our own export; no more than an exchange can have of them, and nothing that is none. */
function readRemarks(given: unknown): readonly string[] {
  return list(given)
    .slice(0, REMARKS)
    .map(textOf)
    .filter((code) => /^[a-z][A-Za-z0-9-]{1,50}$/.test(code));
}

/** Chrome's `_error` is a net::ERR_ name; our own export writes `code: detail`. */
function readFailure(given: Loose): Failure {
  const written = textOf(given._error);
  const [, code, detail] = /^([a-z][a-z-]{2,40}): (.*)$/s.exec(written) ?? [];
  if (code !== undefined && detail !== undefined) return { code, detail };
  return { code: 'no-response', detail: written || 'the recording holds no response' };
}

type Warn = (code: string, detail: string) => void;

function readRequest(asked: Loose, streamed: boolean, warn: Warn): RequestMessage {
  const { url, target } = readUrl(addQuery(textOf(asked.url), asked.queryString, warn), warn);
  const headers = readHeaders(asked.headers);
  const withCookies = addCookies(headers, asked.cookies, warn);
  const body = readPostData(asked, withCookies, warn, streamed);
  const complete = body.size === 0 ? withCookies : addType(withCookies, record(asked.postData).mimeType, warn);
  return {
    method: (textOf(asked.method) || 'GET').trim(),
    target,
    url,
    httpVersion: readVersion(asked.httpVersion),
    headers: complete,
    trailers: readHeaders(asked._trailers),
    body,
  };
}

function readResponse(given: Loose, warn: Warn): ResponseMessage | null {
  const status = numberOf(given.status);
  // Chrome writes 0 for blocked and cancelled requests, the corpus tools for traffic without a recorded answer.
  if (status < 100 || status > 999) return null;
  const headers = readHeaders(given.headers);
  return {
    status,
    statusText: textOf(given.statusText),
    httpVersion: readVersion(given.httpVersion),
    headers,
    trailers: readHeaders(given._trailers),
    body: readContent(given.content, headers, numberOf(given.bodySize), warn),
  };
}

/** Absolute URL with http or https, and the origin-form target, both without the fragment, which is never sent. */
function readUrl(written: string, warn: Warn): { url: string; target: string } {
  const bare = written.trim().replace(/#.*$/s, '');
  const parts = /^(https?|wss?):\/\/([^/?]+)(.*)$/is.exec(bare);
  if (parts === null) {
    warn('har-url', written === '' ? 'the request has no URL' : 'the URL is not absolute http or https');
    return { url: bare, target: bare.startsWith('/') ? bare : `/${bare}` };
  }
  const [, scheme = '', authority = '', rest = ''] = parts;
  const target = rest === '' ? '/' : rest.startsWith('/') ? rest : `/${rest}`;
  const secure = scheme.toLowerCase() === 'https' || scheme.toLowerCase() === 'wss';
  return { url: `${secure ? 'https' : 'http'}://${authority}${target}`, target };
}

/** Some exports keep the query only in its own list. */
function addQuery(url: string, given: unknown, warn: Warn): string {
  const pairs = list(given).flatMap((item) => {
    const { name, value } = record(item);
    return textOf(name) === '' ? [] : [`${formEncoded(textOf(name))}=${formEncoded(written(value))}`];
  });
  if (pairs.length === 0 || url.includes('?')) return url;
  warn('har-query-rebuilt', 'the query was put together from its list');
  const [bare = '', fragment] = url.split('#', 2);
  return `${bare}?${pairs.join('&')}${fragment === undefined ? '' : `#${fragment}`}`;
}

/**
 * Pseudo-headers of HTTP/2 are left out: they stand in method, URL and status. Slack's app writes pairs instead of objects, and scripts that record write
 * one object of names, with lists where a name stood twice.
 */
function readHeaders(given: unknown): Headers {
  const items = Array.isArray(given) ? given : Object.entries(record(given));
  return items.flatMap((item): Array<readonly [string, string]> => {
    const { name, value, _latin1 } = Array.isArray(item) ? { name: item[0], value: item[1], _latin1: false } : record(item);
    const text = textOf(name);
    if (text === '' || text.startsWith(':')) return [];
    const values = Array.isArray(value) ? value : [value];
    return values.map((each) => [text, headerFromHar(written(each), _latin1 === true)] as const);
  });
}

/** Some exports keep cookies only in their own list. */
function addCookies(headers: Headers, given: unknown, warn: Warn): Headers {
  const cookies = list(given).flatMap((item) => {
    const { name, value } = record(item);
    return textOf(name) === '' ? [] : [`${textOf(name)}=${written(value)}`];
  });
  if (cookies.length === 0 || headers.some(([name]) => name.toLowerCase() === 'cookie')) return headers;
  warn('har-cookie-rebuilt', 'the Cookie header was put together from the list of cookies');
  return [...headers, ['Cookie', headerFromHar(cookies.join('; '))]];
}

/** A media type (RFC 9110 8.3.1) that says something: tools write `x-unknown`, and this one `application/octet-stream`, where they know none. */
const MEDIA_TYPE =
  /^(?!application\/octet-stream)(?:application|text|multipart|image|audio|video|message|model|font)\/[\w!#$&^.+-]+\s*(?:;|$)/i;

/** Some recordings keep only some of the headers; what the body was declared as stands beside it. */
function addType(headers: Headers, given: unknown, warn: Warn): Headers {
  const type = textOf(given).trim();
  if (!MEDIA_TYPE.test(type) || headers.some(([name]) => name.toLowerCase() === 'content-type')) return headers;
  warn('har-type-rebuilt', `the Content-Type header was put together from the type of the body, ${type.slice(0, 80)}`);
  return [...headers, ['Content-Type', headerFromHar(type)]];
}

function readVersion(given: unknown): RequestMessage['httpVersion'] {
  const text = textOf(given).toLowerCase();
  if (/^(?:http\/)?(?:h3|3|quic)/.test(text)) return '3';
  if (/^(?:http\/)?(?:h2|2|spdy)/.test(text)) return '2';
  return /1\.0$/.test(text) ? '1.0' : '1.1';
}

function readTime(given: unknown, warn: Warn): number {
  const at = Date.parse(textOf(given));
  if (Number.isFinite(at)) return at;
  warn('har-time', 'the start time is missing or unreadable');
  return 0;
}

function readTimes(entry: Loose, startedAt: number) {
  const timings = record(entry.timings);
  const part = (name: string) => Math.max(0, numberOf(timings[name]));
  // `ssl` is a part of `connect` (HAR 1.2).
  const sent = startedAt + part('blocked') + part('dns') + part('connect') + part('send');
  const answered = sent + part('wait');
  const total = numberOf(entry.time);
  const ended = total > 0 ? startedAt + total : answered + part('receive');
  return { requestEndedAt: sent, responseStartedAt: answered, endedAt: ended };
}

/**
 * Whether a message stands in base64; null: nothing was sent in it that is read. Opcodes are those of RFC 6455 section 5.2, by number or by name; Chrome
 * notes an error as -1. Of pings and the like what is read live is read here.
 */
function isBinary(opcode: unknown, data: string): boolean | null {
  if (opcode === undefined || opcode === null) return false;
  const name = textOf(opcode).toLowerCase();
  if (name === '2' || name === 'binary') return true;
  if (name === '-1') return null;
  return /^(?:[89]|10|close|ping|pong)$/.test(name) && data.length < limits.wsControl ? null : false;
}

/**
 * Chrome's `_webSocketMessages`, which Proxyman, HTTP Toolkit and mitmproxy write too: opcode 1 is text, 2 is base64; what a tool calls otherwise
 * is taken as it is written. Our own export puts gRPC and SSE messages into `_streamMessages`, in the same shape.
 */
function readMessages(items: readonly unknown[], startedAt: number, warn: Warn): readonly StreamMessage[] {
  if (items.length > limits.streamMessages)
    warn('har-messages-cut', `${items.length} WebSocket messages, of which ${limits.streamMessages} are kept`);
  return items.slice(0, limits.streamMessages).flatMap((item, index): StreamMessage[] => {
    const { type, time, opcode, data, kind, _size: size } = record(item);
    const text = written(data);
    const binary = isBinary(opcode, text);
    if (binary === null) return [];
    const seconds = numberOf(time);
    return [
      {
        index,
        direction: textOf(type).startsWith('rec') ? 'response' : 'request',
        kind: kind === 'grpc' || kind === 'sse' ? kind : 'ws',
        text: !binary,
        at: seconds > 1e11 ? seconds : seconds > 0 ? seconds * 1000 : startedAt,
        body: cutAt(bodyOf(Buffer.from(text, binary ? 'base64' : 'utf8')), numberOf(size)),
      },
    ];
  });
}

/** whistle's frames as Chrome would write them; their number begins with the time. */
function fromFrames(given: unknown): readonly Loose[] {
  return list(given)
    .map(record)
    .flatMap(({ isClient, base64, opcode, frameId }) => {
      // The end of a connection, or its error, is a line in the same list.
      if (opcode === undefined && textOf(base64) === '') return [];
      const code = numberOf(opcode);
      const text = code === 1;
      const bytes = Buffer.from(textOf(base64), 'base64');
      const type = isClient === true ? 'send' : 'receive';
      return [
        {
          type,
          time: Number.parseInt(textOf(frameId), 10),
          opcode: code === 0 ? 2 : code,
          data: text ? bytes.toString('utf8') : textOf(base64),
        },
      ];
    });
}
