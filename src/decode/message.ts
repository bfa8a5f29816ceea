import { limits } from '../limits.js';
import type { Body, Headers, RequestMessage, ResponseMessage, StreamMessage } from '../model/exchange.js';
import type { Decoded, Part } from '../model/field.js';
import { headerText } from './charset.js';
import type { Leaf } from './decoder.js';
import type { MessageContext } from './modulehook.js';
import type { DecodeOptions } from './options.js';
import { readPairs } from './pairs.js';
import { element, NO_NAMES, named, Repeats } from './path.js';
import { unescapePercent } from './percent.js';
import { holdsDocument } from './records.js';
import { Tree } from './tree.js';

/** Headers whose grammar is known and holds no encoded value: not worth taking apart, and an ETag must not become a JSON string. */
const FLAT_HEADERS = new Set(
  'accept accept-charset accept-encoding accept-language accept-ranges age allow cache-control connection content-disposition content-encoding content-language content-length content-range content-type date etag expect expires host if-match if-modified-since if-none-match if-range if-unmodified-since keep-alive last-modified pragma proxy-connection range sec-websocket-accept sec-websocket-extensions sec-websocket-key sec-websocket-version server strict-transport-security te trailer transfer-encoding upgrade user-agent vary via'.split(
    ' ',
  ),
);

/** Every value of a header, in order. */
function valuesOf(headers: Headers, name: string): string[] {
  return headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
}

function latin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

/** A target or URL may hold characters beyond latin1 in a HAR; in that case UTF-8 is what they were. */
function rawBytes(text: string): Uint8Array {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) return Buffer.from(text, 'utf8');
  return latin1(text);
}

/** Path, query and fragment of an absolute URL, or of a target in origin form. Not `new URL`: it normalises away what was sent. */
function pathAndQuery(url: string): { readonly path: string; readonly query: string; readonly fragment: string } {
  const scheme = url.indexOf('://');
  const hash = url.indexOf('#');
  const whole = hash < 0 ? url : url.slice(0, hash);
  const question = whole.indexOf('?');
  const query = question < 0 ? '' : whole.slice(question + 1);
  const beforeQuery = question < 0 ? whole : whole.slice(0, question);
  const slash = beforeQuery.indexOf('/', scheme < 0 || (question >= 0 && scheme > question) ? 0 : scheme + 3);
  return { path: slash < 0 ? '' : beforeQuery.slice(slash + 1), query, fragment: hash < 0 ? '' : url.slice(hash + 1) };
}

