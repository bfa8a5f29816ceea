/** A text of no more characters is a name, a title or a value, and is looked at whatever is written in it. */
const SHORTEST = 80;
/** Addresses are not longer; in shorter texts numbers and division names may be parts of one. */
const LONGEST_ADDRESS = 200;
/** Digits in a row, with blanks and hyphens between them, of the shortest number that is looked for in a text. */
const NUMBER = 11;
/** As many characters of words and hyphens hold a hyphen and the twelve digits that end a UUID. */
const UUID_END = 13;
/** Two of them begin an address of IPv6. */
const COLONS = 2;

const LETTER = 1;
const DIGIT = 2;
const BLANK = 4;
const DOT = 8;
const COLON = 16;
const DASH = 32;
const STOP = 64;
const OTHER = 128;
/** Classes of ASCII characters; 0: signs of which identifiers, addresses and documents are made. */
const CLASS = new Uint8Array(128);
for (const [characters, kind] of [
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', LETTER],
  ['0123456789', DIGIT],
  [' ', BLANK],
  ['.', DOT],
  [':', COLON],
  ['-', DASH],
  ['\n!?', STOP],
  ['\t\r,;\'"()', OTHER],
] as const)
  for (const character of characters) CLASS[character.charCodeAt(0)] = kind;

function isHan(code: number): boolean {
  return code >= 0x3400 && code <= 0x9fff;
}

/**
 * Whether a text is running text in which nothing is that anybody looks for where no name asks for it: no number that is long enough, no
 * sign of an address or an identifier, no letters after a point, no capital after a Chinese character (plates). Linear: one look at each
 * character. Who tests values says of himself that he takes none of these (`Validator.prose`, `Composite.prose`).
 */
export function isProse(text: string): boolean {
  const { length } = text;
  if (length <= SHORTEST) return false;
  let any = 0;
  let run = 0;
  let word = 0;
  let hyphen = false;
  let colons = 0;
  let before = 0;
  let beforeHan = false;
  let han = false;
  let stops = false;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 128) {
      run = 0;
      word = 0;
      hyphen = false;
      before = 0;
      beforeHan = isHan(code);
      if (beforeHan) han = true;
      else if (code === 0x3002 || code === 0xff01 || code === 0xff1f) stops = true;
      continue;
    }
    const kind = CLASS[code]!;
    if (kind === LETTER) {
      if (before === DOT || (beforeHan && code <= 0x5a)) return false;
      run = 0;
      word++;
    } else if (kind === DIGIT) {
      if (before === DOT || ++run >= NUMBER) return false;
      word++;
    } else if (kind === DASH) {
      word++;
      hyphen = true;
    } else if (kind === 0) return false;
    else {
      if (kind !== BLANK) run = 0;
      if (kind === COLON && ++colons >= COLONS && length <= LONGEST_ADDRESS) return false;
      word = 0;
      hyphen = false;
    }
    if (hyphen && word >= UUID_END) return false;
    any |= kind;
    before = kind;
    beforeHan = false;
  }
  if (text.trim().length !== length) return false;
  if (length > LONGEST_ADDRESS) return true;
  // Whoever reads a Chinese address stops at the end of a sentence; one in Latin letters holds a number.
  return han ? stops || (any & STOP) !== 0 : (any & DIGIT) === 0;
}
