import type { Field, PlaceOfLeaves } from '../../model/field.js';
import { type Candidate, readTogether } from '../candidate.js';
import type { Composite, CompositeFinding, CompositeScope } from '../composite.js';
import { describesDevice, kindsByName } from '../corroboration.js';
import { DEVICE_FEATURES, type DeviceFeature, featuresUnder, isFeatureAlone } from '../device-features.js';
import { identifiersAmong } from '../identifiers.js';
import { leafWords } from '../keys.js';

/**
 * Vendors abbreviate as they like: `nw`, `mfo`, `duimei`. Where a message is sure to describe a device, a value that is written like
 * one of its features is that feature, whatever its name. A name is only asked whether it speaks of something else.
 */
const FEWEST = Math.min(...DEVICE_FEATURES.filter(({ others }) => others > 0).map(({ others }) => others));
const DOT = 0x2e;
/** Of so many devices each field may be asked which one it stands by; a list of devices is looked through. */
const FEW_PLACES = 16;
const SHORTEST = 1;
const SHORTEST_ALONE = 7;
const LONGEST = 120;

export const composite: Composite = {
  spares: true,
  tells: mayTellAlone,
  find(scope) {
    const { byPlace, sure } = kindsOf(scope);
    const found: Told[] = [];
    // The fields of an object come one after another, and have the same around them.
    let last = '';
    let near: Nearness = { object: 0, around: 0 };
    const described = [...byPlace].flatMap(([place, { size }]) => (size < FEWEST ? [] : [place]));
    for (const field of fieldsNear(scope, described)) {
      if (!isWorthAsking(field)) continue;
      // Nothing around describes a device, nor does the name of the object or the value itself.
      if (isApart(field, described) && kindsByName(field.keys) === 0 && !mayTellAlone(field.value)) continue;
      // Most values are written like nothing of a device.
      if ((scope.features(field.value) & featuresUnder(field.keys)) === 0 || sure.has(field.path)) continue;
      if (!isMember(field.path, last)) {
        last = placeOf(field.path);
        near = nearest(field, last, byPlace);
      }
      if (near.around < FEWEST && !mayTellAlone(field.value)) continue;
      const told = featureOf(scope, field, near, byPlace);
      if (told !== undefined) found.push({ field, feature: told });
    }
    return withoutUnset(scope, withoutShops(scope, withoutChance(scope, found))).map(({ field, feature }) =>
      finding(scope, field, feature),
    );
  },
};

interface Told {
  readonly field: Field;
  readonly feature: DeviceFeature;
}

/** Leaves out numbers that have no other of their kind beside them though they should, and those that differ from event to event. */
function withoutChance(scope: CompositeScope, found: readonly Told[]): readonly Told[] {
  if (!found.some(({ feature }) => feature.chance)) return found;
  const paired = new Map<string, Set<string>>();
  for (const { field, feature } of found) {
    if (!feature.paired) continue;
    const place = placeOf(field.path);
    paired.set(place, (paired.get(place) ?? new Set()).add(field.value));
  }
  const listed = found.flatMap(({ field, feature }) => (feature.chance && field.path.includes('[') ? [anywhere(field.path)] : []));
  const values = listed.length === 0 ? new Map<string, Set<string>>() : valuesOf(scope, new Set(listed));
  return found.filter(({ field, feature }) => {
    if (feature.paired && (paired.get(placeOf(field.path))?.size ?? 0) < 2) return false;
    return !feature.chance || (values.get(anywhere(field.path))?.size ?? 0) < 2;
  });
}

/** Country codes of mobile networks (ITU-T E.212). */
const COUNTRY = /^[2-7]\d{2}$/;

/** Names of where the app was got. */
const STORE = /^(?:channel|chn|ch|chan|store|market|mkt|utm)$/;

