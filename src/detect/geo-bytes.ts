/** A number of four or eight bytes as programs write it into a message (IEEE 754). */
interface Width {
  readonly size: 4 | 8;
  readonly little: boolean;
  readonly bit: number;
}

const WIDTHS: readonly Width[] = [
  { size: 8, little: false, bit: 1 },
  { size: 8, little: true, bit: 2 },
  { size: 4, little: false, bit: 4 },
  { size: 4, little: true, bit: 8 },
];

/** A latitude with a longitude near it, and where the two stand. */
export interface PackedPlace {
  readonly latitude: number;
  readonly longitude: number;
  readonly start: number;
  readonly end: number;
}

/** Two numbers between which something may be looked for, in degrees. */
export type Interval = readonly [low: number, high: number];

/** Bytes between the two numbers: a name and a type stand between them in formats that name their fields. */
const REACH = 24;
/** Smaller degrees begin like zero, which is everywhere. */
const LEAST_DEGREES = 1;
/** Two bytes in all their values. */
const PAIRS = 65_536;

function read(view: DataView, at: number, { size, little }: Width): number {
  return size === 8 ? view.getFloat64(at, little) : view.getFloat32(at, little);
}

/** The first two bytes of a number as it stands: behind each other in the order of the network, the other way round at the end of it in the other. */
function beginning(degrees: number, { size, little }: Width): number {
  const view = new DataView(new ArrayBuffer(8));
  if (size === 8) view.setFloat64(0, degrees);
  else view.setFloat32(0, degrees);
  const pair = view.getUint16(0);
  return little ? ((pair & 0xff) << 8) | (pair >> 8) : pair;
}

/**
 * Searches bytes for coordinates as floating-point numbers, one near the other. Chance makes such a pair of eight bytes each once in 10^15 places, of four
 * bytes once in 10^12. One pass, however many places are known.
 */
export class PackedPlaces {
  readonly #places: ReadonlyArray<readonly [latitude: Interval, longitude: Interval]>;
  /** By two bytes the widths of numbers that begin so. */
  readonly #table = new Uint8Array(PAIRS);

  constructor(places: ReadonlyArray<readonly [latitude: Interval, longitude: Interval]>) {
    this.#places = places.filter(([[low]]) => Math.abs(low) >= LEAST_DEGREES);
    // A stretch is so short that its numbers have one beginning or two neighbouring ones.
    for (const [latitude] of this.#places)
      for (const width of WIDTHS) for (const degrees of latitude) this.#table[beginning(degrees, width)]! |= width.bit;
  }

  /** @returns at most `most` places, in order. */
  find(bytes: Uint8Array, most: number): readonly PackedPlace[] {
    const found: PackedPlace[] = [];
    if (this.#places.length === 0) return found;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 1 < bytes.length && found.length < most; at++) {
      const bits = this.#table[(bytes[at]! << 8) | bytes[at + 1]!]!;
      if (bits === 0) continue;
      for (const width of WIDTHS) {
        const start = (bits & width.bit) === 0 ? -1 : width.little ? at + 2 - width.size : at;
        const place = start < 0 || start + width.size > bytes.length ? null : this.#at(view, start, width);
        if (place === null) continue;
        found.push(place);
        break;
      }
    }
    return found;
  }

  #at(view: DataView, at: number, width: Width): PackedPlace | null {
    const latitude = read(view, at, width);
    for (const [[low, high], longitude] of this.#places) {
      if (latitude < low || latitude > high) continue;
      const place = besides(view, at, width, latitude, longitude);
      if (place !== null) return place;
    }
    return null;
  }
}

/** The longitude before or behind a latitude. */
function besides(view: DataView, at: number, width: Width, latitude: number, [low, high]: Interval): PackedPlace | null {
  const { size } = width;
  for (let gap = 0; gap <= REACH; gap++)
    for (const other of [at + size + gap, at - size - gap]) {
      if (other < 0 || other + size > view.byteLength) continue;
      const longitude = read(view, other, width);
      if (longitude >= low && longitude <= high)
        return { latitude, longitude, start: Math.min(at, other), end: Math.max(at, other) + size };
    }
  return null;
}
