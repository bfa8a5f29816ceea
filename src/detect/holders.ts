/**
 * An object that is called after what it describes: `star: { height }`, `recipe: { avatar }`, `lock: { battery }`, `targeting: { gender }`. What it
 * holds is said of that and not of who sends it, whatever stands beside it. Asked of all evidence at the end, of composites too: owners.ts asks what
 * the neighbours of one field say, premises.ts the names of places.
 */
import { limits } from '../limits.js';
import type { Field } from '../model/field.js';
import type { Evidence, TraceLine } from '../model/finding.js';
import { isBusinessNumber, isMobileNumber } from './business-number.js';
import { clueOf } from './candidate.js';
import { type Around, DEVICE, HOLDERS, type Holder } from './holder-nouns.js';
import { tokensOf } from './keys.js';
import { type Neighbours, setOf } from './owner.js';
import { PLACE_OF_BUSINESS } from './owners.js';
import { LISTED_COMPANY } from './owners-records.js';
import { LOCATED_THING } from './owners-things.js';
import { isOwner } from './ownership.js';

/** Objects that only hold the parts of a place, which the object around them has. */
const PARTS =
  /^(?:loc|location|gps|geo|geopoint|geometry|geolocation|point|position|pos|coord|coords|coordinates?|lnglat|latlng|address|addr|value|data|centroid|center)$/;
const MOST_PARTS = 4;
/** What a name says besides of how an object is written: `anchorInfo`, `carDetailVO`, `goodsList`. */
const WRITTEN = new Set(
  'info infos detail details data vo vos dto dtos bean model obj object card list lists item items entity base basic ext state status'.split(
    ' ',
  ),
);
/** Somebody's own: `user: { lock }`, `myCar`; and the phone, which is made of such things. */
const SOMEBODYS =
  /^(?:user|usr|my|me|self|own|owner|member|profile|customer|client|passenger|patient|student|applicant|employee|buyer|borrower|insured|account|device|phone|mobile|handset|terminal|system|hardware)$/;

const BY_NOUN: ReadonlyMap<string, readonly Holder[]> = (() => {
  const map = new Map<string, Holder[]>();
  for (const holder of HOLDERS)
    for (const noun of holder.nouns) {
      const known = map.get(noun);
      if (known === undefined) map.set(noun, [holder]);
      else known.push(holder);
    }
  return map;
})();

const OF_DEVICE = setOf(`${DEVICE} mac_address ip_address`);
/** What an event of a shop tells besides of the app and the phone that it is looked at with. */
const REPORTED =
  /^(?:(?:app|client|sdk|apk)(?:ver|version|versionname|versioncode)|osversion|osver|osv|useragent|ua|deviceid|screenwidth|dpi)$/;

/** Types that are a place, whose parts may stand in an object of their own. */
const PLACES = setOf('location_precise location_coarse postal_address');
/** A feature of a map tells its zone among its properties. */
const ZONES = setOf('locale_timezone');
/** Analytics kits call the values of every event of a batch `properties` too: only a whole document and those of a collection (RFC 7946 section 3.3) are looked at. */
const OF_FEATURE = /(?:\bfeatures\[\d+\]|\$)\.properties\.[^.]+$/;
/** What invoices state of whoever sells. */
const OF_SUPPLIER = setOf('email real_name phone_number contact_phone postal_address location_coarse account_id payment_account');
/** The same as UBL 2.1 (`cac:AccountingSupplierParty`) and UN/CEFACT (`ram:SellerTradeParty`) call them. */
const SUPPLIER = /(?:supplier|sellertrade)party$/;
const HELD: ReadonlySet<string> = new Set([...HOLDERS.flatMap(({ types }) => [...types]), ...PLACES, ...OF_SUPPLIER]);

/**
 * Evidence that the object around it says to be of something else, as clues.
 * @param evidence all of one message, one reading for each place.
 * @param fields all of the same message; asked for only where what stands around an object decides.
 */
export function withHolders(evidence: readonly Evidence[], fields: () => readonly Field[]): readonly Evidence[] {
  let message: Message | null = null;
  let sure: ReadonlyMap<string, ReadonlySet<string>> | null = null;
  return evidence.map((each) => {
    if (!isDoubtful(each)) return each;
    const path = unbracketed(each.path);
    const at = path === each.path ? each : { ...each, path };
    if (!mayBeHeld(at)) return each;
    const objects = objectsOf(path);
    if (objects.length === 0) return each;
    message ??= new Message(fields);
    const lines = message;
    sure ??= sureIn(evidence);
    const reason = supplierOf(at, objects) ?? holderOf(at, objects, lines, sure) ?? placeOf(at, objects, lines);
    return reason === null ? each : clueOf(each, reason);
  });
}

/** A mobile number is somebody's, whoever answers it. */
const PHONES = setOf('phone_number contact_phone');

function isDoubtful({ grade, detector, dataType, part }: Evidence): boolean {
  if (part !== 'body' || !HELD.has(dataType) || (grade !== 'strong' && grade !== 'probable')) return false;
  return detector !== 'digest' && detector !== 'opaque';
}

