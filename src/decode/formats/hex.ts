import type { Decoder } from '../decoder.js';
import { fromHex } from '../radix.js';
import { SHAPE } from '../shape.js';

/**
 * Bytes as hex digits. Order numbers are all digits too, and one in sixty 16-digit numbers happens to read as printable ASCII;
 * so a run without letters must give at least 11 letters or digits (a phone number), where chance is below 1 in 3,000.
 */
export const decoder: Decoder = {
  id: 'hex',
  order: 42,
  shapes: SHAPE.hex,
  open(source) {
    const { text } = source;
    const bytes = text === null ? null : fromHex(text);
    if (bytes === null || bytes.length < 8) return null;
    if (!/[a-f]/i.test(text ?? '')) {
      if (bytes.length < 11) return null;
      for (const byte of bytes) {
        const digit = byte >= 0x30 && byte <= 0x39;
        const letter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
        if (!digit && !letter) return null;
      }
    }
    return { child: { bytes, sure: false } };
  },
};
