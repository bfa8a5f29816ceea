import { phraseOf } from './keys.js';
import { validator as phone } from './validators/phone.js';

/** What apps call the phone's address book, and what they add to it: `addressBookDTOList`. */
export const BOOK =
  /(?:contacts?|address ?books?|phone ?books?|txl|tongxunlu|通讯录|联系人)(?: ?(?:lists?|infos?|data|records?|dtos?|vos?|beans?|entit(?:y|ies)|items?|(?:tele)?phones?)){0,3}$/;
const SHORTEST = 7;
/** Characters of the longest name, and of the longest number with all that is written into one. */
const LONGEST = 40;

/** Whether a field or an object is called after the address book. */
export function isBook(key: string | undefined): boolean {
  return BOOK.test(phraseOf(key ?? ''));
}

/** A telephone number, which some apps mask. */
export function isNumber(value: string): boolean {
  return value.length >= SHORTEST && (phone.check(value) !== null || /^1\d{2}\*{4,}\d{2,4}$/.test(value));
}

/** A number by its form: without a name of its own whatever has nine digits or more may be an identifier. */
export function isPlainNumber(value: string): boolean {
  return value.length >= SHORTEST && value.length <= LONGEST && (phone.check(value)?.passRate ?? 1) <= 0.5;
}

/** Whether there is something, and no more than people and firms are called in it. */
export function isOfNameLength(value: string): boolean {
  return value.length >= 1 && value.length <= LONGEST;
}

/** What somebody may be called in it where no name of the field says that it is a name. */
export function isEntryName(value: string): boolean {
  return isOfNameLength(value) && /\p{L}/u.test(value);
}
