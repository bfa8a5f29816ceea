import type { Decoder } from '../decoder.js';
import { unescapeJson } from '../json-escape.js';
import { SHAPE } from '../shape.js';

/** Escaped as often as six documents nest in one another; more backslashes are a drawing. */
const ESCAPE = /(?<!\\)\\{1,63}u([0-9a-fA-F]{4})/g;
/** Quotes, backslashes and control characters: what a format around them still needs escaped. */
const DELIMITER = /["\\]|\p{Cc}/u;

/** Characters as JavaScript, Rust and PHP write them by their numbers (ECMA-262 section 12.9.4). */
const POINT = /(?<!\\)\\u\{([0-9a-fA-F]{1,6})\}/g;
/** Bytes as a server's log, Python and C print them, and in octal as the text format of Protocol Buffers does. */
const BYTE = /(?<!\\)\\(?:x([0-9a-fA-F]{2})|([0-3][0-7]{2}))|([^\u0000-\u007f]+)/g;
/** Fewer of them are a path or a colour of a terminal. */
const FEWEST_BYTES = 4;

/** The character of a number, where Unicode has one. */
function pointText(point: number): string | null {
  return point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? null : String.fromCodePoint(point);
}

/** Bytes for their escapes, and the rest of the text as UTF-8; null where there are few. */
function unescapeBytes(text: string): Uint8Array | null {
  let count = 0;
  const latin1 = text.replace(BYTE, (_, hex?: string, octal?: string, wide?: string) => {
    const digits = hex ?? octal;
    if (digits === undefined) return Buffer.from(wide ?? '', 'utf8').toString('latin1');
    count++;
    return String.fromCharCode(Number.parseInt(digits, hex === undefined ? 8 : 16));
  });
  return count < FEWEST_BYTES ? null : Buffer.from(latin1, 'latin1');
}

/** Characters for their escapes, however often those were escaped; what was escaped twice as a delimiter of an inner document stays so. */
function unescapeAll(text: string): string {
  return text.replace(ESCAPE, (found, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return found.length > '\\u0000'.length && DELIMITER.test(character) ? found : character;
  });
}

/**
 * String escapes outside of any string: `\u5f20\u4e09` in a form value, `{\"imei\":...}` that was escaped once too often, and the bytes of
 * `\xe5\xbc\xa0`, of which, as of the characters, a whole body may consist.
 */
export const decoder: Decoder = {
  id: 'unescape',
  says: { zh: '\\uXXXX、\\xXX 等转义还原', en: 'escapes such as \\uXXXX and \\xXX undone' },
  order: 48,
  shapes: SHAPE.escape,
  open(source) {
    const { text } = source;
    if (text === null) return null;
    if ((source.base ? /^\s*\\{1,63}u[0-9a-fA-F]{4}/ : /\\u[0-9a-fA-F]{4}/).test(text)) {
      const plain = unescapeAll(text);
      return plain === text ? null : { child: { text: plain, sure: true } };
    }
    const points = source.base ? text : text.replace(POINT, (found, hex: string) => pointText(Number.parseInt(hex, 16)) ?? found);
    if (points !== text) return { child: { text: points, sure: true } };
    if (!source.base && /(?:(?<!\\)\\[0-3][0-7]{2}){3}/.test(text)) {
      const bytes = unescapeBytes(text);
      if (bytes !== null) return { child: { bytes, sure: false } };
    }
    if (text.includes('\\x') && /(?<!\\)\\x[0-9a-fA-F]{2}/.test(text) && (!source.base || /^\s*\\x/.test(text))) {
      const bytes = unescapeBytes(text);
      return bytes === null ? null : { child: { bytes, sure: false } };
    }
    if (!/^\s*[{[]/.test(text) || !text.includes('\\"')) return null;
    return { child: { text: unescapeJson(text), sure: false, structured: true } };
  },
};
