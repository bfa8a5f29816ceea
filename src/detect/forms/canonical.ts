import type { Edge } from './boundary.js';

/** One way in which a value is written before any encoding. */
export interface CanonicalText {
  readonly text: string;
  /** Stable name of the writing: `plain`, `country-code`, `separators`, ... */
  readonly form: string;
  readonly edge: Edge;
}

/** All writings of one value of the persona. */
export interface CanonicalValue {
  /** Searched anywhere in a text. Empty for values that are too common for that. */
  readonly texts: readonly CanonicalText[];
  /** Hashed, each exactly as it stands. */
  readonly digested: readonly CanonicalText[];
  /** Compared with whole leaves under a key of the type: lower case, trimmed. */
  readonly leaves: readonly string[];
  /**
   * `common`: one of few values, so that its presence proves little; `rare`: could be searched but is short;
   * null: searched anywhere, no whole-leaf rule needed.
   */
  readonly leafOnly: 'common' | 'rare' | null;
  /** Digits only, for BCD, varint and fixed-width integers; hex digits only, for raw bytes; null where neither applies. */
  readonly digits: string | null;
  readonly hex: string | null;
  /**
   * Seven to nine digits, which a megabyte of numbers may hold by chance; a name of four or five characters, which somebody else may have, or a
   * thing: a hit without a key is only probable.
   */
  readonly short: boolean;
  /** What phones answer when they answer nothing (02:00:00:00:00:00, nil UUID, zeros): everybody's value, looked for by nobody. */
  readonly placeholder: boolean;
}

/** Android's answer to apps without the right, iOS since 7, and the ANDROID_ID that a vendor shipped on every phone. */
const PLACEHOLDERS = new Set(['020000000000', '9774d56d682e549c', '012345678912345', 'unknown', 'null', 'undefined', 'none']);

/** A value that is looked for in other ways, or not at all. */
export const NOTHING: CanonicalValue = {
  texts: [],
  digested: [],
  leaves: [],
  leafOnly: null,
  digits: null,
  hex: null,
  short: false,
  placeholder: false,
};

const PHONES = new Set(['phone_number', 'contact_phone', 'bank_reserved_phone']);

/**
 * Types with few or widely shared values: a substring hit on them means nothing, and their digests are digests of common words.
 */
const COMMON = new Set([
  'age',
  'body_metrics',
  'device_model',
  'education',
  'ethnicity',
  'gender',
  'hardware_params',
  'id_type',
  'income',
  'license_plate_color',
  'locale_timezone',
  'location_coarse',
  'marital_status',
  'minor_info',
  'nationality',
  'network_type',
  'occupation',
  'os_version',
  'passenger_type',
  'payment_amount',
  'payment_channel',
  'political_status',
  'property_layout',
  'property_price',
  'religion',
  'screen_info',
  'seat_class',
  'seat_number',
  'sexual_orientation',
  'sim_operator',
  'step_count',
]);

const DATES = new Set(['birth_date', 'id_expiry', 'travel_time', 'stay_dates', 'payment_time', 'event_session']);

/** Area codes have three digits in Beijing and behind `02`, four elsewhere (电信网编号计划, 2017). */
const LANDLINE = /^(010|02\d|0[3-9]\d\d)(\d{7,8})$/;
const MAC = /^(?:[0-9a-f]{2}[:-]?){5}[0-9a-f]{2}$|^(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}$/i;
const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;
const DATE = /^(\d{4})[-/.年]?(\d{2})[-/.月]?(\d{2})日?$/;
/** RFC 1918, RFC 3927, RFC 6598, loopback: shared by millions of devices. */
const PRIVATE_ADDRESS = /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

