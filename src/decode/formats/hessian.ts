/**
 * Danger: values refer to types and classes that stood before, and a class may have any number of names. Fences: depth, fields, and everything else takes
 * bytes. Nothing is ever built: names and values are read, and no class is asked for.
 */
import { ByteCursor } from '../byte-cursor.js';
import { isName } from '../control.js';
import type { Decoder, Source } from '../decoder.js';
import { standardUtf8 } from '../java-text.js';
import { element, member, named } from '../path.js';
import { type Place, TypedLeaves } from '../typed.js';

/** Version 2.0 of the protocol, before a call or an answer (hessian.caucho.com/doc/hessian-ws.html). */
const VERSION = [0x48, 0x02, 0x00] as const;
const CLASS = 0x43;
const TYPED_MAP = 0x4d;
const END = 0x5a;
/** The name of a class has dots. */
const CLASS_NAME = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/;
const MAP = 0x48;
/** What a value by itself may begin with, by the name behind it. */
const NAMES = new Map([
  [CLASS, CLASS_NAME],
  [TYPED_MAP, CLASS_NAME],
  [MAP, /^[A-Za-z_$][\w$.-]*$/],
]);
const LONGEST_SHORT = 0x1f;

interface ClassOf {
  readonly names: readonly string[];
}

class Reader {
  readonly cursor: ByteCursor;
  readonly leaves: TypedLeaves;
  /** Names that were read. */
  names = 0;
  readonly #source: Source;
  readonly #classes: ClassOf[] = [];

  constructor(source: Source) {
    this.#source = source;
    this.cursor = new ByteCursor(source.bytes);
    this.leaves = new TypedLeaves(source.work);
  }

