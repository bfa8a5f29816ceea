import { contextOf, type DecodeOptions, decodeRequest, decodeResponse, decodeStreamMessage, Triage } from '../decode/index.js';
import { boundsReached } from '../detect/bounds.js';
import { createDetector, type Recall } from '../detect/detector.js';
import { createFollowed, type Followed, withFollowed } from '../detect/followed.js';
import { createKnownValues, type KnownValues } from '../detect/known-values.js';
import { marksOf } from '../detect/marks.js';
import { createMasker } from '../detect/masked-value.js';
import { createRecurring, type Recurring } from '../detect/recurring.js';
import { limits } from '../limits.js';
import { EMPTY_BODY, type Exchange, type RequestMessage, type ResponseMessage, type StreamMessage } from '../model/exchange.js';
import type { Decoded, LimitHit } from '../model/field.js';
import type { Evidence, Occurrence } from '../model/finding.js';
import type { HookRunner } from '../model/hook.js';
import type { ProtoSchema } from '../model/proto.js';
import type { DataType, Endpoint } from '../model/rulebook.js';
import type { Persona } from '../model/session.js';
import { isClosed } from './closed.js';
import { searchableText } from './searchable.js';

/** What one message gave: evidence, and the bounds behind which nobody looked. */
export interface Reading {
  readonly evidence: readonly Evidence[];
  readonly limits: readonly LimitHit[];
  /** Nobody could look into the content; see `isClosed`. */
  readonly closed?: boolean;
  /** What decoding brought to light, for the search; see `searchableText`. */
  readonly text?: string;
}

/** What an analyst remembers across messages. */
export interface Memory {
  /** Values that servers handed out. */
  readonly followed: Followed;
  /** Identifiers that some message named. */
  readonly recurring: Recurring;
}

/** Gets evidence for a message that a later one brought to light. */
export type TellLater = (evidence: Evidence) => void;

const untold: TellLater = () => {};

/**
 * Message in, evidence out; the live proxy, `check` and `rejudge` all use this one. Pure apart from what it was made of and, where
 * values are followed, from the exchanges it was shown before.
 */
export interface Analyst {
  /** What it remembers; null where values are not followed. */
  readonly memory: Memory | null;
  /** @param at when it began, in milliseconds; without it values are not followed. */
  request(request: RequestMessage, at?: number, tell?: TellLater): Reading;
  /** Remembers what the response hands out, to recognise it in later requests to others; no evidence, but the bound that was reached. */
  learn(exchange: Exchange): Reading;
  /** The same of a message that came in. */
  learnMessage(message: StreamMessage, request: Pick<RequestMessage, 'url' | 'headers'>): Reading;
  response(exchange: Exchange): Reading;
  /** @param request of the exchange that carries it: key hooks and endpoints go by its URL and headers. */
  message(message: StreamMessage, request: Pick<RequestMessage, 'url' | 'headers'>, tell?: TellLater): Reading;
  /** From now on these values are known; what was followed so far stays so. */
  know(persona: Persona | null): void;
  /**
   * Bytes that no observer could read: only known values are looked for.
   * @param before what came right before them and was looked through: what lies across the two is found, too.
   */
  raw(bytes: Uint8Array, before?: Uint8Array): Reading;
  /** Evidence of one message with its place, its mask and its tag. */
  locate(evidence: readonly Evidence[], place: Place): Occurrence[];
}

export interface Place {
  readonly exchange: Sent;
  readonly at: number;
  readonly app: string;
  /** Something tells that it was this app. */
  readonly attributed?: boolean;
  readonly scene: string | null;
}

/** What a piece of evidence says of the exchange that it stands in. */
export interface Sent {
  readonly seq: number;
  readonly secure: boolean;
  readonly request: Pick<RequestMessage, 'url' | 'method'>;
}

const ATTRIBUTED = { attributed: true } as const;

export interface AnalystOptions {
  readonly dataTypes: readonly DataType[];
  /** What short names mean at the interfaces of known vendors. */
  readonly endpoints?: readonly Endpoint[];
  readonly persona: Persona | null;
  /** Protocol Buffers definitions of the app under test. */
  readonly schemas?: readonly ProtoSchema[];
  /** Runs the persona's modules, if it has any. */
  readonly hooks?: HookRunner;
  /** Follow values from message to message; an earlier analyst's memory may be taken over. */
  readonly follow?: boolean | Memory;
  /** Secret of the installation: equal values get equal tags inside it, and nowhere else. */
  readonly tagKey: Uint8Array;
}

