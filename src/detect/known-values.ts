import { isUtf8 } from 'node:buffer';
import { limits } from '../limits.js';
import type { Direction } from '../model/exchange.js';
import type { Decoded, Field, Layer, Part } from '../model/field.js';
import type { Evidence } from '../model/finding.js';
import type { DataType } from '../model/rulebook.js';
import type { Persona } from '../model/session.js';
import { buildDigests } from './digest.js';
import { canonicalValue, NOTHING } from './forms/canonical.js';
import { parsePlace } from './geo.js';
import { findPlaces, isNear, knownPlace, knownPlaces, mayBeHalf, mayHoldPlace } from './geo-known.js';
import { MOST_STRETCHES, type Stretch, touchesIdle, withIdle } from './idle.js';
import { type Hit, type Placement, placeOf } from './known-hit.js';
import { fieldAt, type Joined, joinFields, readable, utf16Span } from './known-joined.js';
import { buildKeyTest } from './known-key.js';
import { buildLeafTable } from './known-leaf.js';
import { findMasked, hasStar, hasStars, maskedTexts } from './known-masked.js';
import { deepestOnly, isBelowAny, isInside, longestEach, withoutOpened } from './known-places.js';
import { type ByteHit, buildKnownSearch, isBinary } from './known-search.js';
import { settle } from './known-settle.js';
import {
  traceDigest,
  traceExtent,
  traceKnown,
  traceLayer,
  traceLeafOnly,
  traceLeafWithoutKey,
  traceLimit,
  traceMasked,
  tracePlace,
  tracePrecision,
  traceShortNumber,
  type ValueName,
} from './known-trace.js';
import { isOfPicture, PICTURE_PLACE } from './picture.js';

/** Where bytes that no decoder understood came from. */
export interface ScanPlace {
  readonly path: string;
  readonly part: Part;
  readonly steps: readonly string[];
  /** `request` unless said otherwise. */
  readonly direction?: Direction;
  readonly message?: number | null;
}

/** The persona, made searchable. Pure: the same input gives the same evidence. */
export interface KnownValues {
  /** Known values and digests in fields and layers of one message, each once, at its deepest path. */
  find(decoded: Decoded): Evidence[];
  /** The same for bytes that were not decoded at all. */
  scan(bytes: Uint8Array, at: ScanPlace): Evidence[];
  /** Whether a text could be a known value, or a part of one, in a way that the search of the layer around it does not show. */
  tells(text: string): boolean;
  /** Whether a number that is written like this one (sign, first digit, point, length) could be half of a known place. */
  mayBeHalf(text: string): boolean;
  /** Whether a number of that amount could, in whatever scale. */
  isNear(amount: number): boolean;
  /** Whether a text is one of the values that are looked for only as the whole of a leaf. */
  mayBeWhole(text: string): boolean;
  /** Whether names speak of a value that is too short to be looked for under others. */
  speaks(keys: readonly string[]): boolean;
  /** Whether a known value (or digest) is inside; what lets a doubtful decode earn its keep. */
  contains(bytes: Uint8Array): boolean;
  /** What was built, for a log line and for "what was looked for". */
  readonly extent: {
    readonly values: number;
    readonly patterns: number;
    readonly states: number;
    readonly digests: number;
    readonly algorithms: readonly string[];
    /** Values of the persona that are placeholders and are not looked for, as `type[ordinal]`. */
    readonly ignored: readonly string[];
    /** `limits.knownDigests` or `limits.personaValues` was reached: some forms are not looked for. */
    readonly truncated: boolean;
  };
}

/** Bytes from which on it pays to remember that nothing was found in them. */
const WORTH_KEEPING = 16_384;

const PLACE_TYPES = new Set(['location_precise', 'location_coarse', 'location_track', 'trip_origin', 'trip_destination', 'photo_exif_gps']);

/**
 * Builds the search for a persona's values: about 1 ms a value. Searching bytes runs at 150 MB/s and more, `find`, which searches
 * layers and those fields that do not stand in one, at twice the speed of `JSON.parse` and a walk.
 * @param persona values by data type id; @param dataTypes names and keys of the types; ids that are missing there still work.
 */
