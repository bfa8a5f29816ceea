import type { Decoder, Opened } from '../decoder.js';
import { fromBase64 } from '../radix.js';
import { pointedFrom, SHAPE } from '../shape.js';

/** Below this many bytes a camel-case word decodes to something like text once in ten thousand times. */
const SHORT = 12;

/** Printable ASCII, or whole Chinese characters among it (three bytes of UTF-8 led by E3 to E9). */
function isPlain(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte >= 0x20 && byte < 0x7f) continue;
    if (byte < 0xe3 || byte > 0xe9) return false;
    i += 2;
  }
  return true;
}

/** Characters of the shortest line into which an encoder breaks its output. */
const LINE = 16;

/** Lines that a header or a form made one of: words of equal length, between which a space was no `+`. */
function withoutBreaks(text: string): string {
  const width = text.indexOf(' ');
  if (width < LINE || width % 4 !== 0) return text;
  const words = text.split(' ');
  const last = words.length - 1;
  return words.every((word, index) => (index < last ? word.length === width : word.length <= width)) ? words.join('') : text;
}

/** Without padding, of which some writers add too much. */
function withoutPadding(text: string): string {
  let end = text.length;
  while (text.charCodeAt(end - 1) === 0x3d) end--;
  return text.slice(0, end);
}

/** Shared by both alphabets; the result must earn its place. @param truncated may end anywhere: the bits of one character are no byte. */
export function openBase64(text: string, truncated: boolean): Opened | null {
  const trimmed = text.trim();
  // Points are padding too, and what is padded needs none.
  const encoded = withoutBreaks(trimmed.slice(0, pointedFrom(trimmed)));
  const bytes = fromBase64(encoded) ?? fromBase64(truncated ? encoded.slice(0, -1) : withoutPadding(encoded));
  if (bytes === null || bytes.length < 6) return null;
  // Too short to be readable by more than chance: only a structure or a known value counts.
  const structured = bytes.length < 8 || (bytes.length < SHORT && !isPlain(bytes));
  return { child: { bytes, sure: false, structured } };
}

/** RFC 4648 section 4, with or without padding. */
export const decoder: Decoder = {
  id: 'base64',
  says: { zh: 'Base64，两种字母表均可，补位可缺', en: 'base64 in either alphabet, with or without padding' },
  order: 40,
  shapes: SHAPE.base64 | SHAPE.short,
  mime: (mime) => mime.startsWith('application/grpc-web-text'),
  open(source) {
    const { text, declared } = source;
    if (declared && text !== null) {
      // Each flush of a gRPC-web text stream is padded for itself (PROTOCOL-WEB), so there is padding in the middle.
      const parts = text.split(/(?<==)(?!=)/).map((part) => fromBase64(part.trim()));
      if (parts.length === 0 || parts.some((part) => part === null)) return null;
      return { child: { bytes: Buffer.concat(parts.filter((part) => part !== null)), sure: true, contentType: 'application/grpc-web' } };
    }
    if (text === null || text.includes('-') || text.includes('_')) return null;
    return openBase64(text, source.truncated);
  },
};
