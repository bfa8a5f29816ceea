import { limits } from '../../limits.js';
import type { ProtoField } from '../../model/proto.js';
import { readText } from '../charset.js';
import { hasControl } from '../control.js';
import type { Decoder, Leaf, Source } from '../decoder.js';
import { mediaOf } from '../media.js';
import { element, named, Repeats } from '../path.js';
import { ANY } from '../proto-known.js';
import { fieldOf, innerType, type ProtoType, packedWire, type Reading, readingOf, typeOf } from '../proto-type.js';
import { shortestSingle } from '../single.js';

/**
 * Protocol Buffers without a schema (protobuf.dev, "Encoding"). The wire says only varint, 32 bits, 64 bits or bytes; whether
 * bytes are a text, a message or neither is a scored guess, and so is whether the whole is protobuf at all.
 */
interface Score {
  fields: number;
  /** Bytes that stand in readable texts of at least three characters. */
  readable: number;
  /** Bytes that are neither readable nor structure. */
  dark: number;
}

/** Where a message stands, and what a definition says of it; `trail` holds the numbers behind the names. */
interface Place {
  readonly path: string;
  readonly keys: readonly string[];
  readonly type: ProtoType | null;
  readonly trail: string;
}

/** Readable bytes that prove a message whatever else it holds: a log of telemetry is mostly packed numbers, which nothing without its schema can read. */
const PROVING_TEXT = 1_024;

/** Field numbers beyond this are legal and never seen; in noise they are the rule. */
const LARGEST_GUESSED = 4_096;

/** A gzip, zlib or media header is as good a sign as readable text: bytes that begin so did not come about by chance. */
function isCompressed(bytes: Uint8Array): boolean {
  if (bytes.length < 16) return false;
  const gzip = bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
  const zlib = bytes[0] === 0x78 && (bytes[1] === 0x9c || bytes[1] === 0xda || bytes[1] === 0x5e || bytes[1] === 1);
  return gzip || zlib || mediaOf(bytes) !== null;
}

/** Whether the outermost fields end exactly with the bytes; nothing is read but tags and lengths. */
export function isWalkable(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; ) {
    let tag = bytes[at++]!;
    if (tag >= 0x80) {
      const high = bytes[at++] ?? 0;
      // Two bytes hold every number up to 2,047; a third may add the rest up to the largest one.
      if (high >= 0x80) {
        const third = bytes[at++] ?? 0;
        if (third === 0 || third >= 0x80) return false;
        tag = (tag & 0x7f) | ((high & 0x7f) << 7) | (third << 14);
      } else if (high === 0) return false;
      else tag = (tag & 0x7f) | (high << 7);
    }
    const number = tag >> 3;
    if (number === 0 || number > LARGEST_GUESSED) return false;
    const wire = tag & 7;
    if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else if (wire === 0) {
      let last = at;
      while (last < at + 10 && (bytes[last] ?? 0) >= 0x80) last++;
      if (last >= at + 10 || last >= bytes.length || (bytes[last] === 0 && last > at)) return false;
      at = last + 1;
    } else if (wire === 2) {
      let length = 0;
      for (let i = 0; ; i++) {
        const byte = bytes[at++];
        if (byte === undefined || i > 3) return false;
        length += (byte & 0x7f) * 2 ** (7 * i);
        if (byte >= 0x80) continue;
        if (byte === 0 && i > 0) return false;
        break;
      }
      at += length;
    } else return false;
    if (at > bytes.length) return false;
  }
  return true;
}

class Reader {
  readonly leaves: Leaf[] = [];
  readonly #source: Source;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #next = 0;

  constructor(source: Source) {
    this.#source = source;
    this.#bytes = source.bytes;
    this.#view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength);
  }

  /** Reads a varint at `at`; leaves the position behind it in `#next`, or -1 where it is none (too long, overlong, cut off). */
  #varint(at: number, end: number): bigint | number {
    let value = 0;
    for (let i = 0; i < 10 && at + i < end; i++) {
      const byte = this.#bytes[at + i]!;
      if (i < 4) value += (byte & 0x7f) * 2 ** (7 * i);
      if (byte < 0x80) {
        this.#next = byte === 0 && i > 0 ? -1 : at + i + 1;
        if (i < 4) return value;
        let big = 0n;
        for (let k = i; k >= 0; k--) big = (big << 7n) | BigInt(this.#bytes[at + k]! & 0x7f);
        return BigInt.asUintN(64, big);
      }
    }
    this.#next = -1;
    return 0;
  }

