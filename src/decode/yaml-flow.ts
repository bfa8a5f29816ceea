import { limits } from '../limits.js';
import type { Leaf } from './decoder.js';
import { element, named, Repeats } from './path.js';
import type { Place } from './typed.js';
import type { Work } from './work.js';
import { readScalar, unquote } from './yaml-scalar.js';

/** Where a scalar without quotes ends between brackets (YAML 1.2.2, 7.3.3). */
const END = /[,[\]{}]|:(?=[\s,[\]{}]|$)|\s#|$/g;

/** Reads `{ name: value, … }` and `[ value, … ]`, which may go over several lines. */
export class FlowReader {
  readonly leaves: Leaf[] = [];
  names = 0;
  isBroken = false;
  at: number;
  /** Start and end of each. */
  readonly comments: Array<[start: number, end: number]> = [];
  readonly #text: string;
  readonly #work: Work;

  /** @param at of the first bracket. */
  constructor(text: string, at: number, work: Work) {
    this.#text = text;
    this.at = at;
    this.#work = work;
  }

  get #ended(): boolean {
    return this.isBroken || this.leaves.length > this.#work.fieldsLeft;
  }

  #skip(): void {
    for (;;) {
      while (/\s/.test(this.#text[this.at] ?? '')) this.at++;
      if (this.#text[this.at] !== '#') return;
      const end = this.#text.indexOf('\n', this.at);
      const start = this.at;
      this.at = end < 0 ? this.#text.length : end;
      const last = this.comments[this.comments.length - 1];
      // Lines of comments behind one another are one.
      if (last !== undefined && this.#text.slice(last[1], start).trim() === '') last[1] = this.at;
      else this.comments.push([start, this.at]);
    }
  }

  #plain(): string {
    END.lastIndex = this.at;
    const end = END.exec(this.#text)?.index ?? this.#text.length;
    const text = this.#text.slice(this.at, end).trimEnd();
    this.at = end;
    return text;
  }

  /** A name or a value without brackets. */
  #scalar(): { readonly text: string; readonly isQuoted: boolean } {
    const first = this.#text[this.at];
    if (first !== '"' && first !== "'") return { text: this.#plain(), isQuoted: false };
    const read = unquote(this.#text, this.at);
    if (read === null) this.isBroken = true;
    this.at = read?.end ?? this.#text.length;
    return { text: read?.value ?? '', isQuoted: true };
  }

  value(place: Place, depth: number): void {
    this.#skip();
    const first = this.#text[this.at];
    if (first === '{' || first === '[') {
      if (depth >= limits.structDepth) {
        this.#work.hit(place.path, 'structDepth');
        this.isBroken = true;
        return;
      }
      this.at++;
      if (first === '{') this.#members(place, depth);
      else this.#items(place, depth);
      return;
    }
    const { text, isQuoted } = this.#scalar();
    if (!this.isBroken) this.leaves.push({ ...place, ...(isQuoted ? { value: text, kind: 'string' } : readScalar(text)) });
  }

  #members(place: Place, depth: number): void {
    const group = this.#work.group();
    const repeats = new Repeats();
    while (!this.#ended) {
      this.#skip();
      if (this.#text[this.at] === '}') {
        this.at++;
        return;
      }
      const { text: name } = this.#scalar();
      this.#skip();
      const inner = { path: repeats.path(place.path, name), keys: named(place.keys, name), group };
      if (name === '' || this.#ended) this.isBroken = true;
      else if (this.#text[this.at] === ':') {
        this.names++;
        this.at++;
        this.value(inner, depth + 1);
      } else this.leaves.push({ ...inner, value: 'null', kind: 'null' });
      this.#part('}');
    }
  }

  #items(place: Place, depth: number): void {
    for (let index = 0; !this.#ended; index++) {
      this.#skip();
      if (this.#text[this.at] === ']') {
        this.at++;
        return;
      }
      this.value({ ...place, path: element(place.path, index) }, depth + 1);
      this.#part(']');
    }
  }

  /** Between two values a comma, behind the last the bracket. */
  #part(bracket: string): void {
    this.#skip();
    const next = this.#text[this.at];
    if (next === ',') this.at++;
    else if (next !== bracket) this.isBroken = true;
  }
}
