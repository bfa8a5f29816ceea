/** Character classes of a value, taken in one pass, so that a validator only runs where it can pass. */
export interface ValueShape {
  readonly length: number;
  /** Code of the first character; NaN where there is none. */
  readonly first: number;
  readonly digits: number;
  /** Most digits in a row, blanks and hyphens between them passed over. */
  readonly run: number;
  /** a-f and A-F. */
  readonly hexLetters: number;
  /** Letters beyond hex. */
  readonly letters: number;
  readonly han: number;
  readonly at: boolean;
  readonly dot: boolean;
  readonly colon: boolean;
  readonly dash: boolean;
  readonly comma: boolean;
  /** Anything else: blanks, slashes, other scripts. */
  readonly other: number;
}

/** Longer values are free text or containers: no single identifier of this project is longer. */
export const SHAPE_LENGTH = 512;

/**
 * Classes of the first `SHAPE_LENGTH` characters.
 * @param value any text; hostile text costs at most `SHAPE_LENGTH` steps.
 */
export function shapeOf(value: string): ValueShape {
  let digits = 0;
  let run = 0;
  let longest = 0;
  let hexLetters = 0;
  let letters = 0;
  let han = 0;
  let at = false;
  let dot = false;
  let colon = false;
  let dash = false;
  let comma = false;
  let other = 0;
  const end = Math.min(value.length, SHAPE_LENGTH);
  for (let index = 0; index < end; index++) {
    const code = value.charCodeAt(index);
    if (code >= 0x30 && code <= 0x39) {
      digits++;
      if (++run > longest) longest = run;
      continue;
    }
    if (code !== 0x20 && code !== 0x2d) run = 0;
    if ((code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66)) hexLetters++;
    else if ((code >= 0x47 && code <= 0x5a) || (code >= 0x67 && code <= 0x7a)) letters++;
    else if (code === 0x2e) dot = true;
    else if (code === 0x2d) dash = true;
    else if (code === 0x3a) colon = true;
    else if (code === 0x2c) comma = true;
    else if (code === 0x40) at = true;
    else if (code >= 0x3400 && code <= 0x9fff) han++;
    else other++;
  }
  return {
    length: value.length,
    first: value.charCodeAt(0),
    digits,
    run: longest,
    hexLetters,
    letters,
    han,
    at,
    dot,
    colon,
    dash,
    comma,
    other,
  };
}

/** Digits with at most the separators of a written number (blank, hyphen, plus, brackets). */
export function isDigitRun(shape: ValueShape, from: number, to: number): boolean {
  return (
    shape.digits >= from &&
    shape.digits <= to &&
    shape.letters === 0 &&
    shape.hexLetters === 0 &&
    shape.han === 0 &&
    !shape.dot &&
    !shape.at
  );
}
