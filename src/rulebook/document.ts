import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { zhCN } from 'zod/locales';
import { RuleError } from '../errors.js';
import type { Bilingual } from '../model/text.js';
import { yamlWords } from '../model/yaml-words.js';
import { said } from './schema/text.js';

const IN_CHINESE = zhCN().localeError;

type Path = readonly PropertyKey[];

interface Parsed {
  readonly document: Document;
  readonly lines: LineCounter;
}

/** A zod issue, or one found later; `keys` are keys the schema does not know. */
interface Problem {
  readonly path: Path;
  readonly message: Bilingual;
  readonly code?: string;
  readonly keys?: readonly string[];
}

/**
 * One YAML file of rules, with the line of every key. YAML 1.2 core: `no` and `2021-05-01` stay text. Aliases are refused: rules
 * are read by people line by line, and an alias is also how a small file becomes a large one.
 */
export class RuleDocument {
  readonly file: string;
  private readonly text: string;
  private readonly known: unknown;
  private parsed: Parsed | null = null;

  /**
   * @param known what the text says, where it has been parsed already; then its lines are looked up only for a problem.
   * @throws RuleError when the text is not one YAML document.
   */
  constructor(file: string, text: string, known?: unknown) {
    this.file = file;
    this.text = text;
    this.known = known;
    if (known === undefined) this.parse();
  }

  /** @throws RuleError when there is an alias in it. */
  toJS(): unknown {
    if (this.known !== undefined) return this.known;
    try {
      return this.parse().document.toJS({ maxAliasCount: 0 });
    } catch (error) {
      throw new RuleError(this.file, null, 'yaml', {
        zh: '不能使用别名',
        en: `aliases are not allowed (${error instanceof Error ? error.message : String(error)})`,
      });
    }
  }

  /** @throws RuleError for the first thing, in order of lines, that the schema refuses. */
  read<T>(schema: z.ZodType<T>): T {
    const value = this.toJS();
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    // The same issues in the same order: only the words of the library differ.
    const chinese = schema.safeParse(value, { error: IN_CHINESE }).error?.issues ?? [];
    const problems = result.error.issues
      .map((issue, index) => {
        const message = said(issue.message, chinese[index]?.message ?? '不符合要求');
        const { path, code } = issue;
        return this.problem(issue.code === 'unrecognized_keys' ? { path, code, message, keys: issue.keys } : { path, code, message });
      })
      .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    const first = problems[0];
    throw first ?? new RuleError(this.file, null, '(file)', { zh: '不符合要求', en: 'refused' });
  }

  /** @returns the error to throw about what stands at `path`. */
  problem(issue: Problem): RuleError {
    const unknown = issue.keys?.[0];
    const path = unknown === undefined ? issue.path : [...issue.path, unknown];
    const message =
      unknown !== undefined
        ? { zh: '没有这个键', en: 'unknown key' }
        : issue.code === 'invalid_type' && this.node(path) === null
          ? { zh: `缺少（${issue.message.zh}）`, en: `missing (${issue.message.en})` }
          : issue.message;
    return new RuleError(this.file, this.line(path), keyText(path), message);
  }

  private parse(): Parsed {
    if (this.parsed !== null) return this.parsed;
    const lines = new LineCounter();
    const document = parseDocument(this.text, { lineCounter: lines, uniqueKeys: true, version: '1.2', schema: 'core' });
    const problem = document.errors[0] ?? document.warnings[0];
    if (problem !== undefined)
      throw new RuleError(this.file, lines.linePos(problem.pos[0]).line, 'yaml', {
        zh: yamlWords(problem.code),
        en: problem.message.split('\n')[0] ?? '',
      });
    this.parsed = { document, lines };
    return this.parsed;
  }

  /** The line of the key at `path`, or of the nearest thing around it. */
  private line(path: Path): number | null {
    for (let length = path.length; length >= 0; length--) {
      const at = this.offset(path.slice(0, length));
      if (at !== null) return this.parse().lines.linePos(at).line;
    }
    return 1;
  }

  private offset(path: Path): number | null {
    const last = path[path.length - 1];
    const parent = this.node(path.slice(0, -1));
    if (last !== undefined && isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === last);
      if (pair !== undefined && isScalar(pair.key)) return pair.key.range?.[0] ?? null;
      return null;
    }
    return this.node(path)?.range?.[0] ?? null;
  }

  private node(path: Path): Node | null {
    let node: unknown = this.parse().document.contents;
    for (const key of path) {
      if (!isMap(node) && !isSeq(node)) return null;
      node = node.get(key, true);
    }
    return isNode(node) ? node : null;
  }
}

/** `items[2].condition.id`, as people write it. */
function keyText(path: Path): string {
  const text = path.reduce<string>(
    (before, key) => (typeof key === 'number' ? `${before}[${key}]` : before === '' ? String(key) : `${before}.${String(key)}`),
    '',
  );
  return text === '' ? '(file)' : text;
}
