import { InputError } from '../errors.js';
import { limits } from '../limits.js';
import type { Body, Client, Exchange, Headers, RequestMessage, ResponseMessage, StreamMessage, Warning } from '../model/exchange.js';
import type { Missed } from './har.js';
import { bodyOf } from './har-body.js';
import { readPrefix, readTnetstring, type TDict, TnetstringError, type TValue } from './tnetstring.js';

/**
 * Versions of the flow format whose meaning is known: mitmproxy 7 (12) to 12 (21). Between them only names of connection fields changed
 * (mitmproxy/io/compat.py); WebSocket messages are a part of their exchange since 12.
 */
const VERSIONS = { first: 12, last: 21 } as const;
const EXPORT = 'Export it as HAR with mitmproxy 10.1 or newer: mitmdump -nr FILE --set hardump=out.har';

/** Whether a file begins like a list of flows: the length of a dictionary, and the length of its first key. */
export function isFlowFile(head: Uint8Array): boolean {
  return /^[1-9]\d{0,11}:\d{1,3}:[a-z_]/.test(Buffer.from(head).toString('latin1'));
}

/**
 * Flows that mitmproxy saved (`mitmdump -w FILE`, "save" in mitmweb) as exchanges. Bodies are as they were on the wire. The number of an
 * exchange is the index of its flow; DNS flows have none.
 * @param pieces bytes of the file; each is looked at before the next is asked for. @param file its name, for messages.
 * @param missed told of what could not be read; without it the first of these is an error.
 * @throws InputError `OVR_FLOW_VERSION`, `OVR_FLOW_DAMAGED`, `OVR_FLOW_TRUNCATED`.
 */
export function* readFlows(pieces: Iterable<Uint8Array>, file: string, missed?: (what: Missed) => void): Generator<Exchange> {
  const miss = (code: string, problem: string, next: string) => {
    const message = `${file}: ${problem}`;
    if (missed === undefined) throw new InputError(code, message, { next });
    missed({ code, message, next });
  };
  let seq = 0;
  for (const record of records(pieces, file)) {
    if (record.bytes === null && record.whole)
      miss('OVR_FLOW_LARGE', `flow ${seq} has ${record.size} bytes; at most ${limits.harEntry} are read`, EXPORT);
    else if (record.bytes === null) {
      if (seq === 0) throw new InputError('OVR_FLOW_TRUNCATED', `${file} ends in its first flow`, { next: 'Save the flows again.' });
      miss(
        'OVR_FLOW_TRUNCATED',
        `the file ends in the middle: truncated after flow ${seq} (${record.size} bytes)`,
        'Save the flows again.',
      );
    } else {
      const flow = parsed(record.bytes, file, seq);
      const type = textOf(flow.type);
      if (type === 'http') yield httpExchange(flow, seq);
      else if (type === 'tcp' || type === 'udp') yield rawExchange(flow, seq);
      else if (type !== 'dns') miss('OVR_FLOW_TYPE', `flow ${seq} is of the unknown type "${type.slice(0, 20)}"`, EXPORT);
    }
    seq += 1;
  }
}

interface FlowRecord {
  /** null: larger than what is read, or not whole. */
  readonly bytes: Uint8Array | null;
  readonly whole: boolean;
  /** Bytes of the flow; of one that is not whole, of the file. */
  readonly size: number;
}

/** @throws InputError where the file is not a row of tnetstrings. */
function* records(pieces: Iterable<Uint8Array>, file: string): Generator<FlowRecord> {
  let held: Uint8Array[] = [];
  let heldSize = 0;
  let needed = 0;
  let skipping = 0;
  let read = 0;
  for (const piece of pieces) {
    let rest = piece;
    read += piece.length;
    while (rest.length > 0) {
      if (skipping > 0) {
        const step = Math.min(skipping, rest.length);
        skipping -= step;
        rest = rest.subarray(step);
        if (skipping === 0) yield { bytes: null, whole: true, size: needed };
        if (skipping === 0) needed = 0;
        continue;
      }
      // Only where a length is cut by the end of a piece are the few bytes before it put together with the next.
      const bytes: Uint8Array = needed === 0 && heldSize > 0 ? Buffer.concat([...held, rest]) : rest;
      if (needed === 0) {
        held = [];
        heldSize = 0;
        const prefix = prefixOf(bytes, file);
        if (prefix === null) {
          held = [Uint8Array.from(bytes)];
          heldSize = bytes.length;
          break;
        }
        needed = prefix.start + prefix.length + 1;
        if (needed > limits.harEntry) {
          skipping = needed;
          rest = bytes;
          continue;
        }
      }
      const missing = needed - heldSize;
      if (bytes.length < missing) {
        held.push(Uint8Array.from(bytes));
        heldSize += bytes.length;
        break;
      }
      const last = bytes.subarray(0, missing);
      yield { bytes: held.length === 0 ? last : Buffer.concat([...held, last]), whole: true, size: needed };
      held = [];
      heldSize = 0;
      needed = 0;
      rest = bytes.subarray(missing);
    }
  }
  if (heldSize > 0 || skipping > 0) yield { bytes: null, whole: false, size: read };
}

