import { readFileSync } from 'node:fs';

/** Written beside this module when the program is built (`scripts/parse-rules.mjs`); run from its sources it has none. */
const FILE = new URL('./parsed.json', import.meta.url);

let parsed: ReadonlyMap<string, string> | null = null;

/**
 * What the YAML of one of the program's own rule files says, worked out when the program was built: parsing 660 files is half of what a
 * start costs. By digest, so that a file that was changed since, or is not ours, is parsed.
 * @param sha256 of the file. @returns a copy of the caller's own, or undefined: parse it.
 */
export function parsedBefore(sha256: string): unknown {
  parsed ??= readParsed();
  const text = parsed.get(sha256);
  return text === undefined ? undefined : JSON.parse(text);
}

function readParsed(): ReadonlyMap<string, string> {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, string>));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw error;
  }
}
