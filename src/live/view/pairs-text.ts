import type { Leaf } from './marked-text.js';

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Not UTF-8 percent text (GBK forms exist); the name as sent is what the decoder keeps too.
    return text;
  }
}

/** Counts repeats of a name as the path grammar does: `query.a`, then `query.a[1]`. */
function counter(): (tokens: readonly string[]) => readonly string[] {
  const seen = new Map<string, number>();
  return (tokens) => {
    const key = tokens.join('\0');
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return times === 0 ? tokens : [...tokens, `[${times}]`];
  };
}

/** Leaves of `a=1&b=2` between two offsets of a text. @param base tokens before the name: `['query']`, `['body', 'form']`. */
export function pairLeaves(text: string, from: number, to: number, base: readonly string[], separator = '&'): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const numbered = counter();
  let at = from;
  for (const pair of text.slice(from, to).split(separator)) {
    const equals = pair.indexOf('=');
    const nameStart = pair.length - pair.trimStart().length;
    if (equals >= 0) {
      const name = separator === '&' ? decode(pair.slice(0, equals)) : pair.slice(nameStart, equals).trim();
      leaves.push({ tokens: numbered([...base, name]), start: at + equals + 1, end: at + pair.length });
    }
    at += pair.length + separator.length;
  }
  return leaves;
}

/** Leaves of a URL (or of a request target): path segments and query values. */
export function urlLeaves(url: string): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const scheme = url.indexOf('://');
  const slash = url.indexOf('/', scheme < 0 ? 0 : scheme + 3);
  const hash = url.indexOf('#');
  const end = hash < 0 ? url.length : hash;
  const question = url.indexOf('?');
  const pathEnd = question < 0 || question > end ? end : question;
  if (slash >= 0 && slash < pathEnd) {
    let at = slash + 1;
    for (const [index, segment] of url
      .slice(slash + 1, pathEnd)
      .split('/')
      .entries()) {
      leaves.push({ tokens: ['url', 'path', `[${index}]`], start: at, end: at + segment.length });
      at += segment.length + 1;
    }
  }
  return pathEnd < end ? [...leaves, ...pairLeaves(url, pathEnd + 1, end, ['query'])] : leaves;
}

/** Leaves of one header line's value, for its own path and, where it is one, for the cookies in it. */
export function headerLeaves(name: string, value: string, repeat: number, part: 'header' | 'trailer'): readonly Leaf[] {
  const lower = name.toLowerCase();
  const whole: Leaf = { tokens: repeat === 0 ? [part, lower] : [part, lower, `[${repeat}]`], start: 0, end: value.length };
  if (lower === 'cookie') return [whole, ...pairLeaves(value, 0, value.length, ['cookie'], ';')];
  if (lower === 'set-cookie')
    return [whole, ...pairLeaves(value, 0, value.indexOf(';') < 0 ? value.length : value.indexOf(';'), ['cookie'], ';')];
  return [whole];
}

/** Contents of the named parts of a multipart body (RFC 7578); parts inside parts are left to the decoder. */
export function multipartLeaves(text: string, boundary: string, base: readonly string[]): readonly Leaf[] {
  const leaves: Leaf[] = [];
  const numbered = counter();
  const mark = `--${boundary}`;
  let start = text.indexOf(mark);
  while (start >= 0) {
    const next = text.indexOf(mark, start + mark.length);
    const part = text.slice(start + mark.length, next < 0 ? text.length : next);
    const blank = /\r?\n\r?\n/.exec(part);
    const name = blank === null ? undefined : /\bname="([^"]*)"/i.exec(part.slice(0, blank.index))?.[1];
    if (blank !== null && name !== undefined) {
      const from = start + mark.length + blank.index + blank[0].length;
      const to = start + mark.length + part.replace(/\r?\n$/, '').length;
      leaves.push({ tokens: numbered([...base, name]), start: from, end: Math.max(from, to) });
    }
    start = next;
  }
  return leaves;
}
