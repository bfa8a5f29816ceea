/**
 * Danger: a masked recording that still holds one value is worse than a raw one, because it is passed on without care. Fences: what was
 * found is replaced by place (path) and by value; a body in which something lies behind a decode step, that is no text, or that was not
 * read to its end is never written; responses, which are not analysed by default, lose their bodies; credentials go; and the masked
 * message is decoded again and searched for every value: where one is left, the whole part is withheld.
 */
import { headerFromHar, headerToHar } from '../capture/har-text.js';
import { decodeRequest, decodeResponse, decodeStreamMessage } from '../decode/index.js';
import { type Body, EMPTY_BODY, type Exchange, type Headers, type RequestMessage, type StreamMessage } from '../model/exchange.js';
import type { Decoded, Field } from '../model/field.js';
import type { Occurrence } from '../model/finding.js';
import { isTelling, markOf, Scrubber } from './scrub.js';

export interface MaskedExchange {
  readonly exchange: Exchange;
  /** What was left out, and why; for the reader of the file. */
  readonly notes: readonly string[];
}

/** Headers whose value logs somebody in. Names of cookies stay, their values go. */
const CREDENTIALS = new Set(['authorization', 'proxy-authorization', 'x-auth-token', 'x-access-token', 'x-api-key']);
/** Lengths, dates and validators: long digits that are nobody's. */
const FRAMING = new Set(['content-length', 'date', 'etag', 'if-none-match', 'last-modified', 'expires', 'host', 'age', 'content-type']);
const LINKS = new Set(['location', 'content-location', 'referer', 'origin']);
/** Headers of an answer that are kept; the others were not analysed, as its body was not. */
const ANSWER = new Set([...FRAMING, 'cache-control', 'connection', 'content-encoding', 'server', 'transfer-encoding', 'vary']);
const NOT_ANALYSED = '[not-analysed]';
/** Content codings that are undone before the body is looked at. */
const CODINGS = /^((?:\|(?:gzip|br|deflate|rawdeflate|zstd))*)(.*)$/s;

/** A finding of a kind made of many fields stands at one of them; the others are its siblings in the list. */
function coveredBy(piece: Occurrence): string {
  return piece.detector === 'composite' && piece.path.includes('[') ? piece.path.slice(0, piece.path.lastIndexOf('[')) : piece.path;
}

/** Fields by path. A message of events has as many finds as fields, and asking each find of each field took minutes for a megabyte. */
class FieldsByPath {
  readonly #sorted: readonly Field[];

  constructor(fields: readonly Field[]) {
    this.#sorted = [...fields].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  }

  /** Those at a path and, if wanted, all below it. */
  *at(path: string, below: boolean): Generator<Field> {
    const sorted = this.#sorted;
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]!.path < path) low = middle + 1;
      else high = middle;
    }
    for (; low < sorted.length && sorted[low]!.path.startsWith(path); low++) {
      const own = sorted[low]!.path;
      if (own.length === path.length) yield sorted[low]!;
      else if (!below) return;
      else if ('.[|$'.includes(own[path.length]!)) yield sorted[low]!;
    }
  }
}

/** `body.$.data|base64|json$.imei` lies in the field `body.$.data`. */
function rootOf(path: string): string {
  const head = /^(?:body|(?:ws|grpc|sse)\[\d+\])/.exec(path)?.[0] ?? '';
  const [, codings = '', rest = ''] = CODINGS.exec(path.slice(head.length)) ?? [];
  const cut = rest.indexOf('|');
  return cut < 0 ? path : head + codings + rest.slice(0, cut);
}

function isNested(path: string): boolean {
  return rootOf(path) !== path;
}

/** What is to be replaced in one message, from its evidence and its fields. */
class Plan {
  readonly scrubber: Scrubber;
  /** Found in raw bytes and in no field (a key, a value across two fields): nobody can say where it begins and ends. */
  readonly unplaced: ReadonlySet<Occurrence>;
  readonly #needles: readonly string[];

