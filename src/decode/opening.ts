import { decodersForShape, textShape } from './registry.js';
import { SHAPE } from './shape.js';
import { mayHoldTokens } from './tokens.js';

/** Text shorter than this holds nothing to take apart: `a=1&b=2` and `{"a":1}` have seven characters. */
export const SHORTEST_TEXT = 6;

/** Whether any decoder would look at a text of this shape, or it may have to be said that none could read it. @param earning a known value inside would let a short one keep what it gave. */
export function isWorthOpening(text: string, shape: number, earning: boolean): boolean {
  if (shape === 0 || (shape === SHAPE.short && !earning)) return false;
  return decodersForShape(shape).length > 0 || (shape & SHAPE.unbroken) !== 0 || ((shape & SHAPE.sentence) !== 0 && mayHoldTokens(text));
}

/** Words in the URL alphabet are too short for it, and `page_view` is no base64; only a key hook could make something of one. */
export function isShortWord(text: string, shape: number): boolean {
  return shape === SHAPE.short && (text.includes('_') || text.includes('-'));
}

/** Whether a text of a document would be taken apart further where nobody has hooked in. */
export function mayOpen(text: string, earning: boolean): boolean {
  if (text.length < SHORTEST_TEXT) return false;
  const shape = textShape(text);
  return isWorthOpening(text, shape, earning) && !isShortWord(text, shape);
}
