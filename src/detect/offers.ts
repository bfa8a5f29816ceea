import type { Field } from '../model/field.js';
import type { Evidence, TraceLine } from '../model/finding.js';
import { isBusinessNumber } from './business-number.js';
import { clueOf } from './candidate.js';
import { leafName, leafWords, tokensOf } from './keys.js';
import { isDenied } from './owners.js';

/**
 * Lists of what is offered or known to everybody: goods by sex and age, trains of a day, cities with their weather, doctors of a hospital,
 * branches of a bank. Their rows use the names that speak of a person elsewhere. Whoever sends has one sex, one city, one train: rows that
 * contradict each other, that are no people and that say what is sold or shown in them, describe the offer.
 */

/** So many different answers of one kind nobody gives, whatever the list is of: cities of a country, flights of a year, incomes of the nations. */
const CROWD = 20;
const OF_CROWD = new Set(
  (
    'age birth_date ethnicity nationality education occupation income location_coarse postal_address device_uuid hotel_name bank_name ' +
    'medical_appointment medical_condition medical_diagnosis trip_number trip_origin trip_destination travel_time'
  ).split(' '),
);
/** The same of an array of bare words: a dictionary of names or illnesses. */
const IN_DICTIONARY = new Set(
  'real_name health_record medical_condition medical_diagnosis education occupation hotel_name bank_name trip_origin trip_destination'.split(
    ' ',
  ),
);
/** Rows below which a list may be what somebody chose. */
const FEWEST_ROWS = 3;
/** What nobody has two of, however long the list runs: events of one person agree on it. */
const LASTING = 'gender age birth_date ethnicity marital_status nationality religion political_status education body_metrics'.split(' ');
/** What one has one of at a time. */
const PASSING = (
  'location_coarse location_precise postal_address locale_timezone occupation device_uuid hotel_name phone_number income ' +
  'medical_appointment medical_condition medical_diagnosis health_record search_query'
).split(' ');
const TRIP = 'trip_number trip_origin trip_destination travel_time bank_name'.split(' ');
/** Type -> different values from which on rows contradict each other. One order of tickets is for few: 12306 sells five at a time, cinemas six. */
const CONTRADICTS: ReadonlyMap<string, number> = new Map([
  ...[...LASTING, ...PASSING].map((type): [string, number] => [type, 3]),
  ...TRIP.map((type): [string, number] => [type, 6]),
  ['gender', 2],
  ['seat_number', 7],
]);
/** What agrees in all rows says as little of the sender, once other columns of the list contradict each other. */
const ATTENDANT = new Set([...CONTRADICTS.keys(), 'seat_class', 'id_type', 'stay_dates', 'real_name', 'avatar', 'email', 'device_model']);

/** Said of what is sold, shown or known to everybody, and of no person; temperatures, calories and scores are measured of people too. */
const OFFERED = new Set(
  (
    'price stock inventory sales sold sku spu goods product barcode isbn ean publisher rating star stars salary premium odds manufacturer ' +
    'rent jersey hp hero seller dealer discount coupon material humidity aqi pinyin centroid layout mileage spec ' +
    'rank ranking stop stops station stopover polyline bin swift cnaps uscc ingredients recipe 价格 库存 销量 评分'
  ).split(' '),
);
/** Lists of what nobody has many of. */
const LISTED = new Set(
  'doctor expert hospital clinic flight train airline airport university college voice marker feature neighborhood neighbourhood country province county department dept schedule school'.split(
    ' ',
  ),
);
const OFFERED_NAMES =
  /^(?:.*price|businesshours|opentime|openinghours|avgprice|downloadcount|commentscore|unitprice|orgno|bankno|creditcode|taxcode)$/;
const HOURS = /^(?:businesshours|opentime|openinghours|avgprice)$/;
/** Of somebody, or of what somebody ordered, owns or keeps: such a row is a record of its own. */
const PERSONAL = new Set(
  (
    'passenger contact receiver recipient consignee buyer patient guest user uid openid idcard realname nickname nick member account friend ' +
    'student child kid applicant booking ticket tail balance bind bound mine my owner linkman sender customer visitor traveller traveler ' +
    'resume insured beneficiary imei phone mobile 乘客 联系人 收件人 收货人 患者 用户'
  ).split(' '),
);
/** `order: 3` is a place in a row; what somebody ordered has a number of its own. */
const ORDERED = /order(?:id|no|sn|num|number|code|time|date|status)$/;
const CALLED = new Set(['phone', 'mobile']);
/** Rows that report what happened, one after another, to one sender. */
const EVENT =
  /^(?:event(?:id|name|type|time)?|action|ts|timestamp|time|t|at|(?:client|log|local|happen|gps|fix|loc(?:ation)?)time(?:stamp)?)$/;
