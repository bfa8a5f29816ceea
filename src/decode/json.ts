import { limits } from '../limits.js';
import type { Field, Part } from '../model/field.js';
import { Around } from './around.js';
import type { Source } from './decoder.js';
import type { Idle, IdleKind } from './idle.js';
import { unescapeJson } from './json-escape.js';
import { kindOf } from './json-word.js';
import { type Names, namesBelow } from './names.js';
import type { Triage } from './triage.js';
import type { Work } from './work.js';

/**
 * JSON by a tokenizer of our own. `JSON.parse` turns the 20 digits of an ICCID into ...900000 and drops them before anyone can
 * look (and Node 20's reviver has no source text); it also stops at the first deviation, where traffic is full of them.
 * Tolerated: comments, trailing commas, single quotes, bare keys, NaN/undefined, raw controls in strings (JSON5, Python and
 * JavaScript senders); `=` and `=>` for the colon, and a comma in its place where a name and a text stand as a pair among others. Recursion ends at `limits.jsonDepth`; what lies deeper is passed over by counting brackets.
 */
export interface JsonRead {
  readonly fields: Field[];
  /** Start and end of each field in the text (UTF-16 offsets). */
  readonly spans: number[];
  /** Leaves of which no field was made. */
  readonly idle: Idle | null;
  /** Where reading ended, white space after the value included. */
  readonly end: number;
  /** False: the text broke off or broke down at `end`. */
  readonly complete: boolean;
}

export interface JsonPlace {
  readonly root: string;
  readonly part: Part;
  readonly steps: readonly string[];
  readonly names: Names;
  readonly work: Work;
  /** Tells what is not wanted, and takes it in. */
  readonly sorting?: Sorting | null;
}

/** Who tells leaves that nobody wants from the others, and where they go. */
export interface Sorting {
  readonly triage: Triage;
  readonly idle: Idle;
}

/** Whether a text begins as an object with its first name in double quotes does, as no prose and no other notation. */
export function beginsObject(text: string): boolean {
  return /^\s*\{\s*"[^"\\]{1,128}"\s*:/.test(text);
}

/** Place of a document whose root has this path. Documents of one queue share their `names`. */
export function placeOf(source: Source, root: string, names: Names = namesBelow(source.keys)): JsonPlace {
  return { root, part: source.part, steps: source.steps, names, work: source.work };
}

/** Bit 1: ends a bare word or number. */
const DELIMITER = new Uint8Array(128);
for (const char of ',:]}[{"\'/ \t\r\n\0;()') DELIMITER[char.charCodeAt(0)] = 1;

const TEXT: IdleKind = 0;
const NUMBER_KIND: IdleKind = 1;
const BOOLEAN: IdleKind = 2;
const NULL: IdleKind = 3;

/** Of shorter keys the characters are compared one by one, which is faster. */
const SHORT_KEY = 12;

/** In place of a position: the value is the document. */
const WHOLE = -2;

function pathOf(around: Around, index: number, names: Names): string {
  return index === WHOLE ? around.path : around.pathOf(index, names);
}

let documents = 0;

class Broken extends Error {}

/** Thrown for every text that only looks like JSON, and nobody reads where: one for all spares the trace of the stack. */
const BROKEN = new Broken();

class JsonReader {
  readonly fields: Field[] = [];
  readonly spans: number[] = [];
  at: number;
  readonly #text: string;
  readonly #work: Work;
  /** What the message has left, and what this document has taken of it. */
  readonly #most: number;
  #taken = 0;
  /** Names outlive the document, and must not hold it. */
  readonly #number = ++documents;
  readonly #part: Part;
  readonly #steps: readonly string[];
  readonly #triage: Triage | null;
  readonly #idle: Idle | null;
  #depth = 0;
  /** Arrays that lie around. */
  #arrays = 0;
  #full = false;

  constructor(text: string, at: number, place: JsonPlace) {
    this.#text = text;
    this.at = at;
    this.#work = place.work;
    this.#part = place.part;
    this.#steps = place.sorting?.idle.steps ?? place.steps;
    this.#most = place.work.fieldsLeft;
    this.#triage = place.sorting?.triage ?? null;
    this.#idle = place.sorting?.idle ?? null;
  }

