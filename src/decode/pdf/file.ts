/**
 * Danger: a few bytes may claim millions of objects, objects refer to each other in rings, and a stream inflates to gigabytes. Fences: every object that is read
 * costs work, there are at most `limits.pdfObjects`, references are followed a few steps, and streams inflate under the message's budget.
 */
import { limits } from '../../limits.js';
import type { Work } from '../work.js';
import { unfilter } from './filters.js';
import { isDictionary, nameOf, type PdfDictionary, PdfReader, PdfRef, type PdfValue, PdfWord } from './syntax.js';

/** A stream as it stands in the file. */
export interface PdfStream {
  readonly number: number;
  readonly dictionary: PdfDictionary;
  readonly raw: Buffer;
  /** The file ends in it. */
  readonly isCut: boolean;
}

/** References that lead to references; real ones lead to objects. */
const MOST_STEPS = 8;
/** What reading a byte of an object costs, in bytes read. */
const BYTE_COST = 16;
/** What walking past an entry of a list costs, which may be a part of a page or the value of a field. Fonts have some thousands of widths. */
const ITEM_COST = 128;
/** What a byte that was read in vain costs: nothing was made of it. */
const VAIN_COST = 4;
const HEADER = /(?<!\d)(\d{1,10})[\0\t\n\f\r ]{1,8}\d{1,5}[\0\t\n\f\r ]{1,8}obj(?![A-Za-z])/g;

/**
 * The objects of a file, found by their headers: the table that says where they stand may be broken, or lie behind a cut. Of several with one number the last
 * one holds, as whoever changes a file appends to it; streams that were replaced are kept, for they were sent as well.
 */
export class PdfFile {
  readonly objects = new Map<number, PdfValue>();
  readonly streams = new Map<number, PdfStream>();
  readonly replaced: PdfStream[] = [];
  /** Streams that somebody made something of, or that hold nothing to be read. */
  readonly settled = new Set<PdfStream>();
  readonly #contents = new Map<PdfStream, Buffer | null>();
  readonly #bytes: Buffer;
  readonly #work: Work;
  readonly #path: string;

  constructor(bytes: Buffer, work: Work, path: string) {
    this.#bytes = bytes;
    this.#work = work;
    this.#path = path;
    this.#scan();
  }

  /** What a value stands for. */
  get = (value: PdfValue | undefined): PdfValue => {
    let found = value ?? null;
    for (let step = 0; found instanceof PdfRef; step++) {
      if (step >= MOST_STEPS) return null;
      found = this.objects.get(found.number) ?? null;
    }
    return found;
  };

  /** The dictionary that a value is or stands for. */
  dictionary(value: PdfValue | undefined): PdfDictionary | null {
    const found = this.get(value);
    return isDictionary(found) ? found : null;
  }

  /** The values of a list. One that is referred to costs whoever walks through it, as any number of objects may refer to it. */
  list(value: PdfValue | undefined): readonly PdfValue[] {
    const found = this.get(value);
    if (!Array.isArray(found)) return [];
    return value instanceof PdfRef && !this.#work.read(found.length * ITEM_COST, this.#path) ? [] : found;
  }

  /** The bytes of a text; null where there is none. It costs as a list does. */
  text(value: PdfValue | undefined): Buffer | null {
    const found = this.get(value);
    if (!Buffer.isBuffer(found)) return null;
    return value instanceof PdfRef && !this.#work.read(found.length * BYTE_COST, this.#path) ? null : found;
  }

  /** The stream that a value refers to. */
  stream(value: PdfValue | undefined): PdfStream | null {
    return value instanceof PdfRef ? (this.streams.get(value.number) ?? null) : null;
  }

  /** What a stream holds; null where it cannot be read. It is settled if all of it could be. */
  content(stream: PdfStream): Buffer | null {
    const known = this.#contents.get(stream);
    if (known !== undefined) return known;
    const found = unfilter(stream.dictionary, stream.raw, this.get, this.#work, this.#path);
    const bytes = found?.bytes ?? null;
    this.#contents.set(stream, bytes);
    if (found?.isWhole === true && !stream.isCut) this.settled.add(stream);
    return bytes;
  }

  #scan(): void {
    const text = this.#bytes.toString('latin1');
    HEADER.lastIndex = 0;
    for (let found = HEADER.exec(text); found !== null; found = HEADER.exec(text)) {
      const from = HEADER.lastIndex;
      const reader = new PdfReader(this.#bytes, from);
      const value = reader.next();
      if (!this.#work.read((reader.at - from) * BYTE_COST + reader.vain * VAIN_COST, this.#path)) return;
      if (reader.isSpent) this.#work.hit(this.#path, 'decodeWork');
      if (value === undefined) return;
      if (!this.#keep(Number(found[1]), value instanceof PdfWord ? null : value)) return;
      HEADER.lastIndex = Math.max(from, isDictionary(value) ? this.#stream(Number(found[1]), value, reader.at) : reader.at);
    }
  }

  #keep(number: number, value: PdfValue): boolean {
    if (this.objects.size >= limits.pdfObjects && !this.objects.has(number)) {
      this.#work.hit(this.#path, 'pdfObjects');
      return false;
    }
    this.objects.set(number, value);
    const old = this.streams.get(number);
    if (old !== undefined) this.replaced.push(old);
    this.streams.delete(number);
    return true;
  }

  /** Keeps the stream behind a dictionary, if one follows. @returns where to read on. */
  #stream(number: number, dictionary: PdfDictionary, at: number): number {
    const mark = /^[\0\t\n\f\r ]{0,16}stream(?:\r\n|\n|\r)?/.exec(this.#bytes.toString('latin1', at, at + 32));
    if (mark === null) return at;
    const start = at + mark[0].length;
    const length = dictionary.get('Length');
    const stated = typeof length === 'number' && length >= 0 ? start + length : -1;
    // Lengths lie, and may stand in an object further on.
    const isRight = stated >= 0 && /^[\0\t\n\f\r ]{0,4}endstream/.test(this.#bytes.toString('latin1', stated, stated + 16));
    const close = isRight ? stated : this.#bytes.indexOf('endstream', start, 'latin1');
    const end = close < 0 ? this.#bytes.length : close;
    const stream: PdfStream = { number, dictionary, raw: this.#bytes.subarray(start, end), isCut: close < 0 };
    this.streams.set(number, stream);
    if (nameOf(dictionary.get('Type')) === 'ObjStm') this.#unpack(stream);
    return end;
  }

  /** Objects that were packed together (7.5.7): numbers and places first. */
  #unpack(container: PdfStream): void {
    const bytes = this.content(container);
    const first = container.dictionary.get('First');
    if (bytes === null || typeof first !== 'number') return;
    const table = new PdfReader(bytes, 0, first);
    for (;;) {
      const number = table.next();
      const place = table.next();
      if (typeof number !== 'number' || typeof place !== 'number') return;
      const reader = new PdfReader(bytes, first + place);
      const value = reader.next();
      if (!this.#work.read(Math.max(0, reader.at - first - place) * BYTE_COST + reader.vain * VAIN_COST, this.#path)) return;
      if (reader.isSpent) this.#work.hit(this.#path, 'decodeWork');
      if (value !== undefined && !(value instanceof PdfWord) && !this.#keep(number, value)) return;
    }
  }
}