/** An analyst for one audit. It remembers across messages: values that servers handed out, and leaves that nobody wanted. */
export function createAnalyst({
  dataTypes,
  endpoints = [],
  persona,
  schemas = [],
  hooks,
  follow = false,
  tagKey,
}: AnalystOptions): Analyst {
  const fresh = () => ({ followed: createFollowed({ dataTypes }), recurring: createRecurring() });
  const memory = follow === true ? fresh() : follow === false ? null : follow;
  const followed = memory?.followed ?? null;
  let { detector, known, options } = knowing(persona);
  const shown = createMasker(new Map(dataTypes.map((type) => [type.id, type])), tagKey);
  function knowing(person: Persona | null) {
    const values = person === null ? null : createKnownValues(person, dataTypes);
    const made = createDetector({ dataTypes, endpoints, known: values });
    const opening = decodeOptionsFor(person, values, schemas, hooks);
    return { detector: made, known: values, options: { ...opening, triage: new Triage(made.interest, opening.earns !== undefined) } };
  }
  const read = (decoded: Decoded, size: number, url?: string, recall?: Recall): Reading => {
    const text = searchableText(decoded);
    const evidence = detector.detect(decoded, url === undefined ? undefined : placeOf(url), recall);
    const reached = boundsReached(decoded, evidence);
    if (known?.extent.truncated === true) reached.push({ path: 'persona', limit: 'knownDigests' });
    if (recall !== undefined && memory !== null) for (const limit of memory.recurring.reached()) reached.push({ path: 'session', limit });
    return {
      evidence,
      limits: reached.length === 0 ? decoded.limits : [...decoded.limits, ...reached],
      ...(isClosed(decoded, size) ? { closed: true } : {}),
      ...(text === undefined ? {} : { text }),
    };
  };
  /** What was sent, and what other messages say of its values. */
  const readSent = (decoded: Decoded, size: number, url: string, at: number | undefined, tell: TellLater = untold): Reading => {
    if (memory === null || at === undefined) return read(decoded, size, url);
    const marks = marksOf(decoded);
    const host = hostOf(url);
    const reading = read(decoded, size, url, (said) => memory.recurring.see({ ...said, marks }, host, tell, url.length));
    return { ...reading, evidence: withFollowed(reading.evidence, memory.followed.find(decoded, host, at, marks)) };
  };
  /** The bounds that were reached in following what stands at this place. */
  const learned = (path: string, large: boolean): Reading => {
    const reached = [
      ...(large ? [{ path, limit: 'followedBody' }] : []),
      ...(followed?.overflowed() === true ? [{ path, limit: 'followedValues' }] : []),
    ];
    return reached.length === 0 ? NOTHING : { evidence: [], limits: reached };
  };
  return {
    memory,
    request: (request, at, tell) => readSent(decodeRequest(request, options), request.body.size, request.url, at, tell),
    learn({ request, response, responseStartedAt, endedAt }) {
      const at = endedAt ?? responseStartedAt;
      if (followed === null || response === null || at === null) return NOTHING;
      const { json, cookies } = handsOut(response);
      const large = json && response.body.size > limits.followedBody;
      if (cookies || (json && !large)) {
        // Of anything but JSON only the cookies are wanted.
        const read = json && !large ? response : { ...response, body: EMPTY_BODY };
        followed.learn(hostOf(request.url), decodeResponse(read, { ...options, context: answerTo(request, response) }), at);
      }
      return learned('body', large);
    },
    response: ({ request, response }) =>
      response === null
        ? NOTHING
        : read(decodeResponse(response, { ...options, context: answerTo(request, response) }), response.body.size),
    learnMessage(message, request) {
      if (followed === null || !mayHandOut(message)) return NOTHING;
      if (message.body.size > limits.followedBody) return learned(`${message.kind}[${message.index}]`, true);
      const decoded = decodeStreamMessage(message, { ...options, context: contextOf(request) });
      followed.learn(hostOf(request.url), decoded, message.at);
      return learned(`${message.kind}[${message.index}]`, false);
    },
    message(message, request, tell) {
      const decoded = decodeStreamMessage(message, { ...options, context: contextOf(request) });
      if (message.direction !== 'request') return read(decoded, message.body.size, request.url);
      return readSent(decoded, message.body.size, request.url, message.at, tell);
    },
    know(person) {
      ({ detector, known, options } = knowing(person));
    },
    raw(bytes, before = EMPTY_BODY.bytes) {
      const scan = (piece: Uint8Array) => known?.scan(piece, { path: 'body', part: 'body', steps: [] }) ?? [];
      const found = scan(bytes);
      if (known === null || before.length === 0) return { evidence: found, limits: [] };
      const head = bytes.subarray(0, limits.rawSeam);
      const alone = new Set([...scan(before), ...scan(head)].map(sameFind));
      return { evidence: [...scan(Buffer.concat([before, head])).filter((one) => !alone.has(sameFind(one))), ...found], limits: [] };
    },
    locate(evidence, { exchange: { seq, request, secure }, at, app, attributed, scene }) {
      const { url, method } = request;
      const host = hostOf(url);
      // Written out: spreading a find into a larger one takes ten times as long, and so does whoever reads it then.
      return evidence.map((found) => {
        const { masked, tag } = shown(found.dataType, found.value);
        const occurrence: Occurrence = {
          dataType: found.dataType,
          grade: found.grade,
          detector: found.detector,
          form: found.form,
          direction: found.direction,
          message: found.message,
          part: found.part,
          path: found.path,
          steps: found.steps,
          value: found.value,
          span: found.span,
          placeholder: found.placeholder,
          trace: found.trace,
          exchange: seq,
          at,
          url,
          method,
          host,
          secure,
          app,
          scene,
          masked,
          tag,
        };
        return attributed === true ? Object.assign(occurrence, ATTRIBUTED) : occurrence;
      });
    },
  };
}

