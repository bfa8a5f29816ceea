import type { CanonicalValue } from '../forms/canonical.js';
import type { Put } from './put.js';

/** Characters below which a shifted word may be another word. */
const SHORTEST = 8;
/**
 * Digits that make a number of which no other is had by chance, whichever of ten ways it was changed; a time in seconds has ten. Of fewer in a word that
 * else stays as it is the next one is had by a neighbour: `tester2@example.com` is not `tester1@example.com`, nor is one day another.
 */
const SHORTEST_DIGITS = 11;

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const PRINTABLE = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index)).join('');

/** Each character of one of the alphabets becomes the one so many places further round. */
function turned(text: string, places: number, alphabets: readonly string[]): string {
  return Array.from(text, (char) => {
    const alphabet = alphabets.find((own) => own.includes(char));
    return alphabet === undefined ? char : alphabet[(alphabet.indexOf(char) + places) % alphabet.length]!;
  }).join('');
}

/** Each character as the one so many code points further; null where that is no printable sign. */
function shifted(text: string, places: number): string | null {
  const codes = Array.from(text, (char) => char.codePointAt(0)! + places);
  return codes.every((code) => code > 0x20 && code < 0x7f) ? String.fromCharCode(...codes) : null;
}

function mapped(text: string, from: string, to: string): string {
  return Array.from(text, (char) => to[from.indexOf(char)] ?? char).join('');
}

/** Whether so much of a text became something else that its neighbours in a list are not written so: `B1234567` follows `A1234567`. */
function isAnother(text: string, written: string): boolean {
  let letters = 0;
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === written[at]) continue;
    if (DIGITS.includes(text[at]!)) digits++;
    else letters++;
  }
  return letters === 0 ? digits >= SHORTEST_DIGITS : letters + digits >= SHORTEST;
}

/**
 * A value of which each character stands for another: Caesar's cipher of letters, of digits, of both (ROT13, ROT5, ROT18), ROT47, characters some code
 * points further, letters and digits counted from the end (Atbash), digits as letters. Home-made scrambling; of a known value it is certain.
 */
export function putSubstitutions({ texts }: CanonicalValue, putSpelling: Put): void {
  for (const { text, form } of texts) {
    if (form !== 'plain' || text.length < SHORTEST || !/^[\x21-\x7e]+$/.test(text)) continue;
    const isNumber = /^\d+$/.test(text);
    if (isNumber && text.length < SHORTEST_DIGITS) continue;
    const put = (written: string | null, name: string) => {
      if (written !== null && isAnother(text, written)) putSpelling(written, name, text);
    };
    put(turned(text, 47, [PRINTABLE]), 'rot47');
    for (let places = 1; places < 26; places++) {
      const name = places === 13 ? 'rot13' : `caesar-${places}`;
      put(turned(text, places, [UPPER, LOWER]), name);
      if (places < 10) put(turned(text, places, [DIGITS]), places === 5 ? 'rot5' : name);
      if (places < 10 || places > 16) put(turned(turned(text, places, [UPPER, LOWER]), places % 10, [DIGITS]), name);
    }
    put(turned(turned(text, 13, [UPPER, LOWER]), 5, [DIGITS]), 'rot18');
    for (let places = 1; places < 10; places++) {
      put(shifted(text, places), `shift-${places}`);
      put(shifted(text, -places), `shift-minus-${places}`);
    }
    const backwards = (alphabet: string) => [...alphabet].toReversed().join('');
    put(mapped(text, UPPER + LOWER, backwards(UPPER) + backwards(LOWER)), 'atbash');
    put(mapped(text, DIGITS, backwards(DIGITS)), 'atbash');
    if (!isNumber) continue;
    put(mapped(text, DIGITS, LOWER), 'letters');
    put(mapped(text, DIGITS, UPPER), 'letters');
  }
}
