import { limits } from '../../limits.js';

/** `/Name`; `#20` is undone. */
export class PdfName {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** `12 0 R`. */
export class PdfRef {
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }
}

/** Anything that is neither of these: an operator of a page, `obj`, `stream`. */
export class PdfWord {
  readonly word: string;

  constructor(word: string) {
    this.word = word;
  }
}

export type PdfDictionary = ReadonlyMap<string, PdfValue>;
/** Strings are bytes: what they mean depends on who reads them. */
export type PdfValue = null | boolean | number | Buffer | PdfName | PdfRef | readonly PdfValue[] | PdfDictionary;

/** White space and delimiters (ISO 32000-1, tables 1 and 2). */
const WHITE = 1;
const DELIMITER = 2;
const KINDS = new Uint8Array(256);
for (const code of [0, 9, 10, 12, 13, 32]) KINDS[code] = WHITE;
for (const char of '()<>[]{}/%') KINDS[char.charCodeAt(0)] = DELIMITER;

const ESCAPES: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, b: 8, f: 12 };
/** So many times its length may a reader read in vain; broken files have one text or two that nobody closed. */
const MOST_VAIN = 4;
/** Words that end a broken object: the next one begins behind them. */
const ENDS = new Set(['endobj', 'obj', 'stream', 'endstream']);

/** Digits of a number that may be that of an object, of which a file has at most 8,388,607 (annex C), and blanks between the parts of a reference. */
const MOST_DIGITS = 10;
const MOST_BLANKS = 8;

