import { leafName, leafPhrase, leafWords, tokensOf } from './keys.js';

/** Names of positions and of their halves: what a number is called that is a latitude or a longitude, and what a pair of them is called. */

/** What stands before the word for a half. */
const STEM = { lat: /^(.*?)(?:lat|lati|latitude|weidu|纬度)$/, lng: /^(.*?)(?:lng|lon|long|longi|longitude|jingdu|经度)$/ };
/** The word as the last of a name. */
const WORD = { lat: /^(?:lat|lati|latitude|weidu|纬度)$/, lng: /^(?:lng|lon|long|longi|longitude|jingdu|经度)$/ };
/** Words that stand before it without anything between; Chinese names have nothing between any words. */
const BEFORE = '(?:user|start|end|from|to|cur|my|gps|poi|dest|origin|center|m|device|client)';
const GROWN = {
  lat: new RegExp(`^(?:.*[^a-z])?纬度$|^${BEFORE}(?:lat|latitude)$`),
  lng: new RegExp(`^(?:.*[^a-z])?经度$|^${BEFORE}(?:lng|lon|longitude)$`),
};
/** `flat`, `flng`, `tlat`, `tlng`: from and to, start and end. Each is a word of its own kind alone, and a pair is none. */
const SHORT = /^([fset])(lat|lng|lon)$/;
/** `klat` and `klnt`, `dlt` and `dln`: letters of an app's own before the two words. `plat` is a form, `salon` a shop; in a pair of long decimals within China they are neither. */
const PREFIXED = /^([a-z]{1,3})(lat|lng|lon|lnt)$|^([a-z])(lt|ln)$/;
/** `lbsX`, `gps_y`: the horizontal axis is the longitude. Games, screens and touches have positions and locations with an x as well. */
const AXIS_OF = new Set(['lbs', 'gps', 'gis', 'wgs84', 'gcj02', 'bd09']);
const MARK = '~';
/** `locationX` and `locationY` are where a finger touched as well, and a place where the object names one in words. */
export const LOCATION = `${MARK}location`;
const LOCATIONS = new Set(['loc', 'location']);
/** `lot` numbers goods and parcels, and is the longitude beside a `lat`. */
export const LOT = `${MARK}lot`;
/** Stems of names that say nothing of a place but in a pair: `x` and `y`, `jd` and `wd` (经度、纬度). */
const BARE = new Set(['xy', 'jdwd']);
/** `x`/`y` only below a name that says it is a place, and without a `z`, which games and scenes have. */
const PLACE_PARENT = /(?:loc|location|gps|geo|geopoint|point|position|pos|coord|coordinate|coordinates|center|poi|lbs|dingwei)$/;
const PLACE =
  /(?:^|[^a-z])(?:loc|location|locations|gps|gpsinfo|geo|geopoint|latlng|latlon|lnglat|lonlat|point|position|pos|coord|coords|coordinate|coordinates|center|ll|lbs|wgs84|gcj02|bd09|bd09ll|origin|destination|经纬度|坐标|位置)$/;
/** Pictures, pages and lists have these too; there a pair is short, or lies within the unit square. */
const DRAWN = /(?:^|[^a-z])(?:center|point|position|pos|coord|coords)$/;

/** One of the two numbers of a position. */
export interface Half {
  readonly axis: 'lat' | 'lng';
  /** What stands before the word; the two halves of one position have the same. */
  readonly stem: string;
}

const halves = new WeakMap<readonly string[], Half | null>();

/** Which half of a position the names on the way to a field speak of; null: of none. */
export function halfOf(keys: readonly string[]): Half | null {
  let half = halves.get(keys);
  if (half === undefined) {
    half = readHalf(keys);
    halves.set(keys, half);
  }
  return half;
}

function readHalf(keys: readonly string[]): Half | null {
  const words = leafWords(keys);
  const name = leafName(keys);
  const last = words[words.length - 1] ?? '';
  for (const axis of ['lat', 'lng'] as const)
    if (WORD[axis].test(last) || GROWN[axis].test(name)) return { axis, stem: STEM[axis].exec(name)?.[1] ?? '' };
  const short = SHORT.exec(name);
  if (short !== null) return { axis: short[2] === 'lat' ? 'lat' : 'lng', stem: short[1] ?? '' };
  if (name === 'jd' || name === 'wd') return { axis: name === 'wd' ? 'lat' : 'lng', stem: 'jdwd' };
  // The initials of the same two words.
  if (name === 'j' || name === 'w') return { axis: name === 'w' ? 'lat' : 'lng', stem: `${MARK}jw` };
  // `lt` and `lg`, and `lot` beside `lat`: a position only as a pair.
  if (name === 'lt' || name === 'lg') return { axis: name === 'lt' ? 'lat' : 'lng', stem: `${MARK}ltlg` };
  if (name === 'lot') return { axis: 'lng', stem: LOT };
  const prefixed = PREFIXED.exec(name);
  if (prefixed !== null) {
    const [, letters, noun, letter, end] = prefixed;
    return { axis: noun === 'lat' || end === 'lt' ? 'lat' : 'lng', stem: `${MARK}${letters ?? letter}` };
  }
  if (words.length === 2 && (last === 'x' || last === 'y') && AXIS_OF.has(words[0] ?? ''))
    return { axis: last === 'y' ? 'lat' : 'lng', stem: `${MARK}${words[0]}` };
  if (words.length === 2 && (last === 'x' || last === 'y') && LOCATIONS.has(words[0] ?? ''))
    return { axis: last === 'y' ? 'lat' : 'lng', stem: LOCATION };
  if (name !== 'x' && name !== 'y') return null;
  const parent = tokensOf(keys[keys.length - 2] ?? '').join('');
  return PLACE_PARENT.test(parent) ? { axis: name === 'y' ? 'lat' : 'lng', stem: 'xy' } : null;
}

/** Whether a half goes by letters of an app's own, which other words have too. */
export function isPrefixed({ stem }: Pick<Half, 'stem'>): boolean {
  return stem.startsWith(MARK);
}

/** Whether a half goes by a name that says nothing of a place alone. */
export function isBare({ stem }: Pick<Half, 'stem'>): boolean {
  return BARE.has(stem);
}

/** Whether a field is called a position, or the hash of one. */
export function isPlaceName(keys: readonly string[]): boolean {
  return leafName(keys) === 'geohash' || namesPlace(leafPhrase(keys));
}

/** Whether words name a position as a whole. @param phrase of a name, see `phraseOf`. */
export function namesPlace(phrase: string): boolean {
  return PLACE.test(phrase);
}

/** Whether what they name may as well be a point of a drawing, a page or a game. */
export function namesDrawing(phrase: string): boolean {
  return DRAWN.test(phrase);
}