/** Shortest text and shortest digit run that are searched anywhere; below them chance hits are to be expected in a megabyte of traffic. */
const SHORTEST_TEXT = 6;
const SHORTEST_DIGITS = 7;
/** Of a person's name in Chinese characters: two characters and three stand in words and in other names, four are twelve bytes and do not. */
const SHORTEST_NAME = 4;
/** From this length on a digit run is rare enough to stand beside letters (`uid_13900000000x`). */
const LONG_DIGITS = 10;
const LONG_HEX = 12;
/** A number to the base of sixteen: of the words of nine digits one in 70,000 million is a given one; machines count to 64 bits. */
const SHORTEST_HEX_NUMBER = 9;
const LONGEST_HEX_NUMBER = 16;
/** Names of two characters are set as wide as those of three; forms with a box for each character leave them all apart. */
const GAPS = [' ', '\u3000'];

/**
 * The writings of one value.
 * @param type data type id; @param value as the tester wrote it.
 */
export function canonicalValue(type: string, value: string): CanonicalValue {
  const raw = value.normalize('NFC').trim();
  const texts = new Map<string, CanonicalText>();
  const add = (text: string, form: string, edge: Edge = edgeOf(text)) => {
    const id = edge === 'imeisv' ? `imeisv ${text}` : text;
    if (text !== '' && !texts.has(id)) texts.set(id, { text, form, edge });
  };
  add(raw, 'plain');
  let digits: string | null = null;
  let hex: string | null = null;
  const compact = raw.replace(/[\s\-:.·•]/g, '');
  if (PLACEHOLDERS.has(compact.toLowerCase()) || /^(.)\1{4,}$/.test(compact)) return { ...NOTHING, placeholder: true };

  const dialled = PHONES.has(type) ? withoutCountryCode(compact.replace(/[()（）]/g, '')).replace(/^\+/, '') : '';
  if (/^\d+$/.test(dialled)) {
    digits = dialled;
    phoneTexts(digits, add);
  } else if (type === 'imei' && /^\d{14,16}$/.test(compact)) {
    digits = compact;
    imeiTexts(digits, add);
  } else if (MAC.test(raw) && isAddressType(type)) {
    hex = compact.toLowerCase();
    macTexts(hex, add);
  } else if (UUID.test(raw)) {
    hex = compact.toLowerCase();
    add(hex, 'separators');
    add(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), 'separators');
  } else if (type === 'id_number' && /^\d{17}[\dX]$/i.test(compact)) {
    if (/^\d+$/.test(compact)) digits = compact;
    idTexts(compact, raw, add);
  } else if (/^\d{7,}$/.test(compact) && !DATES.has(type)) {
    digits = compact;
    add(digits, digits === raw ? 'plain' : 'separators');
    if (type === 'bank_card_number') for (const gap of [' ', '-']) add(digits.replace(/(.{4})(?=.)/g, `$1${gap}`), 'separators');
  } else if (/^[0-9a-f]{12,}$/i.test(raw)) {
    hex = raw.length % 2 === 0 ? raw.toLowerCase() : null;
  } else if (type === 'license_plate') {
    const bare = raw.replace(/[\s·•.-]/g, '');
    for (const gap of ['', '·', ' ', '-']) add(`${bare.slice(0, 2)}${gap}${bare.slice(2)}`, gap === '' ? 'plain' : 'separators');
  } else if (type === 'postal_address' || type === 'property_address') {
    add(raw.replace(/\s+/g, ''), 'separators');
    // Order forms send province, city and district in fields of their own; the rest still names the door.
    const detail = raw.replace(/\s+/g, '').replace(/^.{2,10}?(?:省|自治区)?.{0,12}?市(?:.{1,8}?[区县市旗](?=.{6}))?/u, '');
    if ([...detail].length >= SHORTEST_TEXT) add(detail, 'part');
  }
  if (digits !== null) numberTexts(digits, add);

  const isName = isSearchedName(type, raw);
  if (isName) for (const gap of GAPS) add([...raw].join(gap), 'separators');
  const leafOnly = isName ? null : leafRule(type, raw, compact);
  const all = [...texts.values()];
  return {
    texts: leafOnly === null ? all.filter(({ text }) => isName || isLongEnough(text)) : [],
    digested: leafOnly === 'common' || (leafOnly === 'rare' && !isWideCharacters(raw)) ? [] : digestTexts(all),
    leaves: leafOnly === null ? [] : leafTexts(type, raw),
    leafOnly,
    digits: leafOnly === null ? digits : null,
    hex: leafOnly === null ? hex : null,
    short: /^\d+$/.test(compact) ? compact.length < LONG_DIGITS : isName && !isLongEnough(raw),
    placeholder: false,
  };
}

