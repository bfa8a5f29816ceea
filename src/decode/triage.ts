import type { Field } from '../model/field.js';
import { ASKS_AMOUNT, type Interest, type Wanted } from '../model/interest.js';
import { isValueName } from './name-value.js';
import type { Names } from './names.js';
import { mayOpen } from './opening.js';
import { NO_NAMES } from './path.js';

/** Longer texts are few. */
const LONGEST_TEXT = 64;
/** Identifiers that differ each time; most of them are wanted, and remembering them would drive out the words. */
const IDENTIFIER = 16;
/** A number that is no longer has at most sixteen digits, a sign and a point. */
const LONGEST_NUMBER = 18;
/** Longer numbers under a name do not come again, nor do longer texts. */
const COUNT = 9;
const WORD = 24;
/** Texts remembered, one for each place of the table. */
const TEXTS = 4_096;
const QUOTE = 0x22;
const ESCAPE = 0x5c;
const DOT = 0x2e;
const MINUS = 0x2d;

/** What is known of a form: nothing yet; each is wanted; what is to be asked, above these bits. */
const UNKNOWN = 0;
const EACH = 1;
const SOME = 2;
const AMOUNT = SOME | (ASKS_AMOUNT << 2);
/** Characters of a number of which the digits are a whole number that is exact, and its division by a power of ten too. */
const EXACT = 15;
const TENS = Array.from({ length: EXACT + 1 }, (_, power) => 10 ** power);

/** What `Number` makes of it. @param point where it stands, or `end`. */
function amountOf(text: string, at: number, end: number, point: number): number {
  let digits = 0;
  for (let index = at; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0x30) digits = digits * 10 + code - 0x30;
  }
  const amount = point < end ? digits / TENS[end - point - 1]! : digits;
  return text.charCodeAt(at) === MINUS ? -amount : amount;
}

/** Sign or first digit, how many characters stand before the point, and in all. */
const FORMS = 2 ** 14;

/**
 * Tells leaves that nobody wants from the others while a document is read, before they are cut out of it: numbers by their form, words by
 * having been met. Answers are remembered across messages, in bounded memory, for as long as the same interest is served.
 */
