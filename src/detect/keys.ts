import { limits } from '../limits.js';
import type { DataType } from '../model/rulebook.js';
import { spellingsOf } from './spelling.js';

/**
 * The key dictionary: which data types a field's name speaks for. Whole tokens only (`mac` must not fire in `machine`, `lat` in
 * `latency`, `ip` in `zip`), compared joined, so that `android_id`, `androidId`, `Android-ID` and `androidid` are one key.
 */

/** How much of the field's name the dictionary key covers. */
type Reach = 'full' | 'suffix';

export interface KeyMatch {
  readonly type: DataType;
  /** From `weakKeys`: counts only with a value that passes. */
  readonly weak: boolean;
  /** From `contextKeys`: weak, and only where the object speaks of the subject. */
  readonly context?: true;
  /** `suffix`: other words stand before it (`login mobile`), so the value has to agree. */
  readonly reach: Reach;
  /** The dictionary key as written in the rule file, of several spellings the one that was met. */
  readonly key: string;
  /** The key is of several words and is the whole name: it means one thing, whatever the value. */
  readonly whole?: boolean;
  /** What the name says about the writing: `md5`, `sha256`, `hash`, `encrypted`; null: nothing. */
  readonly form: string | null;
}

/** Words that add nothing to the name: `client-brand`, `user_gender`, `_model`, `imei_str`. */
const LEADING = new Set(
  'x my the get set cur current default real client user usr device dev app sdk sys system phone mobile android ios h5 param params status info p m s h d u c str input hw sso passport ext extra common base pub public um umeng um2 bd tt tx wx mi hw vivo oppo ro http header headers data meta body'.split(
    ' ',
  ),
);
const TRAILING = new Set(
  'wx xcx h5 no num number val value values str string text raw info infos new old id1 list array arr s json data field plain code2 base64 b64 now'.split(
    ' ',
  ),
);

const FORMS: ReadonlyMap<string, string> = new Map([
  ['md5', 'md5'],
  ['sha1', 'sha1'],
  ['sha', 'hash'],
  ['sha256', 'sha256'],
  ['sha512', 'sha512'],
  ['sm3', 'sm3'],
  ['hash', 'hash'],
  ['hashed', 'hash'],
  ['digest', 'hash'],
  ['enc', 'encrypted'],
  ['encrypt', 'encrypted'],
  ['encrypted', 'encrypted'],
  ['encryption', 'encrypted'],
  ['cipher', 'encrypted'],
  ['ciphertext', 'encrypted'],
  ['aes', 'encrypted'],
  ['rsa', 'encrypted'],
  ['sm4', 'encrypted'],
]);

/** `imeimd5`, `dpidsha1`: the form grown onto the name. */
const GROWN_FORM = /^(.{2,}?)(md5|sha1|sha256|sm3)$/;
/** `md5mac`, `sha1imei`: before it. */
const FORM_GROWN = /^(md5|sha1|sha256|sm3)([a-z]{3,})$/;
/** Numbers that belong to the word (`mp4` is no `mp`, a mobile phone); others (`imei1`, `mac2`) only count. */
const NUMBERED =
  /^(?:ipv?[46]|mp[34]|md5|sha\d+|sm[34]|gcj02|bd09(?:ll|mc)?|wgs84|h5|base64|b64|[2345]g|id5|uuid4|utf8|.*(?:md5|sha1|sha256|sm3))$/;

/** Nouns of identifiers and secrets with at most six letters before them. */
const GROWN_NOUN =
  /^[a-z]{1,6}(imei|imsi|iccid|oaid|idfa|idfv|gaid|androidid|deviceid|openudid|password|passwd|logintoken|accesstoken|sessiontoken|usertoken|authtoken|latitude|longitude|osversion|systemversion|clientip|networktype|devicemodel|pushtoken|sessionid|sessid)$/;

