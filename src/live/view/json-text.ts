import { limits } from '../../limits.js';
import type { Leaf } from './marked-text.js';

export interface JsonText {
  readonly text: string;
  /** Every string, number and literal with its path and its place in `text` (strings without their quotes). */
  readonly leaves: readonly Leaf[];
  /** Laid out it is longer than what is shown: its end is not in it. */
  readonly cut: boolean;
}

interface Level {
  readonly array: boolean;
  readonly tokens: readonly string[];
  index: number;
  key: string | null;
  empty: boolean;
}

/**
 * Lays out JSON text on lines without parsing it into values: digits, duplicate keys and escapes stay as they were sent
 * (`JSON.parse` would round 9007199254740993 and drop the first of two equal keys). A cut text is laid out as far as it goes.
 * @param root tokens of the document itself: `['body', '$']`.
 * @returns null when the text does not begin like a JSON object or array, breaks its grammar, or is nested too deep.
 */
export function layOutJson(source: string, root: readonly string[]): JsonText | null {
  const out: string[] = [];
  const leaves: Leaf[] = [];
  const levels: Level[] = [];
  let length = 0;
  let at = 0;
  const put = (text: string) => {
    out.push(text);
    length += text.length;
  };
  const line = () => put(`\n${'  '.repeat(levels.length)}`);
  const here = (): readonly string[] => {
    const top = levels.at(-1);
    if (top === undefined) return root;
    return [...top.tokens, top.array ? `[${top.index}]` : (top.key ?? '')];
  };
  const leaf = (text: string, quoted: boolean) => {
    const inset = quoted ? 1 : 0;
    leaves.push({ tokens: here(), start: length + inset, end: length + text.length - inset });
    put(text);
  };

  while (at < source.length && /\s/.test(source[at]!)) at += 1;
  if (source[at] !== '{' && source[at] !== '[') return null;
  for (; at < source.length && length <= 4 * limits.viewText; ) {
    const sign = source[at]!;
    const top = levels.at(-1);
    if (sign === ' ' || sign === '\n' || sign === '\r' || sign === '\t') {
      at += 1;
      continue;
    }
    if (top === undefined && length > 0) return null;
    if (sign === '}' || sign === ']') {
      if (top === undefined || top.array !== (sign === ']')) return null;
      levels.pop();
      if (!top.empty) line();
      put(sign);
      at += 1;
      continue;
    }
    if (sign === ',') {
      if (top === undefined || top.empty) return null;
      top.index += 1;
      top.key = null;
      put(',');
      line();
      at += 1;
      continue;
    }
    if (sign === ':') {
      put(': ');
      at += 1;
      continue;
    }
    if (top?.empty === true) {
      top.empty = false;
      line();
    }
    if (sign === '{' || sign === '[') {
      if (levels.length >= limits.jsonDepth) return null;
      levels.push({ array: sign === '[', tokens: here(), index: 0, key: null, empty: true });
      put(sign);
      at += 1;
      continue;
    }
    const end = sign === '"' ? stringEnd(source, at) : literalEnd(source, at);
    if (end === at) return null;
    const text = source.slice(at, end);
    at = end;
    if (sign === '"' && top !== undefined && !top.array && top.key === null) {
      top.key = keyText(text);
      put(text);
    } else leaf(text, sign === '"' && text.endsWith('"') && text.length > 1);
  }
  return { text: out.join(''), leaves, cut: source.slice(at).trim() !== '' };
}

function stringEnd(source: string, quote: number): number {
  for (let at = quote + 1; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === '"') return at + 1;
  }
  return source.length;
}

function literalEnd(source: string, from: number): number {
  let at = from;
  while (at < source.length && /[-+.\w]/.test(source[at]!)) at += 1;
  return at;
}

function keyText(quoted: string): string {
  try {
    const key: unknown = JSON.parse(quoted);
    return typeof key === 'string' ? key : quoted;
  } catch {
    // A key cut in the middle or with a raw control character: its source text still tells it apart from others.
    return quoted.replace(/^"|"$/g, '');
  }
}