/** What knowing a person changes about decoding: key hooks open payloads, and a doubtful decode that holds a known value is kept. */
export function decodeOptionsFor(
  persona: Persona | null,
  known: KnownValues | null,
  schemas: readonly ProtoSchema[] = [],
  runner?: HookRunner,
): DecodeOptions {
  if (persona === null || known === null) return { schemas };
  const { keys, modules = [] } = persona;
  if (modules.length > 0 && runner === undefined) throw new Error('the persona names modules, and nobody was given to run them');
  const hooks = modules.length === 0 || runner === undefined ? {} : { hooks: { modules, runner } };
  return { keys, earns: (bytes: Uint8Array) => known.contains(bytes), schemas, ...hooks };
}

/** What hooks are told of a response: its own headers, and where it was asked for. */
function answerTo(request: RequestMessage, { headers }: ResponseMessage) {
  return contextOf({ url: request.url, headers });
}

/** Host name of an absolute URL in lower case, without port and brackets; the text itself where it is no URL. */
export function hostOf(url: string): string {
  const match = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/?#]*@)?(?:\[([^\]]+)\]|([^:/?#]*))/i.exec(url);
  return (match?.[1] ?? match?.[2] ?? url).toLowerCase();
}

/** Where a message to an absolute URL goes: endpoints are known by it. */
export function placeOf(url: string): { readonly host: string; readonly path: string } {
  const whole = url.split(/[?#]/, 1)[0] ?? '';
  const scheme = whole.indexOf('://');
  const start = whole.indexOf('/', scheme < 0 ? 0 : scheme + 3);
  const path = start < 0 ? '' : whole.slice(start);
  return { host: hostOf(url), path: path === '' ? '/' : path };
}

function sameFind({ dataType, form, value }: Evidence): string {
  return `${dataType}\n${form}\n${value}`;
}

const NOTHING: Reading = { evidence: [], limits: [] };

/** A quoted run as long as a value that is followed, and no address; a base64 text may have its slashes escaped. */
const LONG_MARK = /"(?!https?:)[A-Za-z0-9][A-Za-z0-9._~+/=:|\\-]{15,511}"/;

/** The same in bytes that need not be JSON: names and values of MessagePack and of defined protobuf stand in them as they are. */
const LONG_RUN = /[A-Za-z0-9][A-Za-z0-9._~+/=:|\\-]{15,511}/;

/** Whether a message that came in may hold values to follow. */
function mayHandOut({ text, kind, body }: StreamMessage): boolean {
  const bytes = Buffer.from(body.bytes.buffer, body.bytes.byteOffset, body.bytes.byteLength).toString('latin1');
  return (text || kind === 'sse' ? LONG_MARK : LONG_RUN).test(bytes);
}

/** Whether a response may hold values to follow. Everything but cookies and JSON costs more reading than it has identifiers. */
function handsOut({ headers, body }: ResponseMessage): { readonly json: boolean; readonly cookies: boolean } {
  const headerOf = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  const isJson = body.size > 0 && /\bjson\b/i.test(headerOf('content-type') ?? '');
  // Decoding costs fifty times this look.
  const json = isJson && (headerOf('content-encoding') !== undefined || LONG_MARK.test(Buffer.from(body.bytes).toString('latin1')));
  return { json, cookies: headerOf('set-cookie') !== undefined };
}