type Add = (text: string, form: string, edge?: Edge) => void;

function phoneTexts(digits: string, add: Add): void {
  add(digits, 'plain');
  if (LANDLINE.test(digits)) landlineTexts(digits, add);
  if (!/^1\d{10}$/.test(digits)) return;
  add(`86${digits}`, 'country-code');
  add(`0086${digits}`, 'country-code');
  // GB/T 15834 has no rule; 3-4-4 is how every Chinese address book shows it.
  for (const gap of [' ', '-']) add(digits.replace(/^(.{3})(.{4})/, `$1${gap}$2${gap}`), 'separators');
}

/** Area code and subscriber's number apart, and as dialled from abroad, without the zero. */
function landlineTexts(digits: string, add: Add): void {
  const [, area = '', rest = ''] = LANDLINE.exec(digits) ?? [];
  for (const gap of ['-', ' ']) add(`${area}${gap}${rest}`, 'separators');
  for (const gap of ['', ' ']) add(`(${area})${gap}${rest}`, 'separators');
  add(`86${digits.slice(1)}`, 'country-code');
  for (const gap of ['-', ' ']) add(`86${gap}${area.slice(1)}${gap}${rest}`, 'country-code');
}

function imeiTexts(digits: string, add: Add): void {
  add(digits, 'plain');
  const body = digits.slice(0, 14);
  if (digits.length === 15) {
    add(body, 'without-check-digit');
    add(body, 'imeisv', 'imeisv');
    for (const gap of ['-', ' ']) add(digits.replace(/^(..)(.{6})(.{6})(.)$/, `$1${gap}$2${gap}$3${gap}$4`), 'separators');
  }
}

/** Region, date of birth and the rest (GB 11643-1999), as forms print it in groups. */
function idTexts(compact: string, raw: string, add: Add): void {
  add(compact, compact === raw ? 'plain' : 'separators');
  for (const gap of [' ', '-']) add(compact.replace(/^(.{6})(.{8})/, `$1${gap}$2${gap}`), 'separators');
}

function macTexts(hex: string, add: Add): void {
  const pairs = hex.match(/../g) ?? [];
  for (const gap of [':', '-', '']) add(pairs.join(gap), 'separators');
  add(hex.replace(/^(.{4})(.{4})(.{4})$/, '$1.$2.$3'), 'separators');
  add(pairs.toReversed().join(':'), 'byte-reversed');
  add(pairs.toReversed().join(''), 'byte-reversed');
  // ether_ntoa and iOS print no leading zeros.
  const short = pairs.map((pair) => pair.replace(/^0/, '')).join(':');
  if (short.length >= LONG_HEX) add(short, 'separators', 'word');
  // Bluetooth stacks hand the 48 bits over as one integer.
  const number = String(Number.parseInt(hex, 16));
  if (number.length >= LONG_DIGITS) add(number, 'number', 'digits');
}

/**
 * `1.3900000001E10`: what a double becomes in Java; C, Python and JavaScript put a plus sign before the exponent. `33c812b01`: the number to the
 * base of sixteen, alone or behind `0x`.
 */
function numberTexts(digits: string, add: Add): void {
  if (digits.startsWith('0') || digits.length < LONG_DIGITS) return;
  const hex = BigInt(digits).toString(16);
  // Without a letter it would be some other number to the base of ten.
  if (hex.length >= SHORTEST_HEX_NUMBER && hex.length <= LONGEST_HEX_NUMBER && /[a-f]/.test(hex))
    for (const sign of ['', '0x']) add(`${sign}${hex}`, 'number', 'word');
  if (digits.length > 15) return;
  const rest = digits.slice(1).replace(/0+$/, '');
  if (rest.length < SHORTEST_DIGITS) return;
  for (const sign of ['', '+']) add(`${digits[0]}.${rest}e${sign}${digits.length - 1}`, 'number', 'word');
}

