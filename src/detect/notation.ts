/** Longer texts are addresses and names, whose first characters tell how they are written. */
const LONGEST = 40;

/**
 * How a text is written, character for character, without what it says: `#` for a digit (a report that hides values cuts long runs of
 * digits), `A` and `a` for a capital and a small letter, `文` for a Chinese character; signs stand for themselves. Whoever has the value
 * can write it the same way.
 * @returns at most 40 characters and a sign that there are more.
 */
export function notationOf(text: string): string {
  const characters = [...text];
  const signs = characters.slice(0, LONGEST).map((sign) => {
    if (/\d/.test(sign)) return '#';
    if (/\p{Lu}/u.test(sign)) return 'A';
    if (/\p{Ll}/u.test(sign)) return 'a';
    return /\p{L}/u.test(sign) ? '文' : sign;
  });
  return signs.join('') + (characters.length > LONGEST ? '…' : '');
}
