import type { Decoder } from '../decoder.js';
import { placeOf, readJson } from '../json.js';
import { SHAPE } from '../shape.js';

/** RFC 8259, with the deviations that real senders make (see `../json.ts`). */
export const decoder: Decoder = {
  id: 'json',
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
    if (!source.base || read.complete || leaves < (source.truncated ? 1 : 3)) return null;
    // A body that breaks off or breaks down: what was read counts, the rest stays text.
    return { ready: read, rest: read.end };
  },
};
