import { limits } from '../../limits.js';
import { MEMBER_COST, OBJECT_COST, readArchive } from '../archive.js';
import type { Decoder, Leaf, Source } from '../decoder.js';
import { element, member, named } from '../path.js';
import { shortestSingle } from '../single.js';

const HEADER = 'bplist00';
/** Seconds between 1970 and 2001, where Apple's dates begin. */
const APPLE_EPOCH = 978_307_200;

/**
 * Danger: objects refer to objects by number, so a file of a hundred bytes can describe an endless or doubling tree. Fences: depth, fields, and
 * every object read costs work.
 */
class Reader {
  readonly leaves: Leaf[] = [];
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #source: Source;
  readonly #offsets: number[] = [];
  readonly #refSize: number;
  #broken = false;
  readonly #reached = new Set<number>();
  #hasOrphans = false;

  constructor(source: Source) {
    this.#source = source;
    this.#bytes = source.bytes;
    this.#view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength);
    const trailer = this.#bytes.length - 32;
    const offsetSize = this.#bytes[trailer + 6]!;
    this.#refSize = this.#bytes[trailer + 7]!;
    const count = this.#uint(trailer + 8, 8);
    const table = this.#uint(trailer + 24, 8);
    if (offsetSize < 1 || offsetSize > 8 || this.#refSize < 1 || this.#refSize > 8 || count * offsetSize > this.#bytes.length)
      this.#broken = true;
    else for (let i = 0; i < count; i++) this.#offsets.push(this.#uint(table + i * offsetSize, offsetSize));
  }

  read(): boolean {
    const top = this.#uint(this.#bytes.length - 16, 8);
    const { root, keys, work } = this.#source;
    if (!this.#broken && !this.#isArchive(top)) {
      this.#object(top, root, keys, work.group(), 0);
      this.#hasOrphans = !this.#ended && this.#reached.size < this.#offsets.length;
    }
    return !this.#broken;
  }

  /** Whether there are objects that nothing led to: no writer leaves any, unless in an archive, whose classes are passed over. */
  get hasOrphans(): boolean {
    return this.#hasOrphans;
  }

  /** Whether it was an archive of NSKeyedArchiver, and has been read. */
  #isArchive(top: number): boolean {
    const { root, keys, work } = this.#source;
    return readArchive<number>(
      {
        members: (index) => this.#members(index),
        elements: (index) => this.#elements(index),
        text: (index) => this.#string(index),
        reference: (index) => this.#reference(index),
        leaf: (index, { path, keys, group }) => this.#value(index, path, keys, group, 0),
        ended: () => this.#ended,
      },
      top,
      root,
      keys,
      work,
    );
  }

  /** Members of a dictionary by name; null: none. */
  #members(index: number): ReadonlyMap<string, number> | null {
    const at = this.#offsets[index];
    if (at === undefined || this.#bytes[at]! >> 4 !== 0x0d) return null;
    const { count, from } = this.#count(at);
    if (from + 2 * count * this.#refSize > this.#bytes.length || !this.#source.work.read(count * MEMBER_COST, this.#source.root))
      return null;
    const found = new Map<string, number>();
    for (let i = 0; i < count; i++) {
      const name = this.#string(this.#uint(from + i * this.#refSize, this.#refSize));
      if (name !== null) found.set(name, this.#uint(from + (count + i) * this.#refSize, this.#refSize));
    }
    return found;
  }

  /** What an array refers to; null: no array. */
  #elements(index: number): readonly number[] | null {
    const at = this.#offsets[index];
    if (at === undefined || this.#bytes[at]! >> 4 !== 0x0a) return null;
    const { count, from } = this.#count(at);
    if (from + count * this.#refSize > this.#bytes.length || !this.#source.work.read(count * MEMBER_COST, this.#source.root)) return null;
    return Array.from({ length: count }, (_, i) => this.#uint(from + i * this.#refSize, this.#refSize));
  }

  /** Place in the list of an archive that the object refers to; null: it does not. */
  #reference(index: number): number | null {
    const at = this.#offsets[index];
    return at === undefined || this.#bytes[at]! >> 4 !== 8 ? null : this.#uint(at + 1, (this.#bytes[at]! & 0x0f) + 1);
  }

  get #ended(): boolean {
    return this.#broken || this.leaves.length > this.#source.work.fieldsLeft;
  }

  #uint(at: number, size: number): number {
    if (at < 0 || at + size > this.#bytes.length) {
      this.#broken = true;
      return 0;
    }
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + this.#bytes[at + i]!;
    return value;
  }

  #leaf(path: string, keys: readonly string[], group: number, value: string, kind: Leaf['kind'], bytes?: Uint8Array): void {
    this.leaves.push(bytes === undefined ? { path, keys, group, value, kind } : { path, keys, group, value, kind, bytes });
  }

