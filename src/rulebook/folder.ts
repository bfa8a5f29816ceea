import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { z } from 'zod';
import { RuleError } from '../errors.js';
import { limits } from '../limits.js';
import { byText } from '../model/text.js';
import { RuleDocument } from './document.js';
import { parsedBefore } from './parsed.js';

/** A rule read from a file, with the file at hand for what turns out to be wrong with it later. */
export interface Rule<T> {
  readonly value: T;
  readonly document: RuleDocument;
  /** Name without extension: the id a rule must carry. */
  readonly stem: string;
}

/**
 * One root folder of rules. Everything read through it goes into the digest, under its path from the root in POSIX form, so that
 * the same rules have the same digest on every machine.
 */
export class RuleFolder {
  readonly root: string;
  private readonly prefix: string;
  private readonly digests: Map<string, string>;

  /** @param prefix tells the root apart in the digest: empty for the program's own rules, `+1/` for the first of the user's. */
  constructor(root: string, prefix: string, digests: Map<string, string>) {
    this.root = root;
    this.prefix = prefix;
    this.digests = digests;
    if (!isFolder(root))
      throw new RuleError(
        shown(root),
        null,
        '(folder)',
        { zh: '没有这个规则文件夹', en: 'no such folder of rules' },
        {
          zh: '请检查 --rules、OVERREACH_RULES 或设置文件中的路径。',
          en: 'Check the path given by --rules, OVERREACH_RULES or the settings file.',
        },
      );
  }

  /** Whether anything was read from it so far. */
  get hasRead(): boolean {
    return [...this.digests.keys()].some((file) => file.startsWith(this.prefix));
  }

  /** The rule files of one folder in order of name; an absent folder has none. */
  list(folder: string): readonly string[] {
    const path = join(this.root, folder);
    if (!isFolder(path)) return [];
    return readdirSync(path)
      .filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('.'))
      .sort(byText)
      .map((name) => (folder === '' ? name : `${folder}/${name}`));
  }

  folders(folder: string): readonly string[] {
    const path = join(this.root, folder);
    if (!isFolder(path)) return [];
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort(byText);
  }

  has(file: string): boolean {
    return statSync(join(this.root, file), { throwIfNoEntry: false })?.isFile() ?? false;
  }

  /** @throws RuleError naming file, line and key. */
  read<T>(file: string, schema: z.ZodType<T>): Rule<T> {
    const path = join(this.root, file);
    const { bytes, sha256 } = this.readBytes(file, 'ruleFile');
    const document = new RuleDocument(shown(path), decoded(bytes, shown(path)), parsedBefore(sha256));
    return {
      value: document.read(schema),
      document,
      stem: file.slice(file.lastIndexOf('/') + 1).replace(/\.ya?ml$/, ''),
    };
  }

  /** What is no text, such as a packed table. @param limit name of the bound. @throws RuleError when there is no such file, or it is too large. */
  readBytes(file: string, limit: 'ruleFile' | 'registryFile'): { readonly bytes: Uint8Array; readonly sha256: string } {
    const path = join(this.root, file);
    if (!this.has(file)) throw new RuleError(shown(path), null, '(file)', { zh: '没有这个文件', en: 'no such file' });
    // A copy of its own: a Buffer may share its memory, and a rulebook is posted to the analysis thread.
    const bytes = new Uint8Array(readFileSync(path));
    if (bytes.length > limits[limit])
      throw new RuleError(shown(path), null, '(file)', {
        zh: `超过 ${limits[limit]} 字节（上限 ${limit}）`,
        en: `larger than ${limits[limit]} bytes (limit ${limit})`,
      });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    this.digests.set(this.prefix + file, sha256);
    return { bytes, sha256 };
  }

  readAll<T>(folder: string, schema: z.ZodType<T>): ReadonlyArray<Rule<T>> {
    return this.list(folder).map((file) => this.read(file, schema));
  }
}

/** The program's own rules first, then the user's folders in order. */
export function openFolders(roots: readonly string[], digests: Map<string, string> = new Map()): readonly RuleFolder[] {
  return roots.map((root, index) => new RuleFolder(root, index === 0 ? '' : `+${index}/`, digests));
}

/** SHA-256 over path and content of every file, in order of path. */
export function digestOf(digests: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [path, digest] of [...digests].sort((a, b) => byText(a[0], b[0]))) hash.update(`${path}\0${digest}\n`);
  return hash.digest('hex');
}

function decoded(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new RuleError(file, null, '(file)', { zh: '不是 UTF-8 文本', en: 'not UTF-8 text' });
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function shown(path: string): string {
  return path.split(sep).join('/');
}