/** Lists of somebody's own places, though nobody but their keeper names them. */
const KEPT =
  /(?:favou?rites?|history|histories|visited|saved|tracks?|paths?|points?|routes?|footprints?|family|families|relatives?|orders?|cart|trips?)$/;
const PEOPLE = new Set(['nickname', 'id_number', 'account_id', 'wechat_id', 'bank_card_number', 'contacts']);
/** Told by one text alone of each row, the place of which is the list itself. */
const OF_LIST = new Set(['location_track']);
const ROW = /\[\d{1,6}\]/g;

interface Rows {
  readonly names: Set<string>;
  /** Something is offered in them. */
  offered: boolean;
  /** They report what happened to one sender. */
  events: boolean;
  /** They are about somebody. */
  people: boolean;
  /** How many there are, and how many of them hold what may be a person's name; of shops some few are called so (`李宁`). */
  readonly rows: Set<string>;
  readonly named: Set<string>;
  /** And the number of a business, which no list of people has throughout. */
  readonly called: Set<string>;
}

interface Column {
  readonly list: string;
  readonly dataType: string;
  readonly values: Set<string>;
  readonly rows: Set<string>;
}

/**
 * What the rows of a catalogue say, and the choices that a form offers, as clues.
 * @param evidence all of one message, one reading for each place.
 * @param fields all of the same message; asked for only where rows contradict each other.
 */
export function withOffers(evidence: readonly Evidence[], fields: () => readonly Field[]): readonly Evidence[] {
  const columns = columnsOf(evidence);
  const lists = new Set<string>();
  const crowds = new Set<string>();
  for (const { list, dataType, values, rows } of columns.values()) {
    if (values.size >= CROWD && (OF_CROWD.has(dataType) || (dataType.startsWith('location') && isScattered(values)))) crowds.add(list);
    if (rows.size >= FEWEST_ROWS && values.size >= (CONTRADICTS.get(dataType) ?? Number.POSITIVE_INFINITY)) lists.add(list);
  }
  for (const { dataType, path } of evidence) if (OF_LIST.has(dataType)) lists.add(path);
  const choices = choicesAmong(evidence);
  if (lists.size === 0 && choices.size === 0) return evidence;
  const described = lists.size === 0 ? new Map<string, Rows>() : describe(lists, fields(), evidence);
  const offers = new Map([...described].filter(([list, rows]) => isOffer(list, rows, crowds.has(list))));
  if (offers.size === 0 && choices.size === 0) return evidence;
  return evidence.map((each) => {
    if (!isDoubtful(each)) return each;
    if (choices.has(each.path)) return clueOf(each, choiceLine);
    if (OF_LIST.has(each.dataType) && offers.get(each.path)?.names.has('name') === true) return clueOf(each, offerLine);
    const isOffered = placesOf(each).some(([list, , rest]) => {
      const rows = offers.get(list);
      if (rows === undefined) return false;
      const column = columns.get(`${list}|${rest}|${each.dataType}`);
      const contradicts = column !== undefined && column.values.size >= (CONTRADICTS.get(each.dataType) ?? Number.POSITIVE_INFINITY);
      // Events of one sender: only what nobody has two of is the goods'.
      if (rows.events) return contradicts && LASTING.includes(each.dataType);
      return ATTENDANT.has(each.dataType);
    });
    return isOffered ? clueOf(each, offerLine) : each;
  });
}

/** Share of the whole span that lies between one place and the next on average, from which on nobody went from one to the other: of points at random it is 0.37, of laps round a stadium (13 points each) at most 0.2. */
const SCATTERED = 0.2;

/** Whether places lie about in no order. Whoever moves is near the last place at the next. @param values "lat,lng" in the order of their rows. */
function isScattered(values: ReadonlySet<string>): boolean {
  const points = [...values]
    .map((value) => value.split(',').map(Number))
    .filter(([lat, lng]) => Number.isFinite(lat) && Number.isFinite(lng));
  if (points.length < CROWD) return false;
  let way = 0;
  for (let at = 1; at < points.length; at++) way += between(points[at - 1]!, points[at]!);
  const sides = [0, 1].map((axis) => points.map((point) => point[axis]!).sort((a, b) => a - b));
  const span = Math.hypot(...sides.map((side) => side[side.length - 1]! - side[0]!));
  return way / (points.length - 1) > span * SCATTERED;
}

