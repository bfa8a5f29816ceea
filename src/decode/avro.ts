/**
 * Danger: a schema may name itself, lists may claim any number of values that take no bytes, and maps of maps may go on for ever. Fences: depth, fields, and
 * every value costs work.
 */
import { limits } from '../limits.js';
import type { ByteCursor } from './byte-cursor.js';
import { isName } from './control.js';
import { element, member, named } from './path.js';
import type { Place, TypedLeaves } from './typed.js';
import type { Work } from './work.js';

const PRIMITIVES = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'] as const;

/** How a value is written (Avro 1.11 specification, "Schema Declaration"). */
export type AvroSchema =
  | { readonly type: (typeof PRIMITIVES)[number] }
  | { readonly type: 'record'; readonly fields: Array<{ readonly name: string; readonly schema: AvroSchema }> }
  | { readonly type: 'array' | 'map'; readonly values: AvroSchema }
  | { readonly type: 'enum'; readonly symbols: readonly unknown[] }
  | { readonly type: 'fixed'; readonly size: number }
  | { readonly type: 'union'; readonly of: readonly AvroSchema[] };

const isPrimitive = (name: string): name is (typeof PRIMITIVES)[number] => PRIMITIVES.some((each) => each === name);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

/** Thrown and caught here: a schema that names what it does not define, or is none. */
class NoSchema extends Error {}

class Builder {
  readonly #named = new Map<string, AvroSchema>();

  build(given: unknown, namespace: string, depth: number): AvroSchema {
    if (depth >= limits.structDepth) throw new NoSchema();
    if (typeof given === 'string') {
      const found = isPrimitive(given) ? { type: given } : (this.#named.get(`${namespace}.${given}`) ?? this.#named.get(given));
      if (found === undefined) throw new NoSchema();
      return found;
    }
    if (Array.isArray(given)) return { type: 'union', of: given.map((each) => this.build(each, namespace, depth + 1)) };
    if (!isObject(given)) throw new NoSchema();
    return this.#declared(given, namespace, depth);
  }

  #declared(given: Readonly<Record<string, unknown>>, outer: string, depth: number): AvroSchema {
    const name = String(given.name ?? '');
    const dot = name.lastIndexOf('.');
    const namespace = dot > 0 ? name.slice(0, dot) : String(given.namespace ?? outer);
    const keep = <T extends AvroSchema>(schema: T): T => {
      this.#named.set(`${namespace}.${name.slice(dot + 1)}`, schema);
      return schema;
    };
    switch (given.type) {
      case 'record':
      case 'error': {
        const record = keep({ type: 'record' as const, fields: [] as Array<{ name: string; schema: AvroSchema }> });
        for (const field of Array.isArray(given.fields) ? given.fields : []) {
          if (!isObject(field)) throw new NoSchema();
          record.fields.push({ name: String(field.name), schema: this.build(field.type, namespace, depth + 1) });
        }
        return record;
      }
      case 'array':
        return { type: 'array', values: this.build(given.items, namespace, depth + 1) };
      case 'map':
        return { type: 'map', values: this.build(given.values, namespace, depth + 1) };
      case 'enum':
        return keep({ type: 'enum', symbols: Array.isArray(given.symbols) ? given.symbols : [] });
      case 'fixed':
        return keep({ type: 'fixed', size: Number(given.size) });
      default:
        return this.build(given.type, namespace, depth + 1);
    }
  }
}

/** Longer texts are no schema: those of whole companies have a tenth of it, and each character may be an array. */
const LONGEST_SCHEMA = 512 * 1024;

/** @param text in JSON. @returns null: it is no schema, or too long for one. */
export function avroSchema(text: string): AvroSchema | null {
  if (text.length > LONGEST_SCHEMA) return null;
  try {
    return new Builder().build(JSON.parse(text), '', 0);
  } catch {
    return null;
  }
}

/** A whole number of up to 64 bits: seven a byte, the lowest first, signs in the lowest bit ("Binary Encoding"). */
export function avroLong(cursor: ByteCursor): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = cursor.byte();
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n));
  }
  cursor.broken = true;
  return 0n;
}

/** Reads values of a schema into leaves. */
export class AvroReader {
  readonly #cursor: ByteCursor;
  readonly #leaves: TypedLeaves;
  readonly #work: Work;

  constructor(cursor: ByteCursor, leaves: TypedLeaves, work: Work) {
    this.#cursor = cursor;
    this.#leaves = leaves;
    this.#work = work;
  }

  get #ended(): boolean {
    return this.#cursor.broken || this.#leaves.full;
  }

  value(schema: AvroSchema, place: Place, depth: number): void {
    const cursor = this.#cursor;
    const leaves = this.#leaves;
    if (!leaves.enters(place, depth)) {
      cursor.broken = true;
      return;
    }
    switch (schema.type) {
      case 'null':
        return;
      case 'boolean': {
        const byte = cursor.byte();
        if (byte > 1) cursor.broken = true;
        if (!cursor.broken) leaves.boolean(place, byte === 1);
        return;
      }
      case 'int':
      case 'long': {
        const value = avroLong(cursor);
        if (!cursor.broken) leaves.number(place, value);
        return;
      }
      case 'float':
      case 'double': {
        const bytes = cursor.slice(schema.type === 'float' ? 4 : 8);
        if (cursor.broken) return;
        if (schema.type === 'float') leaves.single(place, bytes.readFloatLE(0));
        else leaves.number(place, bytes.readDoubleLE(0));
        return;
      }
      case 'string':
      case 'bytes':
      case 'fixed': {
        const bytes = cursor.slice(schema.type === 'fixed' ? schema.size : Number(avroLong(cursor)));
        if (cursor.broken) return;
        if (schema.type === 'string') leaves.text(place, bytes);
        else leaves.bytes(place, bytes, '');
        return;
      }
      case 'enum': {
        const symbol = schema.symbols[Number(avroLong(cursor))];
        if (typeof symbol !== 'string') cursor.broken = true;
        else leaves.list.push({ ...place, value: symbol, kind: 'string' });
        return;
      }
      case 'union': {
        const chosen = schema.of[Number(avroLong(cursor))];
        if (chosen === undefined) cursor.broken = true;
        else this.value(chosen, place, depth + 1);
        return;
      }
      case 'record': {
        const group = this.#work.group();
        for (const { name, schema: own } of schema.fields) {
          if (this.#ended) return;
          this.value(own, { path: member(place.path, name), keys: named(place.keys, name), group }, depth + 1);
        }
        return;
      }
      default:
        this.#blocks(schema, place, depth);
    }
  }

  /** Lists and maps come in blocks, the last of which is empty; a negative number of values is followed by that of their bytes. */
  #blocks({ type, values }: Extract<AvroSchema, { type: 'array' | 'map' }>, place: Place, depth: number): void {
    const group = type === 'map' ? this.#work.group() : place.group;
    let index = 0;
    while (!this.#ended) {
      let count = avroLong(this.#cursor);
      if (count === 0n) return;
      if (count < 0n) {
        avroLong(this.#cursor);
        count = -count;
      }
      for (; count > 0n && !this.#ended; count--) {
        const name = type === 'map' ? this.#cursor.slice(Number(avroLong(this.#cursor))).toString('utf8') : null;
        if (name !== null && !isName(name)) this.#cursor.broken = true;
        const path = name === null ? element(place.path, index++) : member(place.path, name);
        if (!this.#ended) this.value(values, { path, keys: name === null ? place.keys : named(place.keys, name), group }, depth + 1);
      }
    }
  }
}