/** The same of Chinese abbreviations, under which offices and hospitals put whose it is: `qlrlxdh`, `xssjhm`, `khzjhm`. */
const PINYIN_NOUN = /^[a-z]{1,6}(sjhm?|lxdh|zjhm|sfzjhm?|sfzhm?)$/;
/** An abbreviation whose longer form is the one that means one thing. */
const PINYIN_FORMS: ReadonlyMap<string, string> = new Map([['sjh', 'sjhm']]);

/** Six letters and the longest of those nouns. */
const LONGEST_GROWN = 18;

/**
 * `androidosversion`, `apppushtoken`: HTTP/2 sends the names of header fields in small letters (RFC 9113 section 8.2.1), and with the capitals go
 * the joints. Words that say nothing by themselves are told from what follows where that alone is a key.
 */
const RUN_ON = /^(android|device|mobile|phone|client|user|app|ios|sys)([a-z]{5,})$/;

/** Leaves that say nothing but through the object they stand in: `user.data[].id` is the data's, not the user's, and `userInfo.androidId` the system's. */
const BARE = new Set(['id', 'name', 'key', 'code', 'type', 'value']);

/** Words as they are mistyped in real requests, and what was meant. */
const MISSPELT: ReadonlyMap<string, string> = new Map(
  [
    ['mobile', 'moblie moible mobil mobie moblile mobiel'],
    ['system', 'systerm sytem systme'],
    ['memory', 'memery memroy'],
    ['device', 'deivce devcie devive devcice deviceice divice decive'],
    ['version', 'vesion verion versoin verison vertion versin verson'],
    ['phone', 'phoen pohne phne'],
    ['password', 'passwrod pasword passowrd passworld'],
    ['latitude', 'latitute lattitude latitue'],
    ['longitude', 'longtitude longtitute longitute logitude lontitude'],
    ['address', 'adress addres'],
    ['country', 'conutry contry coutry counrty'],
    ['battery', 'bettary battary batery bettery'],
    ['manufacturer', 'manufaturer manufactuer manufaucturer manufactor manufacture'],
    ['android', 'andriod androd anroid'],
    ['network', 'netwrok netowrk newwork nework'],
    ['resolution', 'resolusion resoultion reslution'],
    ['operator', 'opeator operater oprator'],
    ['language', 'langauge languge lanuage langage'],
    ['timezone', 'timezome timzone timezoom'],
    ['installation', 'installtion instalation instaltion'],
    ['identifier', 'indentifier identifer idenfier'],
    ['content', 'centent contnet conent'],
  ].flatMap(([meant = '', typed = '']) => typed.split(' ').map((word) => [word, meant] as const)),
);

interface Split {
  readonly words: readonly string[];
  readonly name: string;
  readonly phrase: string;
}

/** Every detector asks for the words of every name; a phone's traffic repeats a few thousand of them. */
const splits = new Map<string, Split>();

function splitOf(key: string): Split {
  let split = splits.get(key);
  if (split === undefined) {
    const words = splitKey(key);
    split = { words, name: joined(words), phrase: words.join(' ') };
    // Names come from captured traffic: a hostile app could send a new one with every request.
    if (splits.size >= limits.keyMemory) splits.clear();
    splits.set(key, split);
  }
  return split;
}

/**
 * Lower-case words of a key: camel, snake, kebab, dots, blanks and brackets split; runs of Han characters are words of their own. Initials keep
 * their plural: `buttonVOs` are `vos`, and no system (`os`).
 */
export function tokensOf(key: string): readonly string[] {
  return splitOf(key).words;
}

/** The words of a field's own name in one: `android_id` and `AndroidId` are `androidid`. @param keys names on the way to it, its own last. */
export function leafName(keys: readonly string[]): string {
  return splitOf(keys[keys.length - 1] ?? '').name;
}

/** The words of a field's own name. @param keys names on the way to it, its own last; of none there are no words. */
export function leafWords(keys: readonly string[]): readonly string[] {
  return splitOf(keys[keys.length - 1] ?? '').words;
}

/** The same with blanks between them: `displayName` is `display name`. */
export function leafPhrase(keys: readonly string[]): string {
  return splitOf(keys[keys.length - 1] ?? '').phrase;
}

