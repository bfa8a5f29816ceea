import type { Decoded, Field } from '../model/field.js';
import type { Evidence } from '../model/finding.js';
import type { Interest } from '../model/interest.js';
import type { DataType, Endpoint, EndpointPart } from '../model/rulebook.js';
import type { Persona } from '../model/session.js';
import { withAddressParts } from './address-parts.js';
import type { Candidate } from './candidate.js';
import { withoutCatalogues } from './catalogue.js';
import { withoutClientLogin } from './client-login.js';
import { CompositeTriggers } from './composite.js';
import { type GroupedReading, withCorroboration } from './corroboration.js';
import { partOf } from './delimited.js';
import { withDescribed } from './described.js';
import { featuresOf } from './device-features.js';
import { readEmbedded } from './embedded.js';
import { EndpointBook, type Explained, type Place, type Told } from './endpoint.js';
import { fuse, isProof } from './fusion.js';
import { withHolders } from './holders.js';
import { withIdle } from './idle.js';
import { createInterest } from './interest.js';
import type { KeyMatch } from './keys.js';
import { createKnownValues, type KnownValues } from './known-values.js';
import { type Naming, NamingBook } from './naming.js';
import { withOffers } from './offers.js';
import { findOpaque } from './opaque.js';
import { withOwners } from './ownership.js';
import { PatternDetector, SHORTEST_KEYLESS } from './pattern.js';
import { isProse } from './prose.js';
import { NOWHERE, ReadingMemory } from './reading-memory.js';
import type { Said } from './recurring.js';
import { findRepeated, identifiesEverywhere, withDenial } from './repeated.js';
import { withNeighbours, withRouters } from './routers.js';
import { shapeOf } from './shape.js';
import { isOutOfContext } from './subjects.js';
import { ROLE, surroundingsOf } from './surroundings.js';
import { TextMemo } from './text-memo.js';

export interface DetectorOptions {
  readonly dataTypes: readonly DataType[];
  /** The test person whose values are known; without one nothing is `confirmed`. */
  readonly persona?: Persona | null;
  /** The search for the persona's values, where it has been built already: building it takes a millisecond a value. */
  readonly known?: KnownValues | null;
  /** What short names mean at the interfaces of known vendors. */
  readonly endpoints?: readonly Endpoint[];
}

/** Message in, evidence out: known values, digests, names, patterns, composites and opaque payloads, one reading for each place. Pure. */
export interface Detector {
  /** What it could make something of, for the decoder. */
  readonly interest: Interest;
  /**
   * @param place where the message went; without it only endpoints known by their form are recognised.
   * @param recall holds the message against others; what it returns is added.
   */
  detect(decoded: Decoded, place?: Place, recall?: Recall): Evidence[];
}

export type Recall = (said: Omit<Said, 'marks'>) => readonly Evidence[];

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

/** Fields that carry the state of a trace, whatever they hold inside: W3C Trace Context, Zipkin, Datadog, New Relic, Sentry, AWS, Google, Jaeger. */
const TRACE_HEADERS =
  /^(?:newrelic|x-newrelic-[a-z-]{1,20}|traceparent|tracestate|baggage|sentry-trace|b3|x-b3-[a-z]{1,20}|x-datadog-[a-z-]{1,30}|uber-trace-id|x-amzn-trace-id|x-cloud-trace-context|x-tingyun[a-z-]{0,20}|sw[68])$/i;

const NONE: readonly Candidate[] = [];
const NO_KEYS: readonly KeyMatch[] = [];

