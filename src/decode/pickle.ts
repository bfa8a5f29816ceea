import { ByteCursor } from './byte-cursor.js';
import { calledValue } from './pickle-calls.js';
import { floatLine, integerLine, stringLine, unicodeLine } from './pickle-lines.js';
import type { Work } from './work.js';

type Scalar =
  | { readonly kind: 'text' | 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'number'; readonly value: number | bigint }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' };
/** A list, a tuple, a set, a dictionary: values by their place, and by their name. */
export interface PickleGroup {
  readonly kind: 'group';
  readonly items: PickleValue[];
  readonly entries: Array<readonly [PickleValue, PickleValue]>;
  /** What a call was given, and the state of the object that it made. Not copied: any number of objects may be given the same. */
  readonly given: PickleValue[];
  /** Module and name of a class or function, which is all that this is. */
  readonly global?: string;
}
export type PickleValue = Scalar | PickleGroup;

/** An integer of so many bytes is a key of RSA; longer ones stay bytes. */
const LONGEST_INTEGER = 64;
/** What an instruction costs, in bytes read: one byte may make an empty list. */
const STEP_COST = 256;
const NONE: PickleValue = { kind: 'null' };

function group(items: PickleValue[] = [], entries: Array<readonly [PickleValue, PickleValue]> = []): PickleGroup {
  return { kind: 'group', items, entries, given: [] };
}

/** Two's complement, the lowest byte first. */
function integer(bytes: Buffer): PickleValue {
  if (bytes.length > LONGEST_INTEGER) return { kind: 'bytes', bytes };
  if (bytes.length === 0) return { kind: 'number', value: 0 };
  const value = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
  return { kind: 'number', value: BigInt.asIntN(8 * bytes.length, value) };
}

/** Modules and names of which the meaning is known are short; a long text may be taken for one any number of times. */
const LONGEST_GLOBAL = 64;

function nameOf(value: PickleValue): string {
  return value.kind === 'text' && value.bytes.length <= LONGEST_GLOBAL ? value.bytes.toString('latin1') : '';
}

/** One pickle. */
interface Pickle {
  readonly value: PickleValue;
  /** Behind its last byte. */
  readonly end: number;
}

/** The machine that a pickle is written for (pickletools.py of CPython), without its imports and calls. */
class Machine {
  readonly #cursor: ByteCursor;
  #stack: PickleValue[] = [];
  readonly #below: PickleValue[][] = [];
  readonly #memo = new Map<number, PickleValue>();
  readonly #work: Work;
  readonly #path: string;

  constructor(bytes: Uint8Array, from: number, work: Work, path: string) {
    this.#cursor = new ByteCursor(bytes);
    this.#cursor.at = from;
    this.#work = work;
    this.#path = path;
  }

  /** @returns null: it is broken, or never ends. */
  run(): Pickle | null {
    const cursor = this.#cursor;
    while (!cursor.broken && cursor.left > 0 && this.#work.read(STEP_COST, this.#path)) {
      const code = cursor.byte();
      if (code === 0x2e)
        return !cursor.broken && this.#stack.length === 1 && this.#below.length === 0 ? { value: this.#stack[0]!, end: cursor.at } : null;
      if (!this.#step(code)) return null;
    }
    return null;
  }

  #little(size: number): number {
    const bytes = this.#cursor.slice(size);
    return this.#cursor.broken ? 0 : bytes.readUIntLE(0, Math.min(size, 6));
  }

