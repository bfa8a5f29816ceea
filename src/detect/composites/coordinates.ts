import type { Field } from '../../model/field.js';
import type { TraceLine } from '../../model/finding.js';
import { addresseeLine, isOfAddressee } from '../addressee.js';
import { isCorner, isInRing, linesAmong, ringLine } from '../area.js';
import { asClue, type Candidate, changedBy, readAsOne } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope, FieldList } from '../composite.js';
import { leafName, leafWords, phraseOf, tokensOf } from '../keys.js';
import type { Owner } from '../owner.js';
import { PLACE_OF_BUSINESS } from '../owners.js';
import { LOCATED_THING } from '../owners-things.js';
import { isOwned } from '../ownership.js';
import { isAlbum, isAlbumFile, isOfPicture, PICTURE_PLACE } from '../picture.js';
import { halfOf, isBare, isPlaceName, isPrefixed, LOCATION, LOT, namesDrawing, namesPlace } from '../place-names.js';
import { isOfPremises, premisesLine } from '../premises.js';
import { validator as coordinate, isScaled } from '../validators/coordinate.js';
import { isInChina, isNoFix, isPairText, isPicturePoint, orderPair, validator as pairText } from '../validators/coordinates.js';

/**
 * Two coordinates in one object, `[lng, lat]` arrays, and "lng,lat" text. One piece of evidence for the pair: half a position is
 * none. Decimals tell the precision (0.01 degree is about 1.1 km, 0.0001 about 11 m); the longer of the two counts, because JSON
 * drops the closing zeros of the other.
 */
const ORIGIN = /^(?:start|begin|from|origin|depart|departure|dep|pickup|geton|src|source|[sf](?![a-z]))/;
const DESTINATION = /^(?:end|to|dest|destination|arrive|arrival|arr|dropoff|getoff|target|[edt](?![a-z]))/;
const LONG_DECIMALS = 6;
const HAN = /[\u3400-\u9fff]{2}/;
/** Most values are no numbers at all. */
const NUMBER = /^\s*[-+]?[\d.]/;

interface Placed {
  readonly field: Field;
  readonly stem: string;
}

export const composite: Composite = {
  named: (keys) => isPlaceName(keys) || halfOf(keys) !== null,
  triggers: (field, named) => (named && mayBePlace(field)) || (field.kind === 'string' && isPairText(field.value)),
  find(scope) {
    const found: CompositeFinding[] = [];
    for (const fields of scope.groups.values()) found.push(...pairs(scope, fields));
    const lines = linesAmong(scope.decoded.fields);
    for (const list of scope.lists) found.push(...arrayPair(scope, list, lines));
    for (const field of scope.decoded.fields) found.push(...written(scope, field));
    return withoutDrawings(found, scope.decoded.fields);
  },
};

/** Points that a list of drawings has under one name: where most of them lie nowhere, the rest lie somewhere by chance. */
function withoutDrawings(found: readonly CompositeFinding[], fields: readonly Field[]): CompositeFinding[] {
  const inRows = ({ candidate: { evidence } }: CompositeFinding) => evidence.grade === 'probable' && IN_ROW.test(evidence.path);
  const columns = new Map<string, { placed: number; all: number }>();
  for (const each of found) {
    const { path } = each.candidate.evidence;
    if (!inRows(each) || !DRAWN_PATH.test(path)) continue;
    const column = columns.get(columnOf(path)) ?? { placed: 0, all: 0 };
    column.placed++;
    columns.set(columnOf(path), column);
  }
  if (columns.size === 0) return [...found];
  for (const { path } of fields) {
    const column = IN_ROW.test(path) ? columns.get(columnOf(path)) : undefined;
    if (column !== undefined) column.all++;
  }
  return found.map((each) => {
    const { candidate, absorbs } = each;
    const column = inRows(each) ? columns.get(columnOf(candidate.evidence.path)) : undefined;
    if (column === undefined || column.placed * 2 >= column.all) return each;
    return { candidate: asClue(candidate, drawnLine), absorbs };
  });
}

