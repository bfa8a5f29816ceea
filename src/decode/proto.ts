import { InputError } from '../errors.js';
import { limits } from '../limits.js';
import type { ProtoField, ProtoMessage, ProtoSchema } from '../model/proto.js';

/** Words, numbers, texts and single signs (language specification of proto2 and proto3); comments are passed over. */
const TOKEN = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\.?[A-Za-z_][\w.]*|[-+]?\d[\w.]*|[^\s\w]/g;
const LABELS = new Set(['optional', 'required', 'repeated']);

interface Token {
  readonly text: string;
  readonly at: number;
}

interface Draft {
  readonly name: string;
  readonly fields: Record<number, ProtoField>;
}

/**
 * Reads one `.proto` file of either syntax: messages, fields, enums, maps and oneofs at any depth. Imports are not followed: fields of
 * types that other files define are read without a schema. Options, services and extensions say nothing about the bytes and are passed over.
 * @param file name for messages; @param root full or last name of the message that bodies are, or null.
 * @throws InputError `OVR_PROTO` with file and line.
 */
export function parseProto(text: string, file: string, root: string | null = null): ProtoSchema {
  if (text.length > limits.protoFile) throw new InputError('OVR_PROTO', `${file} is larger than a definition can be.`, { next: NEXT });
  const { messages, enums } = new Reader(text, file).read();
  const found = root === null ? null : Object.keys(messages).find((name) => name === root || name.endsWith(`.${root}`));
  if (found === undefined)
    throw new InputError('OVR_PROTO', `${file} has no message "${root}"; there are ${Object.keys(messages).slice(0, 20).join(', ')}.`, {
      next: 'Give one of these after the file: --proto FILE:Message.',
    });
  if (Object.keys(messages).length === 0) throw new InputError('OVR_PROTO', `${file} defines no message.`, { next: NEXT });
  return { file, root: found, messages, enums };
}

const NEXT = 'Give the .proto file that the app was built with; "protoc" tells what is wrong with one.';

class Reader {
  readonly #file: string;
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #messages = new Map<string, Draft>();
  readonly #enums = new Map<string, Record<number, string>>();
  #at = 0;

  constructor(text: string, file: string) {
    this.#file = file;
    this.#text = text;
    this.#tokens = [...text.matchAll(TOKEN)]
      .filter(([token]) => !token.startsWith('//') && !token.startsWith('/*'))
      .map((match) => ({ text: match[0], at: match.index }));
  }

  read(): Pick<ProtoSchema, 'messages' | 'enums'> {
    let scope = '';
    while (this.#at < this.#tokens.length) {
      const word = this.#next();
      if (word === 'package') {
        scope = this.#next();
        this.#expect(';');
      } else if (word === 'message') this.#message(scope, 0);
      else if (word === 'enum') this.#enum(scope);
      else if (word !== ';') this.#pass();
    }
    const messages = [...this.#messages].map(([name, { fields }]): [string, ProtoMessage] => [
      name,
      { name, fields: Object.fromEntries(Object.entries(fields).map(([number, field]) => [number, this.#resolved(field, name)])) },
    ]);
    return { messages: Object.fromEntries(messages), enums: Object.fromEntries(this.#enums) };
  }

  /** The innermost scope in which the type's name is defined. */
  #resolved(field: ProtoField, scope: string): ProtoField {
    const { type } = field;
    if (type.startsWith('.')) return { ...field, type: type.slice(1) };
    for (let within = scope; ; within = within.slice(0, Math.max(0, within.lastIndexOf('.')))) {
      const full = within === '' ? type : `${within}.${type}`;
      if (this.#messages.has(full) || this.#enums.has(full)) return { ...field, type: full };
      if (within === '') return field;
    }
  }

  #message(scope: string, depth: number): void {
    if (depth >= limits.protobufDepth) this.#fail('is nested too deep');
    const own = this.#name();
    const name = scope === '' ? own : `${scope}.${own}`;
    const draft: Draft = { name, fields: {} };
    this.#messages.set(name, draft);
    this.#expect('{');
    this.#members(draft, depth);
  }

  #members(draft: Draft, depth: number): void {
    for (let word = this.#next(); word !== '}'; word = this.#next()) {
      if (word === 'message') this.#message(draft.name, depth + 1);
      else if (word === 'enum') this.#enum(draft.name);
      else if (word === 'oneof') {
        this.#name();
        this.#expect('{');
        this.#members(draft, depth);
      } else if (word === 'option' || word === 'reserved' || word === 'extensions' || word === 'extend') this.#pass();
      else if (word === 'map' && this.#peek() === '<') this.#map(draft);
      else if (word !== ';') this.#field(draft, word);
    }
  }

  #field(draft: Draft, first: string): void {
    const labelled = LABELS.has(first) && this.#peek() !== '=';
    const type = labelled ? this.#next() : first;
    if (type === 'group') this.#fail('groups are not read');
    const name = this.#name();
    draft.fields[this.#number()] = { name, type, repeated: first === 'repeated' };
    this.#pass();
  }

  /** A map is a list of messages with `key` and `value` (language guide, "Maps"). */
  #map(draft: Draft): void {
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
    const token = this.#tokens[Math.min(this.#at, this.#tokens.length) - 1];
    const line = this.#text.slice(0, token?.at ?? 0).split('\n').length;
    throw new InputError('OVR_PROTO', `${this.#file}:${line}: "${token?.text.slice(0, 40) ?? ''}" ${problem}`, { next: NEXT });
  }
}
