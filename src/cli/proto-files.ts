import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { type FindImport, linkProto, type ProtoSource } from '../decode/index.js';
import { InputError } from '../errors.js';
import { limits } from '../limits.js';
import type { ProtoSchema } from '../model/proto.js';
import { readInput } from './cli.js';

/**
 * The definitions of `--proto FILE`, `--proto FOLDER`, or either with `:Message` behind it. Imports count from the folder (that of the file),
 * and nothing outside of it is read.
 * @throws InputError `OVR_FILE`, `OVR_PROTO` with file and line, `OVR_PROTO_IMPORT` naming what is missing or leads out.
 */
export function openSchemas(words: readonly string[] = []): readonly ProtoSchema[] {
  return words.map((word) => {
    const [, path = word, root = null] = /^(.+):([A-Za-z_][\w.]*)$/.exec(word) ?? [];
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    const folder = isFolder ? path : dirname(path);
    const given = isFolder ? definitionsIn(path) : [{ path: basename(path), file: path, text: readInput(path) }];
    return linkProto(given, root, importsFrom(folder));
  });
}

/** Links are not followed: a loop of them has no end. */
function definitionsIn(folder: string): ProtoSource[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.proto'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  if (files.length === 0)
    throw new InputError('OVR_PROTO', `There is no .proto file in the folder "${folder}".`, {
      next: 'Give the folder that imports count from.',
    });
  if (files.length > limits.protoFiles)
    throw new InputError('OVR_PROTO', `The folder "${folder}" has ${files.length} .proto files; at most ${limits.protoFiles} are read.`, {
      next: 'Give only the files that describe the messages of the app; what they import is found.',
    });
  return files.map((path) => ({ path: path.split(sep).join('/'), file: join(folder, path), text: readInput(join(folder, path)) }));
}

function importsFrom(folder: string): FindImport {
  return (path) => {
    const parts = path.split('/');
    if (isAbsolute(path) || /[\\\0]/.test(path) || parts.includes('..')) throw leadsOut(path, folder);
    // `sub/b.proto` in `sub/a.proto` counts from the folder above both: the file beside is meant.
    const own = folder.split(sep);
    const candidates = parts.flatMap((_, count) =>
      parts.slice(0, count).join('/') === own.slice(own.length - count).join('/') || count === 0 ? [parts.slice(count)] : [],
    );
    for (const candidate of candidates) {
      const file = join(folder, ...candidate);
      if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) continue;
      const inside = relative(realpathSync(folder), realpathSync(file));
      if (inside.startsWith('..') || isAbsolute(inside)) throw leadsOut(path, folder);
      return { path, file, text: readInput(file) };
    }
    return null;
  };
}

function leadsOut(path: string, folder: string): InputError {
  return new InputError('OVR_PROTO_IMPORT', `The import "${path}" leads out of the folder "${folder}".`, {
    next: 'Give the folder that imports count from, with all its files: --proto FOLDER.',
  });
}
