import { SCALES } from './geo.js';

/**
 * Places that are not written as two decimal numbers: geohash, degrees with minutes, sentences of a GPS receiver, two scaled integers in
 * one text. Only for comparison with places that are known: most texts of these forms are no place at all.
 */
export interface WrittenPlace {
  readonly latitude: number;
  readonly longitude: number;
  /** Decimals of a degree that the writing is worth. */
  readonly decimals: number;
  /** 1, or the factor of coordinates sent as integers. */
  readonly scale: number;
  /** UTF-16 offsets in the text. */
  readonly start: number;
  readonly end: number;
}

const BASE32 = '0123456789bcdefghjkmnpqrstuvwxyz';
/** Characters of a geohash -> decimals: six are 1.2 km by 0.6 km, seven 150 m, eight 38 m by 19 m. */
const DECIMALS = [2, 3, 4] as const;
const SHORTEST_HASH = 6;
/** With a letter at least: all digits are a number. */
const HASH = /^(?=.*[b-z])[0-9b-hjkmnp-z]{6,12}$/;
/** ISO 6709 annex D, and what phones show: 40°07'24.4"N 90°39'15.6"E. Quantifiers are bounded: hostile text costs linear time. */
const DEGREES =
  /(\d{1,2})°\s?(\d{1,2})[′']\s?(\d{1,2}(?:\.\d{1,6})?)[″"]\s?([NS])[,\s]{0,3}(\d{1,3})°\s?(\d{1,2})[′']\s?(\d{1,2}(?:\.\d{1,6})?)[″"]\s?([EW])/g;
/** NMEA 0183: degrees and decimal minutes run together, `4007.4074,N,09039.2593,E`. */
const SENTENCE = /(?<!\d)(\d{2})(\d{2}\.\d{1,8}),([NS]),(\d{3})(\d{2}\.\d{1,8}),([EW])/g;
/** ISO 6709 annex H, as cameras and maps write it: `+31.2304+121.4737/`. */
const SIGNED = /^([+-]\d{2}\.\d{1,8})([+-]\d{3}\.\d{1,8})(?:[+-]\d{1,5}(?:\.\d{1,4})?)?(?:CRS\w{1,12})?\/?$/;
const INTEGERS = /^(-?\d{7,10})[,;|](-?\d{7,10})$/;
/** Longer texts are documents, and their parts come one by one. */
const LONGEST = 4_096;

const NONE: readonly WrittenPlace[] = [];

/** Every place that a text writes in one of these ways, in each reading that it allows (latitude or longitude first). */
export function writtenPlaces(text: string): readonly WrittenPlace[] {
  if (text.length < SHORTEST_HASH || text.length > LONGEST) return NONE;
  if (text.length <= 12) return HASH.test(text) ? [fromGeohash(text)] : NONE;
  if (text.length <= 21 && INTEGERS.test(text)) return fromIntegers(text);
  if (text[0] === '+' || text[0] === '-') return fromSigned(text);
  if (text.includes('°')) return Array.from(text.matchAll(DEGREES), fromDegrees);
  return text.includes(',N,') || text.includes(',S,') ? Array.from(text.matchAll(SENTENCE), fromSentence) : NONE;
}

/** The middle of the cell: bits in turn halve the range of longitude and latitude. */
function fromGeohash(text: string): WrittenPlace {
  const ranges = [
    [-180, 180],
    [-90, 90],
  ] as [[number, number], [number, number]];
  let bit = 0;
  for (const character of text) {
    const five = BASE32.indexOf(character);
    for (let mask = 16; mask > 0; mask >>= 1) {
      const range = ranges[(bit++ % 2) as 0 | 1];
      const middle = (range[0] + range[1]) / 2;
      range[(five & mask) === 0 ? 1 : 0] = middle;
    }
  }
  const [[west, east], [south, north]] = ranges;
  const decimals = DECIMALS[Math.min(text.length, SHORTEST_HASH + DECIMALS.length - 1) - SHORTEST_HASH] ?? 2;
  return { latitude: (south + north) / 2, longitude: (west + east) / 2, decimals, scale: 1, start: 0, end: text.length };
}

function fromIntegers(text: string): readonly WrittenPlace[] {
  const [, first, second] = INTEGERS.exec(text) ?? [];
  return SCALES.flatMap((scale) =>
    [
      [first, second],
      [second, first],
    ].map(([latitude, longitude]) => ({
      latitude: Number(latitude) / scale,
      longitude: Number(longitude) / scale,
      decimals: Math.round(Math.log10(scale)),
      scale,
      start: 0,
      end: text.length,
    })),
  ).filter(({ latitude, longitude }) => Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180);
}

function fromSigned(text: string): readonly WrittenPlace[] {
  const [, latitude, longitude] = SIGNED.exec(text) ?? [];
  if (latitude === undefined || longitude === undefined) return [];
  const decimals = Math.min(latitude.length - 4, longitude.length - 5);
  return [{ latitude: Number(latitude), longitude: Number(longitude), decimals, scale: 1, start: 0, end: text.length }];
}

function fromDegrees(match: RegExpExecArray): WrittenPlace {
  const [all, d1, m1, s1, ns, d2, m2, s2, ew] = match;
  const degrees = (d = '', m = '', s = '') => Number(d) + Number(m) / 60 + Number(s) / 3600;
  return signed(degrees(d1, m1, s1), ns, degrees(d2, m2, s2), ew, all, match.index);
}

function fromSentence(match: RegExpExecArray): WrittenPlace {
  const [all, d1, m1, ns, d2, m2, ew] = match;
  const degrees = (d = '', m = '') => Number(d) + Number(m) / 60;
  return signed(degrees(d1, m1), ns, degrees(d2, m2), ew, all, match.index);
}

/** A second of arc is 31 m, a thousandth of a minute two. */
function signed(north: number, ns = '', east: number, ew = '', all: string, start: number): WrittenPlace {
  const latitude = ns === 'S' ? -north : north;
  return { latitude, longitude: ew === 'W' ? -east : east, decimals: 4, scale: 1, start, end: start + all.length };
}
