import type { Field } from '../model/field.js';
import { type Datum, inAllDatums, type Place, SCALES } from './geo.js';
import { type Interval, PackedPlaces } from './geo-bytes.js';
import { writtenPlaces } from './geo-written.js';

/** A place of the persona in every datum. */
export interface KnownPlace {
  /** Index of the value in the persona. */
  readonly value: number;
  readonly datums: Readonly<Record<Datum, Place>>;
  /** Decimals the tester gave; fewer than four widen the comparison. */
  readonly decimals: number;
}

export interface PlaceHit {
  readonly place: KnownPlace;
  readonly datum: Datum;
  /** Index of the field that holds the latitude, or both. */
  readonly field: number;
  /** UTF-16 span in that field; null for the whole, or where it stands in a name. */
  readonly span: readonly [number, number] | null;
  /** It stands in the names on the way to the field. */
  readonly inName: boolean;
  /** `latitude,longitude` as found. */
  readonly text: string;
  readonly decimals: number;
  /** 1, or the factor of coordinates sent as integers (1e5, 1e6, 1e7). */
  readonly scale: number;
}

/** A standing phone's fixes scatter by some tens of metres; 0.0005 degrees are 55 m. */
const SCATTER = 0.0005;
/** Below two decimals (1.1 km) a pair names a region, not a place. */
const FEWEST_DECIMALS = 2;
const NUMBER = /^-?\d{1,3}\.\d{1,18}$/;
const INTEGER = /^-?\d{6,10}$/;
/** Quantifiers are bounded, so that hostile text costs linear time. */
const PAIR = /(?<![\d.])(-?\d{1,3}\.\d{2,18})\s{0,2}(?:[,;|_/~ ，]|%2[Cc])\s{0,2}(-?\d{1,3}\.\d{2,18})(?!\.?\d)/g;

/** Makes a place of the persona comparable. */
export function knownPlace(value: number, place: Place, text: string): KnownPlace {
  const decimals = Math.max(0, ...[...text.matchAll(/\.(\d+)/g)].map((match) => match[1]!.length));
  return { value, datums: inAllDatums(place), decimals };
}

const NONE: readonly Reading[] = [];
const NO_HITS: readonly PlaceHit[] = [];
const NO_KEYS: readonly string[] = [];

/** The persona's places, with what tells most numbers from them at a glance. */
export interface KnownPlaces {
  readonly places: readonly KnownPlace[];
  /** See `boundsOf`. */
  readonly bounds: Float64Array;
}

/** Makes the persona's places searchable. */
export function knownPlaces(places: readonly KnownPlace[]): KnownPlaces {
  return { places, bounds: boundsOf(places) };
}

interface Reading {
  readonly field: number;
  readonly degrees: number;
  readonly decimals: number;
  readonly scale: number;
}

/**
 * Finds the persona's places as number pairs: two leaves of one object, or `lng,lat` and `lat,lng` in one text; of several fields below a name
 * that is such a text the first.
 */
export function findPlaces(fields: readonly Field[], { places, bounds }: KnownPlaces): readonly PlaceHit[] {
  if (places.length === 0) return [];
  const hits: PlaceHit[] = [];
  const groups = new Map<number, Reading[]>();
  const named = new Set<string>();
  let keys: readonly string[] = NO_KEYS;
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index]!;
    const { value } = field;
    if (field.keys !== keys) {
      keys = field.keys;
      for (const key of pairsAmong(keys)) {
        if (named.has(key)) continue;
        named.add(key);
        hits.push(...pairsInText(key, index, places).map((hit) => ({ ...hit, span: null, inName: true })));
      }
    }
    if (field.kind === 'binary') {
      if (field.bytes !== undefined && field.opened !== true) hits.push(...placesPacked(field.bytes, index, places));
      continue;
    }
    if (value.length < 4) continue;
    if (value.length <= 24 && isNumeric(value)) {
      for (const reading of mayBeDegrees(value) && mayMatch(Number(value), bounds) ? readNumber(value, index) : NONE) {
        if (!places.some((place) => isNearAny(place, reading))) continue;
        const group = groups.get(field.group);
        if (group === undefined) groups.set(field.group, [reading]);
        else group.push(reading);
      }
    }
    if (mayHoldPair(value)) hits.push(...pairsInText(value, index, places));
    for (const hit of placesWritten(value, index, { places, bounds })) hits.push(hit);
  }
  for (const readings of groups.values()) hits.push(...pairsInGroup(readings, places));
  return hits;
}