const drawnLine: TraceLine = {
  rule: 'drawn-points',
  text: {
    zh: '同一列表中同名的点大多不在任何地点：是画面或游戏中的点',
    en: 'most points under this name in the list lie nowhere: they belong to a drawing or a game',
  },
};

/** A row of a list, and what stands in it. */
const IN_ROW = /\[\d{1,6}\]./;
/** Names that drawings have, as the last of a path; or an axis below them. */
const DRAWN_PATH = /(?:center|point|position|pos|coords?|location|loc)(?:\[[01]\]|\.[xy])?$/i;

/** The place of a value in every row: a pair keeps which of its halves it is. */
function columnOf(path: string): string {
  return path.replace(/\[\d{1,6}\](?!$)/g, '[]');
}

/** `pos: 3` is a position in a list: a place has a point in it, is a half of one, or a geohash. */
function mayBePlace({ keys, value }: Field): boolean {
  const half = halfOf(keys);
  return value.includes('.') || (half !== null && !isPrefixed(half)) || leafName(keys) === 'geohash';
}

function pairs(scope: CompositeScope, fields: readonly Field[]): CompositeFinding[] {
  const found: CompositeFinding[] = [];
  const lats: Placed[] = [];
  const lngs: Placed[] = [];
  const isTaken = isRecordOfPicture(fields);
  const isSpatial = fields.some(({ keys }) => leafName(keys) === 'z');
  for (const field of fields) {
    if (field.kind !== 'number' && field.kind !== 'string') continue;
    const own = field.keys[field.keys.length - 1];
    if (own === undefined || field.value.length > 24 || !NUMBER.test(field.value) || !coordinate.check(field.value)) continue;
    const half = halfOf(field.keys);
    if (half !== null && !(isSpatial && half.stem === 'xy')) (half.axis === 'lat' ? lats : lngs).push({ field, stem: half.stem });
  }
  const taken = new Set<Field>();
  // By what stands before lat and lng, in order: a query may repeat the names without end.
  const waiting = new Map<string, Placed[]>();
  for (const lng of lngs.toReversed()) {
    const same = waiting.get(lng.stem);
    if (same) same.push(lng);
    else waiting.set(lng.stem, [lng]);
  }
  for (const lat of lats) {
    const lng = waiting.get(lat.stem)?.pop() ?? (lat.stem === '' ? waiting.get(LOT)?.pop() : undefined);
    if (!lng || !isBelievable(lat, lng) || (lat.stem === LOCATION && !tellsPlace(fields))) continue;
    taken.add(lng.field);
    taken.add(lat.field);
    const candidate = judge(scope, lat.field, lat.field.value.trim(), lng.field.value.trim(), lat.stem, lng.field.path);
    if (candidate === null) continue;
    const own = isTaken ? asTaken(scope, candidate) : asAddressees(scope, candidate, fields);
    found.push({
      candidate: asOwned(isCorner(lat.field.keys) ? asClue(own, ringLine) : own, fields),
      absorbs: [lat.field.path, lng.field.path],
    });
  }
  // One half only: the request still carries a line on the map, and the other half may stand elsewhere.
  for (const { field, stem } of [...lats, ...lngs]) {
    if (taken.has(field) || (stem !== '' && !/^(?:geo|gps|user|device|client|loc|location)$/.test(stem))) continue;
    found.push({ candidate: half(scope, field), absorbs: [field.path] });
  }
  return found;
}

/** `{ storeName, openTime, latitude, longitude }`: where a shop stands, or a ship. A journey that begins there is somebody's. */
function placedBy({ evidence }: Candidate, fields: readonly Field[]): Owner | null {
  if (!evidence.dataType.startsWith('location')) return null;
  // An object of thousands of pairs is asked once.
  const known = placed.get(fields);
  if (known !== undefined) return known;
  const owner = [PLACE_OF_BUSINESS, LOCATED_THING].find((each) => isOwned(each, fields)) ?? null;
  placed.set(fields, owner);
  return owner;
}

const placed = new WeakMap<readonly Field[], Owner | null>();

/** The same as a clue, where it is the place of a business or a thing. */
function asOwned(candidate: Candidate, fields: readonly Field[]): Candidate {
  const owner = placedBy(candidate, fields);
  return owner === null ? candidate : asClue(candidate, { rule: owner.name, text: owner.why });
}

