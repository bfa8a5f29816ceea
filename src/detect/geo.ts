/**
 * The three datums of Chinese maps. WGS-84 is what GPS gives; GCJ-02 is the offset datum that GB 20263-2006 demands of public
 * maps; BD-09 is Baidu's further offset. The same place differs by 100 to 700 metres between them, so a known place has to be
 * compared in all three.
 *
 * GCJ-02 has no published definition. The polynomial is the one that became public in 2010 (SK-42/Krasovsky ellipsoid:
 * a = 6378245 m, e2 = 0.00669342162296594323, here to the precision of a double) and that every map SDK's results agree with to centimetres.
 */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** Factors of degrees that are sent as integers: map SDKs count in 1e-6, some systems in 1e-5 or 1e-7. */
export const SCALES = [1e5, 1e6, 1e7] as const;

export type Datum = 'wgs84' | 'gcj02' | 'bd09';

const SEMI_MAJOR = 6378245;
const ECCENTRICITY = 0.006693421622965943;
const BAIDU_PI = (Math.PI * 3000) / 180;

/** GCJ-02 leaves everything outside this box unchanged. */
function isShifted({ latitude, longitude }: Place): boolean {
  return longitude >= 72.004 && longitude <= 137.8347 && latitude >= 0.8293 && latitude <= 55.8271;
}

/** WGS-84 to GCJ-02, degrees. */
export function toGcj02(place: Place): Place {
  if (!isShifted(place)) return place;
  const x = place.longitude - 105;
  const y = place.latitude - 35;
  const radians = (place.latitude * Math.PI) / 180;
  const magic = 1 - ECCENTRICITY * Math.sin(radians) ** 2;
  const root = Math.sqrt(magic);
  const north = (latitudeShift(x, y) * 180) / (((SEMI_MAJOR * (1 - ECCENTRICITY)) / (magic * root)) * Math.PI);
  const east = (longitudeShift(x, y) * 180) / ((SEMI_MAJOR / root) * Math.cos(radians) * Math.PI);
  return { latitude: place.latitude + north, longitude: place.longitude + east };
}

/** GCJ-02 to BD-09, degrees. */
export function toBd09({ latitude, longitude }: Place): Place {
  const radius = Math.sqrt(longitude ** 2 + latitude ** 2) + 0.00002 * Math.sin(latitude * BAIDU_PI);
  const angle = Math.atan2(latitude, longitude) + 0.000003 * Math.cos(longitude * BAIDU_PI);
  return { longitude: radius * Math.cos(angle) + 0.0065, latitude: radius * Math.sin(angle) + 0.006 };
}

function ripple(value: number): number {
  return (20 * Math.sin(6 * value * Math.PI) + 20 * Math.sin(2 * value * Math.PI)) * (2 / 3);
}

function latitudeShift(x: number, y: number): number {
  const base = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x));
  const middle = (20 * Math.sin(y * Math.PI) + 40 * Math.sin((y / 3) * Math.PI)) * (2 / 3);
  const long = (160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y * Math.PI) / 30)) * (2 / 3);
  return base + ripple(x) + middle + long;
}

function longitudeShift(x: number, y: number): number {
  const base = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x));
  const middle = (20 * Math.sin(x * Math.PI) + 40 * Math.sin((x / 3) * Math.PI)) * (2 / 3);
  const long = (150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * (2 / 3);
  return base + ripple(x) + middle + long;
}

/** A WGS-84 place in each datum. */
export function inAllDatums(place: Place): Readonly<Record<Datum, Place>> {
  const gcj02 = toGcj02(place);
  return { wgs84: place, gcj02, bd09: toBd09(gcj02) };
}

/** `31.2304,121.4737` (latitude first, as the persona writes it); null when it is no place. The other order is understood where only it can be. */
export function parsePlace(text: string): Place | null {
  const match = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;，\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text);
  if (match === null) return null;
  const first = Number(match[1]);
  const second = Number(match[2]);
  if (Math.abs(first) <= 90 && Math.abs(second) <= 180) return { latitude: first, longitude: second };
  return Math.abs(second) <= 90 && Math.abs(first) <= 180 ? { latitude: second, longitude: first } : null;
}
