import type { Decoded, Field } from '../model/field.js';
import type { Evidence } from '../model/finding.js';
import type { DataType, Endpoint } from '../model/rulebook.js';
import type { Persona } from '../model/session.js';
import type { Candidate } from './candidate.js';
import { type GroupedReading, withCompany } from './company.js';
import { findComposites } from './composite.js';
import { readEmbedded } from './embedded.js';
import { EndpointBook, type Explained, type Place } from './endpoint.js';
import { fuse, isProof } from './fusion.js';
import { KeyDictionary, type KeyMatch } from './keys.js';
import { createKnownValues } from './known-values.js';
import { findOpaque } from './opaque.js';
import { PatternDetector } from './pattern.js';
import { type Surroundings, surroundingsOf } from './surroundings.js';

export interface DetectorOptions {
  readonly dataTypes: readonly DataType[];
  /** The test person whose values are known; without one nothing is `confirmed`. */
  readonly persona?: Persona | null;
  /** What short names mean at the interfaces of known vendors. */
  readonly endpoints?: readonly Endpoint[];
}

/** Message in, evidence out: known values, digests, names, patterns, composites and opaque payloads, one reading for each place. Pure. */
export interface Detector {
  /** @param place where the message went; without it only endpoints known by their form are recognised. */
  detect(decoded: Decoded, place?: Place): Evidence[];
}

/**
 * Header fields that carry protocol, caching and transport state: their values look like identifiers and are none, or are made
 * by the HTTP library for every request. Known values are still found in them (they are searched in the raw header block).
 */
const PROTOCOL_HEADERS = new Set(
  (
    'host connection accept accept-encoding accept-charset content-type content-length content-encoding transfer-encoding te trailer upgrade date age etag ' +
    'if-none-match if-match if-modified-since if-unmodified-since if-range range last-modified cache-control pragma expires expect origin referer server vary via ' +
    'sec-websocket-key sec-websocket-version sec-websocket-extensions sec-websocket-protocol sec-fetch-site sec-fetch-mode sec-fetch-dest sec-fetch-user ' +
    'sec-gpc dnt upgrade-insecure-requests keep-alive proxy-connection soapaction x-requested-with traceparent tracestate x-request-id x-b3-traceid x-b3-spanid ' +
    'content-md5 digest signature x-signature sign x-sign x-nonce nonce x-timestamp timestamp http2-settings early-data priority alt-svc grpc-timeout'
  ).split(' '),
);

/** Beside a `port` these say where a server listens. */
const SERVER_KEYS = new Set(['ip', 'host', 'addr', 'address', 'server']);

const NONE: readonly Candidate[] = [];
const NO_KEYS: readonly KeyMatch[] = [];

/** @throws nothing: whatever a message holds, the answer is evidence or none. */
export function createDetector({ dataTypes, persona = null, endpoints = [] }: DetectorOptions): Detector {
  const types = new Map(dataTypes.map((type) => [type.id, type]));
  const dictionary = new KeyDictionary(dataTypes);
  const patterns = new PatternDetector(dataTypes);
  const book = new EndpointBook(endpoints, types);
  const known = persona === null ? null : createKnownValues(persona, dataTypes);

  return {
    detect(original, place) {
      const surroundings = surroundingsOf(original);
      const { renamed } = surroundings;
      const decoded =
        renamed.size === 0
          ? original
          : {
              ...original,
              fields: original.fields.map((field) => {
                const keys = renamed.get(field);
                return keys === undefined ? field : { ...field, keys };
              }),
            };
      const given = new Set([...renamed.keys()].map(({ path }) => path));
      const explained = book.at(original, place);
      const readings: GroupedReading[] = [];
      for (const field of decoded.fields)
        for (const candidate of readField(field, decoded, surroundings, given, explained)) readings.push({ candidate, group: field.group });
      const single = withCompany(readings, types);
      const composites = findComposites(decoded, single, types, dictionary);
      // Path -> the largest composite that takes it in: a track takes in its points, a point its latitude.
      const absorbed = new Map<string, number>();
      for (const { absorbs } of composites)
        for (const path of absorbs) absorbed.set(path, Math.max(absorbed.get(path) ?? 0, absorbs.length));
      const candidates = [
        ...(known === null ? [] : known.find(original).map(proof)),
        ...composites
          .filter(({ candidate, absorbs }) => (absorbed.get(candidate.evidence.path) ?? 0) <= absorbs.length)
          .map(({ candidate }) => candidate),
        ...single.filter(({ evidence }) => !absorbed.has(evidence.path)),
      ];
      return [...innermost(fuse(candidates)), ...findOpaque(original)];
    },
  };

  function readField(
    field: Field,
    decoded: Decoded,
    surroundings: Surroundings,
    given: ReadonlySet<string>,
    explained: Explained | null,
  ): readonly Candidate[] {
    if (field.value === '') return NONE;
    if (explained !== null)
      for (const told of explained.of(field)) {
        const candidate = patterns.readTold(field, told, decoded);
        if (candidate !== null) return [candidate];
      }
    const own = field.keys[field.keys.length - 1];
    if (field.part === 'header' && own !== undefined && PROTOCOL_HEADERS.has(own.toLowerCase())) return NONE;
    const bare = surroundings.servers.has(field.group) && SERVER_KEYS.has(own?.toLowerCase() ?? '');
    const named = bare ? NO_KEYS : dictionary.lookup(field.keys);
    // A name that a neighbour gives (`{ name: 'memory', value: '512' }` may be a measurement) counts only with a value that is tested.
    const matches = given.has(field.path) ? named.filter(({ type }) => type.detect.validator !== null || type.identifier !== null) : named;
    // What was opened is judged by what lies inside; of the wrapping only the name counts (a risk-control blob, a JWT).
    if (field.opened && matches.length === 0) return NONE;
    const read = patterns.read(field, matches, decoded);
    const placed = surroundings.platform === null ? read : read.map((candidate) => prefer(candidate, surroundings.platform));
    if (placed.length > 0 || field.opened) return placed;
    return readEmbedded(field, decoded, types);
  }
}

/** A wrapping and what was found inside it say the same thing of the same value: the inner one shows every step to it. */
function innermost(evidence: readonly Evidence[]): Evidence[] {
  const wrapped = new Set<string>();
  for (const { dataType, path } of evidence)
    for (let step = path.indexOf('|'); step > 0; step = path.indexOf('|', step + 1)) wrapped.add(`${dataType} ${path.slice(0, step)}`);
  if (wrapped.size === 0) return [...evidence];
  return evidence.filter((each) => isProof(each) || !wrapped.has(`${each.dataType} ${each.path}`));
}

function proof(evidence: Evidence): Candidate {
  return { evidence, passRate: 0, keyLength: 0, preference: 0 };
}

/** `ifa` is Apple's identifier on iOS and Google's on Android: the system named in the same message decides. */
function prefer(candidate: Candidate, platform: 'ios' | 'android' | null): Candidate {
  const { dataType } = candidate.evidence;
  const away = platform === 'ios' ? 'gaid' : 'idfa';
  return dataType === away ? { ...candidate, preference: candidate.preference + 1 } : candidate;
}