function between(one: readonly number[], other: readonly number[]): number {
  return Math.hypot(one[0]! - other[0]!, one[1]! - other[1]!);
}

/** Whether names of one row say that something is offered in it: a price, a stock, the hours of a shop. */
export function namesOffer(keys: readonly string[]): boolean {
  return OFFERED_NAMES.test(leafName(keys)) || leafWords(keys).some((word) => OFFERED.has(word));
}

function isDoubtful({ grade, detector, dataType, value }: Evidence): boolean {
  // A mobile number is somebody's, whoever answers it in a shop.
  if (dataType === 'phone_number' && !isBusinessNumber(value)) return false;
  return (grade === 'strong' || grade === 'probable') && detector !== 'digest' && detector !== 'opaque';
}

/** What a list of many is a clue for already (catalogue.ts) contradicts itself all the same. */
function isOfMany({ trace }: Evidence): boolean {
  return trace.some(({ rule }) => rule === 'many-in-list');
}

/** Lists that a piece of evidence stands in, innermost first: the list, its row, the way within the row. */
function placesOf({ path, detector }: Evidence): ReadonlyArray<readonly [list: string, row: string, rest: string]> {
  if (!path.includes('[')) return [];
  const places: Array<readonly [string, string, string]> = [];
  for (const { index, 0: bracket } of path.matchAll(ROW)) {
    const rest = path.slice(index + bracket.length).replace(ROW, '[]');
    // `center: [116.4, 39.9]` is one place, not two rows.
    if (rest === '' && detector === 'composite') continue;
    places.push([path.slice(0, index), bracket, rest]);
  }
  return places.reverse();
}

function columnsOf(evidence: readonly Evidence[]): Map<string, Column> {
  const columns = new Map<string, Column>();
  for (const each of evidence) {
    if (!CONTRADICTS.has(each.dataType) || !(isDoubtful(each) || isOfMany(each) || isDenied(each.trace))) continue;
    for (const [list, row, rest] of placesOf(each)) {
      const key = `${list}|${rest}|${each.dataType}`;
      const column = columns.get(key) ?? { list, dataType: each.dataType, values: new Set<string>(), rows: new Set<string>() };
      column.values.add(each.value);
      column.rows.add(row);
      columns.set(key, column);
    }
  }
  return columns;
}

/** What a person has one of, all different in one array of bare values or in one that says so: the answers that a form lets choose from. */
function choicesAmong(evidence: readonly Evidence[]): ReadonlySet<string> {
  const arrays = new Map<string, { readonly paths: string[]; readonly values: Set<string>; readonly offers: boolean }>();
  const dictionaries = new Map<string, { readonly paths: string[]; readonly values: Set<string> }>();
  for (const each of evidence) {
    if (!(isDoubtful(each) || isOfMany(each)) || each.detector === 'composite' || !ELEMENT.test(each.path)) continue;
    if (IN_DICTIONARY.has(each.dataType)) inDictionary(each);
    if (!isOneOf(each)) continue;
    // A system and its release are one answer.
    if (each.dataType === 'os_version' && /\d/.test(each.value)) continue;
    const list = each.path.slice(0, each.path.lastIndexOf('['));
    const key = `${list}|${each.dataType}`;
    const array = arrays.get(key) ?? { paths: [], values: new Set<string>(), offers: CHOICE.test(list) };
    array.paths.push(each.path);
    array.values.add(each.value);
    arrays.set(key, array);
  }
  return new Set([
    ...[...arrays.values()].flatMap(({ paths, values, offers }) =>
      offers || (values.size > 1 && values.size === paths.length) ? paths : [],
    ),
    ...[...dictionaries.values()].flatMap(({ paths, values }) => (values.size >= CROWD ? paths : [])),
  ]);

  function inDictionary({ path, dataType, value }: Evidence): void {
    const list = path.replace(ELEMENTS, '');
    if (isKept(list)) return;
    const key = `${list}|${dataType}`;
    const words = dictionaries.get(key) ?? { paths: [], values: new Set<string>() };
    words.paths.push(path);
    words.values.add(value);
    dictionaries.set(key, words);
  }
}

/** Of a known person one answer alone is there; of ages a span, as a filter has them: two children have two ages. */
function isOneOf({ dataType, value }: Evidence): boolean {
  return ONE_OF.has(dataType) || (dataType === 'age' && SPAN.test(value));
}

const SPAN = /^\d{1,2}(?:[-~]\d{1,3}|\+|后)$/;