/** @throws nothing: whatever a message holds, the answer is evidence or none. */
export function createDetector({ dataTypes, persona = null, known: built, endpoints = [] }: DetectorOptions): Detector {
  const types = new Map(dataTypes.map((type) => [type.id, type]));
  const namings = new NamingBook(dataTypes);
  const patterns = new PatternDetector(dataTypes);
  const book = new EndpointBook(endpoints, types);
  const known = built !== undefined ? built : persona === null ? null : createKnownValues(persona, dataTypes);
  const memory = new ReadingMemory((field, decoded, { matches }) => readField(field, decoded, matches));
  const memo = new TextMemo(featuresOf);
  const features = (value: string) => memo.of(value);
  let messages = 0;

  const interest = createInterest({
    namings,
    known,
    knowsVendor: (keys) => book.isKnownBy(keys),
    reads: (leaf, naming) => {
      if (naming === null || naming.matches.length === 0)
        return leaf.kind === 'number' ? patterns.mayReadNumber(leaf) : readField(leaf, NOWHERE, NO_KEYS).length > 0;
      return memory.asks(leaf, naming);
    },
    readsNumber: (leaf) => patterns.mayReadNumber(leaf),
    fits: (value) => patterns.fitsUnnamed(value),
  });

  function detect(original: Decoded, place?: Place, recall?: Recall): Evidence[] {
    const { fields } = original;
    const named: Naming[] = new Array(fields.length);
    // One field for each name of the message.
    const speakers: Field[] = [];
    messages += 1;
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index]!;
      const naming = namings.of(field.keys);
      named[index] = naming;
      if (naming.message === messages) continue;
      naming.message = messages;
      speakers.push(field);
    }
    const { platform, renamed, servers, alliance, isWhole } = surroundingsOf(
      original,
      (index) => named[index]!.role,
      ({ keys }) => namings.of(keys).role,
    );
    if (!isWhole) return detect(withIdle(original), place, recall);
    const decoded = underNames(original, renamed);
    const given = new Set([...renamed.keys()].map(({ path }) => path));
    const explained = book.at(original, place, speakers);
    if (explained !== null && (explained.anywhere || original.idle?.isNamed(explained.names) === true) && original.idle !== undefined)
      return detect(withIdle(original), place, recall);
    let everything: Decoded | null = null;
    const all = () => {
      everything ??= decoded.idle === undefined ? decoded : underNames(withIdle(original), renamed);
      return everything;
    };
    const triggers = new CompositeTriggers();
    const readings: GroupedReading[] = [];
    // Paths of the fields that the vendor's interface says are no personal data.
    const cleared = new Set<string>();
    for (let index = 0; index < fields.length; index++) {
      const field = decoded.fields[index]!;
      const own = named[index]!;
      const naming = field === fields[index] ? own : namings.of(field.keys);
      const prose = field.part === 'body' && field.kind === 'string' && isProse(field.value);
      triggers.see(field, naming.awaited, prose);
      const told = explained === null ? null : readTold(field, decoded, explained);
      if (told === NONE) cleared.add(field.path);
      const matches = servers.has(field.group) && (naming.role & ROLE.server) !== 0 ? NO_KEYS : matchesOf(field, naming, own.role, given);
      const found = told ?? (prose && matches.length === 0 && !patterns.readsProse ? NONE : read(field, decoded, naming, matches));
      for (const candidate of found)
        readings.push({
          candidate: found === told ? candidate : prefer(candidate, platform, alliance),
          group: field.group,
          keys: field.keys,
        });
      if (told?.some(isPart) === true)
        for (const candidate of read(field, decoded, naming, matches))
          if (describesClient(candidate)) readings.push({ candidate, group: field.group, keys: field.keys });
    }
    const owned = withOwners(readings, (groups) => decoded.idle?.among(({ group }) => groups.has(group)) ?? decoded.fields);
    const judged = withoutCatalogues(
      withAddressParts(
        withCorroboration(owned, types, () => all().fields),
        readings,
        types,
      ),
    );
    const { repeats, groups, denied } = findRepeated(
      judged,
      decoded,
      types,
      () => all().fields,
      isTransport,
      ({ keys }, dataType) => namings.refuses(keys, dataType),
    );
    const undenied = denied.size === 0 ? judged : judged.map((each) => (denied.has(each.evidence.path) ? withDenial(each) : each));
    const single = repeats.length === 0 ? undenied : [...undenied, ...repeats];
    const groupOf = (index: number) => readings[index]?.group ?? groups[index - readings.length]!;
    const composites = triggers
      .find(decoded, all, single, groupOf, types, namings.dictionary, features)
      .filter(({ candidate }) => !cleared.has(candidate.evidence.path));
    // Path -> the largest composite that takes it in: a track takes in its points, a point its latitude.
    const absorbed = new Map<string, number>();
    for (const { absorbs } of composites) for (const path of absorbs) absorbed.set(path, Math.max(absorbed.get(path) ?? 0, absorbs.length));
    const candidates = [
      ...(known === null ? [] : known.find(original).map(proof)),
      ...composites
        .filter(({ candidate, absorbs }) => (absorbed.get(candidate.evidence.path) ?? 0) <= absorbs.length)
        .map(({ candidate }) => candidate),
      ...single.filter((candidate) => !absorbed.has(candidate.evidence.path) && !isOutOfContext(candidate)),
    ];
    const evidence = innermost(
      withHolders(
        withOffers(
          withDescribed(fuse(withoutClientLogin(withNeighbours(withRouters(candidates), types), () => all().fields))),
          () => all().fields,
        ),
        () => all().fields,
      ),
    );
    const told = recall === undefined ? [] : recall(saidBy(decoded, evidence, single, (path) => cleared.has(path) || absorbed.has(path)));
    const found = told.length === 0 ? evidence : [...evidence, ...told];
    return original.opaque.length === 0 ? found : [...found, ...findOpaque(original, numbersIn(found, types))];
  }

  const refuses: Said['refuses'] = (keys, dataType) => namings.refuses(keys, dataType);

  function saidBy(
    decoded: Decoded,
    evidence: readonly Evidence[],
    readings: readonly Candidate[],
    isTold: (path: string) => boolean,
  ): Omit<Said, 'marks'> {
    const naming = readings.filter((each) => {
      const type = types.get(each.evidence.dataType);
      return type !== undefined && identifiesEverywhere(each, type);
    });
    // Asked of every reading: looking through the evidence for each took seconds for a list of 20,000 devices.
    const kept = new Set(evidence.filter(({ grade }) => grade !== 'candidate').map(placed));
    const isKept = (each: Candidate) => kept.has(placed(each.evidence));
    return {
      decoded,
      evidence,
      named: naming.filter(isKept).map((each) => each.evidence),
      // What a list of routers takes in is told with the list, and is not the phone's own.
      isOpen: (field) => !isTold(field.path) && !isTransport(field),
      refuses,
    };
  }

  return {
    interest,
    detect(decoded, place, recall) {
      const evidence = detect(decoded, place, recall);
      memory.settle();
      return evidence;
    },
  };

  function read(field: Field, decoded: Decoded, naming: Naming, matches: readonly KeyMatch[]): readonly Candidate[] {
    return matches === naming.matches ? memory.read(field, decoded, naming) : readField(field, decoded, matches);
  }

  /** null: the vendor's interface says nothing of this field; empty: it says that this is no personal data. */
  function readTold(field: Field, decoded: Decoded, explained: Explained): readonly Candidate[] | null {
    if (field.value === '') return null;
    const parts: Candidate[] = [];
    for (const told of explained.of(field)) {
      if (told.field.part !== null) {
        const candidate = readPart(field, told, told.field.part, decoded);
        if (candidate !== null) parts.push(candidate);
        continue;
      }
      // What the parts say is said of the whole, but for a User-Agent: it describes the client beside what stands in it.
      if (parts.length > 0) continue;
      if (told.type === null) {
        if (told.shape === null || told.shape.test(field.value)) return NONE;
        continue;
      }
      const candidate = patterns.readTold(field, told.type, told, decoded);
      if (candidate !== null) return [candidate];
    }
    return parts.length === 0 ? null : parts;
  }

  function readPart(field: Field, told: Told, named: EndpointPart, decoded: Decoded): Candidate | null {
    const part = partOf(field.value, named);
    if (part === null || told.type === null) return null;
    const candidate = patterns.readTold({ ...field, value: part.text }, told.type, told, decoded);
    if (candidate === null) return null;
    const span: Evidence['span'] = [part.start, part.start + part.text.length];
    return { ...candidate, evidence: { ...candidate.evidence, span } };
  }

  function readField(field: Field, decoded: Decoded, matches: readonly KeyMatch[]): readonly Candidate[] {
    const { value } = field;
    // Without a name nothing shorter is read; most fields end here.
    if (value === '' || (matches.length === 0 && (value.length < SHORTEST_KEYLESS || (field.kind !== 'string' && field.kind !== 'number'))))
      return NONE;
    if (isTransport(field)) return NONE;
    // What was opened is judged by what lies inside; of the wrapping only the name counts (a risk-control blob, a JWT).
    if (field.opened && matches.length === 0) return NONE;
    const shape = shapeOf(value);
    const read = patterns.read(field, matches, decoded, shape);
    return read.length > 0 || field.opened ? read : readEmbedded(field, decoded, types, shape);
  }
}

