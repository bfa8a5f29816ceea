/**
 * Danger: objects refer to objects and texts that stood before, so that a few bytes may name a long text thousands of times. Fences: depth, fields, and every
 * text that is referred to costs work. Nothing is ever built: names and values are read, and no class is asked for.
 */
import { limits } from '../../limits.js';
import { ByteCursor } from '../byte-cursor.js';
import { isName } from '../control.js';
import type { Decoder, Source } from '../decoder.js';
import { standardUtf8 } from '../java-text.js';
import { element, member, named } from '../path.js';
import { shortestSingle } from '../single.js';
import { type Place, TypedLeaves } from '../typed.js';

/** What the elements of a stream begin with (Java Object Serialization Specification, 6.4.2). */
const TC = {
  null: 0x70,
  reference: 0x71,
  classDescription: 0x72,
  object: 0x73,
  text: 0x74,
  array: 0x75,
  class: 0x76,
  data: 0x77,
  end: 0x78,
  reset: 0x79,
  longData: 0x7a,
  exception: 0x7b,
  longText: 0x7c,
  proxy: 0x7d,
  enum: 0x7e,
} as const;
/** Flags of a class: it writes more than its fields, has fields, writes all by itself, and does so in blocks. */
const WRITES = 1;
const SERIALIZABLE = 2;
const EXTERNALIZABLE = 4;
const BLOCKS = 8;
const FIRST_HANDLE = 0x7e_00_00;
const HEADER = 4;

/** Boxes around one value. */
const BOX = /^java\.lang\.(?:Integer|Long|Short|Byte|Double|Float|Boolean|Character|Number)$/;
/** What these write behind their fields are names and values in turn; collections write their elements so, and their number before. */
const MAP = /^java\.util\.(?:\w+\.)*(?:\w*Map|Hashtable)$/;
const LIBRARY = /^java\.util\./;

interface FieldOf {
  readonly type: string;
  readonly name: string;
}

interface ClassOf {
  name: string;
  flags: number;
  fields: readonly FieldOf[];
  parent: ClassOf | null;
}

/** What was given a number to be referred to by; null: nothing that is worth a second look. */
type Known = string | ClassOf | null;

class Reader {
  readonly cursor: ByteCursor;
  readonly leaves: TypedLeaves;
  readonly #source: Source;
  readonly #known: Known[] = [];

  constructor(source: Source) {
    this.#source = source;
    this.cursor = new ByteCursor(source.bytes);
    this.cursor.at = HEADER;
    this.leaves = new TypedLeaves(source.work);
  }

