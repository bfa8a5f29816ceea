import type { Decoder } from '../decoder.js';
import { unescapePercent } from '../percent.js';
import { fromBase64 } from '../radix.js';
import { SHAPE } from '../shape.js';

/** `data:image/jpeg;base64,...` (RFC 2397): how faces and identity cards travel inside JSON. */
export const decoder: Decoder = {
  id: 'dataurl',
  says: { zh: 'data: URL 的内容（RFC 2397）', en: 'the content of a data: URL (RFC 2397)' },
  order: 30,
  shapes: SHAPE.address,
  open(source) {
    const { text } = source;
    if (text === null || text.slice(0, 5).toLowerCase() !== 'data:') return null;
    const comma = text.slice(0, 256).indexOf(',');
    if (comma < 0) return null;
    const contentType = text.slice(5, comma);
    const place = { start: comma + 1, end: text.length };
    if (!/;base64$/i.test(contentType)) {
      return { child: { text: unescapePercent(text.slice(comma + 1), false).text, sure: true, contentType, ...place } };
    }
    const bytes = fromBase64(text.slice(comma + 1).trim());
    return bytes === null ? null : { child: { bytes, sure: true, contentType: contentType.slice(0, -7), ...place } };
  },
};
