import { InputError } from '../errors.js';
import { limits } from '../limits.js';
import type { ProtoField } from '../model/proto.js';

/** Words, numbers, texts and single signs (language specification of proto2, proto3 and the editions); comments are passed over. */
const TOKEN = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\.?[A-Za-z_][\w.]*|[-+]?\d[\w.]*|[^\s\w]/g;
const LABELS = new Set(['optional', 'required', 'repeated']);

interface Token {
  readonly text: string;
  readonly at: number;
}

/** A message as one file has it; the types of its fields are names as they were written. */
export interface ProtoDraft {
  readonly name: string;
  readonly fields: Record<number, ProtoField>;
}

/** One file, read by itself. */
export interface ProtoFile {
  readonly imports: ReadonlyArray<{ readonly path: string; readonly line: number }>;
  /** By full name. */
  readonly messages: ReadonlyMap<string, ProtoDraft>;
  readonly enums: ReadonlyMap<string, Readonly<Record<number, string>>>;
  /** Fields that are added to messages of this or another file: whose, as it was written in that scope. */
  readonly extensions: ReadonlyArray<{
    readonly extendee: string;
    readonly scope: string;
    readonly number: number;
    readonly field: ProtoField;
  }>;
  /** What services are asked with and answer, as it was written in that scope. */
  readonly spoken: ReadonlyArray<{ readonly type: string; readonly scope: string }>;
}

/**
 * Reads one `.proto` file of any syntax: messages, fields, groups, enums, maps, oneofs and extensions at any depth, services as far as they name
 * messages. Options say nothing about the bytes and are passed over.
 * @param file name for messages.
 * @throws InputError `OVR_PROTO` with file and line.
 */
export function parseProto(text: string, file: string): ProtoFile {
  if (text.length > limits.protoFile)
    throw new InputError('OVR_PROTO', `${file} is larger than a definition can be.`, { next: PROTO_NEXT });
  return new Reader(text, file).read();
}

export const PROTO_NEXT = 'Give the .proto file that the app was built with; "protoc" tells what is wrong with one.';

class Reader {
  readonly #file: string;
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #messages = new Map<string, ProtoDraft>();
  readonly #enums = new Map<string, Record<number, string>>();
  readonly #imports: Array<ProtoFile['imports'][number]> = [];
  readonly #extensions: Array<ProtoFile['extensions'][number]> = [];
  readonly #spoken: Array<ProtoFile['spoken'][number]> = [];
  #at = 0;

  constructor(text: string, file: string) {
    this.#file = file;
    this.#text = text;
    this.#tokens = [...text.matchAll(TOKEN)]
      .filter(([token]) => !token.startsWith('//') && !token.startsWith('/*'))
      .map((match) => ({ text: match[0], at: match.index }));
  }

  read(): ProtoFile {
    let scope = '';
    while (this.#at < this.#tokens.length) {
      const word = this.#next();
      if (word === 'package') {
        scope = this.#next();
        this.#expect(';');
      } else if (word === 'import') this.#import();
      else if (word === 'message') this.#message(scope, 0);
      else if (word === 'enum') this.#enum(scope);
      else if (word === 'extend') this.#extend(scope, 0);
      else if (word === 'service') this.#service(scope);
      else if (word !== ';') this.#pass();
    }
    const [messages, enums] = [this.#messages, this.#enums];
    return { imports: this.#imports, messages, enums, extensions: this.#extensions, spoken: this.#spoken };
  }

  #import(): void {
    const first = this.#next();
    const path = first === 'public' || first === 'weak' ? this.#next() : first;
    if (!/^["'].+["']$/.test(path)) this.#fail('is no file to import');
    this.#imports.push({ path: path.slice(1, -1), line: this.#line() });
    this.#expect(';');
  }

  /** `rpc Name (stream Type) returns (stream Type);` or with options in braces. */
  #service(scope: string): void {
    this.#name();
    this.#expect('{');
    for (let word = this.#next(); word !== '}'; word = this.#next()) {
      if (word === ';') continue;
      if (word !== 'rpc') {
        this.#pass();
        continue;
      }
      this.#name();
      for (const sign of ['(', 'returns']) {
        this.#expect(sign);
        if (sign === 'returns') this.#expect('(');
        const type = this.#next();
        this.#spoken.push({ type: type === 'stream' && this.#peek() !== ')' ? this.#next() : type, scope });
        this.#expect(')');
      }
      this.#pass();
    }
  }

  /** The fields of `extend Type { ... }`: collected like those of a message, and handed to that type later. */
  #extend(scope: string, depth: number): void {
    if (depth >= limits.protobufDepth) this.#fail('is nested too deep');
    const extendee = this.#next();
    this.#expect('{');
    const draft: ProtoDraft = { name: scope, fields: {} };
    this.#members(draft, depth);
    for (const [number, field] of Object.entries(draft.fields)) this.#extensions.push({ extendee, scope, number: Number(number), field });
  }

  #message(scope: string, depth: number): void {
    if (depth >= limits.protobufDepth) this.#fail('is nested too deep');
    const own = this.#name();
    const name = scope === '' ? own : `${scope}.${own}`;
    this.#body(name, depth);
  }