function isDigit(byte: number | undefined): byte is number {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** Whether an object is a dictionary. */
export function isDictionary(value: PdfValue | PdfWord | undefined): value is PdfDictionary {
  return value instanceof Map;
}

/** Text of a name; '' where the value is none. */
export function nameOf(value: PdfValue | undefined): string {
  return value instanceof PdfName ? value.name : '';
}

/**
 * Reads objects of a PDF one behind the other (ISO 32000-1, section 7.3). What is broken reads as null, and reading goes on behind it; arrays and dictionaries
 * in one another end at `limits.structDepth`.
 */
export class PdfReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  at: number;
  /** Bytes read for texts that were never closed, each of which is read again. */
  vain = 0;

  constructor(bytes: Buffer, at = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.at = at;
    this.#end = Math.min(end, bytes.length);
  }

  /** The next object, or the next word; undefined at the end. */
  next(depth = 0): PdfValue | PdfWord | undefined {
    this.#skip();
    if (this.at >= this.#end) return undefined;
    const byte = this.#bytes[this.at]!;
    if (byte === 0x2f) return this.#name();
    if (byte === 0x28) return this.#literal();
    if (byte === 0x5b) return this.#array(depth);
    if (byte === 0x3c) return this.#bytes[this.at + 1] === 0x3c ? this.#dictionary(depth) : this.#hex();
    if (KINDS[byte] === DELIMITER) {
      const isPair = byte === 0x3e && this.#bytes[this.at + 1] === 0x3e;
      this.at += isPair ? 2 : 1;
      return new PdfWord(isPair ? '>>' : String.fromCharCode(byte));
    }
    return this.#plain();
  }

  /** White space and comments. */
  #skip(): void {
    for (; this.at < this.#end; this.at++) {
      const byte = this.#bytes[this.at]!;
      if (byte === 0x25) {
        while (this.at < this.#end && this.#bytes[this.at] !== 10 && this.#bytes[this.at] !== 13) this.at++;
      } else if (KINDS[byte] !== WHITE) return;
    }
  }

  /** The characters up to the next white space or delimiter. */
  #regular(): string {
    const from = this.at;
    while (this.at < this.#end && KINDS[this.#bytes[this.at]!] === 0) this.at++;
    return this.#bytes.toString('latin1', from, this.at);
  }

  #plain(): PdfValue | PdfWord {
    const whole = this.#whole();
    if (whole !== null) return this.#reference(whole) ?? whole;
    const text = this.#regular();
    const first = text.charCodeAt(0);
    if (isDigit(first) || first === 0x2d || first === 0x2b || first === 0x2e) {
      // Some programs write `--5` and `1.2.3`.
      const number = Number.parseFloat(text.replace(/^[-+]+(?=[-+])/, ''));
      return Number.isFinite(number) ? number : 0;
    }
    if (text === 'true' || text === 'false') return text === 'true';
    return text === 'null' ? null : new PdfWord(text);
  }

  /** A number of digits alone, read without a text of it: tables and pages are made of them. null: something else stands here. */
  #whole(): number | null {
    let number = 0;
    let at = this.at;
    for (; at < this.#end && isDigit(this.#bytes[at]); at++) number = number * 10 + this.#bytes[at]! - 0x30;
    if (at === this.at || at - this.at > MOST_DIGITS || !this.#isBreak(at)) return null;
    this.at = at;
    return number;
  }

  /** Whether no word goes on here. */
  #isBreak(at: number): boolean {
    return at >= this.#end || KINDS[this.#bytes[at]!] !== 0;
  }

  /** The rest of `12 0 R`, where that is what stands here. */
  #reference(number: number): PdfRef | null {
    const second = this.#pastBlanks(this.at);
    let at = second;
    while (at < this.#end && at - second < 5 && isDigit(this.#bytes[at])) at++;
    if (second === this.at || at === second) return null;
    const word = this.#pastBlanks(at);
    if (word === at || this.#bytes[word] !== 0x52 || word >= this.#end || !this.#isBreak(word + 1)) return null;
    this.at = word + 1;
    return new PdfRef(number);
  }

  #pastBlanks(from: number): number {
    let at = from;
    while (at < this.#end && at - from < MOST_BLANKS && KINDS[this.#bytes[at]!] === WHITE) at++;
    return at;
  }

  #name(): PdfName {
    this.at++;
    const text = this.#regular().slice(0, limits.decodeKey);
    if (!text.includes('#')) return new PdfName(text);
    const bytes = text.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return new PdfName(Buffer.from(bytes, 'latin1').toString('utf8'));
  }

  /** Whether texts were left unread, as too many before them were never closed. */
  get isSpent(): boolean {
    return this.vain > MOST_VAIN * this.#end;
  }

  /** `(text)`: brackets may stand in one another, a backslash takes what follows it. */
  #literal(): Buffer {
    const from = ++this.at;
    if (this.isSpent) return Buffer.alloc(0);
    const bytes: number[] = [];
    for (let open = 1; this.at < this.#end; this.at++) {
      const byte = this.#bytes[this.at]!;
      if (byte === 0x28) open++;
      else if (byte === 0x29 && --open === 0) {
        this.at++;
        return Buffer.from(bytes);
      }
      if (byte === 0x5c) this.#escape(bytes);
      else bytes.push(byte);
    }
    // Never closed: what follows is not swallowed.
    this.vain += this.#end - from;
    this.at = from;
    return Buffer.alloc(0);
  }

  #escape(bytes: number[]): void {
    const char = String.fromCharCode(this.#bytes[++this.at] ?? 0);
    const known = ESCAPES[char];
    if (known !== undefined) bytes.push(known);
    else if (char >= '0' && char <= '7') {
      const digits = /^[0-7]{1,3}/.exec(this.#bytes.toString('latin1', this.at, this.at + 3))?.[0] ?? '0';
      bytes.push(Number.parseInt(digits, 8) & 0xff);
      this.at += digits.length - 1;
    } else if (char === '\r') {
      if (this.#bytes[this.at + 1] === 10) this.at++;
    } else if (char !== '\n') bytes.push(char.charCodeAt(0));
  }

  #hex(): Buffer {
    const close = this.#bytes.indexOf(0x3e, this.at);
    const end = close < 0 || close > this.#end ? this.#end : close;
    const digits = this.#bytes.toString('latin1', this.at + 1, end).replace(/[^0-9A-Fa-f]/g, '');
    this.at = end + 1;
    return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
  }

  #array(depth: number): readonly PdfValue[] | null {
    this.at++;
    if (depth >= limits.structDepth) return null;
    const values: PdfValue[] = [];
    for (;;) {
      const start = this.at;
      const value = this.next(depth + 1);
      if (value === undefined) return values;
      if (!(value instanceof PdfWord)) values.push(value);
      else if (value.word === ']') return values;
      else if (ENDS.has(value.word) || value.word === '>>') {
        this.at = start;
        return values;
      }
    }
  }

  #dictionary(depth: number): PdfDictionary | null {
    this.at += 2;
    if (depth >= limits.structDepth) return null;
    const values = new Map<string, PdfValue>();
    for (let name: string | null = null; ; ) {
      const start = this.at;
      const value = this.next(depth + 1);
      if (value === undefined) return values;
      if (value instanceof PdfWord) {
        if (value.word === '>>') return values;
        if (!ENDS.has(value.word)) continue;
        this.at = start;
        return values;
      }
      if (name !== null) {
        values.set(name, value);
        name = null;
      } else if (value instanceof PdfName) name = value.name;
    }
  }
}