/** `{ photos: [{ path, latitude, longitude }] }`: where the picture was taken. Beside a picture that is sent alone it may be where the phone is. */
function isRecordOfPicture(fields: readonly Field[]): boolean {
  return fields.some(({ value, keys, path }) => path.includes('[') && isAlbumFile(value) && isAlbum(keys.slice(0, -1)));
}

function asTaken({ types }: CompositeScope, candidate: Candidate): Candidate {
  if (!types.has(PICTURE_PLACE) || !candidate.evidence.dataType.startsWith('location')) return candidate;
  return changedBy(takenLine, candidate, { dataType: PICTURE_PLACE });
}

function asAddressees({ types }: CompositeScope, candidate: Candidate, fields: readonly Field[]): Candidate {
  if (!types.has('postal_address') || !candidate.evidence.dataType.startsWith('location') || !isOfAddressee(fields)) return candidate;
  return changedBy(addresseeLine, candidate, { dataType: 'postal_address' });
}

const takenLine: TraceLine = {
  rule: 'of-picture',
  text: { zh: '同一对象是相册中的一个文件：是其拍摄地点', en: 'the same object is a file of the album: where it was taken' },
};

/** Whether an object tells a place in words: `location=上海市…`. */
function tellsPlace(fields: readonly Field[]): boolean {
  return fields.some(({ keys, value }) => HAN.test(value) && (isPlaceName(keys) || namesAddress(leafWords(keys))));
}

/** Whether a name is that of an address. */
function namesAddress(words: readonly string[]): boolean {
  const last = words[words.length - 1];
  return last === 'address' || last === 'addr';
}

/** Whether names that say little of a place stand before numbers that say more. */
function isBelievable(placed: Placed, partner: Placed): boolean {
  const { field: lat } = placed;
  const { field: lng } = partner;
  const prefixed = isPrefixed(placed) || isPrefixed(partner);
  if (!prefixed && !isBare(placed)) return true;
  if (!isInChina(Number(lat.value), Number(lng.value))) return false;
  return !prefixed || [lat, lng].every(({ value }) => value.includes('.') && decimals(value.trim()) >= LONG_DECIMALS);
}

/** GeoJSON `coordinates: [121.47, 31.23]`, `loc: [31.23, 121.47]`. */
function arrayPair(scope: CompositeScope, { elements, keys, path }: FieldList, lines: ReadonlySet<string>): CompositeFinding[] {
  const own = keys[keys.length - 1];
  if (own === undefined || (elements.length !== 2 && elements.length !== 3)) return [];
  const first = elements[0]?.[0];
  const second = elements[1]?.[0];
  if (first === undefined || second === undefined || elements.some((element) => element.length !== 1)) return [];
  if (!namesPlace(phraseOf(own))) return [];
  if (isDrawn(own, first.value, second.value)) return [];
  if (!/^-?\d{1,3}\.\d+$/.test(first.value) || !/^-?\d{1,3}\.\d+$/.test(second.value)) return [];
  const pair = orderPair(Number(first.value), Number(second.value));
  if (!pair) return [];
  const swapped = pair.lat !== Number(first.value);
  const [lat, lng] = swapped ? [second.value, first.value] : [first.value, second.value];
  const candidate = judge(scope, first, lat, lng, '', second.path, ceilingOf(phraseOf(own), lat, lng));
  if (candidate === null) return [];
  return [{ candidate: isInRing(path, lines) ? asClue(candidate, ringLine) : candidate, absorbs: [first.path, second.path] }];
}

/** Whether a pair under a name that drawings have too is not more than that. */
function isDrawn(own: string, first: string, second: string): boolean {
  if (!namesDrawing(phraseOf(own))) return false;
  return [first, second].some((text) => decimals(text) < 3) || [first, second].every((text) => Math.abs(Number(text)) <= 1);
}

/** Games, pages and touches have points of their own; of those only what lies in China is taken for a place. */
function ceilingOf(name: string, lat: string, lng: string): 'candidate' | undefined {
  return namesDrawing(name) && !isInChina(Number(lat), Number(lng)) ? 'candidate' : undefined;
}

