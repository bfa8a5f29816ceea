import { isUtf8 } from 'node:buffer';
import type { Decoder } from '../decoder.js';
import { SHAPE } from '../shape.js';

/** Control characters of ISO 8859-1 that nobody writes: what holds many of them is bytes. */
const CONTROL = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g;
const CONTROL_SHARE = 0.1;
/** Bytes of two Chinese characters. */
const FEWEST_HIGH = 4;

/**
 * Bytes that somebody took for text, each of them a character: UTF-8 that was read as ISO 8859-1 (`è\u008c\u0083`), or a compressed or encrypted payload that
 * was put into a string.
 */
export const decoder: Decoder = {
  id: 'latin1',
  says: { zh: '每个字符当作一个字节（ISO 8859-1），再按 UTF-8 读', en: 'each character as a byte (ISO 8859-1), and then read anew' },
  order: 37,
  shapes: SHAPE.bytes,
  open({ text }) {
    if (text === null) return null;
    const bytes = Buffer.from(text, 'latin1');
    const high = bytes.reduce((count, byte) => count + Number(byte >= 0x80), 0);
    if (isUtf8(bytes)) return high < FEWEST_HIGH ? null : { child: { bytes, sure: false } };
    const controls = text.match(CONTROL)?.length ?? 0;
    if (controls < text.length * CONTROL_SHARE) return null;
    return { child: { bytes, sure: false, structured: true } };
  },
};
