import type { Child, Decoder } from '../decoder.js';
import { unescapePercent } from '../percent.js';
import { SHAPE } from '../shape.js';

/**
 * Encoders that escape these would have escaped a `+` too, so a bare `+` beside them is a space (Java's URLEncoder, applied twice).
 */
const RESERVED = /%(?:2F|3A|28|29|2C|3D|26|3B|22|7B|5B|40|3F)/i;

/** Percent-encoding where the format did not call for it: a second round in a query, or any in a cookie, header or JSON string. */
export const decoder: Decoder = {
  id: 'percent',
  says: { zh: '百分号解码（%XX）', en: 'percent-decoded (%XX)' },
  order: 46,
  shapes: SHAPE.percent,
  open(source) {
    const { text } = source;
    // An encoder leaves no white space behind; prose with an escaped address in it is prose.
    if (text === null || /\s/.test(text.trim())) return null;
    const { text: plain, bytes } = unescapePercent(text, RESERVED.test(text));
    if (plain === text) return null;
    const child: Child = bytes === null ? { text: plain, sure: !text.includes('\ufffd') } : { bytes, sure: false };
    return { child };
  },
};