function placed({ path, dataType }: Evidence): string {
  return `${dataType} ${path}`;
}

function isTransport(field: Field): boolean {
  if (field.part !== 'header') return false;
  const own = field.keys[field.keys.length - 1];
  return (own !== undefined && PROTOCOL_HEADERS.has(own.toLowerCase())) || isTrace(field.path);
}

/** `header.newrelic|base64|json$.d.id`: whether the header field itself is one of a trace. */
function isTrace(path: string): boolean {
  const start = 'header.'.length;
  // Their first letters; most header fields begin with another, or are no trace's by the next test.
  if (!'nxtbsu'.includes(path.charAt(start))) return false;
  const end = path.slice(start).search(/[.|[]/);
  return TRACE_HEADERS.test(end < 0 ? path.slice(start) : path.slice(start, start + end));
}

function underNames(decoded: Decoded, renamed: ReadonlyMap<Field, readonly string[]>): Decoded {
  return renamed.size === 0 ? decoded : { ...decoded, fields: decoded.fields.map((field) => underName(field, renamed)) };
}

function underName(field: Field, renamed: ReadonlyMap<Field, readonly string[]>): Field {
  const keys = renamed.get(field);
  return keys === undefined ? field : { ...field, keys };
}

/** A name that a neighbour gives (`{ name: 'memory', value: '512' }` may be a measurement) counts only with a value that is tested. */
function matchesOf(field: Field, { matches }: Naming, role: number, given: ReadonlySet<string>): readonly KeyMatch[] {
  if (given.size === 0 || matches.length === 0 || ((role & (ROLE.value | ROLE.id)) === 0 && field.part !== 'url')) return matches;
  return given.has(field.path) ? matches.filter(({ type }) => type.detect.validator !== null || type.identifier !== null) : matches;
}

/** The session that a JSON Web Token names is not what opens the door: the token as a whole is. */
const CLAIMS = '|jwt.';

/** Places of which it is sure that the whole of the value is a number drawn for a phone or a login: it hides nothing. */
function numbersIn(evidence: readonly Evidence[], types: ReadonlyMap<string, DataType>): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { dataType, grade, form, span, path } of evidence) {
    const type = types.get(dataType);
    if (type === undefined || grade === 'candidate' || form === 'encrypted' || span !== null) continue;
    if (type.identifier !== null || type.family === 'authentication') paths.add(path);
  }
  return paths;
}

