import type { Decoder } from '../decoder.js';

const FOLD = /\r?\n[ \t]/g;

/** Lines of address books and calendars are folded behind their 75th byte, in the middle of a value if need be (RFC 5545 section 3.1, RFC 6350 section 3.2). */
export const decoder: Decoder = {
  id: 'unfold',
  says: { zh: '把 vCard、iCalendar 的折行接回（RFC 5545）', en: 'folded lines of vCard and iCalendar put together again (RFC 5545)' },
  order: 38,
  begins: 'BEGIN:V',
  open({ text }) {
    const whole = text?.replace(FOLD, '') ?? '';
    return text === null || whole === text ? null : { child: { text: whole, sure: true } };
  },
};
