import type { Decoder } from '../decoder.js';
import { SHAPE } from '../shape.js';

/** How base64 ends that was turned round: of JSON, of gzip; how hex does. */
const ENDS = /(?:Jye|Is4H|22b7|b7b5)$/;

/** From the end to the beginning; halves of a pair keep their order. */
function reversed(text: string): string {
  const { length } = text;
  const units = new Uint16Array(length);
  for (let at = 0; at < length; at++) units[length - 1 - at] = text.charCodeAt(at);
  for (let at = 0; at + 1 < length; at++)
    if (isHalf(units[at]!, 0xdc00) && isHalf(units[at + 1]!, 0xd800)) [units[at], units[at + 1]] = [units[at + 1]!, units[at]!];
  return Buffer.from(units.buffer).toString('utf16le');
}

function isHalf(unit: number, first: number): boolean {
  return unit >= first && unit < first + 0x400;
}

/** Hex, base64 or a document from its end to its beginning (`strrev`): one of the first scramblings that people think of. Known by its end, which is how such begin. */
export const decoder: Decoder = {
  id: 'reversed',
  says: { zh: '首尾倒置', en: 'read from its end to its beginning' },
  order: 39,
  shapes: SHAPE.base64 | SHAPE.hex,
  begins: ['}', ']}', ']', '=='],
  open(source) {
    const text = source.text?.trim() ?? '';
    if (!(ENDS.test(text) || (/^[}\]]/.test(text) && /["\]{[][{[]$/.test(text)))) return null;
    return { child: { text: reversed(text), sure: false, structured: true } };
  },
};
