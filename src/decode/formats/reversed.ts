import type { Decoder } from '../decoder.js';
import { SHAPE } from '../shape.js';

/** How base64 ends that was turned round: of JSON, of gzip; how hex does. */
const ENDS = /(?:Jye|Is4H|22b7|b7b5)$/;

/** Hex, base64 or a document from its end to its beginning (`strrev`): one of the first scramblings that people think of. Known by its end, which is how such begin. */
export const decoder: Decoder = {
  id: 'reversed',
  order: 39,
  shapes: SHAPE.base64 | SHAPE.hex,
  begins: ['}', ']}', ']', '=='],
  open(source) {
    const text = source.text?.trim() ?? '';
    if (!(ENDS.test(text) || (/^[}\]]/.test(text) && /["\]{[][{[]$/.test(text)))) return null;
    return { child: { text: [...text].toReversed().join(''), sure: false, structured: true } };
  },
};