  get #ended(): boolean {
    return this.cursor.broken || this.leaves.full;
  }

  get #next(): number {
    return this.cursor.bytes[this.cursor.at] ?? -1;
  }

  /** Bytes of so many characters of UTF-16 written in UTF-8; two for one of four bytes. */
  #characters(count: number): Buffer {
    const { bytes, at } = this.cursor;
    let end = at;
    for (let left = count; left > 0 && end < bytes.length; left--) {
      const first = bytes[end]!;
      end += first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
      if (first >= 0xf0) left--;
    }
    if (end > bytes.length || (count > 0 && end === at)) this.cursor.broken = true;
    return this.cursor.slice(end - at);
  }

  /** A text, of which longer ones come in pieces; null: it is none. */
  #text(): Buffer | null {
    const { cursor } = this;
    const parts: Buffer[] = [];
    for (;;) {
      const code = this.#next;
      if (code >= 0 && code <= LONGEST_SHORT) {
        cursor.byte();
        parts.push(this.#characters(code));
      } else if (code >= 0x30 && code <= 0x33) {
        cursor.byte();
        parts.push(this.#characters(((code - 0x30) << 8) + cursor.byte()));
      } else if (code === 0x52 || code === 0x53) {
        cursor.byte();
        parts.push(this.#characters(cursor.uint(2)));
        if (code === 0x52 && !cursor.broken) continue;
      } else return null;
      return standardUtf8(parts.length === 1 ? parts[0]! : Buffer.concat(parts));
    }
  }

  #binary(): Buffer | null {
    const { cursor } = this;
    const parts: Buffer[] = [];
    for (;;) {
      const code = this.#next;
      if (code >= 0x20 && code <= 0x2f) {
        cursor.byte();
        parts.push(cursor.slice(code - 0x20));
      } else if (code >= 0x34 && code <= 0x37) {
        cursor.byte();
        parts.push(cursor.slice(((code - 0x34) << 8) + cursor.byte()));
      } else if (code === 0x41 || code === 0x42) {
        cursor.byte();
        parts.push(cursor.slice(cursor.uint(2)));
        if (code === 0x41 && !cursor.broken) continue;
      } else return null;
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    }
  }

  /** A number in one of its lengths; null: it is none. */
  #number(): number | bigint | null {
    const { cursor } = this;
    const code = this.#next;
    const compact = (middle: number, size: number) => (cursor.byte() - middle) * 256 ** size + (size === 0 ? 0 : cursor.uint(size));
    if (code >= 0x80 && code <= 0xbf) return compact(0x90, 0);
    if (code >= 0xc0 && code <= 0xcf) return compact(0xc8, 1);
    if (code >= 0xd0 && code <= 0xd7) return compact(0xd4, 2);
    if (code >= 0xd8 && code <= 0xef) return compact(0xe0, 0);
    if (code >= 0xf0) return compact(0xf8, 1);
    if (code >= 0x38 && code <= 0x3f) return compact(0x3c, 2);
    if (!NUMBERS.has(code)) return null;
    cursor.byte();
    switch (code) {
      case 0x44:
        return cursor.double();
      case 0x49:
      case 0x59:
        return cursor.int(4);
      case 0x4a:
      case 0x4c:
        return cursor.int64();
      case 0x4b:
        return cursor.int(4) * 60_000;
      case 0x5d:
        return cursor.int(1);
      case 0x5e:
        return cursor.int(2);
      case 0x5f:
        return cursor.int(4) / 1_000;
      default:
        return code - 0x5b;
    }
  }

  #count(): number {
    const count = this.#number();
    if (count === null) this.cursor.broken = true;
    return Number(count ?? 0);
  }

  #name(): string {
    const name = this.#text()?.toString('utf8');
    if (name === undefined || !isName(name)) this.cursor.broken = true;
    return name ?? '';
  }

  /** The type of a list or a map: its name, or the number of one that stood before. */
  #type(): void {
    if (this.#text() === null) this.#count();
  }

  #define(place: Place): void {
    this.cursor.byte();
    this.#name();
    const names: string[] = [];
    for (let count = this.#count(); count > 0 && !this.cursor.broken; count--) {
      if (!this.leaves.enters(place, 0)) this.cursor.broken = true;
      names.push(this.#name());
    }
    this.#classes.push({ names });
  }

  /** A call: the name of the method, and its arguments; or an answer. */
  message(place: Place): void {
    const code = this.cursor.byte();
    if (code === CLASS) {
      this.#name();
      const count = this.#count();
      for (let index = 0; index < count && !this.#ended; index++) this.value({ ...place, path: element(place.path, index) }, 0);
    } else if (code === 0x52 || code === 0x46) this.value(place, 0);
    else this.cursor.broken = true;
  }

  value(place: Place, depth: number): void {
    const { cursor, leaves } = this;
    if (!leaves.enters(place, depth)) cursor.broken = true;
    while (!cursor.broken && this.#next === CLASS) this.#define(place);
    if (this.#ended) return;
    const text = this.#text();
    if (text !== null) {
      if (!cursor.broken) leaves.text(place, text);
      return;
    }
    const binary = this.#binary();
    if (binary !== null) {
      if (!cursor.broken) leaves.bytes(place, binary, '');
      return;
    }
    const number = this.#number();
    if (number !== null) {
      if (!cursor.broken) leaves.number(place, number);
      return;
    }
    this.#structure(cursor.byte(), place, depth);
  }

  #structure(code: number, place: Place, depth: number): void {
    const { cursor, leaves } = this;
    if (code === 0x4e) leaves.list.push({ ...place, value: 'null', kind: 'null' });
    else if (code === 0x54 || code === 0x46) leaves.boolean(place, code === 0x54);
    // What stood before is told there.
    else if (code === 0x51) this.#count();
    else if (code === 0x4f) this.#object(this.#count(), place, depth);
    else if (code >= 0x60 && code <= 0x6f) this.#object(code - 0x60, place, depth);
    else if (code === MAP || code === TYPED_MAP) {
      if (code === TYPED_MAP) this.#type();
      this.#map(place, depth);
    } else if (code >= 0x55 && code <= 0x58) {
      if (code < 0x57) this.#type();
      this.#list(code === 0x55 || code === 0x57 ? null : this.#count(), place, depth);
    } else if (code >= 0x70 && code <= 0x7f) {
      if (code < 0x78) this.#type();
      this.#list(code & 7, place, depth);
    } else cursor.broken = true;
  }

  #object(index: number, place: Place, depth: number): void {
    const found = this.#classes[index];
    if (found === undefined) this.cursor.broken = true;
    const group = this.#source.work.group();
    for (const name of found?.names ?? []) {
      if (this.#ended) return;
      this.names++;
      this.value({ path: member(place.path, name), keys: named(place.keys, name), group }, depth + 1);
    }
  }

  #map(place: Place, depth: number): void {
    const group = this.#source.work.group();
    while (!this.#ended) {
      if (this.#next === END) {
        this.cursor.byte();
        return;
      }
      const text = this.#text();
      const name = text === null ? String(this.#count()) : text.toString('utf8');
      if (!isName(name)) this.cursor.broken = true;
      this.names++;
      this.value({ path: member(place.path, name), keys: named(place.keys, name), group }, depth + 1);
    }
  }

  /** @param count null: up to the sign that ends it. */
  #list(count: number | null, place: Place, depth: number): void {
    for (let index = 0; (count === null || index < count) && !this.#ended; index++) {
      if (count === null && this.#next === END) {
        this.cursor.byte();
        return;
      }
      this.value({ ...place, path: element(place.path, index) }, depth + 1);
    }
  }
}

