import type { Passed } from './validator.js';

/** What parts several values of one kind in one text: `A10000009296F2,A10000009296F2`. */
const SEPARATOR = /[,;|]/;
/** The same, where no single value has a slash in it: `866123456789018/866123456789026`. */
export const SEPARATOR_OF_NUMBERS = /[,;|/]/;
/** Phones have two slots, and say one thing in two or three ways. */
const MOST = 4;

/**
 * Tests a text that may hold several values of one kind.
 * @param one tests a single value.
 * @returns what it says of the first that is no placeholder, where every one passes that is not empty; null where one does not.
 */
export function checkValueList(text: string, one: (value: string) => Passed | null, separator = SEPARATOR): Passed | null {
  if (!separator.test(text)) return one(text);
  const parts = text.split(separator, MOST + 1).filter((part) => part.trim() !== '');
  if (parts.length > MOST) return null;
  const passed: Passed[] = [];
  for (const part of parts) {
    const each = one(part.trim());
    if (each === null) return null;
    passed.push(each);
  }
  return passed.find(({ placeholder }) => !placeholder) ?? passed[0] ?? null;
}
