/** Longest whole number that a double keeps exactly has 16 digits; 18 cover what Java prints of an ID card number read as one. */
const LONGEST = 18;

/**
 * A whole number in Java's scientific form as its digits: `1.3788219034E10` -> `13788219034`. Gson reads each number of an untyped object as
 * a double, and writes from ten million on what `Double.toString` makes of it. Any other text comes back as it is.
 */
export function wholeNumber(text: string): string {
  if (text.charCodeAt(1) !== 0x2e || text.length < 5) return text;
  const parts = /^([1-9])\.(\d{1,17})[eE]\+?(\d{1,2})$/.exec(text);
  if (parts === null) return text;
  const decimals = parts[2]!.replace(/0+$/, '');
  const exponent = Number(parts[3]);
  return exponent < decimals.length || exponent >= LONGEST ? text : parts[1] + decimals.padEnd(exponent, '0');
}
