import type { Token } from './base64-document.js';
import { objectLiteralAt } from './object-literal.js';
import { holdsSource, SourceText } from './source-text.js';

/**
 * What in running text is written for programs: JSON, addresses with a query, and names with their values as `toString()` prints them
 * (`User(phone=…, name=…)`, `Info{imei='…'}`, `Device [mac=…]`, `{ uid = 1; }`, `phone=… imei=…`). Logs, crash reports and feedback hold them by the line.
 *
 * Each character is looked at a bounded number of times: what a bracket that never closes costs comes out of one budget (`SCANS`). Longer than
 * other files: all ways of writing share that budget and the place in the text, and would hand both to one another.
 */
export interface RecordPair {
  /** Names on the way, outermost first. */
  readonly names: readonly string[];
  readonly value: string;
  /** Where the value stands. */
  readonly start: number;
  /** Number of the record it stands in, counted from 0. */
  readonly record: number;
}

export interface ReadRecord {
  /** Name of what was printed, without its package: `User`; '' where none stands there. */
  readonly type: string;
  readonly pairs: readonly RecordPair[];
  readonly end: number;
}

/** A part of a text that was cut out, or none; `end`: where to go on. */
interface Part {
  readonly token: Token | null;
  readonly end: number;
}

/** So many times the length of a text may be read in vain. */
const SCANS = 4;
/** A character of an object in the source of a program costs as much as so many others: each sign of it is looked for by an expression. */
const LITERAL_COST = 4;
/** Records within records; objects of an app print three or four. What is deeper stays a value. */
const DEEPEST = 8;
/** Pairs of one record: more are a table, and told by its own decoders. */
const MOST_PAIRS = 1_000;
/** Pairs of which no value is as long say nothing in a sentence: `a=1`, `x = 12`. */
const SHORTEST_VALUE = 4;
/** What is longer before a sign is an encoded value. */
const LONGEST_NAME = 40;

