/**
 * Danger: collections may stand in one another without end, a line may open dozens of them, and a quote that nobody closes runs to the end of the text. Fences:
 * depth, fields, and nothing is looked at again that was read before, but for the heads of a line, of which there are no more than the depth.
 */
import { limits } from '../limits.js';
import type { Leaf } from './decoder.js';
import { element, named, Repeats } from './path.js';
import type { Place } from './typed.js';
import type { Work } from './work.js';
import { FlowReader } from './yaml-flow.js';
import { readScalar, unquote } from './yaml-scalar.js';

/** A line, or what of it has not been read: `- a: b` is also a line `a: b` that begins two columns further right. */
interface Line {
  readonly indent: number;
  readonly at: number;
  readonly end: number;
}

/** A tag and an anchor before a value (YAML 1.2.2, 6.9): what it is said to be, and what it may be referred to by. */
const PROPERTIES = /^(?:[!&][^\s,[\]{}]*(?:\s+|$)){1,2}/;
/** What no plain name begins with (7.3.3). */
const INDICATOR = /^[#&*!|>'"%@`{}[\],?]/;
/** The sign behind a name, and whatever may stand before it. */
const SIGN = /:(?=\s|$)/;
const BLOCK = /^[|>][+-]?[1-9]?[+-]?(?:\s+#.*)?$/;
/** What stands before another document than the first. */
const BETWEEN = /\n---(?:\s|$)/;
/** Longer names are texts. */
const LONGEST_NAME = 128;

/** Where the first document begins, behind blank lines, comments, directives and its own mark. Line by line: an expression for millions of them runs out of stack. */
function behindHead(text: string): number {
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf('\n', at);
    const next = found < 0 ? text.length : found + 1;
    if (text.startsWith('---', at)) return next;
    const first = text[at];
    if (first !== '#' && first !== '%' && text.slice(at, next).trim() !== '') return at;
    at = next;
  }
  return text.length;
}

/**
 * Reads YAML as programs write it (yaml.org/spec/1.2.2): block and flow collections, quoted, plain, literal and folded scalars, several documents. What an alias
 * refers to is not put in its place, names that are collections are not read.
 */
export class YamlReader {
  readonly leaves: Leaf[] = [];
  /** Names that were read. */
  names = 0;
  /** Collections that stand in others by their indentation. */
  nested = 0;
  /** Texts of which the lines go on without a sign that says so. */
  continued = 0;
  /** Where it could not go on; -1: it is read to its end. */
  brokenAt = -1;
  readonly #text: string;
  readonly #work: Work;
  /** Start and end of each comment; lines of comments and blank ones behind one another are one. */
  readonly #comments: number[] = [];
  #line: Line | null = null;
  /** Behind the line at hand. */
  #next = 0;

  constructor(text: string, work: Work) {
    this.#text = text;
    this.#work = work;
  }

  /** Reads all documents. @param place of the whole. */
  read(place: Place): void {
    const several = BETWEEN.test(this.#text.slice(behindHead(this.#text)));
    let documents = 0;
    this.#advance();
    while (this.#line !== null && !this.#ended) {
      if (this.#isMark()) {
        const { at } = this.#line;
        // A value may stand behind the mark.
        if (this.#text.startsWith('--- ', at)) this.#line = { ...this.#line, indent: 4, at: at + 4 };
        else {
          this.#advance();
          continue;
        }
      }
      const path = several ? element(place.path, documents++) : place.path;
      this.#node(-1, { ...place, path, group: this.#work.group() }, 0);
      if (this.#line !== null && !this.#isMark()) this.#break();
    }
  }

  /** What the comments say, one below another. */
  get comments(): string {
    const stretches = this.#comments.flatMap((start, index, all) =>
      index % 2 === 0 ? [this.#text.slice(start, all[index + 1]).trim()] : [],
    );
    return stretches.join('\n');
  }

  #comment(start: number, end: number): void {
    const comments = this.#comments;
    if (comments.length > 0 && comments[comments.length - 1] === start) comments[comments.length - 1] = end;
    else comments.push(start, end);
  }

  get #ended(): boolean {
    return this.brokenAt >= 0 || this.leaves.length > this.#work.fieldsLeft;
  }

  #break(): void {
    if (this.brokenAt < 0) this.brokenAt = this.#line?.at ?? this.#text.length;
    this.#line = null;
  }

  #isMark(): boolean {
    const { indent, at, end } = this.#line!;
    return indent === 0 && /^(?:---(?:\s.*)?|\.\.\.\s*|%.*)$/.test(this.#text.slice(at, Math.min(end, at + LONGEST_NAME)));
  }

  /** Goes to the next line that is neither blank nor a comment. */
  #advance(): void {
    this.#line = null;
    while (this.#next < this.#text.length) {
      const start = this.#next;
      const found = this.#text.indexOf('\n', start);
      this.#next = found < 0 ? this.#text.length : found + 1;
      let at = start;
      while (this.#text[at] === ' ') at++;
      let end = found < 0 ? this.#text.length : found;
      while (end > at && /\s/.test(this.#text[end - 1]!)) end--;
      if (end <= at || this.#text[at] === '#') {
        if (end > at || this.#comments.at(-1) === start) this.#comment(start, this.#next);
        continue;
      }
      this.#line = { indent: at - start, at, end };
      if (this.#text[at] === '\t') this.#break();
      return;
    }
  }

  #content(): string {
    const { at, end } = this.#line!;
    return this.#text.slice(at, end);
  }

  #isItem(): boolean {
    const { at, end } = this.#line!;
    return this.#text[at] === '-' && (at + 1 === end || this.#text[at + 1] === ' ');
  }

  /** The name that the line at hand begins with, and where what follows its sign begins. */
  #name(): { readonly name: string; readonly at: number } | null {
    const { at, end } = this.#line!;
    const head = this.#text.slice(at, Math.min(end, at + 2 * LONGEST_NAME));
    const quoted = /^["']/.test(head) ? unquote(head, 0) : null;
    if (quoted !== null) {
      const sign = /^\s*:(?=\s|$)/.exec(head.slice(quoted.end));
      return sign === null ? null : { name: quoted.value, at: at + quoted.end + sign[0].length };
    }
    const sign = INDICATOR.test(head) ? -1 : head.search(SIGN);
    const name = sign < 0 ? '' : head.slice(0, sign).trim();
    return name === '' || name.length > LONGEST_NAME ? null : { name, at: at + sign + 1 };
  }

  /** @param outer how far right stands what it belongs to. */
  #node(outer: number, place: Place, depth: number): void {
    if (depth >= limits.structDepth) {
      this.#work.hit(place.path, 'structDepth');
      this.#break();
    }
    if (this.#line === null || this.#ended) return;
    const { indent } = this.#line;
    if (this.#isItem()) this.#items(indent, place, depth);
    else if (this.#name() !== null) this.#members(indent, place, depth);
    else this.#value(outer, place);
  }

  #items(indent: number, place: Place, depth: number): void {
    for (let index = 0; !this.#ended && this.#line?.indent === indent && !this.#isMark() && this.#isItem(); index++) {
      const { at, end } = this.#line;
      let start = at + 1;
      while (start < end && this.#text[start] === ' ') start++;
      const inner = { ...place, path: element(place.path, index) };
      if (start === end) {
        this.#advance();
        this.#below(indent, inner, depth);
      } else {
        this.#line = { indent: indent + start - at, at: start, end };
        this.#node(indent, inner, depth + 1);
      }
    }
  }

  #members(indent: number, place: Place, depth: number): void {
    const group = this.#work.group();
    const repeats = new Repeats();
    while (!this.#ended && this.#line?.indent === indent && !this.#isMark() && !this.#isItem()) {
      const read = this.#name();
      if (read === null) {
        this.#break();
        return;
      }
      this.names++;
      const inner = { path: repeats.path(place.path, read.name), keys: named(place.keys, read.name), group };
      const { end } = this.#line;
      let at = read.at;
      while (at < end && this.#text[at] === ' ') at++;
      const content = this.#text.slice(at, end);
      const head = PROPERTIES.exec(content.startsWith('!') || content.startsWith('&') ? content : '')?.[0] ?? '';
      at += head.length;
      if (at >= end || this.#text[at] === '#') {
        if (at < end) this.#comment(at, end);
        this.#advance();
        if (this.#line?.indent === indent && !this.#isMark() && this.#isItem()) {
          this.nested++;
          this.#items(indent, inner, depth + 1);
        } else this.#below(indent, inner, depth);
        continue;
      }
      this.#line = { indent: indent + 1, at, end };
      this.#value(indent, inner);
    }
    // Further right than its neighbours, or of another kind than they: nobody knows where it belongs.
    if (this.#line !== null && this.#line.indent >= indent && !this.#isMark()) this.#break();
  }

  /** What stands further right than its name or dash; nothing does where there is no value. */
  #below(indent: number, place: Place, depth: number): void {
    if (this.#line === null || this.#line.indent <= indent || this.#isMark()) {
      this.leaves.push({ ...place, value: 'null', kind: 'null' });
      return;
    }
    this.nested++;
    this.#node(indent, place, depth + 1);
  }

  /** A scalar or a flow collection that begins at the line at hand. @param indent of what it belongs to. */
  #value(indent: number, place: Place): void {
    const line = this.#line!;
    const content = this.#content();
    const first = content[0] ?? '';
    if (BLOCK.test(content)) {
      const comment = content.indexOf('#');
      if (comment >= 0) this.#comment(line.at + comment, line.end);
      this.#lines(indent, place, first === '>', Number(/^.[+-]?([1-9])/.exec(content)?.[1] ?? 0));
    } else if (first === '{' || first === '[') this.#flow(place);
    else if (first === '"' || first === "'") this.#quoted(place);
    else if (/^[@`%]/.test(content)) this.#break();
    else {
      const comment = content.search(/\s#/);
      const end = comment < 0 ? line.end : line.at + content.slice(0, comment).trimEnd().length;
      if (comment >= 0) this.#comment(line.at + comment + 1, line.end);
      this.#advance();
      const parts = [this.#text.slice(line.at, end)];
      while (this.#line !== null && this.#line.indent > indent && comment < 0 && !this.#isMark()) {
        this.continued++;
        parts.push(this.#content());
        this.#advance();
      }
      const span = parts.length === 1 ? { start: line.at, end } : {};
      this.leaves.push({ ...place, ...readScalar(parts.join(' ')), ...span });
    }
  }

  #quoted(place: Place): void {
    const { at } = this.#line!;
    const read = unquote(this.#text, at);
    if (read === null || !this.#goBehind(read.end)) {
      this.#break();
      return;
    }
    const raw = read.end - at - 2 === read.value.length ? { start: at + 1, end: read.end - 1 } : {};
    this.leaves.push({ ...place, value: read.value, kind: 'string', ...raw });
  }

  #flow(place: Place): void {
    const flow = new FlowReader(this.#text, this.#line!.at, this.#work);
    flow.value(place, 0);
    this.names += flow.names;
    for (const leaf of flow.leaves) this.leaves.push(leaf);
    for (const [start, end] of flow.comments) this.#comment(start, end);
    if (flow.isBroken || !this.#goBehind(flow.at)) this.#break();
  }

  /** To the line behind a value that ends at `end`. @returns false: something else stands behind it. */
  #goBehind(end: number): boolean {
    const found = this.#text.indexOf('\n', end);
    const until = found < 0 ? this.#text.length : found;
    const behind = this.#text.slice(end, until);
    if (!/^\s*(?:\s#.*)?$/.test(behind)) return false;
    const comment = behind.indexOf('#');
    if (comment >= 0) this.#comment(end + comment, until);
    this.#next = found < 0 ? this.#text.length : found + 1;
    this.#advance();
    return true;
  }

  /** A literal or folded text: lines as they stand, further right than its name (8.1). @param by how much, where its head says so; 0: its first line does. */
  #lines(indent: number, place: Place, isFolded: boolean, by: number): void {
    const lines: string[] = [];
    let own = by === 0 ? -1 : Math.max(indent, 0) + by;
    while (this.#next < this.#text.length) {
      const found = this.#text.indexOf('\n', this.#next);
      const end = found < 0 ? this.#text.length : found;
      const line = this.#text.slice(this.#next, end).replace(/\r$/, '');
      const column = line.search(/[^ ]/);
      if (column >= 0 && column <= indent) break;
      if (own < 0 && column >= 0) own = column;
      lines.push(own < 0 ? '' : line.slice(own));
      this.#next = found < 0 ? this.#text.length : found + 1;
    }
    this.leaves.push({ ...place, value: lines.join(isFolded ? ' ' : '\n').trimEnd(), kind: 'string' });
    this.#advance();
  }
}