  constructor(evidence: readonly Occurrence[], fields: readonly Field[], everywhere: ReadonlyMap<string, string>) {
    const pieces = new Map<string, string>();
    const exact = new Map<string, string>();
    const unplaced = new Set(evidence);
    const byPath = new FieldsByPath(fields);
    for (const piece of evidence) {
      const mark = markOf(piece);
      const add = (text: string) => {
        if (text !== '' && !pieces.has(text)) pieces.set(text, mark);
      };
      add(piece.value);
      // A pair of coordinates or a list of numbers is written with commas here and as fields of their own on the wire.
      for (const part of piece.value.split(/[,;\s]+/)) if (part.length >= 4 && /[\d.@:]|[^\x00-\x7f]/.test(part)) add(part);
      const root = rootOf(piece.path);
      const list = coveredBy(piece);
      for (const field of [...byPath.at(root, false), ...byPath.at(list, true)]) {
        if (field.path === piece.path || field.path === root || piece.detector === 'composite') unplaced.delete(piece);
        const written = field.path === piece.path && piece.span !== null ? field.value.slice(...piece.span) : null;
        // A value inside a longer text is cut out by itself only where it stands as it is: of a base64 or hex writing only the first is
        // told, and others of the same value may follow in the same text.
        if (written !== null && written === piece.value) add(written);
        else if (field.value !== '') exact.set(field.value, mark);
      }
    }
    this.unplaced = unplaced;
    this.scrubber = new Scrubber(pieces, exact, everywhere);
    this.#needles = [...pieces.keys(), ...exact.keys()].filter(isTelling).map((text) => text.toLowerCase());
  }