/** The same of arrays in arrays. */
const ELEMENTS = /(?:\[\d{1,6}\])+$/;
/** An element of an array; `properties["#gender"]` ends in a bracket as well. */
const ELEMENT = /\[\d{1,6}\]$/;
/** `gender_options`, `enum`: of a known person's answer one alone is found among them. */
const CHOICE = /(?:options?|enums?|choices?|candidates?|dict|选项)$/i;
const ONE_OF = new Set([
  'gender',
  'ethnicity',
  'marital_status',
  'religion',
  'political_status',
  'education',
  'occupation',
  'id_type',
  'os_version',
]);

function describe(lists: ReadonlySet<string>, fields: readonly Field[], evidence: readonly Evidence[]): Map<string, Rows> {
  const described = new Map<string, Rows>();
  for (const { path, keys } of fields)
    for (const [list, rest, row] of listsAround(path, lists)) {
      const rows = described.get(list) ?? {
        names: new Set<string>(),
        offered: false,
        events: false,
        people: false,
        rows: new Set<string>(),
        named: new Set<string>(),
        called: new Set<string>(),
      };
      described.set(list, rows);
      rows.rows.add(row);
      const name = leafName(keys);
      // Lists within a row have moments of their own.
      rows.events ||= EVENT.test(name) && !rest.includes('[');
      if (rows.names.has(name)) continue;
      rows.names.add(name);
      if (namesOffer(keys)) rows.offered = true;
      else rows.people ||= namesPerson(keys);
    }
  for (const { path, dataType, grade, value } of evidence)
    if (grade !== 'candidate')
      for (const [list, , row] of listsAround(path, lists)) {
        const rows = described.get(list);
        if (rows === undefined) continue;
        rows.people ||= PEOPLE.has(dataType);
        if (dataType === 'real_name') rows.named.add(row);
        if (dataType === 'phone_number' && isBusinessNumber(value)) rows.called.add(row);
      }
  return described;
}

function listsAround(path: string, lists: ReadonlySet<string>): ReadonlyArray<readonly [list: string, rest: string, row: string]> {
  if (!path.includes('[')) return [];
  return [...path.matchAll(ROW)].flatMap(({ index, 0: bracket }): Array<readonly [string, string, string]> => {
    const list = path.slice(0, index);
    return lists.has(list) ? [[list, path.slice(index + bracket.length), bracket]] : [];
  });
}

/** Shops answer the telephone, too: a number beside what is offered makes no person of them. */
function namesPerson(keys: readonly string[]): boolean {
  return ORDERED.test(leafName(keys)) || leafWords(keys).some((word) => PERSONAL.has(word) && !CALLED.has(word));
}

function isOffer(list: string, { names, offered, people, events, rows, named, called }: Rows, isCrowd: boolean): boolean {
  const own = ownWords(list);
  const isListed = own.some((word) => OFFERED.has(word) || OFFERED.has(word.replace(/s$/, '')) || LISTED.has(word.replace(/s$/, '')));
  const isOffered = offered || called.size * 2 > rows.size || isListed || (isCrowd && !events);
  // Nobody has opening hours, whatever name stands above them.
  const isOfShops = [...names].some((name) => HOURS.test(name));
  if (people || !isOffered || (!isOfShops && named.size * 2 > rows.size)) return false;
  return !isKept(list);
}

/** The words of a list's own name. */
function ownWords(list: string): readonly string[] {
  return tokensOf(
    list
      .replace(ROW, '')
      .split(/[.[\]|$]/)
      .at(-1) ?? '',
  );
}

/** Whether a list is of somebody, or of what somebody keeps. */
function isKept(list: string): boolean {
  const own = ownWords(list);
  return KEPT.test(own.join('')) || own.some((word) => PERSONAL.has(word) || PERSONAL.has(word.replace(/s$/, '')));
}

const offerLine: TraceLine = {
  rule: 'doubt-catalogue',
  text: {
    zh: '所在列表的各行互不相同，并写有价格、库存等：是商品、车次、城市一类的目录，不是使用者本人的信息',
    en: 'the rows of its list contradict each other and say what is offered: a catalogue of goods, trains or cities, and nothing of who sends it',
  },
};

const choiceLine: TraceLine = {
  rule: 'doubt-choices',
  text: {
    zh: '同一数组中列出了多个互斥的取值：是供选择的选项，不是使用者的回答',
    en: 'one array holds several values of which a person has one: what may be chosen, not what somebody answered',
  },
};
