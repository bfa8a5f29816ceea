import type { Decoder } from '../decoder.js';
import { fromHex, fromOctets } from '../radix.js';
import { SHAPE } from '../shape.js';

/** Below this many bytes, groups of digits are serial numbers and keys to be typed in, and one of them is readable now and then. */
const SHORT_GROUPS = 12;

/**
 * Bytes as hex digits, in one run or as people print them (`0x7b22`, `7b:22`). Order numbers are all digits too, and one in sixty 16-digit
 * numbers happens to read as printable ASCII; so a run without letters must give at least 11 letters or digits (a phone number), where chance is
 * below 1 in 3,000; and groups, which amounts and measurements are too, must hold a structure or a known value where they are short or without
 * letters.
 */
export const decoder: Decoder = {
  id: 'hex',
  says: { zh: '十六进制写成的字节', en: 'bytes in hex' },
  order: 42,
  shapes: SHAPE.hex | SHAPE.octets,
  open(source) {
    const text = source.text?.trim() ?? '';
    const run = fromHex(text);
    const bytes = run ?? fromOctets(text);
    if (bytes === null || bytes.length < 8) return null;
    const hasLetters = /[a-f]/i.test(text);
    if (!hasLetters) {
      if (run !== null && bytes.length < 11) return null;
      for (const byte of bytes) {
        const digit = byte >= 0x30 && byte <= 0x39;
        const letter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;
        if (!digit && !letter) return null;
      }
    }
    return { child: { bytes, sure: false, structured: run === null && (!hasLetters || bytes.length < SHORT_GROUPS) } };
  },
};
