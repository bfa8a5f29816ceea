/**
 * Controls (Cc), formats such as bidi marks and zero-width characters (Cf), line separators (Zl, Zp), lone surrogates (Cs),
 * noncharacters and blank letters: everything that a reader would not see and that could make a name look like another (Unicode
 * TR 36, section 2), and everything that XML 1.0 does not allow.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFE\uFFFF\u115F\u1160\u2800\u3164\uFFA0]/gu;

/** The text on one line, with every unseen character as its code point in angle brackets. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };

/** Text as it may stand in an element or a quoted attribute of HTML or XML. The only way from a string to markup. */
export function escaped(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '');
}