/** Two points with a digit before and two behind: an address of a picture has points too. */
function mayHoldPair(text: string): boolean {
  if (text.length < 9) return false;
  let points = 0;
  for (let at = text.indexOf('.', 1); at > 0 && at < text.length - 2; at = text.indexOf('.', at + 1))
    if (isDigit(text, at - 1) && isDigit(text, at + 1) && isDigit(text, at + 2) && ++points === 2) return true;
  return false;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

/** Whether a text by itself could be one half of a known place, or hold two. */
export function mayHoldPlace(value: string, { places, bounds }: KnownPlaces): boolean {
  if (places.length === 0 || value.length < 4) return false;
  if (value.length <= 24 && isNumeric(value) && mayBeDegrees(value) && mayMatch(Number(value), bounds)) return true;
  // A word of the letters that a geohash has is mostly a word: it is compared at once.
  return mayHoldPair(value) || placesWritten(value, 0, { places, bounds }).length > 0;
}

/** Whether one of the names on the way to a leaf could be a known place. */
export function mayNamePlace(keys: readonly string[], { places }: KnownPlaces): boolean {
  return places.length > 0 && pairsAmong(keys).length > 0;
}

/** Names of a message come again with the next one. */
const byKeys = new WeakMap<readonly string[], readonly string[]>();

/** Those of the names that could be a pair of numbers. */
function pairsAmong(keys: readonly string[]): readonly string[] {
  const known = byKeys.get(keys);
  if (known !== undefined) return known;
  const pairs = keys.some(mayHoldPair) ? keys.filter(mayHoldPair) : NO_KEYS;
  byKeys.set(keys, pairs);
  return pairs;
}

/** Whether a number lies near one half of a known place, in whatever scale. */
export function isNear(amount: number, { bounds }: KnownPlaces): boolean {
  return bounds.length > 0 && amount >= bounds[0]! && mayMatch(amount, bounds);
}

/** Whether a number of this form (sign, first digit, digits before the point) could; which of them do depends on their other digits. */
export function mayBeHalf(value: string, { places, bounds }: KnownPlaces): boolean {
  if (places.length === 0 || value.length < 4 || !mayBeDegrees(value)) return false;
  const isBelow = value.charCodeAt(0) === 0x2d;
  const from = isBelow ? 1 : 0;
  const point = value.indexOf('.');
  const step = 10 ** ((point < 0 ? value.length : point) - from - 1);
  const least = (value.charCodeAt(from) - 0x30) * step;
  return isBelow ? reaches(bounds, -least - step, -least) : reaches(bounds, least, least + step);
}

/** Whether one of the stretches has a number between these, both included. */
function reaches(bounds: Float64Array, low: number, high: number): boolean {
  for (let at = 0; at < bounds.length; at += 2) if (bounds[at]! <= high && bounds[at + 1]! >= low) return true;
  return false;
}

/** One to three digits and a point, or the six to ten digits of a scaled integer: counters, clocks and ids are longer or shorter. */
function mayBeDegrees(value: string): boolean {
  const from = value.charCodeAt(0) === 0x2d ? 1 : 0;
  const digits = value.length - from;
  if (value.charCodeAt(from + 1) === 0x2e || value.charCodeAt(from + 2) === 0x2e || value.charCodeAt(from + 3) === 0x2e) return true;
  return digits >= 6 && digits <= 10;
}

/** First and last character, before a regular expression is asked. */
function isNumeric(value: string): boolean {
  const first = value.charCodeAt(0);
  const last = value.charCodeAt(value.length - 1);
  return last >= 0x30 && last <= 0x39 && (first === 0x2d || (first >= 0x30 && first <= 0x39));
}

/**
 * Every known coordinate with the widest margin that a comparison can allow, in every scale: ends of stretches that do not touch, in
 * order, low ones at even places and high ones at odd ones.
 */
function boundsOf(places: readonly KnownPlace[]): Float64Array {
  const stretches: Array<readonly [low: number, high: number]> = [];
  for (const place of places) {
    const margin = tolerance(place, 1);
    for (const { latitude, longitude } of Object.values(place.datums))
      for (const degrees of [latitude, longitude])
        for (const scale of [1, ...SCALES]) stretches.push([(degrees - margin) * scale, (degrees + margin) * scale]);
  }
  stretches.sort(([a], [b]) => a - b);
  const bounds: number[] = [];
  for (const [low, high] of stretches) {
    const last = bounds.length - 1;
    if (last > 0 && low <= bounds[last]!) bounds[last] = Math.max(bounds[last]!, high);
    else bounds.push(low, high);
  }
  return Float64Array.from(bounds);
}

/** Whether a number lies in one of the stretches. */
function mayMatch(number: number, bounds: Float64Array): boolean {
  let from = 0;
  let to = bounds.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (bounds[middle]! <= number) from = middle + 1;
    else to = middle;
  }
  return from % 2 === 1 || (from > 0 && bounds[from - 1] === number);
}