function prefixOf(bytes: Uint8Array, file: string): ReturnType<typeof readPrefix> {
  try {
    return readPrefix(bytes, 0);
  } catch (cause) {
    throw damaged(file, 'what follows the last flow is none', cause);
  }
}

function damaged(file: string, problem: string, cause: unknown): InputError {
  return new InputError('OVR_FLOW_DAMAGED', `${file} looks like a flow file of mitmproxy, but ${problem}`, { next: EXPORT, cause });
}

function parsed(bytes: Uint8Array, file: string, seq: number): TDict {
  let value: TValue;
  try {
    value = readTnetstring(bytes);
  } catch (cause) {
    if (!(cause instanceof TnetstringError)) throw cause;
    throw damaged(file, `flow ${seq} cannot be read: ${cause.message}`, cause);
  }
  const flow = dictOf(value);
  const { version } = flow;
  if (typeof version === 'number' && version >= VERSIONS.first && version <= VERSIONS.last) return flow;
  const written = typeof version === 'number' ? String(version) : Array.isArray(version) ? version.join('.') : 'none';
  throw new InputError('OVR_FLOW_VERSION', `${file} has flow format ${written}; known are ${VERSIONS.first} to ${VERSIONS.last}`, {
    next: EXPORT,
  });
}

function httpExchange(flow: TDict, seq: number): Exchange {
  const warnings: Warning[] = [];
  const warn = (code: string, detail: string) => {
    warnings.push({ code, detail });
  };
  if (textOf(flow.is_replay) === 'request') warn('flow-replayed', 'mitmproxy sent this request again; the app did not');
  const asked = dictOf(flow.request);
  const given = flow.response === null || flow.response === undefined ? null : dictOf(flow.response);
  const request = requestOf(asked, warn);
  const startedAt = millisecondsOf(asked.timestamp_start) ?? 0;
  if (startedAt === 0) warn('har-time', 'the start time is missing or unreadable');
  return {
    ...connectionOf(flow, seq),
    secure: request.url.startsWith('https:'),
    startedAt,
    requestEndedAt: millisecondsOf(asked.timestamp_end),
    responseStartedAt: given === null ? null : millisecondsOf(given.timestamp_start),
    endedAt: given === null ? millisecondsOf(dictOf(flow.error).timestamp) : millisecondsOf(given.timestamp_end),
    request,
    response: given === null ? null : responseOf(given, warn),
    messages: messagesOf(listOf(dictOf(flow.websocket).messages), startedAt, warn),
    failure: given === null ? { code: 'no-response', detail: textOf(dictOf(flow.error).msg) || 'the recording holds no response' } : null,
    warnings,
  };
}

/** Bytes that mitmproxy did not read as HTTP: what the phone sent is looked at as one body, in which anything may be found. */
function rawExchange(flow: TDict, seq: number): Exchange {
  const messages = listOf(flow.messages).map(listOf);
  const sent = messages.flatMap(([fromClient, content]) => (fromClient === true ? [bytesOf(content)] : []));
  const times = messages.flatMap(([, , at]) => millisecondsOf(at) ?? []);
  const { address } = dictOf(flow.server_conn);
  const [host = 'unknown', port = 0] = listOf(address);
  const secure = dictOf(flow.client_conn).tls === true || millisecondsOf(dictOf(flow.client_conn).timestamp_tls_setup) !== null;
  const startedAt = times[0] ?? millisecondsOf(dictOf(flow.client_conn).timestamp_start) ?? 0;
  return {
    ...connectionOf(flow, seq),
    secure,
    startedAt,
    requestEndedAt: startedAt,
    responseStartedAt: null,
    endedAt: times.at(-1) ?? startedAt,
    request: {
      method: 'RAW',
      target: '',
      url: `${secure ? 'https' : 'http'}://${bracketed(textOf(host))}:${Number(port)}/`,
      httpVersion: '1.1',
      headers: [],
      trailers: [],
      body: bodyOf(Buffer.concat(sent)),
    },
    response: null,
    messages: [],
    failure: null,
    warnings: [{ code: 'not-http', detail: 'These bytes are not HTTP.' }],
  };
}

function connectionOf(flow: TDict, seq: number) {
  const server = dictOf(flow.server_conn);
  const [serverAddress] = listOf(server.peername ?? server.ip_address);
  return {
    seq,
    source: 'har' as const,
    connection: null,
    client: clientOf(dictOf(flow.client_conn)),
    serverAddress: serverAddress === undefined ? null : textOf(serverAddress) || null,
  };
}

