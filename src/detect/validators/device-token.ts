import type { Passed, Validator } from '../validator.js';

/** Apple's description of a token as data (iOS 12 and before): eight words of four bytes, in angle brackets or without. */
const DESCRIBED = /^<?[0-9a-f]{8}(?: [0-9a-f]{8}){7}>?$/i;
/** What an app writes before a number to say where it came from: `[d]6f1d2c3b-…`. */
const TAG = /^\[[a-z]{1,3}\](?=[0-9a-f]{8})/;
/** Words that stand where an identifier should: types, platforms, states. */
const WORD = /^[A-Za-z]+(?:[ _-][A-Za-z]+)*$/;

/** A sentence in place of one, however long: `no-token-in-this-build`. */
const SENTENCE = /^[a-z]+(?:-[a-z]+){2,}$/;

/** Base64 whose plus signs a form read as blanks. */
const BLANKED = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[0-9A-Za-z/+=]{8,}(?: [0-9A-Za-z/+=]{1,120}){1,6}$/;
/** The same of 18 bytes, 24 characters, where one piece has all kinds of them in it, as no word has: `AbCd EfGh1jKlMnOp/QrStUvW`. */
const BLANKED_SHORT =
  /^(?=[0-9A-Za-z/+=]+(?: [0-9A-Za-z/+=]+){1,2}$)(?=.{24}$)(?:.* )?(?=[^ ]*[a-z][^ ]*[A-Z])(?=[^ ]*[A-Z][^ ]*[a-z])(?=[^ ]*\d)[^ ]{11,}(?: |$)/;
/** The name of an app (Java package, Apple's bundle): the same on every phone. */
const PACKAGE = /^(?:com|cn|net|org|io|me|air)(?:\.[A-Za-z][A-Za-z_-]*){1,5}$/;
/** A day of the years 2000 to 2049, alone or with its time to the second. */
const DATE = /^20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:(?:[01]\d|2[0-3])[0-5]\d[0-5]\d)?$/;
/** Pairs with colons between them, as tools print the digest of a certificate: MD5, SHA-1, SHA-256. The same in every copy of the app. */
const CERTIFICATE = /^[0-9A-F]{2}(?:(?::[0-9A-F]{2}){15}|(?::[0-9A-F]{2}){19}|(?::[0-9A-F]{2}){31})$/i;
/** As long as base64 of 30 bytes is. */
const LONG = 40;
/** Base64 of 18 bytes, as Alibaba's UTDID is written. */
const BYTES_18 = 24;

export const validator: Validator = {
  source:
    'identifiers that apps and SDKs make themselves have no published form: long, one word, digits in it, no date, no version, no address',
  fits: (shape) => shape.length >= 8 && shape.length <= 512 && shape.han === 0 && !shape.at,
  check(value): Passed | null {
    const written = value.trim();
    const own = written.replace(TAG, '');
    const text = DESCRIBED.test(written) ? written.replace(/[<> ]/g, '') : isBlanked(written) ? written.replaceAll(' ', '+') : own;
    if (!/^[0-9A-Za-z%{_+=/$-][0-9A-Za-z._:=+/|%{}~$*@!;&-]{7,511}$/.test(text)) return null;
    if (/^https?:|^\/|^\d{1,3}(?:\.\d+){1,4}$|^\d{4}-\d{2}-\d{2}/.test(text)) return null;
    if ((WORD.test(text) && text.length < 20) || SENTENCE.test(text)) return null;
    // A moment and a random fraction: made anew for every page.
    if (/^\d{10,17}\.\d{12,}$/.test(text)) return null;
    // Ten and thirteen digits beginning with 1 (2001 to 2033) are a time, whatever the key says.
    if (/^1[0-9]\d{8}$|^1[0-9]\d{11}$/.test(text)) return null;
    if (DATE.test(text) || CERTIFICATE.test(text) || PACKAGE.test(text)) return null;
    const bare = text.replace(/[-:]/g, '');
    const placeholder = /^(.)\1+$/.test(bare);
    return {
      normalised: text,
      placeholder,
      passRate: 1,
      note: placeholder
        ? { zh: '占位标识（同一字符重复）', en: 'placeholder identifier (one repeated character)' }
        : { zh: `不透明标识，${text.length} 个字符`, en: `opaque identifier of ${text.length} characters` },
    };
  },
};

function isBlanked(text: string): boolean {
  return text.length >= LONG ? BLANKED.test(text) : text.length === BYTES_18 && BLANKED_SHORT.test(text);
}
