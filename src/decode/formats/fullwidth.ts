import type { Decoder } from '../decoder.js';
import { SHAPE } from '../shape.js';

/** Letters and digits, not the punctuation that every Chinese sentence holds. */
const RUN = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]{4}/;
/** Unicode block "Halfwidth and Fullwidth Forms": ASCII from `!` to `~`, moved. */
const MOVED = 0xff01 - 0x21;

/** Digits and letters as Chinese input methods write them in full width: `１３９００００００００`. */
export const decoder: Decoder = {
  id: 'fullwidth',
  says: { zh: '全角字符换成半角', en: 'full-width characters as ASCII' },
  order: 49,
  shapes: SHAPE.wide,
  open({ text }) {
    if (text === null || !RUN.test(text)) return null;
    const plain = text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - MOVED));
    return { child: { text: plain, sure: true } };
  },
};