const NAME = /[A-Za-z_$\u4e00-\u9fff][\w$.\-\u4e00-\u9fff]{0,39}(?![\w$\u4e00-\u9fff])/y;
/** Behind a name: `=` that is no comparison, or a colon with a blank or a quote behind it, as in Swift. */
const SIGN = /[ \t]?=(?![=>~])[ \t]?|[ \t]?:(?=[ \t"'])[ \t]?/y;
/** The same in running text, where a colon is a sign of the sentence, and one with a blank behind it alone the padding of base64. */
const EQUALS = /=(?![=>~\s])|[ \t]=(?![=>~])[ \t]/y;
/** The same with a colon, of which a sentence has its own. */
const COLON = /:(?!\/\/) ?(?=[^\s,;|&，；。()[\]{}<>])/y;
/** A value behind a colon that no sentence goes on with: with a digit in it, longer than a word and no encoded one, and no name before another colon (`Net: imei:…`). */
const TELLING = /^(?=.{0,63}?\d)(?![A-Za-z_]{3}\w{0,37}:)[^/]{6,64}$/;
/** Of letters: `A4:5E` is an address of the hardware. */
const LABEL = /^[A-Za-z_].{0,39}?[A-Za-z_]{2}/;
/** A name with a colon and a value, of which the first look is made. */
const LABELLED = /[A-Za-z_]\w?: ?["']?[^\s,;|&()[\]{}<>]{6}|[({[]\w{1,40}: ["']/;
/** Between two pairs of running text. */
const BETWEEN = /[ \t]*(?:[,;|&，；]|\r?\n)?[ \t]*/y;
const BLANK = /\s*/y;
/** What ends a value without quotes in running text. */
const UNBARE = /[\s,;|&，；。()[\]{}<>"'`]/g;
/** `ctx.user_id(`, `deviceName[`: what a program asks for, in place of a value. */
const ASKED = /^[A-Za-z_$][\w$]*(?:[._]|[a-z](?=[A-Z]))[\w$.]*$/;
/** `xmlns:ram="…"`: what a document calls its vocabularies (Namespaces in XML 1.0, section 3). */
const NAMESPACE = 'xmlns:';
const SIGNS = /[={([]|:(?:\/\/| ?["']?(?=[^\s,;|&()[\]{}<>]{6}))/g;
/** JSON in a sentence begins with its first name. */
const DOCUMENT = /\{\s{0,64}["']/;
const SCHEME = '://';
/** What a log writes before an address that was asked for. A link that somebody shares in a chat tells of other people and places. */
const SENT =
  /(?:\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT)|--+>|<--+|\b(?:ur[il]|href|request|requesting|load|loading|fetch|fetching|visit|referer|referrer)\b)[\s:=>("'[]{0,4}$/i;
const CLOSING = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

/** Where a value without quotes ends. Looked for by its end: V8 keeps a place for each character that a class with `+` takes, and has none for millions. */
function bareEnd(text: string, start: number): number {
  UNBARE.lastIndex = start;
  return UNBARE.exec(text)?.index ?? text.length;
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function isWordCode(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) || code === 0x5f || code === 0x24;
}

/** Where a name ends that is followed by a sign; null: there is none. */
function pairAt(text: string, at: number, sign: RegExp): { readonly name: string; readonly value: number } | null {
  const name = matchAt(NAME, text, at);
  if (name === null) return null;
  const between = matchAt(sign, text, at + name.length);
  return between === null ? null : { name, value: at + name.length + between.length };
}

/** The bracket of a record that begins here, behind the name of its type; -1: none does. */
function bracketAt(text: string, at: number): number {
  const type = matchAt(NAME, text, at)?.length ?? 0;
  const bracket = type > 0 && text[at + type] === ' ' ? at + type + 1 : at + type;
  return CLOSING.has(text[bracket] ?? '') && pairAt(text, pastBlank(text, bracket + 1), SIGN) !== null ? bracket : -1;
}

function pastBlank(text: string, at: number): number {
  return at + (matchAt(BLANK, text, at)?.length ?? 0);
}

/** Whether a JSON document begins here: an object with its first name, or a list of such. */
function isDocumentAt(text: string, at: number): boolean {
  const inner = text[at] === '[' ? pastBlank(text, at + 1) : at;
  return text[inner] === '{' && /["']/.test(text[pastBlank(text, inner + 1)] ?? '');
}

/** Behind the bracket that closes the one here, quotes considered; a line that breaks off within quotes ends the document with it. */
function documentEnd(text: string, start: number): number {
  let depth = 0;
  let quote = '';
  for (let at = start; at < text.length; at++) {
    const character = text[at]!;
    if (quote !== '') {
      if (character === '\\') at++;
      else if (character === quote) quote = '';
      else if (character === '\n') return at;
    } else if (character === '"' || (character === "'" && /[{[,:\s]/.test(text[at - 1] ?? ''))) quote = character;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return at + 1;
  }
  return text.length;
}

/** Reads records, and counts what was read in vain. */
class RecordReader {
  readonly pairs: RecordPair[] = [];
  readonly #text: string;
  #records = 0;
  /** Characters looked at. */
  cost = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The pairs between the bracket here and the one that closes it. @returns behind that, or -1. */
  bracketed(bracket: number, names: readonly string[], depth: number): number {
    const text = this.#text;
    const close = CLOSING.get(text[bracket]!)!;
    const record = this.#records++;
    let at = pastBlank(text, bracket + 1);
    for (;;) {
      this.cost += LONGEST_NAME;
      if (text[at] === close) return at + 1;
      const pair = pairAt(text, at, SIGN);
      if (pair === null || this.pairs.length >= MOST_PAIRS || depth >= DEEPEST) return -1;
      at = this.#value(pair.value, [...names, pair.name], close, record, depth);
      if (at < 0) return -1;
      at = pastBlank(text, at);
      if (text[at] === ',' || text[at] === ';') at = pastBlank(text, at + 1);
      else if (text[at] !== close) return -1;
    }
  }

  /** Pairs one after another in running text. @returns behind the last. */
  run(start: number, sign: RegExp): number {
    const text = this.#text;
    const record = this.#records++;
    let end = -1;
    let pair = pairAt(text, start, sign);
    while (pair !== null && this.pairs.length < MOST_PAIRS) {
      const next = this.#inRun(pair.value, [pair.name], record);
      if (next < 0) break;
      this.cost += next - pair.value;
      end = next;
      pair = pairAt(text, end + (matchAt(BETWEEN, text, end)?.length ?? 0), sign);
    }
    return end;
  }

  #inRun(start: number, names: readonly string[], record: number): number {
    const text = this.#text;
    const structured = this.#structured(start, names, record, 0);
    if (structured !== null) return structured;
    const quoted = this.#quoted(start, names, record);
    if (quoted >= 0) return quoted;
    const value = text.slice(start, bareEnd(text, start));
    const next = text[start + value.length];
    if ((next === '(' || next === '[') && ASKED.test(value)) return -1;
    this.pairs.push({ names, value, start, record });
    return start + value.length;
  }

  /** A record or a document as a value; null: it is neither. */
  #structured(start: number, names: readonly string[], record: number, depth: number): number | null {
    const text = this.#text;
    const bracket = bracketAt(text, start);
    if (bracket >= 0) {
      const before = this.pairs.length;
      const end = this.bracketed(bracket, names, depth + 1);
      if (end >= 0) return end;
      this.pairs.length = before;
    }
    if (!isDocumentAt(text, start)) return null;
    const end = documentEnd(text, start);
    this.cost += end - start;
    this.pairs.push({ names, value: text.slice(start, end), start, record });
    return end;
  }

  /** @returns -1: it stands in no quotes. */
  #quoted(start: number, names: readonly string[], record: number): number {
    const text = this.#text;
    const quote = text[start];
    if (quote !== '"' && quote !== "'") return -1;
    let end = start + 1;
    while (end < text.length && text[end] !== quote && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
    this.cost += end - start;
    if (text[end] !== quote) return -1;
    this.pairs.push({ names, value: text.slice(start + 1, end), start: start + 1, record });
    return end + 1;
  }

  /** A value within brackets: up to the sign behind which the next name stands, or to the bracket that closes. */
  #value(start: number, names: readonly string[], close: string, record: number, depth: number): number {
    const text = this.#text;
    const structured = this.#structured(start, names, record, depth);
    if (structured !== null) return structured;
    const quoted = this.#quoted(start, names, record);
    if (quoted >= 0 && /[\s,;)\]}]/.test(text[quoted] ?? '')) return quoted;
    if (quoted >= 0) this.pairs.pop();
    const open: string[] = [];
    let at = start;
    for (; at < text.length; at++) {
      const character = text[at]!;
      const closing = CLOSING.get(character);
      if (closing !== undefined) open.push(closing);
      else if (open.length > 0) {
        if (character === open.at(-1)) open.pop();
      } else if (character === close) break;
      else if (character === '\n') {
        if (text[pastBlank(text, at)] !== close) return -1;
        break;
      } else if (character === ',' || character === ';') {
        const next = pastBlank(text, at + 1);
        if (text[next] === close || pairAt(text, next, SIGN) !== null) break;
      }
    }
    this.cost += at - start;
    if (at >= text.length) return -1;
    const value = text.slice(start, at).trimEnd();
    this.pairs.push({ names, value, start, record });
    return at;
  }
}

/**
 * Reads the record, or the pairs, that begin here.
 * @returns null where there are none, or a bracket does not close; `cost`: how many characters were looked at.
 */
function readAt(text: string, at: number): { readonly read: ReadRecord | null; readonly cost: number } {
  const reader = new RecordReader(text);
  const bracket = bracketAt(text, at);
  const end = bracket >= 0 ? reader.bracketed(bracket, [], 0) : reader.run(at, pairAt(text, at, EQUALS) === null ? COLON : EQUALS);
  const { pairs, cost } = reader;
  const type = bracket < 0 ? '' : text.slice(at, bracket).trim();
  return { read: end < 0 || pairs.length === 0 ? null : { type: type.slice(type.lastIndexOf('.') + 1), pairs, end }, cost };
}

/** The record or the pairs that are all of a text. @returns null where it is something else, or more. */
export function readRecord(text: string): ReadRecord | null {
  const { read } = readAt(text, 0);
  return read !== null && read.end === text.length ? read : null;
}

/** Whether a value says something by itself. */
export function isTelling(value: string): boolean {
  return TELLING.test(value);
}

/** Whether a text is one record with the name of its type: `User(phone=…, name=…)`. */
export function isTyped(text: string): boolean {
  return (matchAt(NAME, text, 0)?.length ?? 0) > 0 && bracketAt(text, 0) > 0;
}

/** The word that ends before a sign, not before `from`; the sign's own place where there is none. */
function wordBefore(text: string, sign: number, from: number): number {
  let end = sign;
  if (text[end - 1] === ' ' && end - 1 > from) end--;
  let start = end;
  while (start > from && end - start < LONGEST_NAME && isNameCode(text.charCodeAt(start - 1))) start--;
  while (start < end && /[.-]/.test(text[start]!)) start++;
  const isWhole = start === 0 || start === from || !isWordCode(text.charCodeAt(start - 1));
  return start < end && isWhole && matchAt(NAME, text, start) !== null ? start : sign;
}

function isNameCode(code: number): boolean {
  return isWordCode(code) || code === 0x2e || code === 0x2d || (code >= 0x4e00 && code <= 0x9fff);
}

/** The address around its `://`, with its end; null: it has no query that says anything. */
function addressAt(text: string, sign: number, from: number): Part {
  let start = sign;
  while (start > from && isWordCode(text.charCodeAt(start - 1))) start--;
  let end = sign + SCHEME.length;
  while (end < text.length && !/[\s<>"'`，。；（）()[\]{}|\\^]/.test(text[end]!)) end++;
  while (end > sign + SCHEME.length && /[.,;:!]/.test(text[end - 1]!)) end--;
  const address = text.slice(start, end);
  const question = address.indexOf('?');
  const equals = question < 0 ? -1 : address.indexOf('=', question);
  const hasValue = equals > 0 && (/^[^&]{4}/.test(address.slice(equals + 1)) || address.includes('=', equals + 1));
  const isSent = SENT.test(text.slice(Math.max(0, start - LONGEST_NAME), start));
  return { token: start < sign && hasValue && isSent ? { text: address, start } : null, end };
}

/** Whether a text holds what JSON begins with: its brace and the first name. */
export function holdsDocument(text: string): boolean {
  return DOCUMENT.test(text);
}

/** Whether there may be a document or an address with a query. */
function mayHoldDocuments(text: string): boolean {
  return holdsDocument(text) || (text.includes(SCHEME) && text.includes('?'));
}

/** Whether there may be names with values. */
function mayHoldPairs(text: string): boolean {
  return text.includes('=') || LABELLED.test(text);
}

/** A first look that costs next to nothing: false where `recordsIn` finds none. */
export function mayHoldRecords(text: string): boolean {
  return mayHoldPairs(text) || mayHoldDocuments(text);
}

/** What was found in a text. */
export interface FoundRecords {
  readonly tokens: readonly Token[];
  /** There were others, or so much was read in vain that the rest was left. */
  readonly more: boolean;
  /** Names with values stand between markup or source, where they may be no data, and were left there. */
  readonly passed: boolean;
}

/**
 * Documents, addresses and records of a text, in order; none lies in another. In a text that holds markup or the source of a program, records are those of lines that a logger wrote.
 * @param withPairs false: only documents and addresses.
 * @returns at most `most` of them.
 */
export function recordsIn(text: string, most: number, withPairs = true): FoundRecords {
  const tokens: Token[] = [];
  const isRead = withPairs && mayHoldPairs(text);
  if (!isRead && !mayHoldDocuments(text)) return { tokens, more: false, passed: false };
  const source = isRead && holdsSource(text) ? new SourceText(text) : null;
  let passed = false;
  /** Where no object was found. */
  let noLiteral = -1;
  let left = SCANS * text.length + 1_000;
  let from = 0;
  SIGNS.lastIndex = 0;
  for (let match = SIGNS.exec(text); match !== null; match = SIGNS.exec(text)) {
    const at = match.index;
    const { token, end } =
      match[0] === SCHEME ? addressAt(text, at, from) : isDocumentAt(text, at) ? documentAt(text, at) : (literalAt(at) ?? recordAt(at));
    if (left < 0) return { tokens, more: true, passed };
    SIGNS.lastIndex = end;
    if (token === null) continue;
    from = end;
    if (token.text.length === text.length) continue;
    if (tokens.length >= most) return { tokens, more: true, passed };
    tokens.push(token);
  }
  return { tokens, more: false, passed };

  /** An object that stands whole between the source around it, with names in quotes or without; null: none does. */
  function literalAt(at: number): Part | null {
    if (text[at] !== '{' || source === null || source.loggedUntil(at) >= 0 || at === noLiteral) return null;
    const { end, cost } = objectLiteralAt(text, at);
    if (end >= 0) return { token: { text: text.slice(at, end), start: at }, end };
    noLiteral = at;
    left -= LITERAL_COST * cost;
    return null;
  }

  function recordAt(sign: number): Part {
    const none = { token: null, end: sign + 1 };
    const until = source === null ? text.length : source.loggedUntil(sign);
    if (!isRead || (until < 0 && passed)) return none;
    const start = wordBefore(text, sign, from);
    if (!isBegun(start, sign)) return none;
    const isPassed = until < 0;
    if (isPassed && source?.isInTag(sign) === true) return none;
    // What is assigned is read by itself.
    if (isPassed && text[sign] === '=') {
      const value = pastBlank(text, sign + 1);
      if (text[value] === '{' && literalAt(value) !== null) return none;
    }
    // What a line of a log ends with must not go on in the source behind it.
    const scope = source === null ? text : text.slice(0, isPassed ? text.length : until);
    const { read, cost } = readAt(scope, start);
    if (read === null) {
      left -= cost;
      return none;
    }
    const isTold = text[sign] === ':' ? isTelling(read.pairs[0]!.value) : read.pairs.some(({ value }) => value.length >= SHORTEST_VALUE);
    if (!isTold) return { token: null, end: text[sign] === ':' ? sign + 1 : read.end };
    if (isPassed) {
      passed = true;
      return none;
    }
    return { token: { text: text.slice(start, read.end), start, isRecord: true }, end: read.end };
  }

  /** Whether a record or a pair begins here, of which this is the first sign. */
  function isBegun(start: number, sign: number): boolean {
    if (text[sign] === '=')
      return start < sign && !/[!<>=%]/.test(text[start - 1] ?? '') && !text.startsWith(NAMESPACE, start - NAMESPACE.length);
    if (text[sign] === ':') return LABEL.test(text.slice(start, sign)) && text[sign - 1] !== ' ';
    return bracketAt(text, start) === sign;
  }
}

function documentAt(text: string, at: number): Part {
  const end = documentEnd(text, at);
  return { token: { text: text.slice(at, end), start: at }, end };
}
