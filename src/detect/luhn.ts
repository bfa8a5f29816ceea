/**
 * Luhn (ISO/IEC 7812-1 annex B) over decimal digits, check digit last.
 * One of ten random numbers passes, so it proves nothing alone (13-digit millisecond times: 10.0 %).
 */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    let digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    if (digit < 0 || digit > 9) return false;
    if (index % 2 === 1) {
      digit *= 2;
      if (digit > 9) digit -= 9;
    }
    sum += digit;
  }
  return digits.length > 0 && sum % 10 === 0;
}
