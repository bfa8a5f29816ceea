import { limits } from '../../limits.js';
import type { Decoder, Leaf, Source } from '../decoder.js';
import { unescapeJson } from '../json-escape.js';
import { element, member, named, Repeats } from '../path.js';
import { SHAPE } from '../shape.js';

/**
 * One lexical token (GraphQL specification section 2.1). A string may lack its end: where it had to have one,
 * each escaped quote behind it would be tried as the beginning of another, up to the end of the line.
 */
const TOKEN = /"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*("?)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[A-Za-z_]\w*|\.\.\.|[{}()[\]:!$=@|&]|#[^\n]*/g;

/** What may stand between tokens (section 2.1.7). */
const IGNORED = /^[\s,\ufeff]*$/;

function textOf(token: string): string {
  return token.startsWith('"""') ? token.slice(3, -3).trim() : unescapeJson(token.slice(1, -1));
}

/**
 * Literals written into a GraphQL document: `login(phone: "...")`. Variables are plain JSON beside it and need no help.
 * The path is that of the arguments: field, argument, members of input objects.
 */
function literals(text: string, { root, keys, work }: Source): { readonly leaves: readonly Leaf[]; readonly rest?: number } {
  const leaves: Leaf[] = [];
  const repeats = new Repeats();
  interface Level {
    readonly path: string;
    readonly keys: readonly string[];
    readonly group: number;
    readonly kind: 'call' | 'object' | 'list';
    index: number;
  }
  const levels: Level[] = [];
  let field = '';
  let name = '';
  let pending = false;
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const token = match[0];
    if (leaves.length > work.fieldsLeft) break;
    // Cut, or no GraphQL from here on.
    if (match[1] === '') return { leaves, rest: match.index };
    if (match.index > end && !IGNORED.test(text.slice(end, match.index))) return { leaves, rest: end };
    end = match.index + token.length;
    const level = levels.at(-1);
    const first = token[0] ?? '';
    if (first === '#') continue;
    if (token === '(')
      levels.push({ path: repeats.path(root, field), keys: named(keys, field), group: work.group(), kind: 'call', index: 0 });
    else if (token === ')') levels.length = 0;
    else if (level === undefined) {
      if (/^[A-Za-z_]/.test(token)) field = token;
    } else if (token === ':') pending = true;
    else if (token === ']' || token === '}') {
      levels.pop();
      pending = false;
    } else if ((token === '{' || token === '[') && (pending || level.kind === 'list')) {
      if (levels.length >= limits.jsonDepth) {
        work.hit(root, 'jsonDepth');
        break;
      }
      const path = level.kind === 'list' ? element(level.path, level.index++) : member(level.path, name);
      const own = level.kind === 'list' ? level.keys : named(level.keys, name);
      levels.push({
        path,
        keys: own,
        group: token === '{' ? work.group() : level.group,
        kind: token === '{' ? 'object' : 'list',
        index: 0,
      });
      pending = false;
    } else if (pending || level.kind === 'list') {
      const quoted = first === '"';
      const number = /^-?\d/.test(token);
      if (quoted || number) {
        const path = level.kind === 'list' ? element(level.path, level.index++) : member(level.path, name);
        const own = level.kind === 'list' ? level.keys : named(level.keys, name);
        leaves.push({
          path,
          keys: own,
          value: quoted ? textOf(token) : token,
          kind: quoted ? 'string' : 'number',
          group: level.group,
          start: match.index + (quoted ? 1 : 0),
          end: match.index + token.length - (quoted ? 1 : 0),
        });
      }
      pending = false;
    } else if (/^[A-Za-z_]/.test(token)) name = token;
  }
  return { leaves };
}

/** `query ...{`, or the short form of a query (section 2.3): the name of a field and its arguments right behind the brace. */
const OPENING =
  /^\s*(?:(?:query|mutation|subscription)\b[^{]{0,4096}\{|\{\s*(?:[A-Za-z_]\w{0,127}\s*:\s*)?[A-Za-z_]\w{0,127}\s*\(\s*[A-Za-z_]\w{0,127}\s*:)/;

export const decoder: Decoder = {
  id: 'graphql',
  says: { zh: 'GraphQL 语句中的字面量，按字段与参数名', en: 'literals of a GraphQL document, by field and argument' },
  order: 62,
  shapes: SHAPE.document | SHAPE.brace,
  mime: (mime) => mime === 'application/graphql',
  open(source) {
    const { text } = source;
    if (text === null || !OPENING.test(text)) return null;
    const read = literals(text, source);
    return read.leaves.length > 0 ? read : null;
  },
};