  get #ended(): boolean {
    return this.cursor.broken || this.leaves.full;
  }

  /** All elements of the stream. */
  read(): void {
    const { root, keys, work } = this.#source;
    for (let i = 0; this.cursor.left > 0 && !this.#ended; i++)
      this.#content({ path: i === 0 ? root : element(root, i), keys, group: work.group() }, 0);
  }

  #utf(size: 2 | 8): Buffer {
    const length = size === 2 ? this.cursor.uint(2) : Number(this.cursor.int64());
    return this.cursor.slice(length);
  }

  #name(): string {
    const name = this.#utf(2).toString('utf8');
    if (!isName(name)) this.cursor.broken = true;
    return name;
  }

  #text(place: Place | null, written: Buffer): string {
    const bytes = standardUtf8(written);
    const text = bytes.toString('utf8');
    this.#known.push(text);
    if (place !== null && !this.cursor.broken) this.leaves.text(place, bytes);
    return text;
  }

  /**
   * The next element (6.4.2, `content`). @param place null: its value says nothing.
   * @returns the text that it is, null for anything else.
   */
  #content(place: Place | null, depth: number): string | null {
    const { cursor } = this;
    const { work, root } = this.#source;
    if (!this.leaves.enters({ path: place?.path ?? root }, depth)) {
      cursor.broken = true;
      return null;
    }
    const type = cursor.byte();
    switch (type) {
      case TC.null:
        if (place !== null) this.leaves.list.push({ ...place, value: 'null', kind: 'null' });
        return null;
      case TC.reference:
        return this.#reference(place);
      case TC.object:
        this.#object(place ?? { path: root, keys: this.#source.keys, group: work.group() }, depth);
        return null;
      case TC.text:
        return this.#text(place, this.#utf(2));
      case TC.longText:
        return this.#text(place, this.#utf(8));
      case TC.array:
        this.#array(place ?? { path: root, keys: this.#source.keys, group: work.group() }, depth);
        return null;
      case TC.enum:
        this.#class(depth);
        this.#known.push(null);
        this.#content(place, depth + 1);
        return null;
      case TC.class:
        this.#class(depth);
        this.#known.push(null);
        return null;
      case TC.data:
      case TC.longData: {
        const bytes = cursor.slice(type === TC.data ? cursor.byte() : cursor.int(4));
        if (place !== null && bytes.length > 0) this.leaves.bytes(place, bytes, '');
        return null;
      }
      case TC.reset:
        this.#known.length = 0;
        return null;
      default:
        cursor.broken = true;
        return null;
    }
  }

  #handle(): Known {
    return this.#known[this.cursor.int(4) - FIRST_HANDLE] ?? null;
  }

  #reference(place: Place | null): string | null {
    const known = this.#handle();
    if (typeof known !== 'string') return null;
    if (place !== null && this.#source.work.read(known.length, place.path))
      this.leaves.list.push({ ...place, value: known, kind: 'string' });
    return known;
  }

  /** A description of a class (6.4.2, `classDesc`); null: there is none, as above the topmost. */
  #class(depth: number): ClassOf | null {
    const { cursor } = this;
    if (!this.leaves.enters({ path: this.#source.root }, depth)) cursor.broken = true;
    const type = cursor.byte();
    if (cursor.broken || type === TC.null) return null;
    if (type === TC.reference) {
      const known = this.#handle();
      if (known === null || typeof known === 'string') cursor.broken = true;
      return typeof known === 'string' ? null : known;
    }
    const found: ClassOf = { name: '', flags: SERIALIZABLE, fields: [], parent: null };
    if (type === TC.classDescription) {
      found.name = this.#name();
      cursor.slice(8);
      this.#known.push(found);
      found.flags = cursor.byte();
      found.fields = this.#fields();
    } else if (type === TC.proxy) {
      this.#known.push(found);
      for (let count = cursor.int(4); count > 0 && !cursor.broken; count--) this.#name();
    } else cursor.broken = true;
    this.#annotation(null, depth);
    found.parent = this.#class(depth + 1);
    return found;
  }

  #fields(): FieldOf[] {
    const fields: FieldOf[] = [];
    for (let count = this.cursor.uint(2); count > 0 && !this.cursor.broken; count--) {
      if (!this.leaves.enters({ path: this.#source.root }, 0)) this.cursor.broken = true;
      const type = String.fromCharCode(this.cursor.byte());
      const name = this.#name();
      if (type === 'L' || type === '[') this.#content(null, 0);
      fields.push({ type, name });
    }
    return fields;
  }

  /** Elements up to the sign that ends them. @param take null: they say nothing. */
  #annotation(take: ((index: number) => void) | null, depth: number): void {
    for (let index = 0; !this.#ended; index++) {
      if (this.cursor.bytes[this.cursor.at] === TC.end) {
        this.cursor.at++;
        return;
      }
      if (take === null) this.#content(null, depth + 1);
      else take(index);
    }
  }

  #object(outer: Place, depth: number): void {
    const found = this.#class(depth);
    this.#known.push(null);
    const line: ClassOf[] = [];
    for (let each = found; each !== null && line.length < limits.structDepth; each = each.parent) line.push(each);
    const place = { ...outer, group: this.#source.work.group() };
    for (const each of line.reverse()) {
      if (this.#ended) return;
      const { name, flags, fields } = each;
      if ((flags & SERIALIZABLE) !== 0)
        for (const field of fields) {
          const own = BOX.test(name) ? outer : { ...place, path: member(place.path, field.name), keys: named(place.keys, field.name) };
          // What the library keeps of itself is no data: sizes, thresholds.
          this.#value(field.type, LIBRARY.test(name) && field.type !== '[' && field.type !== 'L' ? null : own, depth + 1);
        }
      if ((flags & SERIALIZABLE) !== 0 ? (flags & WRITES) !== 0 : (flags & BLOCKS) !== 0) this.#written(name, place, depth);
      else if ((flags & EXTERNALIZABLE) !== 0) this.cursor.broken = true;
    }
  }

  /** What a class wrote behind its fields. */
  #written(name: string, place: Place, depth: number): void {
    let count = 0;
    this.#annotation(() => {
      const isData = this.cursor.bytes[this.cursor.at] === TC.data;
      if (isData && LIBRARY.test(name)) {
        const bytes = this.#block();
        // A date writes its milliseconds; the others how many elements follow.
        if (name === 'java.util.Date' && bytes.length === 8) this.leaves.number(place, bytes.readBigInt64BE(0));
        return;
      }
      if (!MAP.test(name)) {
        this.#content({ ...place, path: element(place.path, count++) }, depth + 1);
        return;
      }
      const key = this.#content(null, depth + 1) ?? String(count);
      count++;
      if (isName(key)) this.#content({ ...place, path: member(place.path, key), keys: named(place.keys, key) }, depth + 1);
      else this.cursor.broken = true;
    }, depth);
  }

  #block(): Buffer {
    this.cursor.at++;
    return this.cursor.slice(this.cursor.byte());
  }

  #array(place: Place, depth: number): void {
    const { cursor } = this;
    const type = this.#class(depth)?.name[1] ?? '';
    this.#known.push(null);
    const count = cursor.int(4);
    if (type === 'B') {
      const bytes = cursor.slice(count);
      if (!cursor.broken) this.leaves.bytes(place, bytes, '');
      return;
    }
    for (let i = 0; i < count && !this.#ended; i++) this.#value(type, { ...place, path: element(place.path, i) }, depth + 1);
  }

  /** @param type as in the name of an array (4.3 of the Java Virtual Machine Specification). */
  #value(type: string, place: Place | null, depth: number): void {
    const { cursor } = this;
    if (type === 'L' || type === '[') {
      this.#content(place, depth);
      return;
    }
    const value = this.#primitive(type);
    if (cursor.broken || place === null) return;
    if (typeof value === 'boolean') this.leaves.boolean(place, value);
    else if (typeof value === 'string') this.leaves.list.push({ ...place, value, kind: 'string' });
    else this.leaves.number(place, value);
  }

  #primitive(type: string): number | bigint | boolean | string {
    const { cursor } = this;
    switch (type) {
      case 'B':
        return cursor.int(1);
      case 'C':
        return String.fromCharCode(cursor.uint(2));
      case 'D':
        return cursor.double();
      case 'F':
        return shortestSingle(cursor.float());
      case 'I':
        return cursor.int(4);
      case 'J':
        return cursor.int64();
      case 'S':
        return cursor.int(2);
      case 'Z':
        return cursor.byte() !== 0;
      default:
        cursor.broken = true;
        return 0;
    }
  }
}

/** What `ObjectOutputStream` writes (Java Object Serialization Specification, chapter 6): objects with the names of their fields. */
export const decoder: Decoder = {
  id: 'javaserial',
  says: { zh: 'Java 对象序列化流（ObjectInputStream），按字段名', en: 'Java object stream (ObjectInputStream), by field' },
  order: 9,
  first: (byte) => byte === 0xac,
  magic: (bytes) => bytes[0] === 0xac && bytes[1] === 0xed && bytes[2] === 0 && bytes[3] === 5 && bytes.length > HEADER,
  mime: (mime) => mime === 'application/x-java-serialized-object',
  open(source) {
    if (source.bytes.length <= HEADER || source.bytes[0] !== 0xac || source.bytes[1] !== 0xed) return null;
    const reader = new Reader(source);
    reader.read();
    const { leaves, cursor } = reader;
    const isBroken = cursor.broken && !leaves.full;
    return leaves.list.length > 0 ? { leaves: leaves.list, ...(isBroken ? { broken: true } : {}) } : null;
  },
};
