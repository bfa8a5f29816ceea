import { InputError } from '../errors.js';
import { limits } from '../limits.js';
import type { ProtoField, ProtoMessage, ProtoSchema } from '../model/proto.js';
import { PROTO_NEXT, type ProtoFile, parseProto } from './proto.js';
import { WELL_KNOWN } from './proto-known.js';

/** A definition as it was given or imported. */
export interface ProtoSource {
  /** By which others import it: `com/example/device.proto`. */
  readonly path: string;
  /** For messages. */
  readonly file: string;
  readonly text: string;
}

/** Where an imported file is; null: nowhere. Throws where it may not be read. */
export type FindImport = (path: string) => ProtoSource | null;

/**
 * Puts definitions together with all that they import, each file once: one schema, names resolved across files from the inside out. The types
 * that Google ships (`google/protobuf/*.proto`) are here; a name that no file defines is read without a definition.
 * @param given files of which bodies may be messages; what they import only describes parts of those. @param root full or last name of the
 * message that bodies are, or null.
 * @throws InputError `OVR_PROTO` with file and line, `OVR_PROTO_IMPORT` naming the file that is missing.
 */
export function linkProto(given: readonly ProtoSource[], root: string | null, find: FindImport): ProtoSchema {
  const files = gather(given, find);
  const label = given.map(({ file }) => file).join(', ');
  const messages: Record<string, ProtoMessage> = {};
  const enums: Record<string, Readonly<Record<number, string>>> = {};
  for (const { source, file } of files.values()) {
    for (const [name, draft] of file.messages) {
      if (messages[name] !== undefined)
        throw new InputError('OVR_PROTO', `${source.file} defines "${name}", which another file defines as well.`, {
          next: 'Give one version of each file only.',
        });
      messages[name] = draft;
    }
    for (const [name, values] of file.enums) enums[name] = values;
  }
  const resolve = (type: string, scope: string) =>
    resolved(type, scope, (name) => messages[name] !== undefined || enums[name] !== undefined);
  for (const [name, { fields }] of Object.entries(messages)) messages[name] = { name, fields: typed(fields, name, resolve) };
  for (const { file } of files.values())
    for (const { extendee, scope, number, field } of file.extensions) {
      const name = resolve(extendee, scope);
      const { fields } = messages[name] ?? { fields: null };
      if (fields !== null && fields[number] === undefined)
        messages[name] = { name, fields: { ...fields, ...typed({ [number]: field }, scope, resolve) } };
    }
  const own = given.flatMap(({ path }) => [...(files.get(path)?.file.messages.keys() ?? [])]);
  if (own.length === 0) throw new InputError('OVR_PROTO', `${label} defines no message.`, { next: PROTO_NEXT });
  const named = root === null ? null : own.find((name) => name === root || name.endsWith(`.${root}`));
  if (named === undefined)
    throw new InputError('OVR_PROTO', `${label} has no message "${root}"; there are ${own.slice(0, 20).join(', ')}.`, {
      next: 'Give one of these after the file: --proto FILE:Message.',
    });
  const spoken = given.flatMap(({ path }) => (files.get(path)?.file.spoken ?? []).map(({ type, scope }) => resolve(type, scope)));
  return { file: label, outer: named === null ? outerOf(own, messages, spoken) : [named], messages, enums };
}

/** Every file that is needed, once; a circle of imports ends where it began. */
function gather(
  given: readonly ProtoSource[],
  find: FindImport,
): ReadonlyMap<string, { readonly source: ProtoSource; readonly file: ProtoFile }> {
  const files = new Map<string, { readonly source: ProtoSource; readonly file: ProtoFile }>();
  const waiting = [...given];
  // One file may be imported by two names: from the folder above it, and from its own.
  const read = new Set<string>();
  let size = 0;
  for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
    if (files.has(source.path) || read.has(source.file)) continue;
    read.add(source.file);
    size += source.text.length;
    if (files.size >= limits.protoFiles || size > limits.protoText)
      throw new InputError(
        'OVR_PROTO',
        `${source.file} is one file too many: ${limits.protoFiles} files of ${limits.protoText} characters are read.`,
        {
          next: 'Give only the files that describe the messages of the app.',
        },
      );
    const file = parseProto(source.text, source.file);
    files.set(source.path, { source, file });
    for (const { path, line } of file.imports) {
      if (files.has(path)) continue;
      const wellKnown = WELL_KNOWN.get(path);
      const found = find(path) ?? (wellKnown === undefined ? null : { path, file: path, text: wellKnown });
      if (found === null)
        throw new InputError('OVR_PROTO_IMPORT', `${source.file}:${line}: the imported file "${path}" is not there.`, {
          next: `Put it beside, in the folder that the import counts from, or give that folder with all its files: --proto FOLDER.`,
        });
      waiting.push({ ...found, path });
    }
  }
  return files;
}

/** The innermost scope in which the type's name is defined; the name as it was written where there is none. */
function resolved(type: string, scope: string, isDefined: (name: string) => boolean): string {
  if (type.startsWith('.')) return type.slice(1);
  for (let within = scope; ; within = within.slice(0, Math.max(0, within.lastIndexOf('.')))) {
    const full = within === '' ? type : `${within}.${type}`;
    if (isDefined(full)) return full;
    if (within === '') return type;
  }
}

function typed(
  fields: Readonly<Record<number, ProtoField>>,
  scope: string,
  resolve: (type: string, scope: string) => string,
): Record<number, ProtoField> {
  return Object.fromEntries(Object.entries(fields).map(([number, field]) => [number, { ...field, type: resolve(field.type, scope) }]));
}

/** Of the given messages those that services speak, and those that are part of no other; all where that leaves none. */
function outerOf(own: readonly string[], messages: Readonly<Record<string, ProtoMessage>>, spoken: readonly string[]): readonly string[] {
  const said = new Set(spoken);
  const inner = new Set(
    Object.values(messages).flatMap(({ name, fields }) => Object.values(fields).flatMap(({ type }) => (type === name ? [] : [type]))),
  );
  const outer = own.filter((name) => said.has(name) || !inner.has(name));
  return outer.length > 0 ? outer : own;
}