/** What most evidence is asked: whether the object that it stands in has a name that says so, or may hold the parts of a place. */
function mayBeHeld({ dataType, path }: Evidence): boolean {
  // A list of bare values and a name with signs in it are looked at as a whole.
  if (PLACES.has(dataType) || path.endsWith(']') || path.includes('"') || (OF_SUPPLIER.has(dataType) && /party/i.test(path))) return true;
  const end = path.lastIndexOf('.');
  const name = path.slice(path.lastIndexOf('.', end - 1) + 1, Math.max(0, end));
  const sign = name.search(/[[|]/);
  return (ZONES.has(dataType) && OF_FEATURE.test(path)) || holdersUnder(sign < 0 ? name : name.slice(0, sign)) !== undefined;
}

/** A name of a form that is a way itself: `form["goods[0][brand]"]`. */
const BRACKETED = /\["([^"[\]]+)((?:\[[^"[\]]*\])+)"\]/g;

/** The same way with each name of such a one by itself (`form.goods[0].brand`), as forms write objects (PHP, Rails, jQuery.param). */
function unbracketed(path: string): string {
  if (!path.includes(']"]')) return path;
  return path.replace(
    BRACKETED,
    (_, first: string, more: string) =>
      `.${first}${more.replace(/\[([^[\]]*)\]/g, (part, name: string) => (/^\d*$/.test(name) ? (name === '' ? '[0]' : part) : `.${name}`))}`,
  );
}

/** An object on the way to a field: where it ends in the path, and its name. */
interface Named {
  readonly path: string;
  readonly name: string;
}

/** A name in a path, or what was done to open the value under it. */
const SEGMENT = /\.([^.[\]|]+)|\["([^"\]]+)"\]|\|[a-z0-9-]+(?:\[\d+\])?/gi;

/** Objects that a place of a message stands in, innermost first; the message as a whole is the last of them, without a name. */
function objectsOf(path: string): readonly Named[] {
  const names = [...path.matchAll(SEGMENT)]
    .map(({ 1: plain, 2: quoted, index }) => ({ name: plain ?? quoted, index }))
    .filter(({ name }) => name !== undefined && name !== '$' && name !== 'form');
  // The last name is the field's own.
  return names
    .slice(0, -1)
    .map(({ name = '' }, index) => ({ path: path.slice(0, names[index + 1]!.index), name }))
    .reverse();
}

/** Name of an object -> what it may be called after. */
const known = new Map<string, readonly Holder[] | undefined>();

function holdersUnder(name: string): readonly Holder[] | undefined {
  if (known.has(name)) return known.get(name);
  const noun = nounOf(name);
  const holders =
    BY_NOUN.get(noun) ??
    BY_NOUN.get(noun.replace(/s$/, '')) ??
    BY_NOUN.get(noun.replace(/es$/, '')) ??
    BY_NOUN.get(noun.replace(/ies$/, 'y'));
  // Names come from captured traffic: a hostile app could send a new one with every request.
  if (known.size >= limits.keyMemory) known.clear();
  known.set(name, holders);
  return holders;
}

/** The word that says what an object is of. */
function nounOf(name: string): string {
  const words = tokensOf(name.replace(/^[a-z]+:/i, ''));
  let last = words.length - 1;
  while (last > 0 && WRITTEN.has(words[last]!)) last--;
  return words[last] ?? '';
}

function holderOf(
  { dataType, path, value }: Evidence,
  objects: readonly Named[],
  message: Message,
  sure: ReadonlyMap<string, ReadonlySet<string>>,
): TraceLine | null {
  if (PHONES.has(dataType) && !isBusinessNumber(value)) return null;
  let index = 0;
  if (PLACES.has(dataType)) while (index < MOST_PARTS && index < objects.length - 1 && PARTS.test(joined(objects[index]!.name))) index++;
  const object = objects[index]!;
  const holder = holdersUnder(object.name)?.find(({ types }) => types.has(dataType));
  if (holder === undefined || objects.some(({ name }) => tokensOf(name).some((word) => SOMEBODYS.test(word)))) return null;
  if (holder.rivals !== undefined) for (const kind of sure.get(objectOf(path)) ?? []) if (holder.rivals.has(kind)) return null;
  const above = objects.slice(index + 1);
  const around: Around = {
    above: above.map(({ name }) => joined(name)),
    listed: object.path.endsWith(']') && !object.path.endsWith('"]'),
    beside: (pattern) => message.stands(parentOf(object.path), pattern),
    inside: (pattern) => message.stands(object.path, pattern),
  };
  if (OF_DEVICE.has(dataType) && around.inside(REPORTED)) return null;
  return holder.admits?.(around) === false ? null : { rule: holder.name, text: holder.why };
}

function supplierOf({ dataType, value }: Evidence, objects: readonly Named[]): TraceLine | null {
  if (PHONES.has(dataType) && isMobileNumber(value)) return null;
  return OF_SUPPLIER.has(dataType) && objects.some(({ name }) => SUPPLIER.test(joined(name))) ? supplierLine : null;
}

const supplierLine: TraceLine = {
  rule: 'doubt-of-supplier',
  text: { zh: '是发票开具方（企业）的信息', en: 'it is of the company that made out the invoice' },
};

/** `park: { parkName, leftSpace, location: { lat, lng } }`: what owners.ts says of the object around the place. */
function placeOf({ dataType, path }: Evidence, objects: readonly Named[], message: Message): TraceLine | null {
  if (ZONES.has(dataType)) return OF_FEATURE.test(path) && isFeature(message, parentOf(objects[0]!.path)) ? entityLine : null;
  if (!PLACES.has(dataType)) return null;
  for (let index = 0; index < MOST_PARTS && index < objects.length; index++) {
    if (!PARTS.test(joined(objects[index]!.name))) return null;
    const neighbours = message.of(parentOf(objects[index]!.path));
    if (isFeature(message, parentOf(objects[index]!.path)) || isEntity(neighbours)) return entityLine;
    const owner = [PLACE_OF_BUSINESS, LOCATED_THING, LISTED_COMPANY].find((each) => isOwner(each, neighbours));
    if (owner !== undefined) return { rule: owner.name, text: owner.why };
  }
  return null;
}

/** What a phone tells of a fix, and of itself besides. */
const MEASURED =
  /^(?:time(?:stamp)?|ts|date|accuracy|\w*accuracy|speed|heading|course|bearing|altitude|provider|battery\w*|motion|activity|deviceid|uuid|uid|userid|trackid|odometer|recordedat|datetime|fixtime|ismoving)$/;

/** A feature of a map (RFC 7946 section 3.2) with properties of its own; whoever reports a fix so says when it was, or how exact. */
function isFeature(message: Message, path: string): boolean {
  if (message.of(path).get('type') !== 'Feature') return false;
  const properties = message.of(`${path}.properties`);
  if (properties.size === 0) return false;
  for (const name of properties.keys()) if (MEASURED.test(name)) return false;
  return true;
}

/** People and what they carry are entities as well. */
const OF_PEOPLE = /^(?:device|person|user|customer|contact|phone|mobile\w*)/i;

/** An entity of a city's register (ETSI GS CIM 009 4.6): its name is a URN, and its type a class. */
function isEntity(neighbours: Neighbours): boolean {
  return (
    /^urn:/i.test(neighbours.get('id') ?? '') &&
    /^[A-Z]/.test(neighbours.get('type') ?? '') &&
    !OF_PEOPLE.test(neighbours.get('type') ?? '')
  );
}

const entityLine: TraceLine = {
  rule: 'doubt-of-entity',
  text: {
    zh: '是地图要素或城市数据中某个实体的位置，不是使用者的',
    en: 'where a feature of a map or an entity of a register stands, and not who sends it',
  },
};

function joined(name: string): string {
  return tokensOf(name.replace(/^[a-z]+:/i, '')).join('');
}

/** The object that a field stands in. */
function objectOf(path: string): string {
  return parentOf(path.replace(/(?:\[\d+\])+$/, ''));
}

/** The path of the object around an object or a field. */
function parentOf(path: string): string {
  const bare = path.replace(/(?:\[\d+\])+$/, '');
  const quoted = bare.endsWith('"]') ? bare.lastIndexOf('["') : -1;
  return bare.slice(0, Math.max(0, quoted >= 0 ? quoted : bare.lastIndexOf('.')));
}

/** Object -> types that are sure in it. */
function sureIn(evidence: readonly Evidence[]): ReadonlyMap<string, ReadonlySet<string>> {
  const sure = new Map<string, Set<string>>();
  for (const { grade, dataType, path, value } of evidence) {
    if (grade === 'candidate' || (dataType === 'phone_number' && isBusinessNumber(value))) continue;
    const object = objectOf(unbracketed(path));
    const known = sure.get(object);
    if (known === undefined) sure.set(object, new Set([dataType]));
    else known.add(dataType);
  }
  return sure;
}

/** The fields of a message by the object that they stand in, put in order once it is asked. */
class Message {
  #objects: Map<string, Map<string, string>> | null = null;

  constructor(private readonly fields: () => readonly Field[]) {}

  /** What stands in an object: names, their words in one, with the first value under each. */
  of(path: string): Neighbours {
    return this.#read().get(path) ?? NOTHING;
  }

  /** Whether a name stands in an object. */
  stands(path: string, pattern: RegExp): boolean {
    for (const name of this.of(path).keys()) if (pattern.test(name)) return true;
    return false;
  }

  #read(): Map<string, Map<string, string>> {
    if (this.#objects !== null) return this.#objects;
    const objects = new Map<string, Map<string, string>>();
    for (const { path, keys, value } of this.fields()) {
      const own = keys.at(-1);
      if (own === undefined || value === '') continue;
      const object = parentOf(unbracketed(path));
      const known = objects.get(object) ?? new Map<string, string>();
      objects.set(object, known);
      const name = tokensOf(own).join('');
      if (!known.has(name)) known.set(name, value);
    }
    this.#objects = objects;
    return objects;
  }
}

const NOTHING: Neighbours = new Map();
