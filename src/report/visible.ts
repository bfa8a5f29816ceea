import { showUnseen } from '../model/unseen.js';

/** The text on one line, with every unseen character as its code point in angle brackets. */
export function visible(text: string): string {
  return showUnseen(text, '', (code) => `⟨U+${code}⟩`);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };

/** Text as it may stand in an element or a quoted attribute of HTML or XML. The only way from a string to markup. */
export function escaped(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '');
}
