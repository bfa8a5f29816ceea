/**
 * Characters that nobody sees and that came along when a value was copied (Unicode general category Cf): the contacts of iOS put a number
 * between U+202D and U+202C, editors begin a file with U+FEFF, web pages break words at U+200B.
 */
const AROUND = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

function isFormat(code: number): boolean {
  return code === 0xad || (code >= 0x200b && code <= 0x206f) || code === 0xfeff;
}

/** A text without white space and invisible characters around it. Most texts have none, and are asked by two of their characters. */
export function visible(text: string): string {
  const trimmed = text.trim();
  if (!isFormat(trimmed.charCodeAt(0)) && !isFormat(trimmed.charCodeAt(trimmed.length - 1))) return trimmed;
  return trimmed.replace(AROUND, '');
}