function readNumber(value: string, field: number): readonly Reading[] {
  if (NUMBER.test(value)) return [{ field, degrees: Number(value), decimals: decimalsOf(value), scale: 1 }];
  if (!INTEGER.test(value)) return [];
  return SCALES.map((scale) => ({ field, degrees: Number(value) / scale, decimals: Math.round(Math.log10(scale)), scale }));
}

function decimalsOf(text: string): number {
  return text.length - text.indexOf('.') - 1;
}

function isNearAny(place: KnownPlace, { degrees, decimals }: Reading): boolean {
  const within = tolerance(place, decimals);
  return Object.values(place.datums).some(
    ({ latitude, longitude }) => Math.abs(latitude - degrees) <= within || Math.abs(longitude - degrees) <= within,
  );
}

/** What the sender's (or the tester's) decimals leave open, cut or rounded, and the scatter. */
function tolerance(place: KnownPlace, decimals: number): number {
  return SCATTER + 10 ** -Math.min(decimals, 9) + (place.decimals >= 4 ? 0 : 10 ** -place.decimals);
}

function pairsInText(text: string, field: number, places: readonly KnownPlace[]): readonly PlaceHit[] {
  const hits: PlaceHit[] = [];
  for (const match of text.matchAll(PAIR)) {
    const [all, first = '', second = ''] = match;
    const decimals = Math.max(decimalsOf(first), decimalsOf(second));
    const a = { field, degrees: Number(first), decimals, scale: 1 };
    const b = { field, degrees: Number(second), decimals, scale: 1 };
    const hit = comparePair(a, b, places) ?? comparePair(b, a, places);
    if (hit === null) continue;
    const span: [number, number] | null = all.length === text.length ? null : [match.index, match.index + all.length];
    hits.push({ ...hit, field, span });
  }
  return hits;
}

/** Geohash, degrees with minutes and whatever else is no pair of decimal numbers. */
function placesWritten(text: string, field: number, { places, bounds }: KnownPlaces): readonly PlaceHit[] {
  const written = writtenPlaces(text);
  if (written.length === 0) return NO_HITS;
  return written.flatMap(({ latitude, longitude, decimals, scale, start, end }) => {
    if (!mayMatch(latitude, bounds)) return [];
    const reading = { field, decimals, scale };
    const hit = comparePair({ ...reading, degrees: latitude }, { ...reading, degrees: longitude }, places);
    return hit === null ? [] : [{ ...hit, span: end - start === text.length ? null : ([start, end] as const) }];
  });
}