/** When the fix was taken: `latlng=31.230416,121.473701,1700000000123`. */
const SINCE = /,1\d{9}(?:\d{3})?$/;

/** "121.473701,31.230416" under a name of a place; without such a name it is a clue only, and only inside China's box. */
function written(scope: CompositeScope, field: Field): CompositeFinding[] {
  if (field.kind !== 'string' || field.value.length > 60) return [];
  const words = leafWords(field.keys);
  if (words.join('') === 'geohash') return hashed(scope, field);
  if (!field.value.includes('.')) return [];
  const named = namesPlace(words.join(' '));
  const pair = named ? field.value.replace(SINCE, '') : field.value;
  const passed = pairText.check(pair);
  if (!passed) return [];
  const [lat = '', lng = ''] = passed.normalised.split(',');
  const precise = decimals(lat) >= 4 && decimals(lng) >= 4;
  if (!named && !(precise && isInChina(Number(lat), Number(lng)))) return [];
  // An address that holds nothing but a pair of long decimals is that of whoever let the phone fill it in.
  const isAddress = namesAddress(words) && decimals(lat) >= LONG_DECIMALS && decimals(lng) >= LONG_DECIMALS;
  const ceiling = named ? ceilingOf(words.join(' '), lat, lng) : isAddress ? undefined : 'candidate';
  const candidate = judge(scope, field, lat, lng, words.join(''), null, ceiling, pair);
  if (candidate === null) return [];
  const isTold = named || isAddress;
  const own = isTold ? asOwned(candidate, scope.groups.get(field.group) ?? []) : candidate;
  return [{ candidate: own, absorbs: isTold ? [field.path] : [] }];
}

/** Geohash (base 32 without a, i, l, o): six characters are about 1.2 km by 0.6 km, seven about 150 m. */
function hashed(scope: CompositeScope, field: Field): CompositeFinding[] {
  if (!/^[0-9b-hjkmnp-z]{4,12}$/.test(field.value)) return [];
  const dataType = field.value.length >= 7 ? 'location_precise' : 'location_coarse';
  const { length } = field.value;
  const candidate = readAsOne(scope.decoded, field, {
    dataType,
    grade: 'probable',
    form: 'geohash',
    value: field.value,
    trace: [
      {
        rule: 'geohash',
        text: { zh: `${length} 位 geohash，7 位起约 150 米`, en: `geohash of ${length} characters; from 7 on about 150 m` },
      },
    ],
    passRate: 1e-3,
  });
  return [{ candidate, absorbs: [field.path] }];
}

function decimals(text: string): number {
  const dot = text.indexOf('.');
  if (dot < 0) return isScaled(text) ? 6 : 0;
  return text.length - dot - 1;
}

/** Within the address that a Referer repeats. */
function isRepeated(field: Field): boolean {
  return field.path.startsWith('header.referer|');
}

/** Whole words only: `device` begins as a destination does, and an `Endpoint` is where a service is reached. */
const ENDS =
  /^(?!endpoint$)(?:start|origin|from|pickup|departure|end|destination|dest|to|dropoff|arrival)(?:point|poi|place|address|addr|location|loc|pos|position|station|stop)?$/;
const PARTS = /^(?:loc|location|gps|geo|geopoint|point|position|pos|coord|coords|coordinate|lnglat|latlng)$/;

/** What the object is called that holds the two halves, where it is an end of a trip. */
function holderOf(keys: readonly string[]): string {
  const above = leafName(keys.slice(0, -1));
  const name = PARTS.test(above) ? leafName(keys.slice(0, -2)) : above;
  return ENDS.test(name) ? name : '';
}