  #body(name: string, depth: number): void {
    if (this.#messages.has(name)) this.#fail(`is defined twice, as ${name}`);
    const draft: ProtoDraft = { name, fields: {} };
    this.#messages.set(name, draft);
    this.#expect('{');
    this.#members(draft, depth);
  }

  #members(draft: ProtoDraft, depth: number): void {
    for (let word = this.#next(); word !== '}'; word = this.#next()) {
      if (word === 'message') this.#message(draft.name, depth + 1);
      else if (word === 'enum') this.#enum(draft.name);
      else if (word === 'oneof') {
        this.#name();
        this.#expect('{');
        this.#members(draft, depth);
      } else if (word === 'extend' && this.#peek() !== '=') this.#extend(draft.name, depth + 1);
      else if (word === 'option' || word === 'reserved' || word === 'extensions') this.#pass();
      else if (word === 'map' && this.#peek() === '<') this.#map(draft);
      else if (word !== ';') this.#field(draft, word, depth);
    }
  }

  #field(draft: ProtoDraft, first: string, depth: number): void {
    const labelled = LABELS.has(first) && this.#peek() !== '=';
    const type = labelled ? this.#next() : first;
    const name = this.#name();
    const number = this.#number();
    const repeated = first === 'repeated';
    if (type === 'group') {
      this.#group(draft, name, number, repeated, depth);
      return;
    }
    draft.fields[number] = { name, type, repeated };
    this.#pass();
  }

  /** A message and a field of it in one; the field has its name in small letters (language specification of proto2). */
  #group(draft: ProtoDraft, name: string, number: number, repeated: boolean, depth: number): void {
    if (depth + 1 >= limits.protobufDepth) this.#fail('is nested too deep');
    const type = draft.name === '' ? name : `${draft.name}.${name}`;
    draft.fields[number] = { name: name.toLowerCase(), type: `.${type}`, repeated };
    if (this.#peek() === '[') while (this.#peek() !== '{') this.#next();
    this.#body(type, depth + 1);
  }

  /** A map is a list of messages with `key` and `value` (language guide, "Maps"). */
  #map(draft: ProtoDraft): void {
    this.#expect('<');
    const key = this.#next();
    this.#expect(',');
    const value = this.#next();
    this.#expect('>');
    const name = this.#name();
    const entry = `${draft.name}.${name}Entry`;
    this.#messages.set(entry, {
      name: entry,
      fields: { 1: { name: 'key', type: key, repeated: false }, 2: { name: 'value', type: value, repeated: false } },
    });
    draft.fields[this.#number()] = { name, type: `.${entry}`, repeated: true };
    this.#pass();
  }

  #enum(scope: string): void {
    const own = this.#name();
    const values: Record<number, string> = {};
    this.#expect('{');
    for (let word = this.#next(); word !== '}'; word = this.#next()) {
      if (word === ';') continue;
      if (word !== 'option' && word !== 'reserved') {
        this.#expect('=');
        values[Number(this.#next())] ??= word;
      }
      this.#pass();
    }
    this.#enums.set(scope === '' ? own : `${scope}.${own}`, values);
  }

  #number(): number {
    this.#expect('=');
    const number = Number(this.#next());
    if (!Number.isInteger(number) || number < 1 || number > 536_870_911) this.#fail('is no field number');
    return number;
  }

  /** To the end of a statement: a semicolon, or the brace that closes the first one opened. */
  #pass(): void {
    for (let open = 0; ; ) {
      const word = this.#next();
      if (word === '{') open++;
      else if (word === '}' && --open === 0) return;
      else if (word === ';' && open === 0) return;
    }
  }

  #name(): string {
    const name = this.#next();
    if (!/^[A-Za-z_]\w*$/.test(name)) this.#fail('is no name');
    return name;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at]?.text;
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) return this.#fail('ends in the middle of a definition');
    this.#at++;
    return token.text;
  }

  #expect(sign: string): void {
    if (this.#next() !== sign) this.#fail(`should be "${sign}"`);
  }

  #fail(problem: string): never {
    const text = this.#last()?.text.slice(0, 40) ?? '';
    throw new InputError('OVR_PROTO', `${this.#file}:${this.#line()}: "${text}" ${problem}`, { next: PROTO_NEXT });
  }

  #last(): Token | undefined {
    return this.#tokens[Math.min(this.#at, this.#tokens.length) - 1];
  }

  #line(): number {
    return this.#text.slice(0, this.#last()?.at ?? 0).split('\n').length;
  }
}
