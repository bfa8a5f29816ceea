/** Reads the path grammar of `Field.path` back into steps, so that a place can be found again in the message as it stood. */

/**
 * `body|gzip.$.list[0]["a b"]|base64|json$.x` -> `body`, `|gzip`, `$`, `list`, `[0]`, `a b`, `|base64`, `|json`, `$`, `x`.
 * Anything that breaks the grammar becomes one token of its own: it will match nothing, which hides the text instead of showing it.
 */
export function placeTokens(path: string): readonly string[] {
  const tokens: string[] = [];
  let at = 0;
  while (at < path.length) {
    const sign = path[at];
    if (sign === '[' && path[at + 1] === '"') {
      const end = quotedEnd(path, at + 1);
      tokens.push(unquote(path.slice(at + 1, end)));
      at = end + 1;
    } else if (sign === '[') {
      const end = path.indexOf(']', at);
      const stop = end < 0 ? path.length : end + 1;
      tokens.push(path.slice(at, stop));
      at = stop;
    } else {
      const start = sign === '.' ? at + 1 : at;
      at = nameEnd(path, sign === '|' ? at + 1 : start);
      tokens.push(...splitRoot(path.slice(start, at)));
    }
  }
  return tokens;
}

/** Steps that undo a content-encoding: the page shows the body behind them. */
const CODINGS = new Set(['|gzip', '|x-gzip', '|deflate', '|rawdeflate', '|br', '|zstd', '|compress']);

/** Tokens without the content-encodings of the body, which the view has already undone. */
export function withoutCodings(tokens: readonly string[]): readonly string[] {
  const base = tokens[1]?.startsWith('[') === true ? 2 : 1;
  let end = base;
  while (CODINGS.has(tokens[end] ?? '')) end += 1;
  return [...tokens.slice(0, base), ...tokens.slice(end)];
}

/**
 * How a piece of evidence lies to a leaf of the message: `direct` (the leaf is the value), `nested` (the value is inside the leaf,
 * behind a decode step), `inside` (the value is a whole object or list and the leaf one of its members), or null.
 */
export function relation(leaf: readonly string[], evidence: readonly string[]): 'direct' | 'nested' | 'inside' | null {
  const common = Math.min(leaf.length, evidence.length);
  for (let at = 0; at < common; at += 1) if (leaf[at] !== evidence[at]) return null;
  if (leaf.length > evidence.length) return 'inside';
  if (leaf.length === evidence.length) return 'direct';
  return evidence[leaf.length]!.startsWith('|') ? 'nested' : null;
}

function nameEnd(path: string, from: number): number {
  let at = from;
  while (at < path.length && !'.[|'.includes(path[at]!)) at += 1;
  return at;
}

/** `json$` and `|json$` are a step and the root of what it found. */
function splitRoot(token: string): readonly string[] {
  return token.length > 1 && token.startsWith('|') && token.endsWith('$') ? [token.slice(0, -1), '$'] : [token];
}

function quotedEnd(path: string, quote: number): number {
  for (let at = quote + 1; at < path.length; at += 1) {
    if (path[at] === '\\') at += 1;
    else if (path[at] === '"') return at + 1;
  }
  return path.length;
}

function unquote(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : text;
  } catch {
    // A key written by somebody else's rules; the raw text is as good a name.
    return text.slice(1, -1);
  }
}