export function createKnownValues(persona: Persona, dataTypes: readonly DataType[]): KnownValues {
  const listed = Object.entries(persona.values).flatMap(([type, values]) =>
    values.map((text, index) => ({ type, text, ordinal: index + 1 })).filter(({ text, ordinal }) => values.indexOf(text) === ordinal - 1),
  );
  const entries = listed.slice(0, limits.personaValues);
  const hasPictures = dataTypes.some(({ id }) => id === PICTURE_PLACE);
  const canonical = entries.map(({ type, text }) => {
    const isPlace = PLACE_TYPES.has(type) && parsePlace(text) !== null;
    return isPlace ? NOTHING : canonicalValue(type, text);
  });
  const placed = entries.flatMap(({ type, text }, index) => {
    const place = PLACE_TYPES.has(type) ? parsePlace(text) : null;
    return place === null ? [] : [knownPlace(index, place, text)];
  });
  const places = knownPlaces(placed);
  const digests = buildDigests(
    canonical.map(({ digested }) => digested),
    persona.salts.slice(0, limits.personaSalts),
  );
  const search = buildKnownSearch(canonical, digests);
  const keyTest = buildKeyTest(dataTypes);
  const leaves = buildLeafTable(canonical);
  const leafTypes = [...new Set(entries.flatMap(({ type }, index) => (canonical[index]!.leaves.length === 0 ? [] : [type])))];
  const masked = maskedTexts(canonical);
  const names = new Map(dataTypes.map(({ id, name }) => [id, name]));
  const nameOf = (value: number): ValueName => {
    const { type, ordinal } = entries[value]!;
    return { type, ordinal, name: names.get(type) ?? { zh: type, en: type } };
  };

  function fromBytes(hit: ByteHit, bytes: Uint8Array, place: Placement): Hit {
    const name = nameOf(hit.value);
    const found = hit.end - hit.start === bytes.length;
    const line = hit.detector === 'digest' ? traceDigest(name, hit.form, hit.writing ?? 'plain') : traceKnown(name, hit.form);
    const short = canonical[hit.value]!.short;
    const asWritten = readable(bytes.subarray(hit.start, hit.end));
    const text = hit.text === null || equalsFolded(asWritten, hit.text) ? asWritten : hit.text;
    return {
      ...place,
      value: hit.value,
      start: hit.start,
      end: hit.end,
      span: found || place.text === null ? null : utf16Span(bytes, hit.start, hit.end, place.text),
      dataType: name.type,
      grade: short && hit.detector === 'known-value' && !keyTest.agrees(name.type, place.keys) ? 'probable' : 'confirmed',
      detector: hit.detector,
      form: hit.form,
      text,
      readable: found && !place.layer && text === asWritten,
      trace: [line, place.layer ? traceLayer() : traceExtent(found), ...(short ? [traceShortNumber()] : [])],
    };
  }

  /** @param order of each of these fields in the message. */
  function searchFields(fields: readonly Field[], joined: Joined, binary: boolean, order: (index: number) => number): Hit[] {
    const hits: Hit[] = [];
    const seen = new Set<string>();
    search.search(
      joined.bytes,
      (hit) => {
        const index = fieldAt(joined.starts, hit.start);
        const from = joined.starts[index]!;
        const to = (joined.starts[index + 1] ?? joined.bytes.length) - 1;
        const id = `${index} ${hit.value} ${hit.form}`;
        if (hit.end > to || seen.has(id)) return false;
        seen.add(id);
        const relative = { ...hit, start: hit.start - from, end: hit.end - from };
        hits.push(fromBytes(relative, joined.bytes.subarray(from, to), placeOf(fields[index]!, order(index))));
        return false;
      },
      binary,
    );
    return hits;
  }

  /** Three Chinese characters are a rare enough name to be worth a look without a key; anything shorter or common is not. */
  function isTelling({ value, common }: { readonly value: number; readonly common: boolean }): boolean {
    return !common && /^\p{Script=Han}{3,}$/u.test(entries[value]!.text.trim());
  }

  function leafHits(field: Field, order: number): Hit[] {
    return leaves.find(field.value).flatMap(({ value, form, common }): Hit[] => {
      const name = nameOf(value);
      const agrees = keyTest.agrees(name.type, field.keys);
      if (!agrees && !isTelling({ value, common })) return [];
      return [
        {
          ...placeOf(field, order),
          value,
          start: 0,
          end: Buffer.byteLength(field.value),
          span: null,
          dataType: name.type,
          grade: agrees && !common ? 'confirmed' : 'probable',
          detector: 'known-value',
          form,
          text: form === 'plain' ? field.value : entries[value]!.text.trim(),
          readable: form === 'plain',
          trace: [traceKnown(name, form), agrees ? traceLeafOnly(common) : traceLeafWithoutKey()],
        },
      ];
    });
  }

  function maskedHits(field: Field, order: number): Hit[] {
    return findMasked(field.value, masked).map(({ value, span, text }) => {
      const name = nameOf(value);
      return {
        ...placeOf(field, order),
        value,
        start: span?.[0] ?? 0,
        end: span?.[1] ?? field.value.length,
        span,
        dataType: name.type,
        grade: 'probable',
        detector: 'known-value',
        form: 'masked',
        text,
        readable: false,
        trace: [traceMasked(name), traceExtent(span === null)],
      };
    });
  }

  /** A place in a picture stays what it is, whoever lives there: to send the one is not to send the other. */
  function placeType(type: string, coarse: boolean, field: Field): string {
    if (hasPictures && type.startsWith('location_') && isOfPicture(field)) return PICTURE_PLACE;
    return coarse && type === 'location_precise' ? 'location_coarse' : type;
  }

  function placeHits(fields: readonly Field[]): Hit[] {
    return findPlaces(fields, places).map((found): Hit => {
      const { value } = found.place;
      const name = nameOf(value);
      const coarse = found.decimals <= 2;
      const field = fields[found.field]!;
      return {
        ...placeOf(field, found.field),
        value,
        start: found.span?.[0] ?? 0,
        end: found.span?.[1] ?? field.value.length,
        span: found.span,
        dataType: placeType(name.type, coarse, field),
        grade: coarse || found.place.decimals < 3 ? 'probable' : 'confirmed',
        detector: 'known-value',
        form: found.scale === 1 ? `coordinates-${found.datum}` : `coordinates-${found.datum}-integer`,
        text: found.text,
        readable: false,
        trace: [tracePlace(name, found.datum, found.decimals, found.scale), tracePrecision(found.decimals)],
      };
    });
  }

  /**
   * Long binary bytes in which nothing is known. What an inflater made of a bomb is asked about three times: whether the decode earns
   * its place, as a layer, and as the field that it gives.
   */
  const barren = new WeakSet<Uint8Array>();

  function contains(bytes: Uint8Array): boolean {
    if (bytes.length < WORTH_KEEPING) return search.search(bytes, () => true);
    if (barren.has(bytes)) return false;
    const binary = isBinary(bytes);
    const found = search.search(bytes, () => true, binary);
    if (!found && binary) barren.add(bytes);
    return found;
  }

  /** Each value once for each form it is written in. @param stretches takes where each of all hits stands. */
  function searchBytes(bytes: Uint8Array, binary: boolean, stretches: Stretch[] | null = null): ByteHit[] {
    if (barren.has(bytes)) return [];
    const hits: ByteHit[] = [];
    const done = new Set<string>();
    search.search(
      bytes,
      (hit) => {
        if (stretches !== null && stretches.length < MOST_STRETCHES) stretches.push([hit.start, hit.end]);
        const id = `${hit.value} ${hit.form}`;
        if (!done.has(id)) {
          done.add(id);
          hits.push(hit);
        }
        return false;
      },
      binary,
    );
    if (hits.length === 0 && binary && bytes.length >= WORTH_KEEPING) barren.add(bytes);
    return hits;
  }

  function layerHit(hit: ByteHit, layer: Pick<Layer, 'path' | 'part' | 'steps' | 'bytes'>, order: number): Hit {
    return fromBytes(hit, layer.bytes, {
      path: layer.path,
      part: layer.part,
      steps: layer.steps,
      keys: [],
      layer: true,
      order,
      text: null,
    });
  }

  function toEvidence(hits: readonly Hit[], direction: Direction, message: number | null): Evidence[] {
    const settled = settle(longestEach(deepestOnly(withoutOpened(hits))), nameOf, (hit) => keyTest.agrees(hit.dataType, hit.keys));
    const kept = settled.slice(0, limits.knownEvidence);
    return kept.map((hit, index) => ({
      dataType: hit.dataType,
      grade: hit.grade,
      detector: hit.detector,
      form: hit.form,
      direction,
      message,
      part: hit.part,
      path: hit.path,
      steps: hit.steps,
      value: hit.text,
      span: hit.span,
      placeholder: false,
      trace: index === limits.knownEvidence - 1 && settled.length > kept.length ? [...hit.trace, traceLimit(settled.length)] : hit.trace,
    }));
  }

  return {
    extent: {
      values: entries.length,
      patterns: search.patterns,
      states: search.states,
      digests: digests.size,
      algorithms: digests.algorithms,
      ignored: entries.filter((_, index) => canonical[index]!.placeholder).map(({ type, ordinal }) => `${type}[${ordinal}]`),
      truncated: digests.truncated || entries.length < listed.length,
    },
    contains,
    tells: (text) => (leaves.mayHold(text) && leaves.find(text).some(isTelling)) || hasStar(text) || mayHoldPlace(text, places),
    mayBeHalf: (text) => mayBeHalf(text, places),
    isNear: (amount) => isNear(amount, places),
    mayBeWhole: (text) => leaves.mayHold(text) && leaves.find(text).length > 0,
    speaks: (keys) => leafTypes.some((type) => keyTest.agrees(type, keys)),
    scan: (bytes, at) =>
      toEvidence(
        searchBytes(bytes, isBinary(bytes)).map((hit) => layerHit(hit, { ...at, bytes }, 0)),
        at.direction ?? 'request',
        at.message ?? null,
      ),
    find,
  };

  function find(decoded: Decoded): Evidence[] {
    const { layers, verbatim, idle } = decoded;
    const stretches: Stretch[][] = layers.map(() => []);
    // Paths of layers that are no text.
    const raw = new Set<string>();
    // Whether a text may hold control bytes as they are.
    let mixed = false;
    let isKnownWhere = idle === undefined;
    const layerHits = layers.map(({ bytes, path }, index) => {
      const binary = isBinary(bytes);
      if (binary) {
        raw.add(path);
        mixed ||= isUtf8(bytes);
      } else if (bytes === idle?.bytes) isKnownWhere = true;
      return searchBytes(bytes, binary, stretches[index]);
    });
    // What is in none of the hits of the layer around them is not known.
    if (idle !== undefined) {
      const own = layers.findIndex(({ bytes }) => bytes === idle.bytes);
      if (!isKnownWhere || touchesIdle(idle, stretches[own]!)) return find(withIdle(decoded));
    }
    // What the layers do not hold, no field holds that stands in one of them letter for letter; the others are searched by themselves.
    const found = verbatim === undefined ? null : textsOf(layers, stretches);
    const fields: Field[] = [];
    const skipped: Uint8Array[] = [];
    const texts: number[] = [];
    const binaries: number[] = [];
    for (let index = 0; index < decoded.fields.length; index++) {
      const field = decoded.fields[index]!;
      if (field.kind === 'null' || field.kind === 'boolean') continue;
      const { bytes, value } = field;
      const stands = verbatim?.[index] === 1;
      if (bytes !== undefined) {
        if (barren.has(bytes)) skipped.push(bytes);
        else (isBinary(bytes) ? binaries : texts).push(fields.length);
      } else if (((!stands || mixed) && CONTROL.test(value)) || (!stands && isBelowAny(raw, field.path))) binaries.push(fields.length);
      else if (!stands || found === null || found.some((text) => value.includes(text))) texts.push(fields.length);
      fields.push(field);
    }
    const hits: Hit[] = [];
    let starred = skipped.some(hasStars) || layers.some((layer) => holdsFields(layer) && hasStars(layer.bytes));
    for (const [orders, binary] of [
      [texts, false],
      [binaries, true],
    ] as const) {
      if (orders.length === 0) continue;
      const searched = orders.map((order) => fields[order]!);
      const joined = joinFields(searched);
      for (const hit of searchFields(searched, joined, binary, (index) => orders[index]!)) hits.push(hit);
      starred ||= hasStars(joined.bytes);
    }
    for (let order = 0; order < fields.length; order++) {
      const field = fields[order]!;
      if (leaves.mayHold(field.value)) hits.push(...leafHits(field, order));
      if (starred && field.value.length >= 4) hits.push(...maskedHits(field, order));
    }
    // One by one: a track holds more places than a call may have arguments.
    for (const hit of placeHits(fields)) hits.push(hit);
    const held = new Map<number, Hit[]>();
    for (const hit of hits) {
      const known = held.get(hit.value);
      if (known === undefined) held.set(hit.value, [hit]);
      else known.push(hit);
    }
    for (const [order, layer] of layers.entries())
      for (const hit of layerHits[order]!)
        if (held.get(hit.value)?.some((other) => isInside(layer, other)) !== true) hits.push(layerHit(hit, layer, fields.length + order));
    return toEvidence(hits, decoded.direction, decoded.message);
  }
}

/** Texts of which each field is asked whether it holds one of them. */
const MOST_TEXTS = 16;
/** Control characters that no text format uses, as in `isBinary`. */
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f]/;

/** What was found in the layers, as text, each once; null: so much, or such bytes, that every field is to be searched. */
function textsOf(layers: readonly Layer[], stretches: ReadonlyArray<readonly Stretch[]>): readonly string[] | null {
  const texts = new Set<string>();
  for (const [index, { bytes }] of layers.entries())
    for (const [start, end] of stretches[index]!) {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
      if (texts.size >= MOST_TEXTS || text.includes('\ufffd')) return null;
      texts.add(text);
    }
  return [...texts];
}

/** The raw target and header block are layers whose fields are read on their own. */
function holdsFields({ part, steps }: Layer): boolean {
  return steps.length > 0 || (part !== 'url' && part !== 'header' && part !== 'trailer');
}

function equalsFolded(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