/** Doubles, whole numbers and times that are not written within their code. */
const NUMBERS: ReadonlySet<number> = new Set([0x44, 0x49, 0x4a, 0x4b, 0x4c, 0x59, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f]);

function isVersioned(bytes: Uint8Array): boolean {
  return bytes[0] === VERSION[0] && bytes[1] === VERSION[1] && bytes[2] === VERSION[2];
}

/** Whether these bytes begin with a class, a map of one, or a map with a name, all of which are short; or with a short list of such. */
function beginsNamed(bytes: Uint8Array): boolean {
  const at = bytes[0]! >= 0x78 && bytes[0]! <= 0x7f ? 1 : 0;
  const pattern = NAMES.get(bytes[at] ?? -1);
  const length = bytes[at + 1] ?? 0;
  if (pattern === undefined || length < 1 || length > LONGEST_SHORT || at + length + 2 >= bytes.length) return false;
  return pattern.test(Buffer.from(bytes.buffer, bytes.byteOffset + at + 2, length).toString('latin1'));
}

/** Hessian 2.0 (hessian.caucho.com/doc/hessian-serialization.html), in which gateways in Java are called: classes with the names of their fields, maps and lists. */
export const decoder: Decoder = {
  id: 'hessian',
  says: { zh: 'Hessian（版本 1 或 2）；[n] 为第 n 个参数', en: 'Hessian (version 1 or 2); [n] is the argument' },
  order: 17,
  first: (byte) => NAMES.has(byte) || (byte >= 0x78 && byte <= 0x7f),
  magic: (bytes) => isVersioned(bytes) || beginsNamed(bytes),
  mime: (mime) => mime === 'x-application/hessian' || mime === 'application/x-hessian' || mime === 'application/hessian',
  open(source) {
    const { bytes, declared, root, keys, work } = source;
    const versioned = isVersioned(bytes);
    if (!versioned && !declared && !beginsNamed(bytes)) return null;
    const reader = new Reader(source);
    const place = { path: root, keys, group: work.group() };
    if (versioned) {
      reader.cursor.at = VERSION.length;
      reader.message(place);
    } else reader.value(place, 0);
    const { cursor, leaves, names } = reader;
    const isWhole = leaves.full || (!cursor.broken && cursor.left === 0);
    return leaves.list.length > 0 && (names > 0 || versioned) && isWhole ? { leaves: leaves.list } : null;
  },
};
