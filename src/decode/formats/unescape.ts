import type { Decoder } from '../decoder.js';
import { unescapeJson } from '../json.js';
import { SHAPE } from '../shape.js';

/** JSON string escapes outside of JSON: `\u5f20\u4e09` in a form value, `{\"imei\":...}` that was escaped once too often. */
export const decoder: Decoder = {
  id: 'unescape',
  order: 48,
  shapes: SHAPE.escape,
  open(source) {
    const { text } = source;
    if (text === null) return null;
    if (!source.base && /\\u[0-9a-fA-F]{4}/.test(text)) {
      return { child: { text: text.replace(/(?:\\u[0-9a-fA-F]{4})+/g, (run) => unescapeJson(run)), sure: true } };
    }
    if (!/^\s*[{[]/.test(text) || !text.includes('\\"')) return null;
    return { child: { text: unescapeJson(text), sure: false, structured: true } };
  },
};