/** What a number of four bytes tells of degrees. */
const PACKED_DECIMALS = 5;
/** Points of a track tell no more than the first of them. */
const MOST_PACKED = 8;

/** The search in bytes of one persona's places. */
const searches = new WeakMap<readonly KnownPlace[], PackedPlaces>();

function packedSearch(places: readonly KnownPlace[]): PackedPlaces {
  const made = searches.get(places);
  if (made !== undefined) return made;
  const stretch = (degrees: number, margin: number): Interval => [degrees - margin, degrees + margin];
  const search = new PackedPlaces(
    places.flatMap((place) => {
      const margin = tolerance(place, PACKED_DECIMALS);
      return Object.values(place.datums).map(({ latitude, longitude }) => [stretch(latitude, margin), stretch(longitude, margin)] as const);
    }),
  );
  searches.set(places, search);
  return search;
}

/** Places among bytes that nobody could take apart. */
function placesPacked(bytes: Uint8Array, field: number, places: readonly KnownPlace[]): readonly PlaceHit[] {
  return packedSearch(places)
    .find(bytes, MOST_PACKED)
    .flatMap(({ latitude, longitude, start, end }) => {
      const reading = { field, decimals: PACKED_DECIMALS, scale: 1 };
      const round = (degrees: number) => Number(degrees.toFixed(6));
      const hit = comparePair({ ...reading, degrees: round(latitude) }, { ...reading, degrees: round(longitude) }, places);
      return hit === null ? [] : [{ ...hit, span: end - start === bytes.length ? null : ([start, end] as const) }];
    });
}

/** Readings on either side of a latitude among which its longitude is looked for: objects hold both close together. */
const REACH = 12;

/** Each latitude with the nearest longitude (in order of the message) of the same place and scale. */
function pairsInGroup(readings: readonly Reading[], places: readonly KnownPlace[]): readonly PlaceHit[] {
  const hits: PlaceHit[] = [];
  const used = new Set<number>();
  readings.forEach((latitude, index) => {
    if (used.has(latitude.field)) return;
    for (let distance = 1; distance <= REACH; distance++)
      for (const longitude of [readings[index - distance], readings[index + distance]]) {
        if (
          longitude === undefined ||
          longitude.scale !== latitude.scale ||
          longitude.field === latitude.field ||
          used.has(longitude.field)
        )
          continue;
        const decimals = Math.max(latitude.decimals, longitude.decimals);
        const hit = comparePair({ ...latitude, decimals }, { ...longitude, decimals }, places);
        if (hit === null) continue;
        used.add(latitude.field).add(longitude.field);
        hits.push(hit);
        return;
      }
  });
  return hits;
}

/** The nearest place and datum within tolerance, or null. */
function comparePair(latitude: Reading, longitude: Reading, places: readonly KnownPlace[]): PlaceHit | null {
  if (latitude.decimals < FEWEST_DECIMALS) return null;
  let best: PlaceHit | null = null;
  let nearest = Number.POSITIVE_INFINITY;
  for (const place of places) {
    const within = tolerance(place, latitude.decimals);
    for (const datum of ['wgs84', 'gcj02', 'bd09'] as const) {
      const known = place.datums[datum];
      const distance = Math.max(Math.abs(known.latitude - latitude.degrees), Math.abs(known.longitude - longitude.degrees));
      if (distance > within || distance >= nearest) continue;
      nearest = distance;
      best = {
        place,
        datum,
        field: latitude.field,
        span: null,
        inName: false,
        text: `${latitude.degrees},${longitude.degrees}`,
        decimals: latitude.decimals,
        scale: latitude.scale,
      };
    }
  }
  return best;
}