  #push(value: PickleValue): true {
    this.#stack.push(value);
    return true;
  }

  #pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined) this.#cursor.broken = true;
    return value ?? NONE;
  }

  /** What stands above the last mark. */
  #marked(): PickleValue[] {
    const above = this.#stack;
    const below = this.#below.pop();
    if (below === undefined) this.#cursor.broken = true;
    this.#stack = below ?? [];
    return above;
  }

  #top(): PickleGroup | null {
    const top = this.#stack.at(-1);
    return top?.kind === 'group' ? top : null;
  }

  #into(take: (into: PickleGroup) => void): boolean {
    const into = this.#top();
    if (into !== null) take(into);
    return into !== null;
  }

  #pairs(values: readonly PickleValue[]): Array<readonly [PickleValue, PickleValue]> {
    const pairs: Array<readonly [PickleValue, PickleValue]> = [];
    for (let at = 0; at + 1 < values.length; at += 2) pairs.push([values[at]!, values[at + 1]!]);
    return pairs;
  }

  /** A call, of which the arguments are kept. */
  #call(count: number): true {
    const given = this.#stack.splice(-count);
    const called = this.#pop();
    const known = called.kind === 'group' && called.global !== undefined ? calledValue(called.global, given) : null;
    return this.#push(known ?? { ...group(), given });
  }

  /** What stands on the line that begins here, in Latin-1. */
  #line(): string {
    return this.#cursor.until(0x0a).toString('latin1');
  }

  #global(module: string, name: string): boolean {
    return !this.#cursor.broken && this.#push({ ...group(), global: `${module} ${name}` });
  }

  /** Protocol 0 writes lines. */
  #written(code: number): boolean {
    const value = (read: PickleValue | null) => !this.#cursor.broken && read !== null && this.#push(read);
    switch (code) {
      case 0x49: // INT
      case 0x4c: // LONG
        return value(integerLine(this.#line()));
      case 0x46: // FLOAT
        return value(floatLine(this.#line()));
      case 0x53: // STRING
        return value(stringLine(this.#line()));
      case 0x56: // UNICODE
      case 0x50: // PERSID
        return value(unicodeLine(this.#line()));
      case 0x70: // PUT
        return this.#remember(Number(this.#line()));
      case 0x67: // GET
        return this.#push(this.#memo.get(Number(this.#line())) ?? NONE);
      default:
        return false;
    }
  }

  /** The state of an object: its dictionary, or that and its slots. */
  #build(): boolean {
    const state = this.#pop();
    return this.#into(({ given }) => given.push(state));
  }

  #step(code: number): boolean {
    const cursor = this.#cursor;
    switch (code) {
      case 0x80: // PROTO
        return cursor.slice(1).length === 1;
      case 0x95: // FRAME
        return cursor.slice(8).length === 8;
      case 0x28: // MARK
        this.#below.push(this.#stack);
        this.#stack = [];
        return true;
      case 0x30: // POP
        this.#pop();
        return true;
      case 0x31: // POP_MARK
        this.#marked();
        return true;
      case 0x32: // DUP
        return this.#push(this.#stack.at(-1) ?? NONE);
      case 0x71: // BINPUT
        return this.#remember(this.#little(1));
      case 0x72: // LONG_BINPUT
        return this.#remember(this.#little(4));
      case 0x94: // MEMOIZE
        return this.#remember(this.#memo.size);
      case 0x68: // BINGET
        return this.#push(this.#memo.get(this.#little(1)) ?? NONE);
      case 0x6a: // LONG_BINGET
        return this.#push(this.#memo.get(this.#little(4)) ?? NONE);
      default:
        return this.#scalar(code) || this.#container(code) || this.#object(code) || this.#written(code);
    }
  }

  #remember(index: number): boolean {
    const top = this.#stack.at(-1);
    if (top !== undefined) this.#memo.set(index, top);
    return top !== undefined;
  }

  #scalar(code: number): boolean {
    const cursor = this.#cursor;
    const text = (size: number) => this.#push({ kind: 'text', bytes: cursor.slice(size) });
    const bytes = (size: number) => this.#push({ kind: 'bytes', bytes: cursor.slice(size) });
    const number = (value: number | bigint) => this.#push({ kind: 'number', value });
    switch (code) {
      case 0x4e: // NONE
        return this.#push(NONE);
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        return this.#push({ kind: 'boolean', value: code === 0x88 });
      case 0x4a: // BININT
        return number(this.#little(4) | 0);
      case 0x4b: // BININT1
        return number(this.#little(1));
      case 0x4d: // BININT2
        return number(this.#little(2));
      case 0x8a: // LONG1
        return this.#push(integer(cursor.slice(this.#little(1))));
      case 0x8b: // LONG4
        return this.#push(integer(cursor.slice(this.#little(4))));
      case 0x47: // BINFLOAT
        return number(cursor.double());
      case 0x8c: // SHORT_BINUNICODE
      case 0x55: // SHORT_BINSTRING
        return text(this.#little(1));
      case 0x58: // BINUNICODE
      case 0x54: // BINSTRING
        return text(this.#little(4));
      case 0x8d: // BINUNICODE8
        return text(this.#little(8));
      case 0x43: // SHORT_BINBYTES
        return bytes(this.#little(1));
      case 0x42: // BINBYTES
        return bytes(this.#little(4));
      case 0x8e: // BINBYTES8
      case 0x96: // BYTEARRAY8
        return bytes(this.#little(8));
      default:
        return false;
    }
  }

  #container(code: number): boolean {
    switch (code) {
      case 0x29: // EMPTY_TUPLE
      case 0x5d: // EMPTY_LIST
      case 0x7d: // EMPTY_DICT
      case 0x8f: // EMPTY_SET
        return this.#push(group());
      case 0x74: // TUPLE
      case 0x6c: // LIST
      case 0x91: // FROZENSET
        return this.#push(group(this.#marked()));
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        return this.#stack.length > code - 0x85 && this.#push(group(this.#stack.splice(0x84 - code)));
      case 0x64: // DICT
        return this.#push(group([], this.#pairs(this.#marked())));
      case 0x61: {
        // APPEND
        const item = this.#pop();
        return this.#into(({ items }) => items.push(item));
      }
      case 0x65: // APPENDS
      case 0x90: {
        // ADDITEMS
        const added = this.#marked();
        return this.#into(({ items }) => {
          for (const item of added) items.push(item);
        });
      }
      case 0x73: {
        // SETITEM
        const pair = this.#stack.splice(-2);
        return pair.length === 2 && this.#into(({ entries }) => entries.push([pair[0]!, pair[1]!]));
      }
      case 0x75: {
        // SETITEMS
        const pairs = this.#pairs(this.#marked());
        return this.#into(({ entries }) => {
          for (const pair of pairs) entries.push(pair);
        });
      }
      default:
        return false;
    }
  }

  #object(code: number): boolean {
    const cursor = this.#cursor;
    switch (code) {
      // The name of a class or a function is no data.
      case 0x63: // GLOBAL
        return this.#global(this.#line(), this.#line());
      case 0x93: {
        // STACK_GLOBAL
        const [name, module] = [this.#pop(), this.#pop()];
        return this.#global(nameOf(module), nameOf(name));
      }
      case 0x69: // INST
        this.#line();
        this.#line();
        return !cursor.broken && this.#push({ ...group(), given: this.#marked() });
      case 0x6f: // OBJ
        return this.#push({ ...group(), given: this.#marked().slice(1) });
      case 0x52: // REDUCE
      case 0x81: // NEWOBJ
        return this.#call(1);
      case 0x92: // NEWOBJ_EX
        return this.#call(2);
      case 0x62: // BUILD
        return this.#build();
      case 0x51: // BINPERSID
        return true;
      default:
        return false;
    }
  }
}

/**
 * The values of a pickle, in which a value may contain itself; no instruction that would import or call is followed.
 * @param from where it begins. @param work which every instruction costs. @param path for reports about limits.
 * @returns null: it is none, never ends, or takes more work than is left.
 */
export function unpickle(bytes: Uint8Array, from: number, work: Work, path: string): Pickle | null {
  return new Machine(bytes, from, work, path).run();
}
