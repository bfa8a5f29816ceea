import { LineCounter, parseDocument } from 'yaml';

type Path = readonly PropertyKey[];

/** What a YAML file says, with the line of everything in it. */
export interface YamlText {
  /** null for an empty file. */
  readonly value: unknown;
  /** Line of what stands at `path`, or of the nearest thing around it. */
  lineAt(path: Path): number;
}

/**
 * YAML that people write by hand: settings, a baseline.
 * @param fault makes the error for a line and what is wrong with it.
 * @throws what `fault` made, for a text that is no YAML and for aliases, by which a small file becomes a large one.
 */
export function readYaml(text: string, fault: (line: number, problem: string) => Error): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\ufeff/, ''), { lineCounter: lines, uniqueKeys: true });
  const broken = document.errors[0];
  if (broken !== undefined) throw fault(broken.linePos?.[0].line ?? 1, broken.message.split('\n')[0] ?? 'is no YAML');
  return { value: toValue(), lineAt };

  function toValue(): unknown {
    try {
      return document.toJS({ maxAliasCount: 0 });
    } catch (error) {
      throw fault(1, `aliases are not allowed (${error instanceof Error ? error.message : String(error)})`);
    }
  }

  function lineAt(path: Path): number {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const node = document.getIn(path.slice(0, depth), true);
      if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
        return lines.linePos(Number(node.range[0])).line;
    }
    return 1;
  }
}