/** A part of a text that was taken apart by itself. */
const TOKEN = /\[\d+\]$/;

/**
 * A wrapping and what was found inside it say the same thing of the same value: the inner one shows every step to it. So does what was found in a sentence and under
 * its name in the record that stands there.
 */
function innermost(evidence: readonly Evidence[]): Evidence[] {
  const wrapped = new Set<string>();
  const inSentences = new Set<string>();
  for (const { dataType, path, value } of evidence)
    for (let step = path.indexOf('|'); step > 0; step = path.indexOf('|', step + 1)) {
      if (path.startsWith('|token', step)) inSentences.add(`${dataType} ${value} ${path.slice(0, step).replace(TOKEN, '')}`);
      if (!path.startsWith(CLAIMS, step)) wrapped.add(`${dataType} ${path.slice(0, step)}`);
    }
  if (wrapped.size === 0) return [...evidence];
  return evidence.filter(
    (each) =>
      isProof(each) ||
      !(
        wrapped.has(`${each.dataType} ${each.path}`) ||
        (each.span !== null && inSentences.has(`${each.dataType} ${each.value} ${each.path.replace(/\.text$/, '')}`))
      ),
  );
}

function isPart({ evidence }: Candidate): boolean {
  return evidence.span !== null;
}

/** A text that says by all its words what is sending it: which model, which system. */
function describesClient({ evidence }: Candidate): boolean {
  return evidence.dataType === 'user_agent' && evidence.span === null;
}

function proof(evidence: Evidence): Candidate {
  return { evidence, passRate: 0, keyLength: 0, preference: 0 };
}

/**
 * `ifa` is Apple's identifier on iOS and Google's on Android: the system named in the same message decides. `aaid` is the Chinese
 * alliance's application identifier beside the other two of that alliance, and mostly Google's elsewhere.
 */
function prefer(candidate: Candidate, platform: 'ios' | 'android' | null, alliance: boolean): Candidate {
  const { dataType } = candidate.evidence;
  if (candidate.match?.key === 'aaid') {
    // Google writes a UUID with dashes.
    const away = alliance || !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-/i.test(candidate.evidence.value) ? 'gaid' : 'vaid_aaid';
    return dataType === away ? { ...candidate, preference: candidate.preference + 2 } : candidate;
  }
  if (platform === null) return candidate;
  const away = platform === 'ios' ? 'gaid' : 'idfa';
  return dataType === away ? { ...candidate, preference: candidate.preference + 1 } : candidate;
}
