import type { Field } from '../../model/field.js';
import type { Decoder } from '../decoder.js';
import { beginsObject, placeOf, readJson } from '../json.js';
import { namesBelow } from '../names.js';
import { element } from '../path.js';
import { SHAPE } from '../shape.js';

/** Several JSON documents one after the other: a line each (NDJSON), or joined as statistics SDKs flush their queues. Of a body also one with something else behind. */
export const decoder: Decoder = {
  id: 'ndjson',
  says: { zh: '每行或逐个相接的 JSON 文档；[n] 为第 n 个', en: 'JSON documents in lines or one behind the other; [n] is the document' },
  order: 21,
  shapes: SHAPE.brace,
  open(source) {
    const { text } = source;
    if (text === null) return null;
    const fields: Field[] = [];
    const spans: number[] = [];
    const names = namesBelow(source.keys);
    let at = 0;
    let documents = 0;
    while (at < text.length && fields.length < source.work.fieldsLeft) {
      const read = readJson(text, at, placeOf(source, element(source.root, documents), names));
      if (read === null || !read.complete) break;
      for (const field of read.fields) fields.push(field);
      for (const offset of read.spans) spans.push(offset);
      documents++;
      at = read.end;
    }
    if (documents < 2 && !(source.base && fields.length > 0 && beginsObject(text))) return null;
    const ready = { fields, spans, idle: null };
    return at < text.length ? (source.base ? { ready, rest: at } : null) : { ready };
  },
};
