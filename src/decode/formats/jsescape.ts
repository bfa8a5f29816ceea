import type { Decoder } from '../decoder.js';
import { SHAPE } from '../shape.js';

const UNIT = /%u[0-9a-fA-F]{4}/;

/** What JavaScript's `escape()` and classic ASP write (ECMA-262 annex B.2.1.1): `%u5F20` for characters, `%20` for Latin-1. */
export const decoder: Decoder = {
  id: 'jsescape',
  says: { zh: 'JavaScript 的 unescape()：%uXXXX 与 %XX', en: 'unescape() of JavaScript: %uXXXX and %XX' },
  order: 45,
  shapes: SHAPE.percent,
  open({ text }) {
    if (text === null || !UNIT.test(text)) return null;
    const plain = text.replace(/%u([0-9a-fA-F]{4})|%([0-9a-fA-F]{2})/g, (_, unit?: string, byte?: string) =>
      String.fromCharCode(Number.parseInt(unit ?? byte ?? '', 16)),
    );
    return { child: { text: plain, sure: true } };
  },
};