/** `channel=xiaomi&dic=xiaomi`: leaves out makers whose name the channel repeats letter for letter; their phones say `Xiaomi` as a rule. */
function withoutShops(scope: CompositeScope, found: readonly Told[]): readonly Told[] {
  const asked = new Set(found.flatMap(({ field, feature }) => (feature.shop ? [placeOf(field.path)] : [])));
  if (asked.size === 0) return found;
  const isChannel = (keys: readonly string[]) => leafWords(keys).some((word) => STORE.test(word));
  const shops = new Set(
    scope
      .among(
        ({ path }) => asked.has(path),
        (_, keys) => isChannel(keys),
      )
      .flatMap(({ path, keys, value }) => (asked.has(placeOf(path)) && isChannel(keys) ? [`${placeOf(path)} ${value}`] : [])),
  );
  return found.filter(({ field, feature }) => !feature.shop || !shops.has(`${placeOf(field.path)} ${field.value}`));
}

/** Nought is China Mobile's number beside the code of its country; alone Android writes it where no network is known (`Configuration.mnc`). */
function withoutUnset({ decoded }: CompositeScope, found: readonly Told[]): readonly Told[] {
  const isNought = ({ field, feature }: Told) => feature.dataType === 'sim_operator' && field.value === '0';
  if (!found.some(isNought)) return found;
  const known = decoded.fields.filter(({ keys, value }) => COUNTRY.test(value) && leafWords(keys).some((word) => word === 'mcc'));
  const places = new Set(known.map(({ path }) => placeOf(path)));
  return found.filter((told) => !isNought(told) || places.has(placeOf(told.field.path)));
}

/** The path of a field in whichever element of its lists. */
function anywhere(path: string): string {
  return path.replace(/\[\d+\]/g, '[]');
}

/** @returns path in whichever element -> what stands there. */
function valuesOf(scope: CompositeScope, paths: ReadonlySet<string>): Map<string, Set<string>> {
  const places = new Set([...paths].map(placeOf));
  const values = new Map<string, Set<string>>();
  for (const { path, value } of scope.among(({ path }) => places.has(anywhere(path)))) {
    const own = anywhere(path);
    if (paths.has(own)) values.set(own, (values.get(own) ?? new Set()).add(value));
  }
  return values;
}

/** Fields that somebody wanted, and what else stands where a device is described. */
function fieldsNear(scope: CompositeScope, described: readonly string[]): readonly Field[] {
  const isTold = (value: string, keys: readonly string[]) => value.length <= LONGEST && (scope.features(value) & featuresUnder(keys)) !== 0;
  if (described.length === 0) return scope.decoded.fields;
  if (described.length > FEW_PLACES) return scope.among(() => true, isTold);
  const isElsewhere = elsewhereOf(described);
  return scope.among((around, isElement) => {
    if (isElsewhere(around)) return false;
    const { path } = around;
    const own = isElement ? placeOf(path) : path;
    // A place may end within a name that has a dot in it.
    return described.some(
      (place) => own === place || place.startsWith(path) || (path.startsWith(place) && !path.includes('[', place.length)),
    );
  }, isTold);
}

const POSITION = /\[\d+\]/g;

/** Tells objects that are on the way to none of the places, nor in one: most of a body, by the names on their way alone, which come again and again. */
function elsewhereOf(places: readonly string[]): (around: PlaceOfLeaves) => boolean {
  // A place may end within a name in quotes, and there a position may be part of it.
  if (places.some((place) => place.includes('"'))) return () => false;
  const bare = places.map((place) => place.replace(POSITION, ''));
  const known = new Map<readonly string[], boolean>();
  return (around) => {
    let answer = known.get(around.keys);
    if (answer === undefined) {
      const own = around.path.replace(POSITION, '');
      answer = !bare.some((place) => own.startsWith(place) || place.startsWith(own));
      known.set(around.keys, answer);
    }
    return answer;
  };
}

/** Whether a field lies in none of the places, where there are few enough to ask. */
function isApart({ path }: Field, places: readonly string[]): boolean {
  return places.length <= FEW_PLACES && !places.some((place) => path.startsWith(place));
}

/** `iPhone13,2` says what it is without any neighbour. */
function mayTellAlone(value: string): boolean {
  return value.length >= SHORTEST_ALONE && value.length <= LONGEST && isFeatureAlone(value);
}

/** Path of an object -> kinds of device data that are sure in it. */
type Places = ReadonlyMap<string, ReadonlySet<string>>;