  /** White space, comments, and the NULs and semicolons that some senders append. */
  skip(): number {
    const text = this.#text;
    // Asking for a character beyond the end is what makes asking slow, from then on.
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (code > 0x2f && code < 0xfeff) return code;
      if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0xfeff || code === 0 || code === 0x1e) this.at++;
      else if (code === 0x2f) this.#comment();
      else return code;
    }
    return Number.NaN;
  }

  /** The same, at once where nothing is to be passed over. */
  #next(): number {
    const { at } = this;
    if (at < this.#text.length) {
      const code = this.#text.charCodeAt(at);
      if (code === 0x22 || code === 0x2c || (code > 0x2f && code < 0xfeff)) return code;
    }
    return this.skip();
  }

  #comment(): void {
    const next = this.#text.charCodeAt(this.at + 1);
    if (next !== 0x2f && next !== 0x2a) throw BROKEN;
    const end = next === 0x2f ? this.#text.indexOf('\n', this.at) : this.#text.indexOf('*/', this.at + 2);
    if (end < 0) {
      if (next === 0x2a) throw BROKEN;
      this.at = this.#text.length;
    } else this.at = next === 0x2f ? end : end + 2;
  }

  /** The document itself, in which its value stands. */
  document(root: string, names: Names): void {
    this.#value(new Around(null, root, names, -1, this.#work.group()), WHOLE, names);
  }

  /** @param index position in the array around, -1 for a member, `WHOLE` for the value of the document. */
  #value(around: Around, index: number, names: Names): void {
    const code = this.#next();
    if (code === 0x22 || code === 0x27) {
      if (code === 0x22 && this.#triage !== null && this.#passText(this.#triage, around, index, names)) return;
      const start = this.at + 1;
      const value = this.#string(code);
      this.#leaf(around, index, names, value, 'string', start, this.at - 1);
    } else if (code === 0x7b || code === 0x5b) {
      if (this.#depth >= limits.jsonDepth) {
        this.#work.hit(pathOf(around, index, names), 'jsonDepth');
        this.#pass();
        return;
      }
      this.#depth++;
      const group = code === 0x7b ? this.#work.group() : around.group;
      const inner = index === WHOLE ? new Around(null, around.path, names, -1, group) : new Around(around, null, names, index, group);
      if (code === 0x7b) this.#object(inner, names);
      else this.#array(inner, names);
      this.#depth--;
    } else if (this.#triage === null || !this.#passNumber(this.#triage, code, around, index, names)) {
      this.#word(around, index, names);
    }
  }

  #passText(triage: Triage, around: Around, index: number, names: Names): boolean {
    const wanted = names.triage === triage ? names.wanted : triage.under(names);
    if (wanted === 'each' || this.#arrays > limits.listDepth) return false;
    const start = this.at + 1;
    const end = triage.idleText(this.#text, start, names, wanted);
    if (end < 0) return false;
    this.at = end + 1;
    this.#rest(around, index, names, TEXT, start, end);
    return true;
  }

  #passNumber(triage: Triage, code: number, around: Around, index: number, names: Names): boolean {
    if ((code < 0x30 || code > 0x39) && code !== 0x2d) return false;
    const wanted = names.triage === triage ? names.wanted : triage.under(names);
    if (wanted === 'each' || this.#arrays > limits.listDepth) return false;
    const start = this.at;
    const end = triage.idleNumber(this.#text, start, names, wanted);
    if (end < 0) return false;
    this.at = end;
    this.#rest(around, index, names, NUMBER_KIND, start, end);
    return true;
  }

  #object(around: Around, names: Names): void {
    let before: Names | null = null;
    let isAmongPairs = false;
    this.at++;
    for (;;) {
      let code = this.#next();
      while (code === 0x2c) {
        this.at++;
        code = this.#next();
      }
      if (code === 0x7d) {
        this.at++;
        return;
      }
      let inner: Names | null = before === null ? names.first : before.next;
      if (code === 0x22 && inner !== null && inner.raw !== '' && this.#isKey(inner.raw)) this.at += inner.raw.length + 2;
      else {
        inner = names.under(this.#key(code));
        if (before === null) names.first = inner;
        else before.next = inner;
      }
      before = inner;
      if (inner.isQuoted && this.#idle !== null) this.#idle.isDeep = true;
      if (this.at < this.#text.length && this.#text.charCodeAt(this.at) === 0x3a) this.at++;
      else this.#colon(code === 0x22, isAmongPairs);
      isAmongPairs = true;
      this.#value(around, -1, inner);
      code = this.#next();
      if (code === 0x2c) this.at++;
      else if (code !== 0x7d) throw BROKEN;
      if (this.#full) return;
    }
  }

  /** What parts a name from its value. @param isQuoted whether the name is; @param isAmongPairs whether the object has a member already. */
  #colon(isQuoted: boolean, isAmongPairs: boolean): void {
    const code = this.skip();
    if (code !== 0x3a && !(isQuoted && (code === 0x3d || (code === 0x2c && isAmongPairs && this.#isTextOfPair())))) throw BROKEN;
    this.at++;
    if (code === 0x3d && this.#text.charCodeAt(this.at) === 0x3e) this.at++;
  }

  /** Whether the comma here is followed by a text after which the object goes on or ends: `"a":"1","b","2"`. A name would have a colon there. */
  #isTextOfPair(): boolean {
    const start = this.at++;
    let isText = false;
    if (this.skip() === 0x22) {
      this.#string(0x22);
      const code = this.skip();
      isText = code === 0x2c || code === 0x7d;
    }
    this.at = start;
    return isText;
  }

  /** Whether the quoted key that begins here is this one; spares cutting it out to look it up. */
  #isKey(raw: string): boolean {
    const start = this.at + 1;
    const text = this.#text;
    const end = start + raw.length;
    if (end >= text.length || text.charCodeAt(end) !== 0x22) return false;
    if (raw.length > SHORT_KEY) return text.startsWith(raw, start);
    for (let index = 0; index < raw.length; index++) if (text.charCodeAt(start + index) !== raw.charCodeAt(index)) return false;
    return true;
  }

  #key(code: number): string {
    if (code === 0x22 || code === 0x27) return this.#string(code);
    const text = this.#text;
    const start = this.at;
    for (let c = code; c >= 128 || DELIMITER[c] === 0; c = text.charCodeAt(this.at)) this.at++;
    if (start === this.at || this.at >= text.length) throw BROKEN;
    return text.slice(start, this.at);
  }

  #array(around: Around, names: Names): void {
    this.at++;
    if (++this.#arrays > limits.listDepth && this.#idle !== null) this.#idle.isDeep = true;
    for (let index = 0; ; index++) {
      let code = this.#next();
      if (code === 0x5d) {
        this.at++;
        this.#arrays--;
        return;
      }
      this.#value(around, index, names);
      code = this.#next();
      if (code === 0x2c) this.at++;
      else if (code !== 0x5d) throw BROKEN;
      if (this.#full) return;
    }
  }

  #string(quote: number): string {
    const text = this.#text;
    const { length } = text;
    const start = ++this.at;
    let i = start;
    let escaped = false;
    for (; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code === quote) break;
      if (code === 0x5c) {
        escaped = true;
        i++;
      }
    }
    if (i >= length) throw BROKEN;
    this.at = i + 1;
    const raw = text.slice(start, i);
    return escaped ? unescapeJson(raw) : raw;
  }

  #word(around: Around, index: number, names: Names): void {
    const text = this.#text;
    const start = this.at;
    let end = start;
    for (let code = text.charCodeAt(start); code < 128 && DELIMITER[code] === 0; code = text.charCodeAt(end)) end++;
    this.at = end;
    const word = text.slice(start, end);
    const kind = kindOf(word);
    if (kind === null) {
      this.at = start;
      throw BROKEN;
    }
    if (kind !== 'number' && this.#triage !== null && this.#arrays <= limits.listDepth) {
      const wanted = this.#triage.under(names);
      if (wanted !== 'each' && !this.#triage.wantsSwitch(word, kind, names, wanted)) {
        this.#rest(around, index, names, kind === 'boolean' ? BOOLEAN : NULL, start, end);
        return;
      }
    }
    this.#leaf(around, index, names, word, kind, start, end);
  }

  #leaf(around: Around, index: number, names: Names, value: string, kind: Field['kind'], start: number, end: number): void {
    const path = pathOf(around, index, names);
    if (!this.#mayTake(1, names, path)) return;
    this.fields.push({ path, part: this.#part, keys: names.keys, value, kind, steps: this.#steps, group: around.group });
    this.spans.push(start, end);
    this.#idle?.mark();
  }

  /** Leaves a leaf where it stands. */
  #rest(around: Around, index: number, names: Names, kind: IdleKind, start: number, end: number): void {
    if (this.#idle === null) return;
    // The path is asked for by the first of its name only.
    const isMet = !this.#full && this.#taken < this.#most && names.document === this.#number;
    if (isMet || this.#mayTake(0, names, around.path)) this.#full = !this.#idle.add(around, index, names, kind, start, end);
  }

  /** @param count what the leaf counts for where its name has been met. False: the message has as many as it may. */
  #mayTake(count: number, names: Names, path: string): boolean {
    if (this.#full) return false;
    if (this.#taken >= this.#most) {
      this.#full = true;
      this.#work.hit(path, 'decodeFields');
      return false;
    }
    if (names.document === this.#number) this.#taken += count;
    else {
      names.document = this.#number;
      this.#taken += limits.decodeNewName;
      if (count === 0 && this.#idle !== null) this.#idle.named++;
    }
    return true;
  }

  /** Leaves a nested value unread, by brackets and quotes. */
  #pass(): void {
    const text = this.#text;
    let open = 0;
    for (; this.at < text.length; this.at++) {
      const code = text.charCodeAt(this.at);
      if (code === 0x22) {
        this.#string(code);
        this.at--;
      } else if (code === 0x7b || code === 0x5b) open++;
      else if ((code === 0x7d || code === 0x5d) && --open === 0) {
        this.at++;
        return;
      }
    }
    throw BROKEN;
  }

  get full(): boolean {
    return this.#full;
  }
}

/**
 * Reads one JSON value.
 * @param at UTF-16 offset where it begins.
 * @returns null where there is none; `complete: false` with the fields so far where it breaks down.
 */
export function readJson(text: string, at: number, place: JsonPlace): JsonRead | null {
  const reader = new JsonReader(text, at, place);
  const idle = place.sorting?.idle ?? null;
  try {
    const code = reader.skip();
    if (code !== 0x7b && code !== 0x5b && code !== 0x22) return null;
    reader.document(place.root, place.names);
    if (!reader.full) {
      while (reader.skip() === 0x3b) reader.at++;
    }
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { fields: reader.fields, spans: reader.spans, idle, end: reader.at, complete: false };
  } finally {
    idle?.close();
  }
  return { fields: reader.fields, spans: reader.spans, idle, end: reader.full ? text.length : reader.at, complete: true };
}
