import { readText } from '../charset.js';
import type { Decoder } from '../decoder.js';
import { fromBase64, fromQuotedPrintable } from '../radix.js';

/** One encoded word (RFC 2047 section 2; of its 75 characters at most not every writer knows), and the white space before the next one, which belongs to nothing. */
const WORD = /=\?([\w-]{1,40})(?:\*[\w-]{1,20})?\?([BbQq])\?([^?\s]*)\?=(?:\s+(?==\?))?/g;

function bytesOf(encoding: string, text: string): Uint8Array | null {
  return encoding.toUpperCase() === 'B' ? fromBase64(text) : fromQuotedPrintable(text.replaceAll('_', ' '));
}

/** `=?UTF-8?B?5byg5LiJ?=` (RFC 2047): what is not ASCII in headers and file names, as libraries for mail write it into HTTP, too. */
export const decoder: Decoder = {
  id: 'encodedword',
  says: { zh: 'MIME 编码字 =?UTF-8?B?…?=（RFC 2047）', en: 'encoded word of MIME, =?UTF-8?B?…?= (RFC 2047)' },
  order: 39,
  begins: '=?',
  open({ text }) {
    if (text === null) return null;
    const plain = text.trim().replace(WORD, (word, charset: string, encoding: string, encoded: string) => {
      const bytes = bytesOf(encoding, encoded);
      return (bytes === null ? null : readText(bytes, charset, false)?.text) ?? word;
    });
    return plain === text.trim() ? null : { child: { text: plain, sure: true } };
  },
};