function kindsOf({ candidates, groupOf, types }: CompositeScope): {
  readonly byPlace: Places;
  readonly sure: ReadonlyMap<string, unknown>;
} {
  const best = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const { grade, path } = candidate.evidence;
    if (grade === 'candidate') continue;
    const known = best.get(path);
    // A field that reads as three identifiers is one of them.
    if (known === undefined || candidate.passRate < known.passRate) best.set(path, candidate);
  }
  const byPlace = new Map<string, Set<string>>();
  let last = '';
  let kinds: Set<string> | null = null;
  for (const [path, { evidence }] of best) {
    const { dataType } = evidence;
    // Every request has a User-Agent; it does not make a message one about the device.
    if (path === 'header.user-agent' || !describesDevice(types.get(dataType))) continue;
    // What is sure of one object comes one after another.
    if (kinds === null || !isMember(path, last)) {
      last = placeOf(path);
      kinds = byPlace.get(last) ?? new Set();
      byPlace.set(last, kinds);
    }
    kinds.add(dataType);
  }
  // Identifiers that bear each other out describe a device as well as those that have a name.
  for (const [path, dataType] of identifiersAmong(candidates, groupOf)) {
    if (!types.has(dataType)) continue;
    const place = placeOf(path);
    byPlace.set(place, (byPlace.get(place) ?? new Set()).add(dataType));
  }
  return { byPlace, sure: best };
}

function placeOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.'));
}

/** A value of the app's own, not one of the protocol; a segment of the address has no name to ask. */
function isWorthAsking({ kind, value, opened, keys, path }: Field): boolean {
  if (opened === true || keys.length === 0 || (kind !== 'string' && kind !== 'number')) return false;
  return value.length >= SHORTEST && value.length <= LONGEST && path !== 'header.accept-language';
}

/** How many kinds of device data are sure in a field's object, and at most in one of those that it lies in, its own included. */
interface Nearness {
  readonly object: number;
  readonly around: number;
}

function isMember(path: string, place: string): boolean {
  return path.charCodeAt(place.length) === DOT && path.lastIndexOf('.') === place.length && path.startsWith(place);
}

function nearest({ keys, path }: Field, own: string, places: Places): Nearness {
  const named = kindsByName(keys);
  if (places.size === 0) return { object: named, around: named };
  const object = (places.get(own)?.size ?? 0) + named;
  let around = object;
  for (const place of placesAround(path)) around = Math.max(around, places.get(place)?.size ?? 0);
  return { object, around };
}

function featureOf({ types, features }: CompositeScope, field: Field, near: Nearness, places: Places): DeviceFeature | undefined {
  const bits = features(field.value) & featuresUnder(field.keys);
  return DEVICE_FEATURES.find(
    (each, index) =>
      (bits & (1 << index)) !== 0 &&
      each.others <= (each.within === 'object' ? near.object : near.around) &&
      types.has(each.dataType) &&
      agrees(each, field, places),
  );
}

function agrees({ dataType, within, others }: DeviceFeature, { keys, path }: Field, places: Places): boolean {
  const own = placeOf(path);
  const named = kindsByName(keys);
  if (named >= others) return true;
  const isEnough = (place: string, more: number) => {
    const kinds = places.get(place);
    return kinds !== undefined && kinds.size - Number(kinds.has(dataType)) + more >= others;
  };
  return isEnough(own, named) || (within === 'around' && placesAround(path).some((place) => isEnough(place, 0)));
}

/** The objects that a field lies in, up to the nearest array: what a list holds is told of one by one, goods and other people's phones. */
function placesAround(path: string): string[] {
  const places: string[] = [];
  const array = path.lastIndexOf('[');
  for (let at = path.length - 1; at > array; at--) if (path[at] === '.' || path[at] === '|') places.push(path.slice(0, at));
  return places;
}

function finding({ decoded }: CompositeScope, field: Field, { dataType, others }: DeviceFeature): CompositeFinding {
  const candidate = readTogether(decoded, field, dataType, {
    rule: 'device-block',
    text: {
      zh: `值是该类型特有的写法，周围另有至少 ${others} 类已确定的设备特征`,
      en: `written as only this type is, among at least ${others} other kinds of device data that are sure`,
    },
  });
  return { candidate, absorbs: [] };
}