function clientOf({ peername, address }: TDict): Client | null {
  const [host, port] = listOf(peername ?? address);
  const written = textOf(host);
  return written === '' ? null : { address: written, port: typeof port === 'number' ? port : 0, user: null };
}

type Warn = (code: string, detail: string) => void;

function requestOf(asked: TDict, warn: Warn): RequestMessage {
  const headers = headersOf(asked.headers);
  const port = typeof asked.port === 'number' ? asked.port : 0;
  const scheme = textOf(asked.scheme) || (port === 443 ? 'https' : 'http');
  const path = latin1(asked.path) || '/';
  const target = path.startsWith('/') ? path : `/${path}`;
  const url = `${scheme}://${authorityOf(asked, headers, port, scheme)}${target.replace(/#.*$/s, '')}`;
  return {
    method: latin1(asked.method) || 'GET',
    target: path,
    url,
    httpVersion: versionOf(asked.http_version),
    headers,
    trailers: headersOf(asked.trailers),
    body: contentOf(asked.content, headers, 'request', warn),
  };
}

/** The name that the app asked for: behind a transparent proxy `host` is only an address. */
function authorityOf(asked: TDict, headers: Headers, port: number, scheme: string): string {
  const named = latin1(asked.authority) || headers.find(([name]) => name.toLowerCase() === 'host')?.[1] || '';
  const name = /^(\[[\da-f:.]+\]|[^\s:/@?#[\]]+)(?::\d+)?$/i.exec(named)?.[1] ?? bracketed(textOf(asked.host));
  const usual = port === 0 || port === (scheme === 'https' ? 443 : 80);
  return usual ? name : `${name}:${port}`;
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function responseOf(given: TDict, warn: Warn): ResponseMessage {
  const headers = headersOf(given.headers);
  return {
    status: typeof given.status_code === 'number' ? given.status_code : 0,
    statusText: latin1(given.reason),
    httpVersion: versionOf(given.http_version),
    headers,
    trailers: headersOf(given.trailers),
    body: contentOf(given.content, headers, 'response', warn),
  };
}

/** A body that was streamed past mitmproxy is null: it was there, and nobody has it. */
function contentOf(content: TValue | undefined, headers: Headers, part: string, warn: Warn): Body {
  if (content !== null && content !== undefined) return bodyOf(bytesOf(content));
  const length = Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? Number.NaN);
  if (length === 0) return bodyOf(new Uint8Array(0));
  warn('har-body-missing', `the recording left out the ${part} body`);
  return { ...bodyOf(new Uint8Array(0)), size: Number.isSafeInteger(length) && length > 0 ? length : 0, sha256: '', truncated: true };
}

/** `[opcode, from the client, content, time, dropped, injected]`; what the tester injected was sent by nobody. */
function messagesOf(items: readonly TValue[], startedAt: number, warn: Warn): readonly StreamMessage[] {
  const real = items.map(listOf).filter(([opcode, , , , , injected]) => (opcode === 1 || opcode === 2) && injected !== true);
  if (real.length > limits.streamMessages)
    warn('har-messages-cut', `${real.length} WebSocket messages, of which ${limits.streamMessages} are kept`);
  return real.slice(0, limits.streamMessages).map(([opcode, fromClient, content, at], index) => ({
    index,
    direction: fromClient === true ? 'request' : 'response',
    kind: 'ws',
    text: opcode === 1,
    at: millisecondsOf(at) ?? startedAt,
    body: bodyOf(bytesOf(content)),
  }));
}

function headersOf(given: TValue | undefined): Headers {
  return listOf(given)
    .map(listOf)
    .flatMap(([name, value]): Array<readonly [string, string]> => {
      const text = latin1(name);
      return text === '' || text.startsWith(':') ? [] : [[text, latin1(value)]];
    });
}

function versionOf(given: TValue | undefined): RequestMessage['httpVersion'] {
  const text = latin1(given);
  if (text.startsWith('HTTP/3')) return '3';
  if (text.startsWith('HTTP/2')) return '2';
  return text === 'HTTP/1.0' ? '1.0' : '1.1';
}

function millisecondsOf(seconds: TValue | undefined): number | null {
  return typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : null;
}

function dictOf(value: TValue | undefined): TDict {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array) ? (value as TDict) : {};
}

function listOf(value: TValue | undefined): readonly TValue[] {
  return Array.isArray(value) ? value : [];
}

function bytesOf(value: TValue | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : Buffer.from(typeof value === 'string' ? value : '', 'utf8');
}

function latin1(value: TValue | undefined): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : typeof value === 'string' ? value : '';
}

function textOf(value: TValue | undefined): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : typeof value === 'string' ? value : '';
}
