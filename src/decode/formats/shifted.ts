import type { Decoder } from '../decoder.js';

/** `{"` with ROT47, and with each character so many code points further. */
const ROT47 = 'LQ';
const PLACES = [1, 2, 3, -1];
const BEGINS = PLACES.map((places) => String.fromCharCode(0x7b + places, 0x22 + places));

/** Each code unit changed. */
function changed(text: string, change: (unit: number) => number): string {
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) units[at] = change(text.charCodeAt(at));
  return Buffer.from(units.buffer).toString('utf16le');
}

/** A document of which each character became another by counting on: ROT47, or the next one of Unicode. No shift is tried: its first two characters give it. */
export const decoder: Decoder = {
  id: 'shifted',
  order: 38,
  begins: [ROT47, ...BEGINS],
  open({ text }) {
    const encoded = text?.trim() ?? '';
    if (encoded.startsWith(ROT47) && encoded.endsWith('N')) {
      const plain = changed(encoded, (unit) => (unit > 0x20 && unit < 0x7f ? ((unit - 33 + 47) % 94) + 33 : unit));
      return { child: { text: plain, step: 'rot47', sure: false, structured: true } };
    }
    const places = PLACES[BEGINS.findIndex((begins) => encoded.startsWith(begins))];
    if (places === undefined) return null;
    const plain = changed(encoded, (unit) => unit - places);
    const step = places > 0 ? `shift-${places}` : `shift-minus-${-places}`;
    return { child: { text: plain, step, sure: false, structured: true } };
  },
};
