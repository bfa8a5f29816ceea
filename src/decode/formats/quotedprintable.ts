import type { Decoder } from '../decoder.js';
import { fromQuotedPrintable } from '../radix.js';
import { SHAPE } from '../shape.js';

const STEP = 'quoted-printable';
const SAYS = { zh: 'Quoted-Printable（RFC 2045）', en: 'quoted-printable (RFC 2045)' };

/** One Chinese character in UTF-8; a form has no such values under no names. */
const CHARACTER = /(?:=[0-9A-F]{2}){3}|(?:=[0-9A-F]{2}=\r?\n){1,2}=[0-9A-F]{2}/;

/** Quoted-printable where nobody declares it: the names of an exported address book (vCard 2.1, as Android writes it), or the text of a mail. */
export const decoder: Decoder = {
  id: 'quotedprintable',
  says: SAYS,
  saysStep: (step) => (step === STEP ? SAYS : null),
  order: 39,
  shapes: SHAPE.pairs,
  begins: '=',
  open({ text }) {
    if (text === null || text.includes('&') || !CHARACTER.test(text) || /[^\u0000-\u007f]/.test(text)) return null;
    return { child: { bytes: fromQuotedPrintable(text), step: STEP, sure: false } };
  },
};
