import { decodeRequest, decodeResponse, decodeStreamMessage } from '../decode/index.js';
import { createDetector } from '../detect/detector.js';
import { createKnownValues } from '../detect/known-values.js';
import { mask } from '../detect/mask.js';
import { createTagger } from '../detect/tag.js';
import type { Exchange, RequestMessage, StreamMessage } from '../model/exchange.js';
import type { Decoded, LimitHit } from '../model/field.js';
import type { Evidence, Occurrence } from '../model/finding.js';
import type { DataType } from '../model/rulebook.js';
import type { Persona } from '../model/session.js';

/** What one message gave: evidence, and the bounds behind which nobody looked. */
export interface Reading {
  readonly evidence: readonly Evidence[];
  readonly limits: readonly LimitHit[];
}

/** Message in, evidence out. Pure apart from what it was made of; the live proxy, `check` and `rejudge` all use this one. */
export interface Analyst {
  request(request: RequestMessage): Reading;
  response(exchange: Exchange): Reading;
  /** @param host of the exchange that carries it; key hooks may name one. */
  message(message: StreamMessage, host: string): Reading;
  /** Bytes that no observer could read: only known values are looked for. */
  raw(bytes: Uint8Array): Reading;
  /** Evidence with its place, its mask and its tag. */
  locate(evidence: Evidence, place: Place): Occurrence;
}

export interface Place {
  readonly exchange: Exchange;
  readonly at: number;
  readonly app: string;
  readonly scene: string | null;
}

export interface AnalystOptions {
  readonly dataTypes: readonly DataType[];
  readonly persona: Persona | null;
  /** Secret of the installation: equal values get equal tags inside it, and nowhere else. */
  readonly tagKey: Uint8Array;
}

export function createAnalyst({ dataTypes, persona, tagKey }: AnalystOptions): Analyst {
  const detector = createDetector({ dataTypes, persona });
  const known = persona === null ? null : createKnownValues(persona, dataTypes);
  const types = new Map(dataTypes.map((type) => [type.id, type]));
  const tag = createTagger(tagKey);
  const options = persona === null || known === null ? {} : { keys: persona.keys, earns: (bytes: Uint8Array) => known.contains(bytes) };
  const read = (decoded: Decoded): Reading => ({ evidence: detector.detect(decoded), limits: decoded.limits });
  return {
    request: (request) => read(decodeRequest(request, options)),
    response: (exchange) => (exchange.response === null ? { evidence: [], limits: [] } : read(decodeResponse(exchange.response, options))),
    message: (message, host) => read(decodeStreamMessage(message, { ...options, host })),
    raw: (bytes) => ({ evidence: known?.scan(bytes, { path: 'body', part: 'body', steps: [] }) ?? [], limits: [] }),
    locate: (evidence, { exchange, at, app, scene }) => ({
      ...evidence,
      exchange: exchange.seq,
      at,
      url: exchange.request.url,
      method: exchange.request.method,
      host: hostOf(exchange.request.url),
      secure: exchange.secure,
      app,
      scene,
      masked: mask(types.get(evidence.dataType), evidence.value),
      tag: tag(evidence.dataType, evidence.value),
    }),
  };
}

/** Host name of an absolute URL in lower case, without port and brackets; the text itself where it is no URL. */
export function hostOf(url: string): string {
  const match = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/?#]*@)?(?:\[([^\]]+)\]|([^:/?#]*))/i.exec(url);
  return (match?.[1] ?? match?.[2] ?? url).toLowerCase();
}
