import type { CanonicalValue } from './canonical.js';
import type { Pattern } from './encoding.js';

/** A few small numbers in a row are in every array; so many bytes of a value are in none by chance. */
const FEWEST = 6;

const utf8 = new TextEncoder();

/**
 * A value as the array of its bytes that a JSON writer prints (`[49,51,57,...]`, a hardware address as `[-92,94,96,...]`): without spaces
 * and with, as unsigned bytes and as Java's, which have a sign.
 */
export function byteListPatterns({ texts, hex }: CanonicalValue): readonly Pattern[] {
  const patterns = new Map<string, Pattern>();
  const put = (bytes: Uint8Array, text: string) => {
    if (bytes.length < FEWEST) return;
    for (const numbers of [Array.from(bytes), Array.from(Int8Array.from(bytes))])
      for (const gap of [',', ', ']) {
        const list = numbers.join(gap);
        const pattern = {
          bytes: utf8.encode(list),
          fold: false,
          form: 'byte-list',
          edge: 'digits',
          writing: 'text',
          base64: null,
          text,
        } as const;
        if (!patterns.has(list)) patterns.set(list, pattern);
      }
  };
  for (const { text, form } of texts) if (form === 'plain') put(utf8.encode(text), text);
  if (hex !== null) put(Buffer.from(hex, 'hex'), hex);
  return [...patterns.values()];
}
