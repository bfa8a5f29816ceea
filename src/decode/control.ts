import type { Leaf } from './decoder.js';

/** Of the control characters of ASCII a text has a tab and the ends of its lines. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;
/** A name has none of them, and no byte that is none of UTF-8. */
const NAMELESS = /[\u0000-\u001f\ufffd]/;
/** Values may be printed by machines, which part columns and pages too. */
const UNREADABLE = /[\ufffd\u0000-\u0008\u000e-\u001f]/;

/** Whether a text has a control character that no text has. */
export function hasControl(text: string): boolean {
  return CONTROL.test(text);
}

/** Whether a text that was read as UTF-8 may be a name in a binary document: among noise most are none. */
export function isName(text: string): boolean {
  return !NAMELESS.test(text);
}

/** Whether all texts of a binary document can be read: a guessed one in which some cannot is noise. */
export function areReadable(leaves: readonly Leaf[]): boolean {
  return leaves.every((leaf) => leaf.kind !== 'string' || !UNREADABLE.test(leaf.value));
}