/** The type that a pair is, by precision and by what the name says of the trip. */
function judge(
  scope: CompositeScope,
  field: Field,
  lat: string,
  lng: string,
  stem: string,
  partner: string | null,
  ceiling: 'candidate' | undefined = undefined,
  text: string = `${lat},${lng}`,
): Candidate | null {
  const scaled = decimals(lat) >= 4 && !lat.includes('.');
  const latitude = Number(lat) / (scaled ? scaleOf(lat, 90) : 1);
  const longitude = Number(lng) / (scaled ? scaleOf(lng, 180) : 1);
  if (Math.abs(latitude) > 180 || Math.abs(longitude) > 180) return null;
  const places = Math.max(decimals(lat), decimals(lng));
  if (isPicturePoint(latitude, longitude)) return null;
  const nowhere = isNoFix(latitude, longitude) || Math.abs(latitude) > 90;
  // What an earlier address left empty is no attempt of this request, which only repeats it.
  if (nowhere && isRepeated(field)) return null;
  const precise = places >= 3;
  // `{ start: { lat, lng }, end: { … } }`: the object has the name.
  const role = stem === '' ? holderOf(field.keys) : stem;
  const place = isOfPicture(field)
    ? PICTURE_PLACE
    : ORIGIN.test(role)
      ? 'trip_origin'
      : DESTINATION.test(role)
        ? 'trip_destination'
        : precise
          ? 'location_precise'
          : 'location_coarse';
  const trace: TraceLine[] = [
    partner === null
      ? { rule: 'coordinate-text', text: { zh: '一段文本内的经纬度', en: 'latitude and longitude in one text' } }
      : {
          rule: 'coordinate-pair',
          text: { zh: `同一对象内的经纬度，另一半在 ${partner}`, en: `latitude and longitude of one object, the other half at ${partner}` },
        },
    precisionLine(places),
  ];
  if (place.startsWith('trip'))
    trace.push({ rule: 'trip-role', text: { zh: '字段名说明是行程的起点或终点', en: 'the name says it is the start or end of a trip' } });
  if (nowhere) trace.push({ rule: 'placeholder', text: { zh: '不是地球上的有效定位（如 0,0）', en: 'no real fix (such as 0,0)' } });
  const printed = place.startsWith('location') && isOfPremises(field.keys);
  if (printed) trace.push(premisesLine);
  return readAsOne(scope.decoded, field, {
    dataType: place,
    grade: printed ? 'candidate' : (ceiling ?? 'probable'),
    value: text,
    placeholder: nowhere,
    trace,
    passRate: 1e-3,
  });
}

function half(scope: CompositeScope, field: Field): Candidate {
  const value = field.value.trim();
  const places = decimals(value);
  const place = places >= 3 ? 'location_precise' : 'location_coarse';
  const geographic = /^(?:geo|gps|loc|location|position|lbs|device)$/.test(tokensOf(field.keys[field.keys.length - 2] ?? '').join(''));
  const long = /(?:latitude|longitude)$/.test(leafName(field.keys));
  return readAsOne(scope.decoded, field, {
    dataType: place,
    grade: (geographic || long) && value.includes('.') ? 'probable' : 'candidate',
    value,
    placeholder: Number(value) === 0,
    trace: [
      {
        rule: 'coordinate-half',
        text: { zh: '只有经度或纬度之一，同一对象内没有另一半', en: 'only one of latitude and longitude; the object has no other half' },
      },
      precisionLine(places),
    ],
    passRate: 0.5,
  });
}

function precisionLine(places: number): TraceLine {
  if (places >= 4)
    return {
      rule: 'precision',
      text: { zh: `${places} 位小数，精度优于约 11 米：精准定位`, en: `${places} decimals, about 11 m or better: precise` },
    };
  if (places === 3)
    return {
      rule: 'precision',
      text: {
        zh: '3 位小数，约 110 米：能指到楼宇，按精准定位处理（省略的末位零也会使位数变少）',
        en: '3 decimals, about 110 m: enough to tell a building, so taken as precise (a dropped closing zero also shortens it)',
      },
    };
  return {
    rule: 'precision',
    text: { zh: `${places} 位小数，约 1 公里或更粗：粗略位置`, en: `${places} decimals, about 1 km or coarser: coarse` },
  };
}

/** 31230416 is 31.230416 at 1e6; Android's E7 and some SDKs' 1e5 by what brings it on the globe, 1e6 first. */
function scaleOf(text: string, bound: number): number {
  const number = Math.abs(Number(text));
  for (const unit of [1e6, 1e7, 1e5]) if (number / unit <= bound && number / unit >= 1) return unit;
  return 1e7;
}
