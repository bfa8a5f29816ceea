/**
 * Controls (Cc), formats such as bidi marks and zero-width characters (Cf), line separators (Zl, Zp), lone surrogates (Cs),
 * noncharacters, the blank of Braille, and whatever else fonts draw as nothing (Default_Ignorable_Code_Point, Unicode UAX 44): everything
 * that could make a name look like another (Unicode TR 36, section 2), and everything that XML 1.0 does not allow.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}\uFFFE\uFFFF\u2800]/gu;

/**
 * Captured text for a person's eyes, in page, report and terminal alike.
 * @param keep characters that may stay as they are. @param shown the code point in hexadecimal, four capital digits at least -> what stands for it.
 */
export function showUnseen(text: string, keep: string, shown: (code: string) => string): string {
  return text.replace(UNSEEN, (character) =>
    keep.includes(character) ? character : shown((character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')),
  );
}