export class Triage {
  readonly #interest: Interest;
  readonly #earning: boolean;
  /** Forms of numbers, and of texts of digits. */
  readonly #numberForms = new Uint8Array(FORMS);
  readonly #digitForms = new Uint8Array(FORMS);
  /** Words: hash of the last one asked about, text, and the answer. */
  readonly #textHashes = new Int32Array(TEXTS);
  readonly #texts: string[] = new Array<string>(TEXTS).fill('');
  readonly #isWanted = new Uint8Array(TEXTS);
  /** The same of texts under names that come again: hash of the last one asked about, number of the names, text, kind, and the answer. */
  readonly #readUnder = new Float64Array(TEXTS);
  readonly #readHashes = new Int32Array(TEXTS);
  readonly #readTexts: string[] = new Array<string>(TEXTS).fill('');
  readonly #readKinds: Array<Field['kind']> = new Array<Field['kind']>(TEXTS).fill('null');
  readonly #wasRead = new Uint8Array(TEXTS);
  readonly #leaf: { -readonly [K in keyof Field]: Field[K] } = {
    // In some array: what is looked for in lists only is wanted too.
    path: '$[0]',
    part: 'body',
    keys: NO_NAMES,
    value: '',
    kind: 'string',
    steps: [],
    group: 0,
  };

  /** @param earning doubtful decodes may earn their place by a known value inside: short ones are tried too. */
  constructor(interest: Interest, earning: boolean) {
    this.#interest = interest;
    this.#earning = earning;
  }

  under(names: Names): Wanted {
    if (names.triage !== this) {
      names.wanted = names.isQuoted || names.segment === '' || names.keys.some(isValueName) ? 'each' : this.#interest.under(names.keys);
      names.triage = this;
    }
    return names.wanted;
  }

  /**
   * Whether nobody wants the text in double quotes that begins here; whoever is in doubt reads it.
   * @param at of its first character. @returns its end, or -1: it is wanted.
   */
  idleText(text: string, at: number, names: Names, wanted: Wanted): number {
    let end = at;
    let hash = 0;
    let digits = 0;
    let point = -1;
    for (;;) {
      const code = text.charCodeAt(end);
      if (code === QUOTE) break;
      if (code === ESCAPE || !(code >= 0x20) || end - at > LONGEST_TEXT) return -1;
      if (code >= 0x30 && code <= 0x39) digits++;
      else if (code === DOT) point = point < 0 ? end : at;
      hash = Math.imul(hash ^ code, 0x01000193);
      end++;
    }
    const length = end - at;
    if (length >= IDENTIFIER && digits > 0) return -1;
    const isNumber = digits > 0 && (point < 0 ? digits === length : digits + 1 === length && point > at && point < end - 1);
    if (isNumber) {
      if (this.#wantsDigits(text, at, end, point < 0 ? end : point, this.#digitForms, 'string')) return -1;
    } else if (this.#wantsWord(text, at, end, hash)) return -1;
    return wanted !== 'telling' && this.#isAsked(text.slice(at, end), 'string', names, wanted) ? -1 : end;
  }

  /**
   * The same of a number: digits with at most one point between them.
   * @returns its end, or -1: it is wanted, or written in another way.
   */
  idleNumber(text: string, at: number, names: Names, wanted: Wanted): number {
    let end = text.charCodeAt(at) === MINUS ? at + 1 : at;
    const first = end;
    let point = -1;
    let code = text.charCodeAt(end);
    for (; (code >= 0x30 && code <= 0x39) || (code === DOT && point < 0); code = text.charCodeAt(++end)) if (code === DOT) point = end;
    // What else may end a number ends it in the reader.
    if (code !== 0x2c && code !== 0x7d && code !== 0x5d && code !== 0x20 && code !== 0x0a && code !== 0x0d) return -1;
    if (end === first || point === first || point === end - 1 || end - at > LONGEST_NUMBER) return -1;
    if (this.#wantsDigits(text, at, end, point < 0 ? end : point, this.#numberForms, 'number')) return -1;
    return wanted !== 'telling' && this.#isAsked(text.slice(at, end), 'number', names, wanted) ? -1 : end;
  }

  /** Whether a switch, or nothing, under a name is wanted. */
  wantsSwitch(value: string, kind: 'boolean' | 'null', names: Names, wanted: Wanted): boolean {
    return wanted !== 'telling' && this.#isAsked(value, kind, names, wanted);
  }

  #wantsDigits(text: string, at: number, end: number, point: number, forms: Uint8Array, kind: Field['kind']): boolean {
    const form = (((text.charCodeAt(at) - MINUS) << 10) | ((point - at) << 5) | (end - at)) & (FORMS - 1);
    let asks = forms[form]!;
    if (asks === UNKNOWN) {
      const value = text.slice(at, end);
      const leaf = this.#lend(value, kind, NO_NAMES);
      asks = kind === 'string' && mayOpen(value, this.#earning) ? EACH : SOME | (this.#interest.asksOf(leaf) << 2);
      forms[form] = asks;
    }
    if (asks === SOME) return false;
    if (asks === AMOUNT && end - at <= EXACT) return this.#interest.wantsAmount(amountOf(text, at, end, point));
    return asks === EACH || this.#interest.wantsNumber(this.#lend(text.slice(at, end), kind, NO_NAMES), asks >> 2);
  }

  #wantsWord(text: string, at: number, end: number, hash: number): boolean {
    const place = (hash ^ (hash >>> 13)) & (TEXTS - 1);
    const known = this.#texts[place]!;
    if (known.length === end - at && text.startsWith(known, at)) return this.#isWanted[place] === 1;
    const value = text.slice(at, end);
    const wanted = mayOpen(value, this.#earning) || this.#interest.wantsText(this.#lend(value, 'string', NO_NAMES));
    // Many words never come again: the first time their hash will do.
    if (this.#textHashes[place] !== hash) {
      this.#textHashes[place] = hash;
      return wanted;
    }
    // A flat copy: a slice would hold on to the whole body.
    this.#texts[place] = Buffer.from(value, 'utf16le').toString('utf16le');
    this.#isWanted[place] = wanted ? 1 : 0;
    return wanted;
  }

  /** Whether the name asks for a leaf that tells nothing by itself. */
  #isAsked(value: string, kind: Field['kind'], names: Names, wanted: Wanted): boolean {
    if (wanted === 'triggering') return this.#interest.triggers(this.#lend(value, kind, names.keys));
    return value.length < (kind === 'number' ? COUNT : WORD)
      ? this.#isRead(value, kind, names)
      : this.#interest.wantsUnder(this.#lend(value, kind, names.keys));
  }

  /** The same of a word or a small number, which come again and again. */
  #isRead(value: string, kind: Field['kind'], names: Names): boolean {
    let hash = Math.imul(names.number, 0x9e3779b1) ^ kind.length;
    for (let index = 0; index < value.length; index++) hash = Math.imul(hash ^ value.charCodeAt(index), 0x01000193);
    const place = (hash ^ (hash >>> 13)) & (TEXTS - 1);
    if (this.#readUnder[place] === names.number && this.#readTexts[place] === value && this.#readKinds[place] === kind)
      return this.#wasRead[place] === 1;
    const wanted = this.#interest.wantsUnder(this.#lend(value, kind, names.keys));
    // Most numbers never come again: the first time their hash will do.
    if (this.#readHashes[place] !== hash) {
      this.#readHashes[place] = hash;
      return wanted;
    }
    this.#readUnder[place] = names.number;
    this.#readTexts[place] = Buffer.from(value, 'utf16le').toString('utf16le');
    this.#readKinds[place] = kind;
    this.#wasRead[place] = wanted ? 1 : 0;
    return wanted;
  }

  #lend(value: string, kind: Field['kind'], keys: readonly string[]): Field {
    this.#leaf.value = value;
    this.#leaf.kind = kind;
    this.#leaf.keys = keys;
    return this.#leaf;
  }
}
