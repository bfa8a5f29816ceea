import { limits } from '../../limits.js';
import { hasControl } from '../control.js';
import type { Decoder, Source } from '../decoder.js';
import { element, member, named } from '../path.js';
import { type Place, TypedLeaves } from '../typed.js';

/** Lengths have at most seven digits, so that no bound of a message is out of reach of one. */
const HEAD = /^(?:a:(\d{1,7}):\{|O:\d{1,3}:"[\w\\]{1,128}":(\d{1,7}):\{)/;
const BEGINS = /^(?:a:[1-9]\d{0,6}:\{|O:\d{1,3}:"[\w\\]{1,128}":[1-9]\d{0,6}:\{)(?:i:\d|s:\d)/;
const SCALAR = /^(?:i:(-?\d{1,20});|d:(-?[\d.]{1,40}(?:E[+-]?\d{1,3})?|-?INF|NAN);|b:([01]);|(N);)/;
const TEXT = /^s:(\d{1,7}):"/;
/** Longest beginning of a value up to what it holds. */
const LONGEST_HEAD = 160;
const CLOSE = 0x7d;
/** A signature behind the document: CodeIgniter writes a digest there. */
const SIGNATURE = /^[0-9a-fA-F]{0,128}$/;

/** `\0*\0name`, `\0Class\0name`: PHP writes whose property it is before the name of one that is not public. */
const VISIBILITY = /^\0[^\0]*\0/;

class Reader {
  readonly leaves: TypedLeaves;
  at = 0;
  broken = false;
  readonly #source: Source;
  readonly #bytes: Buffer;

  constructor(source: Source) {
    this.leaves = new TypedLeaves(source.work);
    this.#source = source;
    this.#bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
  }

  /** What stands from here on up to the end of a head, one character a byte. */
  #next(): string {
    return this.#bytes.toString('latin1', this.at, this.at + LONGEST_HEAD);
  }

  /** Whether nothing but a signature follows. */
  isAtEnd(): boolean {
    return this.#bytes.length - this.at <= LONGEST_HEAD && SIGNATURE.test(this.#next().trim());
  }

  /** A text, whose length is told in bytes, or null. */
  #text(head: string): Buffer | null {
    const match = TEXT.exec(head);
    if (match === null) return null;
    const start = this.at + match[0].length;
    const end = start + Number(match[1]);
    if (this.#bytes.toString('latin1', end, end + 2) !== '";') return null;
    this.at = end + 2;
    return this.#bytes.subarray(start, end);
  }

  /** The name or the number of an entry, or null where neither stands here. */
  #key(): string | number | null {
    const head = this.#next();
    const index = /^i:(-?\d{1,10});/.exec(head);
    if (index !== null) {
      this.at += index[0].length;
      return Number(index[1]);
    }
    const name = this.#text(head)?.toString('utf8').replace(VISIBILITY, '');
    return name === undefined || hasControl(name) ? null : name;
  }

  /** Entries up to the brace that closes them. */
  entries(path: string, keys: readonly string[], depth: number): void {
    const { work } = this.#source;
    const head = HEAD.exec(this.#next());
    if (head === null || depth >= limits.structDepth) {
      if (head !== null) work.hit(path, 'structDepth');
      this.broken = true;
      return;
    }
    this.at += head[0].length;
    const group = work.group();
    for (let count = 0; !this.broken && !this.leaves.full; count++) {
      if (this.#bytes[this.at] === CLOSE) {
        this.at++;
        this.broken = count !== Number(head[1] ?? head[2]);
        return;
      }
      const key = this.#key();
      if (key === null) this.broken = true;
      else if (typeof key === 'number') this.#value({ path: element(path, key), keys, group }, depth);
      else this.#value({ path: member(path, key), keys: named(keys, key), group }, depth);
    }
  }

  #value(place: Place, depth: number): void {
    const head = this.#next();
    const scalar = SCALAR.exec(head);
    if (scalar !== null) {
      const [whole, integer, float, flag, none] = scalar;
      this.at += whole.length;
      if (none !== undefined) this.leaves.list.push({ ...place, value: '', kind: 'null' });
      else if (flag !== undefined) this.leaves.boolean(place, flag === '1');
      // As it stands there: a number may be longer than one of JavaScript holds.
      else this.leaves.list.push({ ...place, value: integer ?? float ?? '', kind: 'number' });
      return;
    }
    const text = this.#text(head);
    if (text !== null) this.leaves.text(place, text);
    else this.entries(place.path, place.keys, depth + 1);
  }
}

/** What PHP's `serialize` writes (PHP manual, "serialize"; `php_var_serialize`): arrays and objects, in cookies of older web applications. */
export const decoder: Decoder = {
  id: 'phpserialize',
  says: { zh: 'PHP serialize() 的结果', en: 'what serialize() of PHP wrote' },
  order: 30,
  begins: ['a:', 'O:'],
  open(source) {
    if (source.text === null || !BEGINS.test(source.text.slice(0, LONGEST_HEAD))) return null;
    const reader = new Reader(source);
    reader.entries(source.root, source.keys, 0);
    const leaves = reader.leaves.list;
    if (leaves.length === 0) return null;
    return (!reader.broken && reader.isAtEnd()) || source.truncated ? { leaves } : { leaves, broken: true };
  },
};