/** The words of one name with blanks between them. */
export function phraseOf(key: string): string {
  return splitOf(key).phrase;
}

function splitKey(key: string): string[] {
  const words = key
    .slice(-limits.keyLength)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z](?!s(?![a-z]))[a-z]+)/g, '$1 $2')
    .replace(/([\u3400-\u9fff]+)/g, ' $1 ')
    .toLowerCase()
    .split(/[^a-z0-9\u3400-\u9fff]+/)
    .filter((word) => word !== '');
  // `deviceIdV1`, `oaid_v2`: the edition of the field.
  if (words.length >= 2 && /^v\d{1,2}$/.test(words[words.length - 1] ?? '')) words.pop();
  return words.map((word) => {
    const bare = NUMBERED.test(word) ? word : word.replace(/(?<=[a-z\u3400-\u9fff])\d{1,2}$/, '');
    return MISSPELT.get(bare) ?? bare;
  });
}

function joined(words: readonly string[]): string {
  return words.join('');
}

/** `phone_1`, `token_str`: which one of several, or how it is written. */
function isTrailing(word: string): boolean {
  return TRAILING.has(word) || /^\d{1,2}$/.test(word);
}

/** One way of reading a key, from the whole name down to its bare noun. */
interface Reading {
  readonly words: readonly string[];
  readonly form: string | null;
}

/** Takes the writing (`md5`, `enc`) off either end. */
function withoutForm(words: readonly string[]): Reading | null {
  if (words.length === 0) return null;
  const last = words[words.length - 1] ?? '';
  if (words.length >= 2) {
    const end = FORMS.get(last);
    if (end !== undefined) return { words: words.slice(0, -1), form: end };
    const start = FORMS.get(words[0] ?? '');
    if (start !== undefined) return { words: words.slice(1), form: start };
  }
  const grown = GROWN_FORM.exec(last);
  if (grown) return { words: [...words.slice(0, -1), grown[1] ?? ''], form: FORMS.get(grown[2] ?? '') ?? 'hash' };
  const before = FORM_GROWN.exec(words[0] ?? '');
  if (before) return { words: [before[2] ?? '', ...words.slice(1)], form: FORMS.get(before[1] ?? '') ?? 'hash' };
  return null;
}

/** What a name says about the writing of its value: `md5`, `sha256`, `hash`, `encrypted`; null: nothing. */
export function writingOf(key: string): string | null {
  return withoutForm(tokensOf(key))?.form ?? null;
}

function readingsOf(key: string): Reading[] {
  const words = tokensOf(key);
  const readings: Reading[] = [{ words, form: null }];
  // imeis, wifiMacs, phones: lists of what the singular names.
  const plural = words[words.length - 1] ?? '';
  if (plural.length >= 4 && plural.endsWith('s') && !plural.endsWith('ss'))
    readings.push({ words: [...words.slice(0, -1), plural.slice(0, -1)], form: null });
  // `imei_md5_1`, `android_id_md5_16`: behind the writing there is only which one, or how long.
  let named = words;
  while (named.length > 2 && isTrailing(named[named.length - 1] ?? '')) named = named.slice(0, -1);
  const formed = withoutForm(words) ?? withoutForm(named);
  // First: `encrypt_phone` is an encrypted phone before it is some kind of phone.
  if (formed) readings.unshift(formed);
  for (const reading of [...readings]) {
    let shorter = reading.words;
    while (shorter.length > 1 && isTrailing(shorter[shorter.length - 1] ?? '')) {
      shorter = shorter.slice(0, -1);
      readings.push({ words: shorter, form: reading.form });
    }
  }
  return readings;
}

const asSuffix = (): KeyMatch['reach'] => 'suffix';

interface Entry {
  readonly type: DataType;
  readonly weak: boolean;
  readonly context?: true;
  readonly key: string;
}

/** Looks up field names. Pure but for a bounded memory of names already read. */
export class KeyDictionary {
  readonly #entries = new Map<string, Entry[]>();
  readonly #parents = new Set<string>();
  /** Characters of the longest leaf of a name; whatever is longer is none. */
  #longest = 0;
  readonly #refused = new Map<string, Set<string>>();
  readonly #memory = new Map<string, readonly KeyMatch[]>();

