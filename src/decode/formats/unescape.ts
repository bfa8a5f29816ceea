import type { Decoder } from '../decoder.js';
import { unescapeJson } from '../json.js';
import { SHAPE } from '../shape.js';

/** Escaped as often as six documents nest in one another; more backslashes are a drawing. */
const ESCAPE = /(?<!\\)\\{1,63}u([0-9a-fA-F]{4})/g;
/** Quotes, backslashes and control characters: what a format around them still needs escaped. */
const DELIMITER = /["\\]|\p{Cc}/u;

/** Characters for their escapes, however often those were escaped; what was escaped twice as a delimiter of an inner document stays so. */
function unescapeAll(text: string): string {
  return text.replace(ESCAPE, (found, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return found.length > '\\u0000'.length && DELIMITER.test(character) ? found : character;
  });
}

/** JSON string escapes outside of JSON: `\u5f20\u4e09` in a form value, `{\"imei\":...}` that was escaped once too often. */
export const decoder: Decoder = {
  id: 'unescape',
  order: 48,
  shapes: SHAPE.escape,
  open(source) {
    const { text } = source;
    if (text === null) return null;
    if (!source.base && /\\u[0-9a-fA-F]{4}/.test(text)) {
      const plain = unescapeAll(text);
      return plain === text ? null : { child: { text: plain, sure: true } };
    }
    if (!/^\s*[{[]/.test(text) || !text.includes('\\"')) return null;
    return { child: { text: unescapeJson(text), sure: false, structured: true } };
  },
};
