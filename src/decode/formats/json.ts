import type { Decoder } from '../decoder.js';
import { beginsObject, placeOf, readJson } from '../json.js';
import { SHAPE } from '../shape.js';

/** Names are shorter, and what is looked through for one is bounded. */
const LONGEST_NAME = 128;

/** Where the name of a value begins that broke off at `end`; `end` where it has none. Without its name nobody knew what the piece is. */
function withName(text: string, end: number): number {
  const before = text.slice(Math.max(0, end - LONGEST_NAME), end);
  const name = /"[^"\\]{1,100}"\s{0,8}:\s{0,8}["']?$/.exec(before);
  return name === null ? end : end - before.length + name.index;
}

/** Of a text in another document, and of what does not begin with a name in quotes; prose may stand in brackets too. */
const FEWEST = 3;

/** RFC 8259, with the deviations that real senders make (see `../json.ts`). */
export const decoder: Decoder = {
  id: 'json',
  says: { zh: 'JSON；路径中写作 $', en: 'JSON; in the path it is the $' },
  order: 20,
  shapes: SHAPE.brace | SHAPE.quoted,
  mark: { whole: '.$', nested: '|json$' },
  mime: (mime) => mime.endsWith('json'),
  open(source) {
    const { text } = source;
    if (text === null) return null;
    const read = readJson(text, 0, { ...placeOf(source, source.root), sorting: source.sorting });
    if (read === null) return null;
    const leaves = read.fields.length + (read.idle?.count ?? 0);
    if (read.complete && read.end >= text.length) return leaves > 0 || source.base ? { ready: read } : null;
    const isObject = beginsObject(text);
    if (read.complete || !(source.base || isObject)) return null;
    if (leaves < (source.truncated || (source.base && isObject) ? 1 : FEWEST)) return null;
    // What breaks off or breaks down: what was read counts, the rest stays text.
    return { ready: read, rest: withName(text, read.end) };
  },
};
