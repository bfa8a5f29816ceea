import type { Decoder } from '../decoder.js';
import { readPdf } from '../pdf/document.js';

/** A file that needs a password says so in its trailer, which is never packed (ISO 32000-1, 7.6.1). */
const ENCRYPTED = /\/Encrypt[\0\t\n\f\r ]{0,8}(?:\d{1,10}[\0\t\n\f\r ]{1,8}\d{1,5}[\0\t\n\f\r ]{1,8}R|<<)/;

function isPdf(bytes: Uint8Array): boolean {
  return bytes[0] === 0x25 && bytes[1] === 0x50 && bytes[2] === 0x44 && bytes[3] === 0x46;
}

const NOTHING: ReturnType<typeof readPdf> = { leaves: [], unread: [], joined: [], pages: 0 };

/**
 * Documents as they are uploaded: CVs, invoices, findings of doctors. What they say of themselves, what was filled in, and the text of each page in lines. What a page shows
 * in pictures, or in characters that its font keeps to itself, is told as unread; a file that is encrypted is left to be told as a whole.
 */
export const decoder: Decoder = {
  id: 'pdf',
  says: { zh: 'PDF；page[n] 为页，text[n] 为行（pdftotext 可读）', en: 'PDF; page[n] is the page, text[n] the line (pdftotext reads it)' },
  order: 9,
  begins: '%PDF-',
  first: (byte) => byte === 0x25,
  magic: isPdf,
  open(source) {
    // A text that some other decoder knows by how it begins is shown to this one, too.
    if (!isPdf(source.bytes)) return null;
    const bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
    const locked = ENCRYPTED.test(bytes.toString('latin1'));
    const { leaves, unread, joined, pages } = locked ? NOTHING : readPdf(bytes, source);
    // Whoever guesses formats would make something of the words in it.
    if (leaves.length === 0 && unread.length === 0 && pages === 0) return { beside: true, unread: [{ path: null, bytes, shape: ['pdf'] }] };
    return { leaves, beside: true, unread, joined };
  },
};