  constructor(dataTypes: readonly DataType[]) {
    for (const type of dataTypes) {
      for (const key of type.detect.keys.flatMap(spellingsOf)) this.#add(key, { type, weak: false, key });
      for (const key of type.detect.weakKeys.flatMap(spellingsOf)) this.#add(key, { type, weak: true, key });
      for (const key of type.detect.contextKeys.flatMap(spellingsOf)) this.#add(key, { type, weak: true, context: true, key });
      for (const key of type.detect.notKeys.flatMap(spellingsOf)) {
        const name = dotted(key);
        const refused = this.#refused.get(name) ?? new Set();
        refused.add(type.id);
        this.#refused.set(name, refused);
      }
    }
  }

  #add(key: string, entry: Entry): void {
    const name = dotted(key);
    const entries = this.#entries.get(name);
    if (entries?.some(({ type }) => type === entry.type)) return;
    if (entries) entries.push(entry);
    else this.#entries.set(name, [entry]);
    const dot = name.lastIndexOf('.');
    this.#longest = Math.max(this.#longest, name.length - dot - 1);
    if (dot > 0) this.#parents.add(name.slice(0, dot));
  }

  /**
   * Data types whose keys name this field, the longest name winning for each type.
   * @param keys names on the way to the field, outermost first, its own name last; empty (a path segment) gives nothing.
   */
  lookup(keys: readonly string[]): readonly KeyMatch[] {
    // `phone: { value: '139…' }`: the object has the name.
    const end = keys.length >= 2 && keys[keys.length - 1] === 'value' ? keys.length - 1 : keys.length;
    const own = keys[end - 1];
    if (own === undefined) return [];
    const near = keys.slice(Math.max(0, end - 4), end);
    const name = near.join('\u0000');
    const known = this.#memory.get(name);
    if (known) return known;
    const matches = this.#read(own, near.slice(0, -1));
    if (this.#memory.size >= limits.keyMemory) this.#memory.clear();
    this.#memory.set(name, matches);
    return matches;
  }

  #read(own: string, ancestors: readonly string[]): readonly KeyMatch[] {
    const parents = this.#parentNames(ancestors);
    const nearest = ancestors.length > 1 ? this.#parentNames(ancestors.slice(-1)) : parents;
    const found = new Map<string, KeyMatch>();
    const readings = readingsOf(own);
    // Most names say nothing, and need not be asked what they do not say.
    let refused: ReadonlySet<string> | null = null;
    const take = (hits: readonly Entry[] | undefined, form: string | null, reachOf: (hit: Entry) => KeyMatch['reach']): void => {
      if (hits === undefined) return;
      refused ??= this.#refusedBy(tokensOf(own), ancestors);
      for (const hit of hits)
        if (!found.has(hit.type.id) && !refused.has(hit.type.id)) found.set(hit.type.id, { ...hit, form, reach: reachOf(hit) });
    };
    const runOn = readings.length === 1 ? this.#runOn(readings[0]?.words ?? []) : null;
    // Before the noun that an abbreviation has grown onto: these words are known.
    if (runOn !== null) readings.unshift({ words: runOn, form: null });
    for (const { words, form } of readings) {
      const whole = joined(words);
      let name = whole;
      let neutral = true;
      for (let start = 0; start < words.length; start++) {
        const before = words[start - 1];
        if (before !== undefined) {
          name = name.slice(before.length);
          neutral &&= LEADING.has(before);
        }
        if (name.length > this.#longest) continue;
        const reachOf = ({ key }: Entry) => (start === 0 || neutral || key.includes('.') ? 'full' : 'suffix');
        // With the parent a name is whole: `device.id`, `geo.lat`; only the leaf's own whole name may stand under it.
        const isBare = BARE.has(name);
        if (start === 0 || (neutral && !isBare))
          for (const parent of isBare ? nearest : parents) take(this.#entries.get(`${parent}.${name}`), form, reachOf);
        take(this.#entries.get(name), form, reachOf);
      }
      const last = words[words.length - 1] ?? '';
      // `duimei`, `cdpassword`: an abbreviation of the app grown onto a noun that ends no word of any language.
      const grown = (GROWN_NOUN.exec(last) ?? (whole.length <= LONGEST_GROWN ? GROWN_NOUN.exec(whole) : null))?.[1];
      if (grown !== undefined) take(this.#entries.get(grown), form, asSuffix);
      const noun = words.length === 1 ? PINYIN_NOUN.exec(whole)?.[1] : undefined;
      if (noun !== undefined) take(this.#entries.get(PINYIN_FORMS.get(noun) ?? noun), form, asSuffix);
      // Chinese names have no blanks: 收货人手机号 ends in 手机号.
      if (/^[\u3400-\u9fff]{3,}$/.test(last))
        for (let start = 1; start <= last.length - 2; start++) take(this.#entries.get(last.slice(start)), form, asSuffix);
    }
    const matches = [...found.values()];
    const told = (match: KeyMatch) => !match.weak && wordsIn(match.key) >= 2 && this.#isWhole(match, readings);
    if (!matches.some(told)) return matches;
    // `startAddr` is a place of departure whatever stands in it: part of the name (`addr`) may not make something else of it.
    return matches
      .filter((match) => match.key.includes('.') || this.#isWhole(match, readings))
      .map((match) => (told(match) ? { ...match, whole: true } : match));
  }

  /** The two words of a name that was sent without its joint, or null. */
  #runOn(words: readonly string[]): readonly string[] | null {
    const [, before, rest] = words.length === 1 ? (RUN_ON.exec(words[0] ?? '') ?? []) : [];
    return before === undefined || rest === undefined || !this.#entries.has(rest) || this.#entries.has(before + rest)
      ? null
      : [before, rest];
  }

  /** Types that a name says of itself it holds no data of. @param keys names on the way to the field, its own last. */
  refusedBy(keys: readonly string[]): ReadonlySet<string> {
    const own = keys[keys.length - 1];
    return own === undefined ? new Set() : this.#refusedBy(tokensOf(own), keys.slice(-4, -1));
  }

  /** Whether the dictionary key is the whole of the name, in one of its readings. */
  #isWhole(match: KeyMatch, readings: readonly Reading[]): boolean {
    const name = dotted(match.key);
    return readings.some(({ words }) => joined(words) === name);
  }

  #parentNames(ancestors: readonly string[]): string[] {
    const names: string[] = [];
    for (const ancestor of ancestors)
      for (const { words } of readingsOf(ancestor)) {
        let name = joined(words);
        for (let start = 0; start < words.length; start++) {
          if (this.#parents.has(name)) names.push(name);
          name = name.slice(words[start]?.length);
        }
      }
    return names;
  }

  #refusedBy(words: readonly string[], ancestors: readonly string[]): Set<string> {
    const refused = new Set<string>();
    const parents = ancestors.map((ancestor) => splitOf(ancestor).name);
    const count = Math.min(words.length, 6);
    for (let start = 0; start < count; start++) {
      let name = '';
      for (let end = start; end < count; end++) {
        name += words[end];
        for (const id of this.#refused.get(name) ?? []) refused.add(id);
        for (const parent of parents) for (const id of this.#refused.get(`${parent}.${name}`) ?? []) refused.add(id);
      }
    }
    // `publisher.*`: whatever stands below that name speaks of somebody else.
    for (const parent of parents) for (const id of this.#refused.get(`${parent}.`) ?? []) refused.add(id);
    return refused;
  }
}

/** Words of a plain key; a dotted one names a place rather than a noun of several words. */
function wordsIn(key: string): number {
  return key.includes('.') ? 0 : tokensOf(key).length;
}

/** `device.id` -> `device.id`, `id card no` -> `idcardno`: blanks part words, a dot parts parent and leaf. */
function dotted(key: string): string {
  return key
    .split('.')
    .map((part) => joined(tokensOf(part)))
    .join('.');
}
