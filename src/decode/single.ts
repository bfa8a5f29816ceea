/** Digits of the decimal numbers that no two of 32 bits share (IEEE 754-2019, 5.12.2), and those that each has. */
const MOST_DIGITS = 9;
const LEAST_DIGITS = 6;

/**
 * A number of 32 bits as programs write it: the shortest decimal number, of six digits and more, that is read back as the same bits, so that whoever redoes the step gets the same digits.
 * @param value as it was read from the bytes, with the digits that only 64 bits have. @returns it without them; whole numbers stay as they are.
 */
export function shortestSingle(value: number): number {
  if (Number.isInteger(value) || !Number.isFinite(value)) return value;
  for (let digits = LEAST_DIGITS; digits < MOST_DIGITS; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(MOST_DIGITS));
}
