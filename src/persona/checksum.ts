/** Check digits of numbers that a synthetic person needs, so that every validator accepts them. */

/** ISO/IEC 7812-1 annex B: the digit that makes the whole pass Luhn. Bank cards, IMEI (TS 23.003 annex B) and ICCID (E.118) share it. */
export function luhnDigit(digits: string): string {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}

/** GB 11643-1999: ISO 7064 MOD 11-2 over the first 17 digits of a resident ID number. */
export function residentIdCheck(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return '10X98765432'[sum % 11]!;
}

/** GB 16735-2019: the ninth character of a vehicle identification number, from the other sixteen (any character may stand at its place). */
export function vinCheck(vin: string): string {
  const letters = 'ABCDEFGH.JKLMN.P.R.STUVWXYZ';
  const numbers = '12345678.12345.7.9.23456789';
  const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
  const sum = weights.reduce((total, weight, index) => {
    const character = vin[index]!;
    return total + weight * Number(/\d/.test(character) ? character : (numbers[letters.indexOf(character)] ?? 0));
  }, 0);
  return sum % 11 === 10 ? 'X' : String(sum % 11);
}
