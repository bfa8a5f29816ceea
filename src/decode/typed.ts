import { limits } from '../limits.js';
import { readText } from './charset.js';
import { hasControl } from './control.js';
import type { Leaf } from './decoder.js';
import { shortestSingle } from './single.js';
import type { Work } from './work.js';

/** Where a value stands in its document. */
export interface Place {
  readonly path: string;
  readonly keys: readonly string[];
  readonly group: number;
}

/** Shorter texts are readable by chance. */
const SHORTEST = 3;
/** What each level above a value costs, in bytes read: a name kept and a piece of a path. */
const LEVEL_COST = 32;

/** Leaves of a binary format that tells the type of each value, as they are read, and how much of them is readable. */
export class TypedLeaves {
  readonly list: Leaf[] = [];
  /** Bytes of texts that can be read, of three bytes and more. */
  readable = 0;
  /** Bytes of texts that cannot. */
  dark = 0;
  readonly #work: Work;

  constructor(work: Work) {
    this.#work = work;
  }

  /** No more is kept of this message: what claims four thousand million elements must not be counted to its end. */
  get full(): boolean {
    return this.list.length > this.#work.fieldsLeft;
  }

  /**
   * Whether the next value may be read. Each costs work: an empty list takes a byte, a reference to what stood before a few, and neither ever fills
   * the message with fields.
   */
  enters({ path }: Pick<Place, 'path'>, depth: number): boolean {
    if (depth < limits.structDepth) return this.#work.read(depth * LEVEL_COST, path);
    this.#work.hit(path, 'structDepth');
    return false;
  }

  number({ path, keys, group }: Place, value: number | bigint): void {
    this.list.push({ path, keys, group, value: String(value), kind: 'number' });
  }

  /** A number of 32 bits, in the digits that it holds. */
  single(place: Place, value: number): void {
    this.number(place, shortestSingle(value));
  }

  boolean({ path, keys, group }: Place, value: boolean): void {
    this.list.push({ path, keys, group, value: String(value), kind: 'boolean' });
  }

  /** Bytes that the format calls a text; in another charset, or where they are none, they stay bytes. */
  text({ path, keys, group }: Place, bytes: Uint8Array): void {
    const read = bytes.length === 0 ? { text: '', step: null } : readText(bytes, '', false);
    // A mark of UTF-16 in a text of these formats is chance.
    const isText = read !== null && (read.step === null || read.step === 'gb18030') && !hasControl(read.text);
    if (!isText) this.dark += bytes.length;
    else if (bytes.length >= SHORTEST) this.readable += bytes.length;
    if (read === null || read.step !== null) this.list.push({ path, keys, group, value: '', kind: 'binary', bytes });
    else this.list.push({ path, keys, group, value: read.text, kind: 'string' });
  }

  /** Bytes that the format calls bytes. @param contentType what they are likely to hold. */
  bytes({ path, keys, group }: Place, bytes: Uint8Array, contentType: string): void {
    this.list.push({ path, keys, group, value: '', kind: 'binary', bytes, contentType });
  }
}
