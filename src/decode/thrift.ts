import { limits } from '../limits.js';
import { isName } from './control.js';
import type { Source } from './decoder.js';
import { element, member, named } from './path.js';
import { type Place, TypedLeaves } from './typed.js';

/** What a value is, whichever protocol wrote it (Apache Thrift, "Thrift protocol structure"). */
export const KIND = {
  stop: 0,
  boolean: 1,
  byte: 2,
  i16: 3,
  i32: 4,
  i64: 5,
  double: 6,
  text: 7,
  struct: 8,
  map: 9,
  list: 10,
  uuid: 11,
} as const;
export type Kind = (typeof KIND)[keyof typeof KIND];

/** Field numbers beyond this are legal and never seen; in noise they are the rule. */
const LARGEST_GUESSED = 4_096;
/** Bytes of text that chance does not write. */
const LEAST_TEXT = 8;

/** What a call may be named: an identifier, with its service before it where several share a connection. */
export function isCallName(name: Uint8Array): boolean {
  return name.length > 0 && name.length <= 128 && /^[A-Za-z_][\w.:]*$/.test(Buffer.from(name).toString('latin1'));
}

/**
 * Values of a Thrift document: structs of numbered fields, containers, and calls around them. How each is written is a protocol's own; both end
 * a struct with a stop, so that a document ends with its bytes and says so.
 */
export abstract class ThriftReader {
  readonly leaves: TypedLeaves;
  at = 0;
  broken = false;
  /** Ran past the end of bytes of which only the beginning was kept. */
  cut = false;
  protected readonly bytes: Buffer;
  /** Number of the field that `field` has found. */
  protected id = 0;
  /** Kinds of what the container holds that `many` has found. */
  protected keyKind: Kind = KIND.stop;
  protected valueKind: Kind = KIND.stop;
  readonly #source: Source;

  constructor(source: Source) {
    this.leaves = new TypedLeaves(source.work);
    this.#source = source;
    this.bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
  }

  /** Reads the head of a field into `id`. @param last number of the one before it. */
  protected abstract field(last: number): Kind;
  /** A switch, where it is no field's own (`field` may know it already). */
  protected abstract boolean(isElement: boolean): boolean;
  protected abstract integer(kind: Kind): number | bigint;
  protected abstract double(): number;
  protected abstract size(): number;
  /** The head of a map or list: its kinds into `keyKind` and `valueKind`. @returns how many there are. */
  protected abstract many(kind: Kind): number;
  /** What stands before the struct of a call. @returns its name; '' where the bytes begin as no call does. */
  protected abstract call(): string;

  /** Offset of so many bytes, behind which reading goes on. */
  protected take(size: number): number {
    const from = this.at;
    if (this.broken || size < 0 || size > this.bytes.length - from) {
      this.cut ||= this.#source.truncated && !this.broken && size >= 0;
      this.broken = true;
      return 0;
    }
    this.at += size;
    return from;
  }

  protected byte(): number {
    return this.bytes[this.take(1)] ?? 0;
  }

  /** So many bytes, none where there are fewer. */
  protected slice(size: number): Buffer {
    const from = this.take(size);
    return this.broken ? this.bytes.subarray(0, 0) : this.bytes.subarray(from, from + size);
  }

  /** Reads all of it. @returns whether it is to be kept. */
  document(): boolean {
    const { root, keys, declared } = this.#source;
    const name = this.call();
    if (this.broken) return false;
    const isCall = name !== '';
    this.#struct(isCall ? member(root, name) : root, isCall ? named(keys, name) : keys, 0);
    if (this.broken ? !this.cut : this.at < this.bytes.length && !this.leaves.full) return false;
    const { list, readable } = this.leaves;
    return list.length > 0 && ((isCall && !this.cut) || declared || (list.length >= 2 && readable >= LEAST_TEXT));
  }

  #struct(path: string, keys: readonly string[], depth: number): void {
    const group = this.#source.work.group();
    const isStrict = !this.#source.declared;
    let last = isStrict ? -1 : Number.NEGATIVE_INFINITY;
    while (!this.broken && !this.leaves.full) {
      const kind = this.field(Math.max(last, 0));
      if (this.broken || kind === KIND.stop) return;
      if (isStrict && (this.id <= last || this.id > LARGEST_GUESSED)) this.broken = true;
      last = this.id;
      const name = String(last);
      if (!this.broken) this.#value(kind, { path: member(path, name), keys: named(keys, name), group }, depth, false);
    }
  }

  #value(kind: Kind, place: Place, depth: number, isElement: boolean): void {
    const { work } = this.#source;
    if (depth >= limits.structDepth) {
      work.hit(place.path, 'structDepth');
      this.broken = true;
      return;
    }
    switch (kind) {
      case KIND.boolean: {
        const value = this.boolean(isElement);
        if (!this.broken) this.leaves.boolean(place, value);
        return;
      }
      case KIND.byte:
      case KIND.i16:
      case KIND.i32:
      case KIND.i64: {
        const value = this.integer(kind);
        if (!this.broken) this.leaves.number(place, value);
        return;
      }
      case KIND.double: {
        const value = this.double();
        if (!this.broken) this.leaves.number(place, value);
        return;
      }
      case KIND.text: {
        const text = this.slice(this.size());
        if (!this.broken) this.leaves.text(place, text);
        return;
      }
      case KIND.uuid: {
        const digits = this.slice(16).toString('hex');
        const value = digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
        if (!this.broken) this.leaves.list.push({ ...place, value, kind: 'string' });
        return;
      }
      case KIND.struct:
        this.#struct(place.path, place.keys, depth + 1);
        return;
      case KIND.map:
        this.#map(place, depth);
        return;
      case KIND.list:
        this.#list(place, depth);
        return;
      default:
        this.broken = true;
    }
  }

  #list(place: Place, depth: number): void {
    const count = this.many(KIND.list);
    const kind = this.valueKind;
    for (let i = 0; i < count && !this.broken && !this.leaves.full; i++)
      this.#value(kind, { ...place, path: element(place.path, i) }, depth + 1, true);
  }

  #map({ path, keys }: Place, depth: number): void {
    const group = this.#source.work.group();
    const count = this.many(KIND.map);
    const { keyKind, valueKind } = this;
    for (let i = 0; i < count && !this.broken && !this.leaves.full; i++) {
      const key = this.#key(keyKind);
      if (!this.broken) this.#value(valueKind, { path: member(path, key), keys: named(keys, key), group }, depth + 1, true);
    }
  }

  /** Keys are texts or integers; anything else is a sign of noise. */
  #key(kind: Kind): string {
    if (kind === KIND.text) {
      const key = this.slice(this.size()).toString('utf8');
      if (!isName(key)) this.broken = true;
      return key;
    }
    if (kind < KIND.byte || kind > KIND.i64) this.broken = true;
    return this.broken ? '' : String(this.integer(kind));
  }
}

/** Bytes of the length that stands before a document on a socket. */
const FRAME = 4;

/** Whether the bytes are a document with its length before it (the framed transport). */
export function isFramed(bytes: Uint8Array): boolean {
  return bytes.length > FRAME && bytes[0] === 0 && ((bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!) === bytes.length - FRAME;
}

/** The document behind its length. */
export function unframed(bytes: Uint8Array): {
  readonly bytes: Uint8Array;
  readonly step: string;
  readonly sure: false;
  readonly structured: true;
} {
  return { bytes: bytes.subarray(FRAME), step: `skip-${FRAME}`, sure: false, structured: true };
}