  /** Whether any value can still be read in it, at any depth. @returns the parts of the message where one can. */
  leaks(decode: () => Decoded): ReadonlySet<string> {
    const left = new Set<string>();
    if (this.#needles.length === 0) return left;
    const { fields, layers } = decode();
    const look = (part: string, text: string) => {
      const lower = text.toLowerCase();
      if (this.#needles.some((needle) => lower.includes(needle))) left.add(part);
    };
    for (const { path, value } of fields) look(partOf(path), value);
    for (const { path, bytes } of layers)
      look(partOf(path), Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
    return left;
  }
}

/** `url`, `query`, `header`, `body`, ...: a cookie stands in a header, the raw target in `url`. */
function partOf(path: string): string {
  return /^[a-z]+/.exec(path)?.[0] ?? '';
}

function bodyOfText(text: string): Body {
  const bytes = new TextEncoder().encode(text);
  return bytes.length === 0 ? EMPTY_BODY : { bytes, size: bytes.length, sha256: '', truncated: false };
}

/** Stands in the place of a body that is not written: says why, and what was found in it. */
function withheld(why: string, evidence: readonly Occurrence[], scrubber: Scrubber): Body {
  const found = evidence.map((piece) => ({ path: scrubber.value(piece.path), value: markOf(piece) }));
  return bodyOfText(JSON.stringify({ overreach: `left out: ${why}`, ...(found.length === 0 ? {} : { evidence: found }) }));
}

interface MaskedBody {
  readonly body: Body;
  readonly why: string | null;
}

function maskBody(body: Body, decoded: Decoded, root: string, evidence: readonly Occurrence[], plan: Plan, form: boolean): MaskedBody {
  const leave = (why: string): MaskedBody => ({ body: withheld(why, evidence, plan.scrubber), why });
  if (body.size === 0) return { body, why: null };
  if (body.truncated || decoded.limits.some(({ path }) => path.startsWith(root))) return leave('not read to its end');
  if (evidence.some(({ grade }) => grade === 'opaque')) return leave('could not be decoded');
  if (evidence.some(({ path }) => isNested(path))) return leave('evidence lies behind a decode step');
  const text = textOf(body, decoded, root);
  if (text === null) return leave('not text');
  const isJson = /^\s*[[{"]/.test(text);
  const masked = form ? plan.scrubber.pairs(text) : isJson ? plan.scrubber.json(text) : plan.scrubber.value(text);
  // A value that was not found again where it was found before may still stand there in another writing.
  if (evidence.some((piece) => plan.unplaced.has(piece) || !masked.includes(markOf(piece)))) return leave('a value could not be cut out');
  return { body: bodyOfText(masked), why: null };
}

/** The body without its content-encoding. @returns null where it is no UTF-8 text. */
function textOf(body: Body, decoded: Decoded, root: string): string | null {
  const inflated = decoded.layers
    .filter(({ path }) => path.startsWith(root) && CODINGS.exec(path.slice(root.length))?.[2] === '')
    .sort((a, b) => b.path.length - a.path.length)[0];
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(inflated?.bytes ?? body.bytes);
    return /[\x00-\x08\x0e-\x1f]/.test(text) ? null : text;
  } catch {
    // Bytes that are no UTF-8: the caller leaves the body out and says so.
    return null;
  }
}

/** A name can be a value, too: some apps write a map of ids into headers. */
function maskName(name: string, scrubber: Scrubber): string {
  return scrubber.holds(name) || /\d{7,}/.test(name) ? 'x-masked' : name;
}

/** Of an answer: names, framing, names of cookies, and the host it leads to. */
function maskAnswerHeaders(headers: Headers, scrubber: Scrubber): Headers {
  return headers.map(([given, value]) => {
    const lower = given.toLowerCase();
    const name = maskName(given, scrubber);
    if (lower === 'set-cookie') return [name, maskCookies(value, false, scrubber)];
    if (lower === 'location') return [name, `${scrubber.url(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(value)?.[0] ?? '')}/${NOT_ANALYSED}`];
    return [name, ANSWER.has(lower) && !scrubber.holds(value) ? value : NOT_ANALYSED];
  });
}

function maskHeaders(headers: Headers, scrubber: Scrubber): Headers {
  return headers.map(([given, value]) => {
    const lower = given.toLowerCase();
    const name = maskName(given, scrubber);
    if (CREDENTIALS.has(lower)) return [name, '[credential]'];
    if (lower === 'cookie' || lower === 'set-cookie') return [name, maskCookies(value, lower === 'cookie', scrubber)];
    if (FRAMING.has(lower)) return [name, scrubber.holds(value) ? '[masked]' : value];
    if (LINKS.has(lower)) return [name, scrubber.url(value)];
    const text = headerToHar(value).value;
    const clean = scrubber.value(text);
    return [name, clean === text ? value : headerFromHar(clean)];
  });
}

/** Names stay, values become their mark or `[cookie]`: most of them log somebody in. Of set-cookie the attributes stay. */
function maskCookies(value: string, all: boolean, scrubber: Scrubber): string {
  return value
    .split(';')
    .map((pair, index) => {
      if (!all && index > 0) return pair;
      const equals = pair.indexOf('=');
      if (equals < 0) return '[cookie]';
      const clean = scrubber.encoded(pair.slice(equals + 1).trim(), false);
      return `${scrubber.value(pair.slice(0, equals))}=${/^\[[a-z_]+:[0-9a-f]+\]$/.test(clean) ? clean : '[cookie]'}`;
    })
    .join(';');
}

function contentType(headers: Headers): string {
  return headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
}

function originForm(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(.*)$/is.exec(url)?.[1] || '/';
}

function maskRequest(
  request: RequestMessage,
  evidence: readonly Occurrence[],
  everywhere: ReadonlyMap<string, string>,
  notes: string[],
): RequestMessage {
  const decoded = decodeRequest(request);
  const plan = new Plan(evidence, decoded.fields, everywhere);
  const { scrubber } = plan;
  const own = evidence.filter(({ part }) => part === 'body');
  const form = /x-www-form-urlencoded/i.test(contentType(request.headers)) || own.some(({ path }) => rootOf(path).startsWith('body.form'));
  const { body, why } = maskBody(request.body, decoded, 'body', own, plan, form);
  if (why !== null) notes.push(`request body left out: ${why}`);
  const url = scrubber.url(request.url);
  let masked: RequestMessage = {
    ...request,
    method: /^[A-Za-z-]{1,20}$/.test(request.method) ? request.method : '[masked]',
    url,
    target: originForm(url),
    headers: maskHeaders(request.headers, scrubber),
    trailers: maskHeaders(request.trailers, scrubber),
    body,
  };

  const left = plan.leaks(() => decodeRequest(masked));
  const unmarked = (parts: readonly string[], text: string) =>
    evidence.some((piece) => parts.includes(piece.part) && (plan.unplaced.has(piece) || !text.includes(markOf(piece))));
  if (left.has('url') || left.has('query') || unmarked(['url', 'query'], masked.url)) {
    const bare = `${/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(masked.url)?.[0] ?? ''}/[masked]`;
    masked = { ...masked, url: bare, target: '/[masked]' };
    notes.push('path and query left out: a value could not be cut out');
  }
  const values = [...masked.headers, ...masked.trailers].map(([, value]) => headerToHar(value).value).join('\n');
  const credential = evidence.some(({ path }) => CREDENTIALS.has(path.replace(/^(?:header|trailer)\.([\w-]+).*$/s, '$1')));
  if (left.has('header') || left.has('cookie') || left.has('trailer') || (!credential && unmarked(['header', 'trailer'], values))) {
    const names = (headers: Headers): Headers =>
      headers.map(([name, value]) => [name, FRAMING.has(name.toLowerCase()) && !scrubber.holds(value) ? value : '[masked]']);
    masked = { ...masked, headers: names(masked.headers), trailers: names(masked.trailers) };
    notes.push('header values left out: a value could not be cut out');
  }
  if (left.has('body')) {
    masked = { ...masked, body: withheld('a value could not be cut out', own, scrubber) };
    notes.push('request body left out: a value could not be cut out');
  }
  return masked;
}

function maskMessage(
  message: StreamMessage,
  evidence: readonly Occurrence[],
  everywhere: ReadonlyMap<string, string>,
  notes: string[],
): StreamMessage {
  const root = `${message.kind}[${message.index}]`;
  const own = evidence.filter((piece) => piece.message === message.index && piece.direction === message.direction);
  if (message.direction === 'response') {
    if (message.body.size === 0) return message;
    return {
      ...message,
      text: true,
      body: withheld('answers of the server are not part of a masked recording', own, new Scrubber(new Map(), new Map(), everywhere)),
    };
  }
  const decoded = decodeStreamMessage(message);
  const plan = new Plan(own, decoded.fields, everywhere);
  let { body, why } = maskBody(message.body, decoded, root, own, plan, false);
  const masked = { ...message, text: true, body };
  if (why === null && plan.leaks(() => decodeStreamMessage(masked)).size > 0) {
    why = 'a value could not be cut out';
    body = withheld(why, own, plan.scrubber);
  }
  if (why !== null) notes.push(`message ${message.index} left out: ${why}`);
  return { ...masked, body };
}

/**
 * An exchange as it may be passed on.
 * @param evidence everything that was found in it, candidates and opaque payloads included.
 * @param everywhere values found anywhere in the session with their marks.
 */
export function maskExchange(exchange: Exchange, evidence: readonly Occurrence[], everywhere: ReadonlyMap<string, string>): MaskedExchange {
  const notes: string[] = [];
  const head = evidence.filter(({ direction, message }) => direction === 'request' && message === null);
  const request = maskRequest(exchange.request, head, everywhere, notes);
  const { response } = exchange;
  let masked = response;
  if (response !== null) {
    const own = evidence.filter(({ direction, message }) => direction === 'response' && message === null);
    const plan = new Plan(own, own.length === 0 ? [] : decodeResponse(response).fields, everywhere);
    const empty = response.body.size === 0;
    if (!empty) notes.push('response body left out: answers of the server are not part of a masked recording');
    masked = {
      ...response,
      statusText: /^[A-Za-z -]{0,40}$/.test(response.statusText) ? response.statusText : '',
      headers: maskAnswerHeaders(response.headers, plan.scrubber),
      trailers: maskAnswerHeaders(response.trailers, plan.scrubber),
      body: EMPTY_BODY,
    };
  }
  const messages = exchange.messages.map((message) => maskMessage(message, evidence, everywhere, notes));
  const failure = exchange.failure === null ? null : { ...exchange.failure, detail: '' };
  return { exchange: { ...exchange, request, response: masked, messages, failure, warnings: [] }, notes };
}