  #string(index: number): string | null {
    const at = this.#offsets[index];
    if (at === undefined) return null;
    const type = this.#bytes[at]! >> 4;
    if (type !== 5 && type !== 6) return null;
    const { count, from } = this.#count(at);
    return this.#text(type, count, from);
  }

  #text(type: number, count: number, from: number): string {
    const size = type === 6 ? count * 2 : count;
    if (from + size > this.#bytes.length) {
      this.#broken = true;
      return '';
    }
    const bytes = Buffer.from(this.#bytes.subarray(from, from + size));
    return type === 6 ? bytes.swap16().toString('utf16le') : bytes.toString(type === 7 ? 'utf8' : 'latin1');
  }

  #count(at: number): { count: number; from: number } {
    const low = this.#bytes[at]! & 0x0f;
    if (low !== 0x0f) return { count: low, from: at + 1 };
    const size = 2 ** (this.#bytes[at + 1]! & 0x0f);
    return size > 8 ? { count: this.#bytes.length, from: at } : { count: this.#uint(at + 2, size), from: at + 2 + size };
  }

  #object(index: number, path: string, keys: readonly string[], group: number, depth: number): void {
    const { work } = this.#source;
    if (depth >= limits.jsonDepth) {
      work.hit(path, 'jsonDepth');
      return;
    }
    if (!this.#ended && work.read(OBJECT_COST, path)) this.#value(index, path, keys, group, depth);
  }

  #value(index: number, path: string, keys: readonly string[], group: number, depth: number): void {
    const at = this.#offsets[index];
    const { work } = this.#source;
    this.#reached.add(index);
    if (at === undefined || at >= this.#bytes.length) {
      this.#broken = true;
      return;
    }
    const marker = this.#bytes[at]!;
    const type = marker >> 4;
    const size = 2 ** (marker & 0x0f);
    if (marker === 8 || marker === 9) this.#leaf(path, keys, group, marker === 9 ? 'true' : 'false', 'boolean');
    else if (marker === 0) this.#leaf(path, keys, group, 'null', 'null');
    else if (type === 1 && size <= 16) {
      if (at + 1 + size > this.#bytes.length) this.#broken = true;
      else if (size === 8) this.#leaf(path, keys, group, this.#view.getBigInt64(at + 1).toString(), 'number');
      else
        this.#leaf(path, keys, group, String(size > 8 ? this.#view.getBigUint64(at + 1 + size - 8) : this.#uint(at + 1, size)), 'number');
    } else if ((type === 2 || type === 3) && (size === 4 || size === 8)) {
      if (at + 1 + size > this.#bytes.length) this.#broken = true;
      else {
        const number = size === 4 ? shortestSingle(this.#view.getFloat32(at + 1)) : this.#view.getFloat64(at + 1);
        const time = (number + APPLE_EPOCH) * 1000;
        if (type === 3 && Math.abs(time) < 8.64e15) this.#leaf(path, keys, group, new Date(time).toISOString(), 'string');
        else this.#leaf(path, keys, group, String(number), 'number');
      }
    } else if (type === 4 || type === 5 || type === 6 || type === 7) {
      const { count, from } = this.#count(at);
      if (type !== 4) this.#leaf(path, keys, group, this.#text(type, count, from), 'string');
      else if (from + count > this.#bytes.length) this.#broken = true;
      else this.#leaf(path, keys, group, '', 'binary', this.#bytes.subarray(from, from + count));
    } else if (type === 8) this.#leaf(path, keys, group, String(this.#uint(at + 1, (marker & 0x0f) + 1)), 'number');
    else if (type === 0x0a || type === 0x0c) {
      const { count, from } = this.#count(at);
      if (from + count * this.#refSize > this.#bytes.length) this.#broken = true;
      else if (work.read(count * MEMBER_COST, path))
        for (let i = 0; i < count && !this.#ended; i++)
          this.#object(this.#uint(from + i * this.#refSize, this.#refSize), element(path, i), keys, group, depth + 1);
    } else if (type === 0x0d) {
      const { count, from } = this.#count(at);
      const own = work.group();
      if (from + 2 * count * this.#refSize > this.#bytes.length) this.#broken = true;
      else if (work.read(count * MEMBER_COST, path)) {
        for (let i = 0; i < count && !this.#ended; i++) {
          const name = this.#uint(from + i * this.#refSize, this.#refSize);
          this.#reached.add(name);
          const key = this.#string(name) ?? String(i);
          this.#object(this.#uint(from + (count + i) * this.#refSize, this.#refSize), member(path, key), named(keys, key), own, depth + 1);
        }
      }
    } else this.#broken = true;
  }
}

/** Header of 8 bytes, trailer of 32. */
const SHORTEST = 40;

/** Apple's binary property list, version 00 (CoreFoundation, CFBinaryPList.c). */
export const decoder: Decoder = {
  id: 'bplist',
  says: {
    zh: '二进制 plist（plutil 可读）；NSKeyedArchiver 的引用已还原',
    en: 'binary property list (plutil reads it); references of NSKeyedArchiver are followed',
  },
  order: 6,
  first: (byte) => byte === 0x62,
  magic: (bytes) =>
    bytes[0] === 0x62 && bytes.length >= SHORTEST && Buffer.from(bytes.buffer, bytes.byteOffset, 8).toString('latin1') === HEADER,
  open(source) {
    // Header and trailer; the trailer of anything shorter would be read from before its beginning.
    if (source.bytes.length < SHORTEST) return null;
    const reader = new Reader(source);
    const whole = reader.read();
    return (whole || source.base) && reader.leaves.length > 0
      ? { leaves: reader.leaves, broken: (!whole || reader.hasOrphans) && !source.truncated }
      : null;
  },
};