function edgeOf(text: string): Edge {
  if (/^\d+(?:\.\d+){3}$/.test(text)) return 'digits';
  if (/^\d[\d\s-]*\d$/.test(text)) return text.replace(/\D/g, '').length >= LONG_DIGITS ? 'digits' : 'word';
  if (text.includes('@')) return 'email';
  const hexDigits = text.replace(/[-:.]/g, '');
  if (/^[0-9a-f]+$/i.test(hexDigits) && hexDigits.length >= LONG_HEX) return 'none';
  // Beside Chinese characters every text stands alone.
  return /^[a-z0-9].*[a-z0-9]$/is.test(text) || /^[a-z0-9]|[a-z0-9]$/i.test(text) ? 'word' : 'none';
}

function isLongEnough(text: string): boolean {
  const length = [...text].length;
  return /^\d+$/.test(text) ? length >= SHORTEST_DIGITS : length >= SHORTEST_TEXT;
}

function isWideCharacters(text: string): boolean {
  return /^[\p{Script=Han}·]{2,}$/u.test(text);
}

function isSearchedName(type: string, text: string): boolean {
  return type === 'real_name' && isWideCharacters(text) && [...text].length >= SHORTEST_NAME;
}

function isAddressType(type: string): boolean {
  return type === 'mac_address' || type === 'bluetooth_mac' || type === 'bssid' || type === 'wifi_list';
}

function leafRule(type: string, raw: string, compact: string): CanonicalValue['leafOnly'] {
  if (COMMON.has(type)) return 'common';
  if (DATES.has(type)) return 'rare';
  if (type === 'ip_address' && PRIVATE_ADDRESS.test(raw)) return 'common';
  return isLongEnough(raw) && isLongEnough(compact) ? null : 'rare';
}

function leafTexts(type: string, raw: string): readonly string[] {
  const leaves = new Set([raw.toLowerCase()]);
  const date = DATES.has(type) ? DATE.exec(raw) : null;
  if (date !== null) {
    const [, year, month, day] = date;
    for (const gap of ['-', '/', '.', '']) leaves.add([year, month, day].join(gap));
    leaves.add(`${year}年${month}月${day}日`);
    leaves.add(`${year}年${Number(month)}月${Number(day)}日`);
    leaves.add(`${year}-${Number(month)}-${Number(day)}`);
    leaves.add(`${year}-${month}-${day} 00:00:00`);
  }
  if (isWideCharacters(raw)) for (const gap of GAPS) leaves.add([...raw].join(gap));
  return [...leaves];
}

/** As given, and in both letter cases, since a digest keeps the difference. Numbers in exponent writing are never hashed. */
function digestTexts(texts: readonly CanonicalText[]): readonly CanonicalText[] {
  const found = new Map<string, CanonicalText>();
  for (const { text, form, edge } of texts) {
    if (form === 'number' || form === 'part' || form === 'byte-reversed' || form === 'imeisv') continue;
    for (const variant of caseVariants(text)) if (!found.has(variant)) found.set(variant, { text: variant, form, edge });
    // E.164, which advertisers are asked to hash, writes a sign that a search in text does not need.
    if (form === 'country-code' && /^86\d{11}$/.test(text)) found.set(`+${text}`, { text: `+${text}`, form, edge });
  }
  return [...found.values()];
}

/** The text itself, in lower and in upper case, without repeats. */
export function caseVariants(text: string): readonly string[] {
  return [...new Set([text, text.toLowerCase(), text.toUpperCase()])];
}

/** The digits of a phone number without the code of mainland China (ITU-T E.164: 86), where a mobile number stands behind it. */
export function withoutCountryCode(digits: string): string {
  return digits.replace(/^(?:\+|00)?86(?=1\d{10}$)/, '');
}
