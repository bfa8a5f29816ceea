import { type ReadText, readText } from './charset.js';

function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** What one percent-decoding gives; `bytes` where the result is no text in any charset. */
export interface Unescaped {
  readonly text: string;
  readonly step: string | null;
  readonly bytes: Uint8Array | null;
}

/**
 * One percent-decoding (RFC 3986 section 2.1; WHATWG form decoding when `plus`). Malformed `%` stay as they are, where
 * `decodeURIComponent` throws; GBK escapes, still common in Chinese apps, are read as GB18030 and say so in `step`.
 * @param charset that the content type declares for what the escapes stand in, or ''.
 */
export function unescapePercent(text: string, plus: boolean, charset = ''): Unescaped {
  const percent = text.includes('%');
  if (!percent) return { text: plus && text.includes('+') ? text.replaceAll('+', ' ') : text, step: null, bytes: null };
  const source = Buffer.from(text, 'utf8');
  const bytes = Buffer.allocUnsafe(source.length);
  let length = 0;
  for (let i = 0; i < source.length; i++) {
    const byte = source[i]!;
    if (byte === 0x25 && i + 2 < source.length) {
      const high = hexValue(source[i + 1]!);
      const low = hexValue(source[i + 2]!);
      if (high >= 0 && low >= 0) {
        bytes[length++] = high * 16 + low;
        i += 2;
        continue;
      }
    }
    bytes[length++] = plus && byte === 0x2b ? 0x20 : byte;
  }
  const decoded = bytes.subarray(0, length);
  const read: ReadText | null = readText(decoded, charset, false);
  return read === null
    ? { text: decoded.toString('latin1'), step: null, bytes: decoded }
    : { text: read.text, step: read.step, bytes: null };
}
