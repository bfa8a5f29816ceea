import type { Passed } from './validator.js';

/** What parts several values of one kind in one text: `A1000059D2AB5C,A1000059D2AB5C`. */
const SEPARATOR = /[,;|]/;
/** Phones have two slots, and say one thing in two or three ways. */
const MOST = 4;

/**
 * Tests a text that may hold several values of one kind.
 * @param one tests a single value.
 * @returns what it says of the first, where every one passes; null where one does not.
 */
export function checkSeveral(text: string, one: (value: string) => Passed | null): Passed | null {
  if (!SEPARATOR.test(text)) return one(text);
  const parts = text.split(SEPARATOR, MOST + 1);
  if (parts.length > MOST) return null;
  const passed = parts.map((part) => one(part.trim()));
  return passed.every((each) => each !== null) ? (passed[0] ?? null) : null;
}