/** Name and password before the host; '' where there are none. Recordings have them, and requests to a proxy. */
function userOf(url: string): string {
  const authority = /^[a-z][a-z0-9+.-]{0,31}:\/\/([^/?#]{0,512})/i.exec(url)?.[1] ?? '';
  return authority.slice(0, Math.max(0, authority.lastIndexOf('@')));
}

function readUrl(tree: Tree, request: RequestMessage): void {
  const { work } = tree;
  tree.harvest.layer('url', 'url', [], rawBytes(request.target === '' ? request.url : request.target));
  // HTTP/2 and some recordings have no Host header, or one that says otherwise: a device's number as a subdomain stands nowhere else.
  const host = hostOf(request.url);
  if (host !== '' && !valuesOf(request.headers, 'host').some((value) => value.toLowerCase().includes(host)))
    tree.harvest.layer('url.host', 'url', [], rawBytes(host));
  const whole = request.url === '' ? request.target : request.url;
  const { path, query, fragment } = pathAndQuery(whole);
  const group = work.group();
  const segments: Leaf[] = [];
  const parts = path.split('/', limits.decodeFields + 1);
  const put = (place: string, segment: string) => {
    if (segment === '') return;
    const { text, step, bytes } = unescapePercent(headerText(segment).text, false);
    const leaf: Leaf = { path: place, keys: NO_NAMES, value: text, kind: 'string', group, step };
    segments.push(bytes === null ? leaf : { ...leaf, kind: 'binary', bytes });
  };
  put('url.user', userOf(whole));
  for (const [index, segment] of parts.entries()) put(element('url.path', index), segment);
  put('url.fragment', fragment);
  tree.values('url', segments);
  if (query !== '') tree.values('query', readPairs(headerText(query).text, { root: 'query', keys: NO_NAMES }, work));
}

/** `a=b; c=d` (RFC 6265 section 4.2.1); values are taken as they are: percent-encoding is the application's own step. */
function readCookies(tree: Tree, texts: readonly string[], attributes: boolean): void {
  if (texts.length === 0) return;
  const group = tree.work.group();
  const repeats = new Repeats();
  const leaves: Leaf[] = [];
  for (const text of texts) {
    for (const pair of attributes ? [text.split(';', 1)[0] ?? ''] : text.split(';')) {
      if (leaves.length > tree.work.fieldsLeft) break;
      const equals = pair.indexOf('=');
      const name = (equals < 0 ? '' : pair.slice(0, equals)).trim();
      const raw = (equals < 0 ? pair : pair.slice(equals + 1)).trim();
      if (name === '' && raw === '') continue;
      const value = raw.length > 1 && raw.startsWith('"') && raw.endsWith('"') ? raw.slice(1, -1) : raw;
      const { text: readable, step } = headerText(value);
      leaves.push({
        path: repeats.path('cookie', name),
        keys: name === '' ? NO_NAMES : named(NO_NAMES, name),
        value: readable,
        kind: 'string',
        group,
        step,
      });
    }
  }
  tree.values('cookie', leaves);
}

function readHeaders(tree: Tree, part: 'header' | 'trailer', headers: Headers): void {
  if (headers.length === 0) return;
  tree.harvest.layer(part, part, [], rawBytes(headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')));
  const group = tree.work.group();
  const repeats = new Repeats();
  const leaves: Leaf[] = [];
  for (const [rawName, value] of headers) {
    const name = rawName.toLowerCase();
    if (name === 'cookie' || name === 'set-cookie') continue;
    if (leaves.length > tree.work.fieldsLeft) break;
    const { text, step } = headerText(value);
    leaves.push({
      path: repeats.path(part, name),
      keys: named(NO_NAMES, name),
      value: text,
      kind: 'string',
      group,
      step,
      // Apps add to the `User-Agent` of the system's browser what their pages ask for, as a JSON document.
      closed: FLAT_HEADERS.has(name) && !(name === 'user-agent' && holdsDocument(value)),
    });
  }
  tree.values(part, leaves);
}

function readBody(tree: Tree, body: Body, headers: Headers): void {
  if (body.truncated) tree.work.hit('body', 'bodyKept');
  const encodings = valuesOf(headers, 'content-encoding')
    .join(',')
    .toLowerCase()
    .split(',', limits.contentCodings + 1)
    .map((name) => name.trim());
  if (encodings.length > limits.contentCodings) tree.work.hit('body', 'contentCodings');
  tree.body(
    {
      path: 'body',
      part: 'body',
      truncated: body.truncated,
      contentType: valuesOf(headers, 'content-type')[0] ?? '',
      encoding: (valuesOf(headers, 'grpc-encoding')[0] ?? '').toLowerCase(),
    },
    body.bytes,
    encodings.slice(0, limits.contentCodings),
  );
}

/** Host of an absolute URL, lower case, without port. */
function hostOf(url: string): string {
  const start = url.indexOf('://');
  const authority = start < 0 ? '' : (url.slice(start + 3).split(/[/?#]/, 1)[0] ?? '');
  return authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/:\d*$/, '')
    .toLowerCase();
}

/** What hooks are told of a message of this exchange. */
export function contextOf({ url, headers }: Pick<RequestMessage, 'url' | 'headers'>): MessageContext {
  return { host: hostOf(url), path: `/${pathAndQuery(url).path}`, headers };
}

/** Reads a request into the tree: address, header fields, cookies, body, trailers. */
export function fillRequest(tree: Tree, request: RequestMessage): void {
  readUrl(tree, request);
  readHeaders(tree, 'header', request.headers);
  readCookies(tree, valuesOf(request.headers, 'cookie'), false);
  readBody(tree, request.body, request.headers);
  readHeaders(tree, 'trailer', request.trailers);
}

/** Reads a response into the tree: header fields, cookies, body, trailers. */
export function fillResponse(tree: Tree, response: ResponseMessage): void {
  readHeaders(tree, 'header', response.headers);
  readCookies(tree, valuesOf(response.headers, 'set-cookie'), true);
  readBody(tree, response.body, response.headers);
  readHeaders(tree, 'trailer', response.trailers);
}

/** Content type to read a stream message by: gRPC messages are protobuf. */
const STREAM_TYPE = { ws: '', grpc: 'application/x-protobuf', sse: '' } as const;

/** Reads one message of a WebSocket, a gRPC call or an event stream into the tree, as a body of its own. */
export function fillStreamMessage(tree: Tree, message: StreamMessage): void {
  const path = `${message.kind}[${message.index}]`;
  if (message.body.truncated) tree.work.hit(path, 'bodyKept');
  tree.body(
    { path, part: message.kind, truncated: message.body.truncated, contentType: STREAM_TYPE[message.kind], encoding: '' },
    message.body.bytes,
    [],
  );
}

/**
 * A request taken apart: URL path, query, headers, cookies, body, trailers, and whatever stands encoded in them. Never throws;
 * bounds that were reached are in `limits`.
 */
export function decodeRequest(request: RequestMessage, options: DecodeOptions = {}): Decoded {
  const tree = new Tree({ context: contextOf(request), ...options });
  fillRequest(tree, request);
  return { direction: 'request', message: null, ...tree.harvest.finish() };
}

/** A response taken apart; `set-cookie` values are `cookie.<name>`. Never throws. */
export function decodeResponse(response: ResponseMessage, options: DecodeOptions = {}): Decoded {
  const tree = new Tree(options);
  fillResponse(tree, response);
  return { direction: 'response', message: null, ...tree.harvest.finish() };
}

/** One WebSocket or gRPC message or SSE event taken apart. Never throws. */
export function decodeStreamMessage(message: StreamMessage, options: DecodeOptions = {}): Decoded {
  const tree = new Tree(options);
  fillStreamMessage(tree, message);
  return { direction: message.direction, message: message.index, ...tree.harvest.finish() };
}

/** Bytes of an unknown protocol, read as a body would be; paths begin with `part`. Never throws. */
export function decodeBytes(bytes: Uint8Array, part: Part, options: DecodeOptions = {}): Decoded {
  const tree = new Tree(options);
  tree.body({ path: part, part, truncated: false, contentType: '', encoding: '' }, bytes, []);
  return { direction: 'request', message: null, ...tree.harvest.finish() };
}
