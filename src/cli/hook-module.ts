import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { InputError } from '../errors.js';
import { limits } from '../limits.js';
import type { PersonaModule } from '../model/session.js';
import { hookRunner } from './hook-runner.js';

/**
 * DANGER: reads code that will run with the tester's rights. Fences: only where it was allowed in so many words (`hookModules`: flag, environment
 * or user file, never a project file); only what a persona file on this machine names, beside it or below it; one file, of which the very
 * bytes that are hashed here are run; loaded once for proof, before anything is judged or captured.
 * @param wanted what the persona file says; @param persona path of that file.
 * @throws InputError `OVR_HOOK_ALLOW`, `OVR_HOOK_MODULE`.
 */
export function openModule(
  wanted: { readonly file: string; readonly where: string | null },
  persona: string,
  allowed: boolean,
): PersonaModule {
  const { file, where } = wanted;
  if (!allowed)
    throw new InputError('OVR_HOOK_ALLOW', `${persona} names a module to run: ${file}. That was not allowed.`, {
      next: 'Read that file: it runs with your rights. Then give --hook-modules, or set hookModules in your user file.',
    });
  const code = readCode(file, persona);
  const sha256 = createHash('sha256').update(code).digest('hex');
  const module = { file, step: stepOf(file, sha256), sha256, code: code.toString('utf8'), where };
  const refused = hookRunner.prove(module);
  if (refused !== null)
    throw refusal(
      file,
      `cannot be used: ${refused}`,
      'It must be one ES module that exports function open(bytes, context) and imports nothing but node: modules.',
    );
  return module;
}

/** `./open.mjs` is the step `hook-open`; a name without Latin letters goes by its digest. */
function stepOf(file: string, sha256: string): string {
  const name = basename(file)
    .replace(/\.[^.]*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `hook-${name === '' ? sha256.slice(0, 8) : name.slice(0, 40)}`;
}

function readCode(file: string, persona: string): Buffer {
  const next = 'Put the module beside the persona file, and name it like module: ./open.mjs';
  try {
    const folder = realpathSync(dirname(persona));
    const path = realpathSync(join(folder, file));
    const inside = relative(folder, path);
    if (isAbsolute(file) || inside.startsWith('..') || isAbsolute(inside))
      throw refusal(file, 'lies outside the folder of the persona file', next);
    const { size } = statSync(path);
    if (size > limits.hookFile) throw refusal(file, `has ${size} bytes; at most ${limits.hookFile} are read`, next);
    const code = readFileSync(path);
    if (!isUtf8(code)) throw refusal(file, 'is not UTF-8', next);
    return code;
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw refusal(file, `cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, next, cause);
  }
}

function refusal(file: string, problem: string, next: string, cause?: unknown): InputError {
  return new InputError('OVR_HOOK_MODULE', `The module ${file} ${problem}.`, { next, cause });
}