  /**
   * Where the group that was opened before `at` ends: its closing tag, and what follows. null: it is not closed, or closed by another's tag.
   * Groups inside of it are passed over by their own tags, and no deeper than messages are.
   */
  #groupEnd(at: number, end: number, number: number): { readonly close: number; readonly next: number } | null {
    const open = [number];
    while (at < end) {
      const close = at;
      const tag = this.#varint(at, end);
      if (this.#next < 0 || typeof tag === 'bigint') return null;
      const wire = tag & 7;
      at = this.#next;
      if (wire === 4) {
        if (open.pop() !== Math.floor(tag / 8)) return null;
        if (open.length === 0) return { close, next: at };
      } else if (wire === 3) {
        if (open.push(Math.floor(tag / 8)) > limits.protobufDepth) return null;
      } else if (wire === 2) {
        const length = this.#varint(at, end);
        if (this.#next < 0 || typeof length === 'bigint') return null;
        at = this.#next + length;
      } else if (wire === 0) {
        this.#varint(at, end);
        if (this.#next < 0) return null;
        at = this.#next;
      } else if (wire === 1 || wire === 5) at += wire === 1 ? 8 : 4;
      else return null;
    }
    return null;
  }

  /** Number and wire type of the outermost fields, as far as they can be read. */
  tags(): ReadonlyArray<readonly [number: number, wire: number]> {
    const end = this.#bytes.length;
    const tags: Array<readonly [number, number]> = [];
    for (let at = 0; at < end && tags.length < limits.decodeFields; ) {
      const tag = this.#varint(at, end);
      if (this.#next < 0 || typeof tag === 'bigint') break;
      const wire = tag & 7;
      const from = this.#next;
      if (wire === 0) this.#varint(from, end);
      else if (wire === 2) {
        const length = this.#varint(from, end);
        this.#next = this.#next < 0 || typeof length === 'bigint' ? -1 : this.#next + length;
      } else if (wire === 3) this.#next = this.#groupEnd(from, end, Math.floor(tag / 8))?.next ?? -1;
      else this.#next = wire === 1 ? from + 8 : wire === 5 ? from + 4 : -1;
      if (this.#next < 0 || this.#next > end) break;
      tags.push([Math.floor(tag / 8), wire]);
      at = this.#next;
    }
    return tags;
  }

  /** @returns null where these bytes are no message; the leaves are then as before. */
  message(start: number, end: number, { path, keys, type, trail }: Place, depth: number, strict: boolean): Score | null {
    const { work, truncated } = this.#source;
    if (depth >= limits.protobufDepth) {
      work.hit(path, 'protobufDepth');
      return null;
    }
    if (start >= end || !work.read(end - start, path)) return null;
    const mark = this.leaves.length;
    const most = work.fieldsLeft + 1;
    const score: Score = { fields: 0, readable: 0, dark: 0 };
    const group = work.group();
    const repeats = new Repeats();
    let at = start;
    while (at < end && this.leaves.length < most) {
      const tag = this.#varint(at, end);
      const number = typeof tag === 'bigint' ? 0 : Math.floor(tag / 8);
      const wire = typeof tag === 'bigint' ? 7 : tag & 7;
      if (this.#next < 0 || number === 0 || (strict && number > LARGEST_GUESSED)) break;
      const from = this.#next;
      const known = fieldOf(type, number, wire);
      const name = known?.name ?? String(number);
      // Once a name stands for a number, the numbers are told in the steps.
      const numbers = type === null ? '' : trail === '' ? String(number) : `${trail}.${number}`;
      const place = (): Place => ({ path: repeats.path(path, name), keys: named(keys, name), type: null, trail: numbers });
      let next = -1;
      if (wire === 0) {
        const value = this.#varint(from, end);
        next = this.#next;
        if (next >= 0) this.#number(place(), value, known, type, group);
      } else if (wire === 1 || wire === 5) {
        const size = wire === 1 ? 8 : 4;
        next = from + size <= end ? from + size : -1;
        if (next >= 0) this.#fixedLeaf(place(), from, size, known, type, group);
      } else if (wire === 2) {
        const length = this.#varint(from, end);
        if (this.#next >= 0 && typeof length === 'number' && this.#next + length <= end) {
          next = this.#next + length;
          if (known === null || type === null) this.#delimited(this.#next, next, place(), group, depth, score);
          else this.#known(this.#next, next, place(), known, type, group, depth, score);
        }
      } else if (wire === 3 && !strict) {
        const found = this.#groupEnd(from, end, number);
        const inner = known === null || type === null ? null : innerType(known, type.schema);
        if (
          found !== null &&
          (found.close === from || this.message(from, found.close, { ...place(), type: inner }, depth + 1, false) !== null)
        )
          next = found.next;
      }
      if (next < 0) break;
      score.fields++;
      at = next;
    }
    const cutShort = truncated && end === this.#bytes.length && score.fields > 0;
    if (at < end && !cutShort && this.leaves.length < most) {
      this.leaves.length = mark;
      return null;
    }
    return score;
  }

  /** Fixed 64 and 32 bits are doubles and floats where they make a number of daily life (coordinates), otherwise integers. */
  #fixed(at: number, size: 4 | 8): string {
    const real = size === 8 ? this.#view.getFloat64(at, true) : this.#view.getFloat32(at, true);
    const magnitude = Math.abs(real);
    if (real === 0 || (magnitude >= 1e-6 && magnitude < 1e12)) return size === 8 ? String(real) : String(shortestSingle(real));
    return size === 8 ? this.#view.getBigUint64(at, true).toString() : String(this.#view.getUint32(at, true));
  }

  #leaf({ path, keys, trail }: Place, value: string, kind: Leaf['kind'], group: number, bytes?: Uint8Array): void {
    const leaf: Leaf = { path, keys, value, kind, group };
    const shown = bytes === undefined ? leaf : { ...leaf, bytes };
    this.leaves.push(trail === '' ? shown : { ...shown, trail: `field ${trail}` });
  }

  #number(place: Place, value: bigint | number, field: ProtoField | null, type: ProtoType | null, group: number): void {
    const reading = field === null || type === null ? null : readingOf(field, type.schema);
    const signed = () => (typeof value === 'bigint' ? BigInt.asIntN(64, value).toString() : String(value));
    if (reading === 'boolean') this.#leaf(place, BigInt(value) === 0n ? 'false' : 'true', 'boolean', group);
    else if (reading === 'unsigned') this.#leaf(place, String(value), 'number', group);
    else if (reading === 'zigzag') {
      const wide = BigInt(value);
      this.#leaf(place, ((wide >> 1n) ^ -(wide & 1n)).toString(), 'number', group);
    } else if (reading === 'enum' && field !== null && type !== null) {
      const name = type.schema.enums[field.type]?.[Number(signed())];
      this.#leaf(place, name ?? signed(), name === undefined ? 'number' : 'string', group);
    } else this.#leaf(place, signed(), 'number', group);
  }

  #fixedLeaf(place: Place, at: number, size: 4 | 8, field: ProtoField | null, type: ProtoType | null, group: number): void {
    const reading = field === null || type === null ? null : readingOf(field, type.schema);
    this.#leaf(place, reading === null ? this.#fixed(at, size) : this.#exact(at, size, reading), 'number', group);
  }

  #exact(at: number, size: 4 | 8, reading: Reading): string {
    const view = this.#view;
    if (reading === 'real') return size === 8 ? String(view.getFloat64(at, true)) : String(shortestSingle(view.getFloat32(at, true)));
    if (reading === 'signed') return String(size === 8 ? view.getBigInt64(at, true) : view.getInt32(at, true));
    return String(size === 8 ? view.getBigUint64(at, true) : view.getUint32(at, true));
  }

