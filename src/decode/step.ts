import type { Child, Opener } from './decoder.js';

/** Steps on the way that no format takes: they are walked like those of one. */

/** Before any format. */
export const CHARSET_ORDER = -1;

/** Reading bytes in a charset other than UTF-8, as a step. */
export function charsetDecoder(text: string, step: string): Opener {
  return { id: step, order: CHARSET_ORDER, open: () => ({ child: { text, step, sure: true } }) };
}

/** What a key opened. */
export function keyDecoder(child: Child): Opener {
  return { id: child.step ?? 'key', order: 99, open: () => ({ child }) };
}