  /** A value of a type that the definition names; where the bytes are not that, they are read as if there were none. */
  #known(start: number, end: number, place: Place, field: ProtoField, type: ProtoType, group: number, depth: number, score: Score): void {
    const inner = type.message.name === ANY && field.name === 'value' ? this.#named(type) : innerType(field, type.schema);
    if (inner !== null) {
      if (start === end) return;
      const read = this.message(start, end, { ...place, type: inner }, depth + 1, false);
      if (read !== null) {
        score.readable += end - start;
        return;
      }
    }
    const packed = packedWire(field, type.schema);
    if (packed !== null && this.#packed(start, end, place, field, type, packed, group)) {
      score.readable += end - start;
      return;
    }
    this.#delimited(start, end, place, group, depth, score);
  }

  /** What an `Any` holds, by the type that it named just before: `type.googleapis.com/com.example.Device`. */
  #named({ schema }: ProtoType): ProtoType | null {
    const named = this.leaves.at(-1);
    const message = named?.keys.at(-1) === 'type_url' ? schema.messages[named.value.slice(named.value.lastIndexOf('/') + 1)] : undefined;
    return message === undefined ? null : { message, schema };
  }

  #packed(start: number, end: number, place: Place, field: ProtoField, type: ProtoType, wire: number, group: number): boolean {
    const mark = this.leaves.length;
    const size = wire === 1 ? 8 : 4;
    let at = start;
    for (let index = 0; at < end && this.leaves.length <= this.#source.work.fieldsLeft; index++) {
      const own = { ...place, path: element(place.path, index) };
      if (wire === 0) {
        const value = this.#varint(at, end);
        at = this.#next;
        if (at >= 0) this.#number(own, value, field, type, group);
      } else {
        if (at + size <= end) this.#fixedLeaf(own, at, size, field, type, group);
        at = at + size <= end ? at + size : -1;
      }
      if (at >= 0) continue;
      this.leaves.length = mark;
      return false;
    }
    return true;
  }

  #delimited(start: number, end: number, place: Place, group: number, depth: number, score: Score): void {
    const bytes = this.#bytes.subarray(start, end);
    const read = bytes.length === 0 ? { text: '', step: null } : readText(bytes, '', false);
    const text = read?.step === null ? read.text : null;
    const plain = text !== null && !hasControl(text);
    // Readable bytes are a text, unless they begin like a field (a control character or a tag) and end exactly where fields would.
    const likeText = plain && (bytes.length < 8 || /^[\p{L}\p{N}{["'<(+\-/.#]/u.test(text));
    if (!likeText && bytes.length >= 2) {
      const inner = this.message(start, end, place, depth + 1, true);
      if (inner !== null && (!plain || inner.readable > 0)) {
        score.readable += inner.readable;
        score.dark += inner.dark;
        return;
      }
    }
    if (plain) {
      if (text.length >= 3) score.readable += bytes.length;
      this.#leaf(place, text, 'string', group);
    } else {
      if (isCompressed(bytes)) score.readable += bytes.length;
      else score.dark += bytes.length;
      this.#leaf(place, '', 'binary', group, bytes);
    }
  }
}

export const decoder: Decoder = {
  id: 'protobuf',
  says: {
    zh: 'Protocol Buffers：路径中的数字为字段编号（protoc --decode_raw）',
    en: 'Protocol Buffers: numbers in the path are field numbers (protoc --decode_raw)',
  },
  order: 84,
  first: (byte) => [0, 1, 2, 5].includes(byte & 7),
  guess: (bytes, { truncated }) => bytes.length >= 8 && (truncated || isWalkable(bytes)),
  mime: (mime) => /protobuf|\bx-proto\b|application\/proto\b/.test(mime),
  open(source) {
    const { bytes, declared, work } = source;
    if (bytes.length < (declared ? 2 : 8)) return null;
    if (declared && source.text !== null && /^\s*[{[<]/.test(source.text)) return null;
    const reader = new Reader(source);
    const type = source.schemas.length === 0 ? null : typeOf(reader.tags(), source.schemas);
    const score = reader.message(0, bytes.length, { path: source.root, keys: source.keys, type, trail: '' }, 0, !declared);
    if (score === null || reader.leaves.length === 0 || work.fieldsLeft <= 0) return null;
    // Undeclared: noise seldom parses to its last byte, and when it does it holds no readable text to speak of.
    const mostly = score.readable >= Math.max(4, bytes.length * 0.2) && score.dark <= bytes.length * 0.5;
    const earned = reader.leaves.length >= 2 && (mostly || score.readable >= PROVING_TEXT);
    return declared || earned || (type !== null && reader.leaves.length >= 2) ? { leaves: reader.leaves } : null;
  },
};
